// Which complaints a list shows and in which order. Statements are put together from the fixed fragments here alone; every value
// is bound by name.
import type { ComplaintQueue, ComplaintSort } from '../../../../shared/types/complaint.ts'
import { liveRows } from './rows.ts'

export interface ComplaintFilter {
  status?: string | undefined
  category?: string | undefined
  customerId?: string | undefined
  ids?: readonly string[] | undefined
  queue?: ComplaintQueue | undefined
  assignee?: string | undefined
  severity?: string | undefined
}

/** What a queue depends on besides the complaints. */
export interface QueueFrame {
  me: string
  now: string
  weekEnd: string
  closedSince: string
}

/** As the partial index over them says it. */
const open = `c.status IN ('received', 'acknowledged', 'investigating', 'awaiting-customer', 'reopened', 'escalated')`

const queues: Readonly<Record<ComplaintQueue, readonly string[]>> = {
  mine: [open, 'c.seq IN (SELECT seq FROM cases WHERE assignee = @me)'],
  unassigned: [open, `NOT EXISTS (SELECT 1 FROM cases a WHERE a.seq = c.seq AND a.assignee <> '')`],
  overdue: ['c.seq IN (SELECT seq FROM case_due WHERE due_at < @now)'],
  dueThisWeek: ['c.seq IN (SELECT seq FROM case_due WHERE due_at >= @now AND due_at < @weekEnd)'],
  awaitingCustomer: [`c.status = 'awaiting-customer'`],
  escalated: [open, `(c.status = 'escalated' OR c.seq IN (SELECT seq FROM cases WHERE escalated_to <> ''))`],
  recentlyClosed: [`c.status = 'closed'`, 'c.closed_at >= @closedSince'],
}

/** WHERE clause of a filter. */
export function whereOf(filter: ComplaintFilter): string {
  return [`c.${liveRows}`, ...conditionsOf(filter)].join(' AND ')
}

function conditionsOf(filter: ComplaintFilter): string[] {
  return [
    ...(filter.status === undefined ? [] : ['c.status = @status']),
    ...(filter.category === undefined ? [] : ['c.category = @category']),
    ...(filter.customerId === undefined ? [] : ['c.customer_id = @customerId']),
    ...(filter.ids === undefined ? [] : ['c.id IN (SELECT value FROM json_each(@ids))']),
    ...(filter.queue === undefined ? [] : queues[filter.queue]),
    ...(filter.assignee === undefined ? [] : ['c.seq IN (SELECT seq FROM cases WHERE assignee = @assignee)']),
    ...(filter.severity === undefined ? [] : ['c.seq IN (SELECT seq FROM cases WHERE severity = @severity)']),
  ]
}

export function bindingsOf(filter: ComplaintFilter, frame: QueueFrame): Record<string, string> {
  const { status, category, customerId, ids, queue, assignee, severity } = filter
  return {
    ...(status === undefined ? {} : { status }),
    ...(category === undefined ? {} : { category }),
    ...(customerId === undefined ? {} : { customerId }),
    ...(ids === undefined ? {} : { ids: JSON.stringify(ids) }),
    ...(queue === undefined ? {} : { ...frame }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(severity === undefined ? {} : { severity }),
  }
}

/** One stretch of a sorted list: a list is its phases one behind the other, each read along an index. */
export interface Phase {
  from: string
  where: readonly string[]
  order: string
}

const newestFirst = 'c.received_at DESC, c.seq DESC'

export function phasesOf(sort: ComplaintSort, filter: ComplaintFilter): readonly Phase[] {
  // Few rows were found already: the order is made of them, not read along its index.
  const join = filter.ids === undefined && filter.customerId === undefined ? 'CROSS JOIN' : 'JOIN'
  if (sort === 'due')
    return [
      { from: `case_due o ${join} complaints c ON c.seq = o.seq`, where: [], order: 'o.due_at, o.seq' },
      {
        from: 'complaints c',
        where: ['NOT EXISTS (SELECT 1 FROM case_due o WHERE o.seq = c.seq)'],
        order: newestFirst,
      },
    ]
  if (sort === 'severity')
    return [
      ...['high', 'medium', 'low'].map((level) => ({
        from: `cases o ${join} complaints c ON c.seq = o.seq`,
        where: [`o.severity = '${level}'`, `o.severity <> ''`],
        order: 'o.seq DESC',
      })),
      {
        from: 'complaints c',
        where: [`NOT EXISTS (SELECT 1 FROM cases o WHERE o.seq = c.seq AND o.severity <> '')`],
        order: newestFirst,
      },
    ]
  return [{ from: 'complaints c', where: [], order: newestFirst }]
}

/**
 * How many complaints a filter shows. All at once, or a queue of due times, is counted along its index, and the few complaints
 * of batches that aren't live are taken off: with a condition each row would be read.
 */
export function countSql(filter: ComplaintFilter): string {
  const named = Object.entries(filter).filter(([, value]) => value !== undefined)
  const [first] = named
  if (
    named.length === 1 &&
    first?.[0] === 'queue' &&
    (first[1] === 'overdue' || first[1] === 'dueThisWeek')
  ) {
    const due = first[1] === 'overdue' ? 'due_at < @now' : 'due_at >= @now AND due_at < @weekEnd'
    return `SELECT (SELECT count(*) FROM case_due WHERE ${due}) - (SELECT count(*) FROM complaints c
      JOIN case_due d ON d.seq = c.seq WHERE d.${due.replace('AND due_at', 'AND d.due_at')}
      AND c.batch_no IN (SELECT no FROM batches WHERE state <> 'live')) AS n`
  }
  return `SELECT count(*) AS n FROM complaints c WHERE ${whereOf(filter)}`
}

/** For filters without a queue. */
export const noFrame: QueueFrame = { me: '', now: '', weekEnd: '', closedSince: '' }
