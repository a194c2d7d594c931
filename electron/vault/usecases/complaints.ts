// Complaints: lists, forms, status, notes, reveal.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { CaseChange } from '../../../shared/types/case.ts'
import {
  complaintFields,
  type ComplaintQueue,
  complaintStatusSchema,
} from '../../../shared/types/complaint.ts'
import { isOpen, nextStatuses } from '../../domain/case-states.ts'
import { weekdayOf } from '../../domain/clocks/zone.ts'
import { clockTime } from '../../domain/time-zone.ts'
import type { Context } from '../session.ts'
import { type CaseRow, emptyCaseRow, toCase } from '../store/repositories/cases.ts'
import type { QueueFrame } from '../store/repositories/complaint-filter.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import { requireIdentities } from '../store/store.ts'
import { clocksOf } from './clock-book.ts'
import { addLine } from './history.ts'
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
  const { status, category, complaintNo, customerId, queue, assignee, severity, sort } = input
  const customerIds = customerId === undefined ? undefined : merges.groupOf(customerId)
  const filter = { status, category, complaintNo, customerIds, ids, queue, assignee, severity }
  const frame = queueFrame(context)
  const [offset, after] = placeOf(input)
  const { items, last } = complaints.list({ ...filter, limit: input.limit, offset, after, sort }, frame)
  const next = sort === 'received' ? `${last?.receivedAt}|${last?.seq}` : `@${(offset ?? 0) + items.length}`
  return {
    items,
    next: items.length === input.limit ? next : null,
    total: complaints.count(filter, frame),
    searched,
  }
}

/** Where a page begins. Lists in another order than by time are paged by place. */
function placeOf({
  after,
  offset,
  sort,
}: Input<'complaints.list'>): [number | undefined, { receivedAt: string; seq: number } | undefined] {
  if (after === undefined) return [offset, undefined]
  if (sort === 'received') return [offset, parseCursor(after)]
  if (!/^@\d{1,15}$/.test(after))
    throw new GuicangError('input.invalid', { fields: [{ field: 'after', rule: 'cursor' }] })
  return [Number(after.slice(1)) + (offset ?? 0), undefined]
}

function parseCursor(after: string): { receivedAt: string; seq: number } {
  const split = after.lastIndexOf('|')
  const seq = Number(after.slice(split + 1))
  if (split < 0 || !/^\d+$/.test(after.slice(split + 1)) || !Number.isSafeInteger(seq))
    throw new GuicangError('input.invalid', { fields: [{ field: 'after', rule: 'cursor' }] })
  return { receivedAt: after.slice(0, split), seq }
}

/** How long a closed complaint is one of the recently closed, in days. */
const recentDays = 30

/** What the queues depend on besides the complaints: who asks, and what day it is where the company is. */
function queueFrame({ session, now }: Context): QueueFrame {
  const { zone } = clocksOf(session)
  const at = now()
  const today = zone.dayOf(at.getTime())
  const daysLeft = (7 - weekdayOf(today)) % 7
  return {
    me: session.person.id,
    now: at.toISOString(),
    weekEnd: new Date(zone.startOf(today + daysLeft + 1)).toISOString(),
    closedSince: new Date((today - recentDays) * 86_400_000).toISOString().slice(0, 10),
  }
}

export function summariseComplaints(context: Context): Output<'complaints.summary'> {
  const { complaints } = context.session.store.records
  const byStatus = complaints.countByStatus()
  const frame = queueFrame(context)
  const count = (queue: ComplaintQueue): number => complaints.count({ queue }, frame)
  return {
    queues: {
      mine: count('mine'),
      unassigned: count('unassigned'),
      overdue: count('overdue'),
      dueThisWeek: count('dueThisWeek'),
      awaitingCustomer: count('awaitingCustomer'),
      escalated: count('escalated'),
      recentlyClosed: count('recentlyClosed'),
    },
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
  return clockTime(context.now(), timeZone)
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
    kind: 'complaints',
    fields: complaintFields,
    open: () => {
      const row = requireComplaint(context, input.id)
      const payload = complaintOriginal(requireIdentities(context.session.store), row)
      return { payload, known: knownOf(context, row) }
    },
    also: (reason) => {
      // The line of its history has no original: the reason stands in the log as it stands here.
      const at = context.now().toISOString()
      return [addLine(context, input.id, { kind: 'reveal', at, text: reason }).changed]
    },
  })
}
