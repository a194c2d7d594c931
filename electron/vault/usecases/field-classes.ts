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
import { asBatchWriter, type Context, logAct, released } from '../session.ts'
import { requireIdentities } from '../store/store.ts'
import { knownOfGroup } from './customer-groups.ts'
import { complaintPayload, customerPayload, transactionPayload } from './identity-payloads.ts'
import { keepSetting, settingReader } from './keep-setting.ts'
import { listOwnFields } from './own-classes.ts'

const setting = 'field-classes'
/** Records in one commit: other requests wait no longer than that. */
const slice = 200

/** Classes as they were set; a column that isn't named is an identity. */
export const readClasses = settingReader(setting, columnClassesSchema)

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

/** Every column of any record, by kind and then by how many have it; and the own fields whose class can be set. */
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
    own: listOwnFields(context),
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
      const { read, last, rewritten } = records.db.transaction(() => {
        const done = anew(context, kind, after, column)
        const detail = { kind, column, class: given, rows: done.rewritten.length }
        if (detail.rows > 0) logAct(context, 'fields.applied', column, detail, { changed: done.rewritten })
        return done
      })()
      if (last === undefined) return { changed }
      changed += rewritten.length
      seen += read
      after = last
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
  const value = { ...classes, [kind]: { ...classes[kind], [column]: given } }
  records.db.transaction(() => {
    const changed = [keepSetting(context, setting, value)]
    logAct(context, 'fields.classed', column, { kind, class: given }, { changed })
  })()
}

/** What rows of every kind have that matters here. */
interface Row {
  seq: number
  extra_columns: string
  identity_version: string
}

interface Slice {
  /** Rows that were looked at, and the number of the last one; undefined behind the end. */
  read: number
  last: number | undefined
  rewritten: ChangedRow[]
}

/** The rows of a slice as they have to be by now, written; inside a transaction on records. */
function anew(context: Context, kind: RecordKind, after: number, column: string): Slice {
  const { customers, complaints, transactions } = context.session.store.records
  const identities = requireIdentities(context.session.store)
  const ordinary = ordinaryColumns(context, kind)
  const named = JSON.stringify(column)
  const knownOf = (id: string | null) => (id === null ? [] : knownOfGroup(context, id))

  /** @param extraOf the columns of a row as they have to be; @param write writes a row and says what it is */
  function rewrite<R extends Row>(
    rows: readonly R[],
    extraOf: (row: R) => string,
    write: (row: R) => ChangedRow,
  ): Slice {
    const rewritten = rows.flatMap((row) => {
      // One whose original waits in the inbox is looked at when that is taken in.
      if (row.identity_version === '' || !row.extra_columns.includes(named)) return []
      const extra = extraOf(row)
      return extra === row.extra_columns ? [] : [write({ ...row, extra_columns: extra })]
    })
    return { read: rows.length, last: rows.at(-1)?.seq, rewritten }
  }

  if (kind === 'customers')
    return rewrite(
      customers.pageAfter(after, slice),
      (row) => {
        const { fields, former, ...kept } = customerPayload(identities, row.identity_version)
        return customerRecord({ ...fields, extra: columnsOfFile(kept) }, former, ordinary).extraColumns
      },
      (row) => {
        customers.update(row)
        return { kind: 'customer', row }
      },
    )
  if (kind === 'transactions')
    return rewrite(
      transactions.pageAfter(after, slice),
      (row) => {
        const { fields, ...kept } = transactionPayload(identities, row.identity_version)
        const draft = { fields, extra: columnsOfFile(kept) }
        return transactionRecord(draft, knownOf(row.customer_id), ordinary).extraColumns
      },
      (row) => {
        transactions.update(row)
        return { kind: 'transaction', row }
      },
    )
  return rewrite(
    complaints.pageAfter(after, slice),
    (row) => {
      const { fields, ...kept } = complaintPayload(identities, row.identity_version)
      const draft = { fields, extra: columnsOfFile(kept) }
      return complaintRecord(draft, knownOf(row.customer_id), ordinary).extraColumns
    },
    (row) => {
      complaints.update(row)
      return { kind: 'complaint', row }
    },
  )
}
