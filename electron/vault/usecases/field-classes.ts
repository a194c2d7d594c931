// What columns of files that no field takes are classed as, and bringing the records to it. Values of ordinary columns stand
// redacted in the row; those of all others stay in identities alone.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { RecordKind } from '../../../shared/types/exchange.ts'
import {
  type ColumnClasses,
  columnClassesSchema,
  type FieldClass,
} from '../../../shared/types/field-class.ts'
import { complaintRecord } from '../../domain/complaint-record.ts'
import { customerRecord } from '../../domain/customer-record.ts'
import { columnsOfFile } from '../../domain/extra-columns.ts'
import { transactionRecord } from '../../domain/transaction-record.ts'
import type { ChangedRow } from '../audit/log.ts'
import { asBatchWriter, type Context, logAct, released, type VaultSession } from '../session.ts'
import { requireIdentities } from '../store/store.ts'
import { knownOfGroup } from './customer-groups.ts'
import { complaintPayload, customerPayload, transactionPayload } from './identity-payloads.ts'

const setting = 'field-classes'
/** Records in one commit: other requests wait no longer than that. */
const slice = 200

const kept = new WeakMap<VaultSession, { value: string; classes: ColumnClasses }>()

/** Classes as they were set; a column that isn't named is an identity. */
export function readClasses({ session }: Pick<Context, 'session'>): ColumnClasses {
  const value = session.store.records.settings.find(setting) ?? '{}'
  const known = kept.get(session)
  if (known?.value === value) return known.classes
  const classes = columnClassesSchema.parse(JSON.parse(value))
  kept.set(session, { value, classes })
  return classes
}

function columnsOf(classes: ColumnClasses, kind: RecordKind, wanted: FieldClass): ReadonlySet<string> {
  return new Set(
    Object.entries(classes[kind] ?? {}).flatMap(([column, given]) => (given === wanted ? [column] : [])),
  )
}

/** Columns whose values everybody may see. */
export function ordinaryColumns(context: Pick<Context, 'session'>, kind: RecordKind): ReadonlySet<string> {
  return columnsOf(readClasses(context), kind, 'ordinary')
}

/** Columns whose values only an owner may see. */
export function confidentialColumns(
  context: Pick<Context, 'session'>,
  kind: RecordKind,
): ReadonlySet<string> {
  return columnsOf(readClasses(context), kind, 'confidential')
}

const kinds: readonly RecordKind[] = ['customers', 'complaints', 'transactions']

/** Every column of any record, by kind and then by how many have it. */
export function listFields(context: Context): Output<'fields.list'> {
  const { records } = context.session.store
  const classes = readClasses(context)
  return {
    items: kinds.flatMap((kind) =>
      records[kind].listColumns().map(({ column, count, shown }) => {
        const given = classes[kind]?.[column] ?? 'identity'
        return { kind, column, class: given, count, pending: given === 'ordinary' ? count - shown : shown }
      }),
    ),
  }
}

/**
 * Gives a column a class. The class counts at once for what comes in; records that are there follow in slices, each with an entry
 * of the log that vouches for its rows. An act that is cut short is said again.
 * @throws GuicangError `input.invalid` for a column that no record has; `identities.closed`; `vault.busy` during an import;
 * `vault.damaged` when an original is gone; `job.cancelled`
 */
export async function setFieldClass(
  context: Context,
  { kind, column, class: given }: Input<'fields.setClass'>,
): Promise<Output<'fields.setClass'>> {
  const { session, job } = context
  const { records } = session.store
  requireIdentities(session.store)
  const known = records[kind].listColumns().find((one) => one.column === column)
  if (known === undefined)
    throw new GuicangError('input.invalid', { fields: [{ field: 'column', rule: 'unknown' }] })
  return asBatchWriter(session, async () => {
    await released(session)
    keepClass(context, kind, column, given)
    let changed = 0
    let seen = 0
    for (let after = 0; ;) {
      const rows = records[kind].pageAfter(after, slice)
      const last = rows.at(-1)
      if (last === undefined) return { changed }
      records.db.transaction(() => {
        const rewritten = anew(context, kind, after, column)
        changed += rewritten.length
        const detail = { kind, column, class: given, rows: rewritten.length }
        if (rewritten.length > 0) logAct(context, 'fields.applied', column, detail, { changed: rewritten })
      })()
      after = last.seq
      seen += rows.length
      job.report('fields', seen, null, 'rows')
      await job.pause()
      await released(session)
    }
  })
}

function keepClass(context: Context, kind: RecordKind, column: string, given: FieldClass): void {
  const { records } = context.session.store
  const classes = readClasses(context)
  if ((classes[kind]?.[column] ?? 'identity') === given) return
  const value = JSON.stringify({ ...classes, [kind]: { ...classes[kind], [column]: given } })
  records.db.transaction(() => {
    const at = context.now().toISOString()
    const row = records.settings.put({ name: setting, value, at, user: context.session.person.name })
    logAct(context, 'fields.classed', column, { kind, class: given }, { changed: [{ kind: 'setting', row }] })
  })()
}

/** The rows of a slice as they have to be by now, written; inside a transaction on records. */
function anew(context: Context, kind: RecordKind, after: number, column: string): ChangedRow[] {
  const { records } = context.session.store
  const identities = requireIdentities(context.session.store)
  const named = JSON.stringify(column)
  // One whose original waits in the inbox is looked at when that is taken in.
  const has = ({
    extra_columns: extra,
    identity_version: version,
  }: {
    extra_columns: string
    identity_version: string
  }) => version !== '' && extra.includes(named)
  const ordinary = ordinaryColumns(context, kind)
  const knownOf = (customerId: string | null) =>
    customerId === null ? [] : knownOfGroup(context, customerId)
  if (kind === 'customers')
    return records.customers
      .pageAfter(after, slice)
      .filter(has)
      .flatMap((row): ChangedRow[] => {
        const { fields, former, ...extra } = customerPayload(identities, row.identity_version)
        const record = customerRecord({ ...fields, extra: columnsOfFile(extra) }, former, ordinary)
        if (record.extraColumns === row.extra_columns) return []
        const written = { ...row, extra_columns: record.extraColumns }
        records.customers.update(written)
        return [{ kind: 'customer', row: written }]
      })
  if (kind === 'transactions')
    return records.transactions
      .pageAfter(after, slice)
      .filter(has)
      .flatMap((row): ChangedRow[] => {
        const payload = transactionPayload(identities, row.identity_version)
        const draft = { fields: payload.fields, extra: columnsOfFile(payload) }
        const { extraColumns } = transactionRecord(draft, knownOf(row.customer_id), ordinary)
        if (extraColumns === row.extra_columns) return []
        const written = { ...row, extra_columns: extraColumns }
        records.transactions.update(written)
        return [{ kind: 'transaction', row: written }]
      })
  return records.complaints
    .pageAfter(after, slice)
    .filter(has)
    .flatMap((row): ChangedRow[] => {
      const payload = complaintPayload(identities, row.identity_version)
      const draft = { fields: payload.fields, extra: columnsOfFile(payload) }
      const { extraColumns } = complaintRecord(draft, knownOf(row.customer_id), ordinary)
      if (extraColumns === row.extra_columns) return []
      const written = { ...row, extra_columns: extraColumns }
      records.complaints.update(written)
      return [{ kind: 'complaint', row: written }]
    })
}
