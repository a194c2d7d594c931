// Complaints: lists, forms, status, notes, reveal.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { CaseChange } from '../../../shared/types/case.ts'
import { complaintFields, complaintStatusSchema } from '../../../shared/types/complaint.ts'
import { isOpen, nextStatuses } from '../../domain/case-states.ts'
import type { Context } from '../session.ts'
import { type CaseRow, emptyCaseRow, toCase } from '../store/repositories/cases.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import { requireIdentities } from '../store/store.ts'
import { complaintOriginal } from './identity-payloads.ts'
import { readProfile } from './profile.ts'
import { knownOf } from './redact-anew.ts'
import { reveal } from './reveal.ts'
import { search } from './search.ts'

export async function listComplaints(
  context: Context,
  input: Input<'complaints.list'>,
): Promise<Output<'complaints.list'>> {
  const { ids, searched } = await search(context, 'complaint', input.query)
  const { complaints, merges } = context.session.store.records
  const customerIds = input.customerId === undefined ? undefined : merges.groupOf(input.customerId)
  const filter = { status: input.status, category: input.category, customerIds, ids }
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

function requireCaseRow(context: Context, id: string): CaseRow {
  const { seq } = requireComplaint(context, id)
  return context.session.store.records.cases.findRow(seq) ?? emptyCaseRow(seq, id)
}

/** Changes of a complaint by the number of their event; people by their names. */
function changesOf(context: Context, id: string): Map<number, CaseChange[]> {
  const { records } = context.session.store
  const named = (personId: string): string =>
    personId === '' ? '' : (records.people.find(personId)?.name ?? personId)
  const changes = records.caseChanges.ofComplaint(id)
  for (const some of changes.values()) {
    for (const change of some) {
      if (change.field !== 'assignee') continue
      change.before = named(change.before)
      change.after = named(change.after)
    }
  }
  return changes
}

export function getComplaint(context: Context, input: Input<'complaints.get'>): Output<'complaints.get'> {
  const { records } = context.session.store
  const complaint = records.complaints.find(input.id)
  if (complaint === undefined) throw new GuicangError('record.notFound')
  return {
    complaint,
    case: toCase(requireCaseRow(context, input.id), (personId) => records.people.find(personId)?.name ?? ''),
    linked: records.links.ofComplaint(input.id),
    events: records.events.ofComplaint(input.id, changesOf(context, input.id)),
    nextStatuses: [...nextStatuses(complaint.status)],
  }
}

/** Clock time in the company's zone, to the minute, as complaints carry their times. */
export function localMinute(context: Context): string {
  const { timeZone } = readProfile(context.session.store).company
  // Swedish writes a time as ISO 8601 does, with a space between date and time.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return format.format(context.now()).replace(' ', 'T')
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
    also: (reason) => {
      // The line of its history has no original: the reason stands in the log as it stands here.
      const event = {
        complaint_id: input.id,
        at: context.now().toISOString(),
        user: context.session.person.name,
        kind: 'reveal',
        from_status: null,
        to_status: null,
        text: reason,
        identity_version: '',
        identity_digest: '',
      }
      const seq = context.session.store.records.events.add(event)
      return [{ kind: 'event', row: { seq, ...event } }]
    },
  })
}
