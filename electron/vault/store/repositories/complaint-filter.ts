// Which complaints a list shows and in which order. Statements are put together from the fixed fragments here alone; every value
// is bound by name.
import type { ComplaintQueue, ComplaintSort } from '../../../../shared/types/complaint.ts'
import { liveRows } from './rows.ts'

export interface ComplaintFilter {
  status?: string | undefined
  category?: string | undefined
  complaintNo?: string | undefined
  /** Of any of these customers. */
  customerIds?: readonly string[] | undefined
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
/** The same, looked at last: few cases are found another way (the plus keeps indexes of states out of it). */
const stillOpen = `+${open}`

const assignedTo = (name: string): string =>
  `c.seq IN (SELECT seq FROM cases WHERE assignee = @${name} AND assignee <> '')`

/** Somebody's who works here: not nobody's, nor that of somebody who has left. */
const workedOn = `FROM cases a JOIN people w ON w.id = a.assignee
  WHERE a.assignee <> '' AND w.state = 'active' AND w.role NOT IN ('recovery', 'auditor')`

const queues: Readonly<Record<ComplaintQueue, readonly string[]>> = {
  mine: [stillOpen, assignedTo('me')],
  unassigned: [open, `NOT EXISTS (SELECT 1 ${workedOn} AND a.seq = c.seq)`],
  // What has a due time is open.
  overdue: [open, 'c.seq IN (SELECT seq FROM case_due WHERE due_at < @now)'],
  dueThisWeek: [stillOpen, 'c.seq IN (SELECT seq FROM case_due WHERE due_at >= @now AND due_at < @weekEnd)'],
  awaitingCustomer: [`c.status = 'awaiting-customer'`],
  escalated: [
    stillOpen,
    `c.seq IN (SELECT seq FROM complaints WHERE status = 'escalated' UNION SELECT seq FROM cases WHERE escalated_to <> '')`,
  ],
  recentlyClosed: [`+c.status = 'closed'`, `c.closed_at <> '' AND c.closed_at >= @closedSince`],
}

/** The same, as it is counted: a page stops early and wants its rows, a count goes through narrow indexes to their end. */
const counted: Partial<Record<ComplaintQueue, readonly string[]>> = {
  unassigned: [open, `c.seq NOT IN (SELECT a.seq ${workedOn})`],
  escalated: [open, `(c.status = 'escalated' OR c.seq IN (SELECT seq FROM cases WHERE escalated_to <> ''))`],
}

/** Queues that may hold most of what is open: read along the time of receipt until a page is full. */
const longQueues: ReadonlySet<ComplaintQueue> = new Set(['unassigned', 'overdue'])

/** Of the queues of due times: what their lines say. */
const dueLines: Partial<Record<ComplaintQueue, string>> = {
  overdue: 'o.due_at < @now',
  dueThisWeek: 'o.due_at >= @now AND o.due_at < @weekEnd',
}

/** WHERE clause of a filter. */
export function whereOf(filter: ComplaintFilter, phase?: Phase): string {
  // Where the lines of due times are read anyway, the queue is what they say.
  const read = phase !== undefined && Object.values(dueLines).some((lines) => phase.where.includes(lines))
  const conditions = conditionsOf(read ? { ...filter, queue: undefined } : filter)
  return [`c.${liveRows}`, ...conditions, ...(phase?.where ?? [])].join(' AND ')
}

function conditionsOf(filter: ComplaintFilter): string[] {
  return [
    ...(filter.status === undefined ? [] : ['c.status = @status']),
    ...(filter.category === undefined ? [] : ['c.category = @category']),
    ...(filter.complaintNo === undefined ? [] : ['c.complaint_no = @complaintNo']),
    ...(filter.customerIds === undefined
      ? []
      : ['c.customer_id IN (SELECT value FROM json_each(@customerIds))']),
    ...(filter.ids === undefined ? [] : ['c.id IN (SELECT value FROM json_each(@ids))']),
    ...(filter.queue === undefined ? [] : queues[filter.queue]),
    ...(filter.assignee === undefined ? [] : [assignedTo('assignee')]),
    ...(filter.severity === undefined
      ? []
      : [`c.seq IN (SELECT seq FROM cases WHERE severity = @severity AND severity <> '')`]),
  ]
}

export function bindingsOf(filter: ComplaintFilter, frame: QueueFrame): Record<string, string> {
  const { status, category, complaintNo, customerIds, ids, queue, assignee, severity } = filter
  return {
    ...(status === undefined ? {} : { status }),
    ...(category === undefined ? {} : { category }),
    ...(complaintNo === undefined ? {} : { complaintNo }),
    ...(customerIds === undefined ? {} : { customerIds: JSON.stringify(customerIds) }),
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

/** Whether a filter leaves few rows of many. */
function isNarrow({ ids, complaintNo, customerIds, assignee, status, queue }: ComplaintFilter): boolean {
  if (queue !== undefined && !longQueues.has(queue)) return true
  return [ids, complaintNo, customerIds, assignee, status].some((value) => value !== undefined)
}

export function phasesOf(sort: ComplaintSort, filter: ComplaintFilter): readonly Phase[] {
  // Few rows are found otherwise: the order is made of them, not read along its index (which the plus keeps out).
  const few = isNarrow(filter)
  const join = few ? 'JOIN' : 'CROSS JOIN'
  const lines = filter.queue === undefined ? undefined : dueLines[filter.queue]
  const byDue = 'o.due_at, o.seq'
  if (sort === 'due' && lines !== undefined)
    return [{ from: 'case_due o CROSS JOIN complaints c ON c.seq = o.seq', where: [lines], order: byDue }]
  if (sort === 'due')
    return [
      {
        from: `case_due o ${join} complaints c ON c.seq = o.seq`,
        where: [],
        order: few ? '+o.due_at, +o.seq' : byDue,
      },
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
        order: few ? '+o.seq DESC' : 'o.seq DESC',
      })),
      {
        from: 'complaints c',
        where: [`NOT EXISTS (SELECT 1 FROM cases o WHERE o.seq = c.seq AND o.severity <> '')`],
        order: newestFirst,
      },
    ]
  const walked = filter.queue !== undefined && longQueues.has(filter.queue) && !few
  return [
    {
      from: walked ? 'complaints c INDEXED BY complaints_open' : 'complaints c',
      where: [],
      order: newestFirst,
    },
  ]
}

/**
 * How many complaints a filter shows. All at once, or a queue of due times, is counted along its index, and the few complaints
 * of batches that aren't live are taken off: with a condition each row would be read.
 */
export function countSql(filter: ComplaintFilter): string {
  const { queue, ...others } = filter
  const lines = queue === undefined ? undefined : dueLines[queue]
  if (lines !== undefined && Object.values(others).every((value) => value === undefined)) {
    return `SELECT (SELECT count(*) FROM case_due o WHERE ${lines}) - (SELECT count(*) FROM complaints c
      JOIN case_due o ON o.seq = c.seq WHERE ${lines}
      AND c.batch_no IN (SELECT no FROM batches WHERE state <> 'live')) AS n`
  }
  const conditions = queue === undefined ? undefined : counted[queue]
  const where = conditions === undefined ? whereOf(filter) : [whereOf(others), ...conditions].join(' AND ')
  return `SELECT count(*) AS n FROM complaints c WHERE ${where}`
}

/** For filters without a queue. */
export const noFrame: QueueFrame = { me: '', now: '', weekEnd: '', closedSince: '' }
