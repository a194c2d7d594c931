// What a person does to a case in one go: status, note, facts. One commit, one line of its history, one entry of the log.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { type ComplaintRecord, complaintRecord } from '../../domain/complaint-record.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import { columnsOfFile } from '../../domain/extra-columns.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct, released } from '../session.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import { commitAct, type IdentitiesStore, requireIdentities } from '../store/store.ts'
import { type CaseWork, type Plan, planOf } from './case-plan.ts'
import { getComplaint, requireComplaint } from './complaints.ts'
import { renewDue } from './due.ts'
import { addChanges, addLine } from './history.ts'
import { complaintOriginal, newVersion } from './identity-payloads.ts'
import { layIn, sealForInbox } from './inbox.ts'
import { knownOf } from './redact-anew.ts'
import { findLinked, storeComplaintVersion } from './take-complaint.ts'
import { ordinaryColumns } from './field-classes.ts'

/** Originals with the changed texts in, redacted with what is known now. @throws GuicangError `inbox.unreadable` */
export function recordOf(context: Context, { old, texts }: Plan): ComplaintRecord | undefined {
  if (texts === undefined) return undefined
  const identities = requireIdentities(context.session.store)
  const before = complaintOriginal(identities, old)
  const linked = old.customer_id === null ? undefined : findLinked(context, old.customer_id, '')
  const fields = { ...before.fields, ...texts }
  const ordinary = ordinaryColumns(context, 'complaints')
  return complaintRecord({ fields, extra: columnsOfFile(before) }, linked?.known ?? [], ordinary)
}

/** The clear versions that an act names. */
export interface Versions {
  note: { id: string; digest: string }
  complaint: { seq: number; id: string; digest: string } | undefined
}

/**
 * Does what `work` says to a complaint. Texts go redacted to records and as typed to identities; a note written while that is
 * closed waits in its inbox.
 * @throws GuicangError `record.notFound`; `case.transition`, `case.outcomeMissing`, `case.reasonMissing` for a step that isn't
 * allowed (yet); `case.closed` for an outcome on a closed complaint; `identities.closed` for a text that has an original;
 * `inbox.unreadable` while the original waits there; `input.invalid` for an assignee who isn't one
 */
export async function recordWork(
  context: Context,
  id: string,
  action: string,
  work: CaseWork,
): Promise<void> {
  const { store } = context.session
  // Asked before anything is sealed, so that a refusal costs nothing; and again when it is written.
  const first = planOf(context, id, work)
  const waits = first.typed !== '' && store.identities === undefined
  const sealed = waits ? await sealForInbox(context, 'note', { text: first.typed }) : undefined
  if (waits) await released(context.session)
  const plan = waits ? planOf(context, id, work) : first
  const record = recordOf(context, plan)
  const text = plan.typed === '' ? '' : ordinaryText(plan.typed, knownOf(context, plan.old))
  const none = { id: '', digest: '' }
  const write = (versions: Versions): void => {
    const changed = writePlan(context, plan, record, text, versions)
    const event = changed.find(({ kind }) => kind === 'event')
    if (sealed !== undefined && event !== undefined)
      changed.push(layIn(context, sealed, String(event.row.seq)))
    logAct(
      context,
      action,
      plan.old.id,
      {
        from: plan.from,
        to: plan.to,
        noted: text !== '',
        ...(plan.changes.length === 0 ? {} : { fields: plan.changes.map(({ field }) => field) }),
      },
      { changed },
    )
  }
  if (record === undefined && (plan.typed === '' || sealed !== undefined)) {
    store.records.db.transaction(() => {
      write({ note: none, complaint: undefined })
    })()
    return
  }
  commitAct(store, {
    identities: (identities, commitId) => ({
      note: plan.typed === '' ? none : storeNote(identities, commitId, plan.typed),
      complaint:
        record === undefined ? undefined : storeComplaintVersion(identities, record, plan.old.id, commitId),
    }),
    records: write,
    settle: (identities, { complaint }) => {
      if (complaint !== undefined) identities.complaints.dropOthers(plan.old.id, complaint.seq)
    },
  })
}

/**
 * Keeps a text as it was typed; inside a transaction on identities.
 * @param owner what it belongs to, where a later text takes its place; a line of history stands for itself
 */
export function storeNote(
  identities: IdentitiesStore,
  commitId: string,
  text: string,
  owner?: string,
): { seq: number; id: string; digest: string } {
  const version = newVersion(identities, { text })
  const seq = identities.notes.add({
    id: version.id,
    ownerId: owner ?? version.id,
    commitId,
    salt: version.salt,
    payload: version.payload,
  })
  return { seq, ...version }
}

/** Writes rows; inside a transaction on records. Answers what the log has to vouch for. */
export function writePlan(
  context: Context,
  plan: Plan,
  record: ComplaintRecord | undefined,
  text: string,
  { note, complaint }: Versions,
): ChangedRow[] {
  const { records } = context.session.store
  const { masked, maskedSearch } = record ?? {}
  const row: ComplaintRow = {
    ...plan.row,
    ...(masked === undefined || complaint === undefined
      ? {}
      : {
          category: masked.category,
          subcategory: masked.subcategory,
          outcome: masked.outcome,
          identity_version: complaint.id,
          identity_digest: complaint.digest,
        }),
  }
  records.complaints.update(row)
  if (maskedSearch !== undefined) {
    records.complaintSearch.remove(row.seq)
    records.complaintSearch.add(row.seq, maskedSearch)
  }
  const line = addLine(context, row.id, {
    kind: plan.kind,
    at: row.updated_at,
    text,
    from: plan.from,
    to: plan.to,
    original: note,
  })
  const changed: ChangedRow[] = [{ kind: 'complaint', row }, line.changed]
  if (plan.facts !== undefined) {
    records.cases.put(plan.facts)
    changed.push({ kind: 'case', row: plan.facts })
  }
  const told = plan.changes.map(({ field, before, after }) => ({
    field,
    before,
    after: field === 'category' || field === 'subcategory' ? row[field] : after,
  }))
  changed.push(...addChanges(context, row.id, line.seq, told))
  renewDue(context, row.seq)
  return changed
}

/**
 * @throws GuicangError `record.changed` when the complaint is not the one that was read; `input.invalid` when nothing was said;
 * and what {@link recordWork} refuses
 */
export async function workOnComplaint(
  context: Context,
  input: Input<'complaints.work'>,
): Promise<Output<'complaints.work'>> {
  const { id, status, note, noteKind, patch } = input
  if (input.revision !== undefined && requireComplaint(context, id).revision !== input.revision)
    throw new GuicangError('record.changed')
  const changes = Object.values(patch).some((value) => value !== undefined)
  if (status === undefined && note.trim() === '' && !changes)
    throw new GuicangError('input.invalid', { fields: [{ field: 'note', rule: 'required' }] })
  const action = status === undefined ? 'complaints.worked' : 'complaints.statusSet'
  const work: CaseWork = { status, note, kind: noteKind, patch }
  const { to, typed, changes: changed, texts } = planOf(context, id, work)
  // What is so already needs no line: nobody did anything.
  const idle = to === null && typed === '' && changed.length === 0 && texts === undefined
  if (!idle) await recordWork(context, id, action, work)
  return getComplaint(context, { id })
}

/** @throws GuicangError what {@link recordWork} refuses */
export async function setComplaintStatus(
  context: Context,
  { id, status, note }: Input<'complaints.setStatus'>,
): Promise<Output<'complaints.setStatus'>> {
  await recordWork(context, id, 'complaints.statusSet', { status, note, kind: 'status', patch: {} })
  return getComplaint(context, { id })
}

export async function addComplaintNote(
  context: Context,
  { id, text, kind }: Input<'complaints.addNote'>,
): Promise<Output<'complaints.addNote'>> {
  if (text.trim() === '')
    throw new GuicangError('input.invalid', { fields: [{ field: 'text', rule: 'required' }] })
  await recordWork(context, id, 'complaints.noted', { note: text, kind, patch: {} })
  return getComplaint(context, { id })
}

export async function markReviewed(
  context: Context,
  { id }: Input<'complaints.markReviewed'>,
): Promise<Output<'complaints.markReviewed'>> {
  const row = { unreviewed: 0 }
  await recordWork(context, id, 'complaints.reviewed', { note: '', kind: 'reviewed', patch: {}, row })
  return getComplaint(context, { id })
}
