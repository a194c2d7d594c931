// Taking a complaint in by hand, and editing one.
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { CaseChange } from '../../../shared/types/case.ts'
import { complaintIdSchema } from '../../../shared/types/ids.ts'
import { type ComplaintRecord, complaintFieldsOf, complaintRecord } from '../../domain/complaint-record.ts'
import { isPlainNumber } from '../../domain/customer-record.ts'
import { columnsOfFile } from '../../domain/extra-columns.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct, released } from '../session.ts'
import { metaKeys } from '../store/meta-keys.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import { commitAct, type IdentitiesStore, requireIdentities } from '../store/store.ts'
import { localMinute, requireComplaint } from './complaints.ts'
import { knownOfGroup } from './customer-groups.ts'
import { byHand, type RowOrigin, type StoredVersion } from './row-origin.ts'
import { complaintOriginal, customerPayload, newVersion } from './identity-payloads.ts'
import { firstDue, renewDue } from './due.ts'
import { addChanges, addLine } from './history.ts'
import { layIn, sealForInbox } from './inbox.ts'
import { ordinaryColumns } from './field-classes.ts'

export interface LinkedCustomer {
  id: string
  /** Verbatim. */
  customerNo: string
  known: KnownValue[]
}

/** The customer that a complaint names, by id or number, with the values that must not stand in its text. */
export function findLinked(
  context: Context,
  customerId: string | undefined,
  customerNo: string,
): LinkedCustomer | undefined {
  const { records } = context.session.store
  const id = customerId ?? records.customers.findIdByNumber(customerNo.trim())
  const row = id === undefined ? undefined : records.customers.findRow(id)
  if (row === undefined) {
    if (customerId !== undefined) throw new GuicangError('record.notFound')
    return undefined
  }
  const { identities } = context.session.store
  // Without the key nothing clear is known; the number is one that records show, or none.
  if (identities === undefined)
    return { id: row.id, customerNo: isPlainNumber(row.customer_no) ? row.customer_no : '', known: [] }
  const payload = customerPayload(identities, row.identity_version)
  return { id: row.id, customerNo: payload.fields.customerNo, known: knownOfGroup(context, row.id) }
}

/** Writes a complaint's original with its search text; inside a transaction on identities. */
export function storeComplaintVersion(
  identities: IdentitiesStore,
  record: ComplaintRecord,
  complaintId: string,
  commitId: string,
): StoredVersion {
  const version = newVersion(identities, record.payload)
  const seq = identities.complaints.add(
    { id: version.id, ownerId: complaintId, commitId, salt: version.salt, payload: version.payload },
    record.clearSearch,
  )
  return { seq, id: version.id, digest: version.digest }
}

export function complaintRow(
  record: ComplaintRecord,
  id: string,
  customerId: string | null,
  version: StoredVersion,
  origin: RowOrigin,
  at: string,
): Omit<ComplaintRow, 'seq'> {
  const { masked } = record
  return {
    id,
    complaint_no: masked.complaintNo,
    customer_id: customerId,
    customer_no: masked.customerNo,
    customer_name: masked.customerName,
    customer_mobile: masked.customerMobile,
    received_at: masked.receivedAt,
    channel: masked.channel,
    category: masked.category,
    subcategory: masked.subcategory,
    issue: masked.issue,
    sub_issue: masked.subIssue,
    status: record.status,
    handler: masked.handler,
    amount: masked.amount,
    closed_at: masked.closedAt,
    narrative: masked.narrative,
    outcome: masked.outcome,
    unreviewed: record.unreviewed ? 1 : 0,
    extra_columns: record.extraColumns,
    warnings: JSON.stringify(record.warnings),
    duplicate: origin.duplicate ? 1 : 0,
    batch_no: origin.batchNo,
    batch_row: origin.batchRow,
    revision: 1,
    hand_edited: origin.batchNo === 0 ? 1 : 0,
    updated_at: at,
    identity_version: version.id,
    identity_digest: version.digest,
  }
}

/** Next number of the vault's own series: `GC` + year + five digits. Inside the transaction that uses it. */
function nextNumber(context: Context): string {
  const { meta, complaints } = context.session.store.records
  let series = Number(meta.find(metaKeys.complaintSeries) ?? '0')
  let number: string
  do {
    series += 1
    number = `GC${context.now().getFullYear()}${String(series).padStart(5, '0')}`
  } while (complaints.hasNumber(number))
  meta.set(metaKeys.complaintSeries, String(series))
  return number
}

/**
 * Takes in a complaint. Without a number it gets the next of the vault's own series; without a time, now. With identities
 * closed the original waits in the inbox, and what is known of its customer is taken out of its texts when it is taken in.
 * @throws GuicangError `input.invalid` when nothing was said (narrative and category both blank), `record.notFound` for an
 * unknown customer id
 */
export async function addComplaint(
  context: Context,
  input: Input<'complaints.add'>,
): Promise<Output<'complaints.add'>> {
  const { store } = context.session
  if (input.narrative.trim() === '' && input.category.trim() === '') {
    throw new GuicangError('input.invalid', { fields: [{ field: 'narrative', rule: 'required' }] })
  }
  const linked = findLinked(context, input.customerId, input.customerNo)
  const id = uuidv7()
  const at = context.now()
  const fields = complaintFieldsOf(input)
  if (fields.receivedAt.trim() === '') fields.receivedAt = localMinute(context)
  if (fields.customerNo.trim() === '' && linked !== undefined) fields.customerNo = linked.customerNo
  if (fields.complaintNo.trim() === '') {
    fields.complaintNo = store.records.db.transaction(() => nextNumber(context))()
  }
  const ordinary = ordinaryColumns(context, 'complaints')
  const record = complaintRecord({ fields, extra: input.extra }, linked?.known ?? [], ordinary)
  const write = (version: StoredVersion, waiting: (complaintId: string) => ChangedRow[]): void => {
    const duplicate = store.records.complaints.hasNumber(record.masked.complaintNo)
    const origin = { ...byHand, duplicate }
    const row = complaintRow(record, id, linked?.id ?? null, version, origin, at.toISOString())
    const seq = store.records.complaints.add(row)
    store.records.complaintSearch.add(seq, record.maskedSearch)
    firstDue(context, seq, row)
    const changed: ChangedRow[] = [{ kind: 'complaint', row: { seq, ...row } }, ...waiting(id)]
    const detail = { linked: linked !== undefined, warnings: record.warnings }
    logAct(context, 'complaints.added', id, detail, { changed })
  }
  if (store.identities === undefined) {
    const sealed = await sealForInbox(context, 'complaint', record.payload)
    await released(context.session)
    store.records.db.transaction(() => {
      write(inInbox, (subject) => [layIn(context, sealed, subject)])
    })()
  } else {
    commitAct(store, {
      identities: (identities, commitId) => storeComplaintVersion(identities, record, id, commitId),
      records: (version) => {
        write(version, () => [])
      },
    })
  }
  return { id: complaintIdSchema.parse(id), complaintNo: record.masked.complaintNo }
}

/** Stands for the version of an original that waits in the inbox. */
const inInbox: StoredVersion = { seq: 0, id: '', digest: '' }

/**
 * Changes the named fields; of those that a case's history tells of, it has a line.
 * @throws GuicangError `record.changed` when somebody has edited the complaint since it was read; `case.closed` for an outcome
 * on a closed complaint; `inbox.unreadable` while its
 * original waits in the inbox: without it, the texts that the form leaves alone would be lost
 */
export function updateComplaint(
  context: Context,
  input: Input<'complaints.update'>,
): Output<'complaints.update'> {
  const { store } = context.session
  const old = requireComplaint(context, input.id)
  if (old.revision !== input.revision) throw new GuicangError('record.changed')
  if (old.status === 'closed' && input.patch.outcome !== undefined) throw new GuicangError('case.closed')
  const before = complaintOriginal(requireIdentities(store), old)
  const linked = old.customer_id === null ? undefined : findLinked(context, old.customer_id, '')
  const fields = { ...before.fields, ...definedOnly(input.patch) }
  const ordinary = ordinaryColumns(context, 'complaints')
  const record = complaintRecord({ fields, extra: columnsOfFile(before) }, linked?.known ?? [], ordinary)
  const at = context.now().toISOString()
  commitAct(store, {
    identities: (identities, commitId) => storeComplaintVersion(identities, record, input.id, commitId),
    records: (version) => {
      const origin = { batchNo: old.batch_no, batchRow: old.batch_row, duplicate: old.duplicate === 1 }
      const row: ComplaintRow = {
        ...complaintRow(record, input.id, old.customer_id, version, origin, at),
        seq: old.seq,
        // A form changes neither status nor closing time: those follow their own path.
        status: old.status,
        closed_at: old.closed_at,
        unreviewed: input.patch.narrative === undefined ? old.unreviewed : 1,
        revision: old.revision + 1,
        hand_edited: 1,
      }
      store.records.complaints.update(row)
      store.records.complaintSearch.remove(old.seq)
      store.records.complaintSearch.add(old.seq, record.maskedSearch)
      renewDue(context, old.seq)
      logAct(
        context,
        'complaints.edited',
        input.id,
        { fields: Object.keys(input.patch) },
        { changed: [{ kind: 'complaint', row }, ...tellOfChanges(context, old, row, at)] },
      )
    },
    settle: (identities, version) => {
      identities.complaints.dropOthers(input.id, version.seq)
    },
  })
  const updated = store.records.complaints.find(input.id)
  if (updated === undefined) throw new GuicangError('record.notFound')
  return updated
}

/** The line of history of what a form has changed in a case, with what stood there before; of an outcome only the fact. */
function tellOfChanges(context: Context, old: ComplaintRow, row: ComplaintRow, at: string): ChangedRow[] {
  const changes: CaseChange[] = [
    ...(['category', 'subcategory'] as const)
      .filter((field) => old[field] !== row[field])
      .map((field) => ({ field, before: old[field], after: row[field] })),
    ...(old.outcome === row.outcome ? [] : [{ field: 'outcome' as const, before: '', after: '' }]),
  ]
  if (changes.length === 0) return []
  const line = addLine(context, row.id, { kind: 'case', at, text: '' })
  return [line.changed, ...addChanges(context, row.id, line.seq, changes)]
}

/** Without the fields that the form left alone. */
function definedOnly(patch: Input<'complaints.update'>['patch']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(patch).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
