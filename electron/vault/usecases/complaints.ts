// Complaints: lists, forms, status, notes, reveal.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { complaintFields, complaintStatusSchema } from '../../../shared/types/complaint.ts'
import { canTransition, isOpen, nextStatuses } from '../../domain/case-states.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import { type Context, logAct, released } from '../session.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import { commitAct, requireIdentities } from '../store/store.ts'
import { complaintOriginal, newVersion } from './identity-payloads.ts'
import { layIn, sealForInbox } from './inbox.ts'
import { readProfile } from './profile.ts'
import { knownOf } from './redact-anew.ts'
import { reveal } from './reveal.ts'
import { search } from './search.ts'

export async function listComplaints(
  context: Context,
  input: Input<'complaints.list'>,
): Promise<Output<'complaints.list'>> {
  const { ids, searched } = await search(context, 'complaint', input.query)
  const { complaints } = context.session.store.records
  const filter = { status: input.status, category: input.category, customerId: input.customerId, ids }
  const after = input.after === undefined ? undefined : parseCursor(input.after)
  const { items, last } = complaints.list({ ...filter, limit: input.limit, offset: input.offset, after })
  return {
    items,
    next: items.length === input.limit && last !== undefined ? `${last.receivedAt}|${last.seq}` : null,
    total: complaints.count(filter),
    searched,
  }
}

function parseCursor(after: string): { receivedAt: string; seq: number } {
  const split = after.lastIndexOf('|')
  const seq = Number(after.slice(split + 1))
  if (split < 0 || !/^\d+$/.test(after.slice(split + 1)) || !Number.isSafeInteger(seq))
    throw new GuicangError('input.invalid', { fields: [{ field: 'after', rule: 'cursor' }] })
  return { receivedAt: after.slice(0, split), seq }
}

export function summariseComplaints(context: Context): Output<'complaints.summary'> {
  const { complaints } = context.session.store.records
  const byStatus = complaints.countByStatus()
  return {
    total: byStatus.reduce((sum, { n }) => sum + n, 0),
    open: byStatus
      .filter(({ status }) => isOpen(complaintStatusSchema.parse(status)))
      .reduce((sum, { n }) => sum + n, 0),
    byStatus: Object.fromEntries(byStatus.map(({ status, n }) => [status, n])),
    byCategory: complaints.countByCategory().map(({ category, n }) => ({ category, count: n })),
  }
}

export function requireComplaint(context: Context, id: string): ComplaintRow {
  const row = context.session.store.records.complaints.findRow(id)
  if (row === undefined) throw new GuicangError('record.notFound')
  return row
}

export function getComplaint(context: Context, input: Input<'complaints.get'>): Output<'complaints.get'> {
  const { records } = context.session.store
  const complaint = records.complaints.find(input.id)
  if (complaint === undefined) throw new GuicangError('record.notFound')
  return {
    complaint,
    events: records.events.ofComplaint(input.id),
    nextStatuses: [...nextStatuses(complaint.status)],
  }
}

interface NewEvent {
  kind: 'status' | 'note' | 'edit' | 'reviewed'
  from: string | null
  to: string | null
}

interface Decision {
  change: Partial<ComplaintRow>
  event: NewEvent
}

/**
 * Changes a complaint's row and writes a line of its history: the text redacted in records, as typed in identities or, while
 * that is closed, in its inbox.
 * @param decide tells what happens to the complaint as it stands at the moment of writing
 */
async function recordEvent(
  context: Context,
  id: string,
  action: string,
  typed: string,
  decide: (old: ComplaintRow) => Decision,
): Promise<void> {
  const { store } = context.session
  const waits = typed !== '' && store.identities === undefined
  const sealed = waits ? await sealForInbox(context, 'note', { text: typed }) : undefined
  if (waits) await released(context.session)
  const old = requireComplaint(context, id)
  const { change, event } = decide(old)
  const at = context.now().toISOString()
  const row: ComplaintRow = { ...old, ...change, revision: old.revision + 1, hand_edited: 1, updated_at: at }
  const text = typed === '' ? '' : ordinaryText(typed, knownOf(context, old))
  const write = (version: { id: string; digest: string }): void => {
    store.records.complaints.update(row)
    const eventRow = {
      complaint_id: old.id,
      at,
      user: context.session.person.name,
      kind: event.kind,
      from_status: event.from,
      to_status: event.to,
      text,
      identity_version: version.id,
      identity_digest: version.digest,
    }
    const seq = store.records.events.add(eventRow)
    const waiting = sealed === undefined ? [] : [layIn(context, sealed, String(seq))]
    logAct(
      context,
      action,
      old.id,
      { from: event.from, to: event.to, noted: text !== '' },
      {
        changed: [{ kind: 'complaint', row }, { kind: 'event', row: { seq, ...eventRow } }, ...waiting],
      },
    )
  }
  if (typed === '' || sealed !== undefined) {
    store.records.db.transaction(() => {
      write({ id: '', digest: '' })
    })()
    return
  }
  commitAct(store, {
    identities: (identities, commitId) => {
      const version = newVersion(identities, { text: typed })
      identities.notes.add({
        id: version.id,
        ownerId: version.id,
        commitId,
        salt: version.salt,
        payload: version.payload,
      })
      return version
    },
    records: write,
  })
}

/** @throws GuicangError `case.transition` when the status can't follow the present one */
export async function setComplaintStatus(
  context: Context,
  input: Input<'complaints.setStatus'>,
): Promise<Output<'complaints.setStatus'>> {
  const to = input.status
  const move = (old: ComplaintRow): Decision => {
    const from = complaintStatusSchema.parse(old.status)
    if (!canTransition(from, to)) {
      throw new GuicangError('case.transition', {
        fields: [{ field: 'status', rule: 'transition', value: `${from} → ${to}` }],
      })
    }
    const closedAt = to === 'closed' ? localMinute(context) : isOpen(to) ? '' : old.closed_at
    return { change: { status: to, closed_at: closedAt }, event: { kind: 'status', from, to } }
  }
  // Asked before anything is sealed, so that a refusal costs nothing; and again when it is written.
  move(requireComplaint(context, input.id))
  await recordEvent(context, input.id, 'complaints.statusSet', input.note.trim(), move)
  return getComplaint(context, { id: input.id })
}

/** Clock time in the company's zone, to the minute, as complaints carry their times. */
export function localMinute(context: Context): string {
  const { timeZone } = readProfile(context.session.store).company
  // Swedish writes a time as ISO 8601 does, with a space between date and time.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return format.format(context.now()).replace(' ', 'T')
}

export async function addComplaintNote(
  context: Context,
  input: Input<'complaints.addNote'>,
): Promise<Output<'complaints.addNote'>> {
  requireComplaint(context, input.id)
  const text = input.text.trim()
  if (text === '') throw new GuicangError('input.invalid', { fields: [{ field: 'text', rule: 'required' }] })
  const note = { change: {}, event: { kind: 'note' as const, from: null, to: null } }
  await recordEvent(context, input.id, 'complaints.noted', text, () => note)
  return getComplaint(context, { id: input.id })
}

export async function markReviewed(
  context: Context,
  input: Input<'complaints.markReviewed'>,
): Promise<Output<'complaints.markReviewed'>> {
  const seen = {
    change: { unreviewed: 0 },
    event: { kind: 'reviewed' as const, from: null, to: null },
  }
  await recordEvent(context, input.id, 'complaints.reviewed', '', () => seen)
  return getComplaint(context, { id: input.id })
}

/**
 * Originals, verbatim; the entry in the log is committed before any value goes out.
 * @throws GuicangError `reason.required`, `identities.closed`, `inbox.unreadable` when the original can't be read, `input.invalid` for
 * a field that isn't there
 */
export function revealComplaint(
  context: Context,
  input: Input<'complaints.reveal'>,
): Output<'complaints.reveal'> {
  return reveal(context, {
    action: 'complaints.revealed',
    input,
    fields: complaintFields,
    open: () => {
      const row = requireComplaint(context, input.id)
      const payload = complaintOriginal(requireIdentities(context.session.store), row)
      return { payload, known: knownOf(context, row) }
    },
  })
}
