// The life of a complaint. Open: received, acknowledged, investigating, awaiting-customer, reopened, escalated. Answered: resolved,
// withdrawn. Done: closed, from which only reopening leads out.

import { type ComplaintStatus, complaintStatuses } from '../../shared/types/complaint.ts'

export { type ComplaintStatus, complaintStatuses } from '../../shared/types/complaint.ts'

const transitions: Record<ComplaintStatus, readonly ComplaintStatus[]> = {
  received: [
    'acknowledged',
    'investigating',
    'awaiting-customer',
    'escalated',
    'resolved',
    'withdrawn',
    'closed',
  ],
  acknowledged: ['investigating', 'awaiting-customer', 'escalated', 'resolved', 'withdrawn', 'closed'],
  investigating: ['awaiting-customer', 'escalated', 'resolved', 'withdrawn', 'closed'],
  'awaiting-customer': ['investigating', 'escalated', 'resolved', 'withdrawn', 'closed'],
  escalated: ['investigating', 'awaiting-customer', 'resolved', 'withdrawn', 'closed'],
  reopened: [
    'acknowledged',
    'investigating',
    'awaiting-customer',
    'escalated',
    'resolved',
    'withdrawn',
    'closed',
  ],
  resolved: ['closed', 'reopened'],
  withdrawn: ['closed', 'reopened'],
  closed: ['reopened'],
}

/** Where a complaint may go from here, in the order in which a screen offers it. */
export function nextStatuses(from: ComplaintStatus): readonly ComplaintStatus[] {
  return transitions[from]
}

/** Whether one step leads from one status to the other. Staying is no step. */
export function canTransition(from: ComplaintStatus, to: ComplaintStatus): boolean {
  return transitions[from].includes(to)
}

/** Whether work is still owed. */
export function isOpen(status: ComplaintStatus): boolean {
  return status !== 'resolved' && status !== 'withdrawn' && status !== 'closed'
}

/** What a step wants before it is taken. */
export type StepGuard = 'outcome' | 'reason'

/**
 * What is missing for a step that the path allows; undefined when nothing is. Closing wants an outcome, since a complainant is
 * owed one (ISO 10002: 8.7, 8.8), but not of what was withdrawn; reopening says why.
 */
export function missingGuard(
  from: ComplaintStatus,
  to: ComplaintStatus,
  has: { outcome: boolean; reason: boolean },
): StepGuard | undefined {
  if (to === 'closed' && from !== 'withdrawn' && !has.outcome) return 'outcome'
  if (to === 'reopened' && !has.reason) return 'reason'
  return undefined
}

const synonyms: Record<ComplaintStatus, readonly string[]> = {
  received: [
    '待受理',
    '未受理',
    '新建',
    '新投诉',
    '已登记',
    '登记',
    '待处理',
    '未处理',
    '待分配',
    '已接收',
    '已收到',
    'new',
    'open',
    'pending',
    'submitted',
    'registered',
    'todo',
  ],
  acknowledged: ['已受理', '受理', '已确认', '已接单', '已分配', '已派单', 'accepted', 'assigned'],
  investigating: [
    '处理中',
    '正在处理',
    '办理中',
    '调查中',
    '调查',
    '核实中',
    '跟进中',
    '进行中',
    '协商中',
    '调解中',
    'inprogress',
    'processing',
    'underreview',
    'inreview',
    'underinvestigation',
    'working',
    // The CFPB's word for a firm that hasn't answered in time: the answer is still owed.
    'untimelyresponse',
  ],
  'awaiting-customer': [
    '待客户回复',
    '等待客户',
    '等待客户回复',
    '待客户确认',
    '待客户反馈',
    '待回复',
    '待补充材料',
    '待补充',
    'awaitingcustomer',
    'awaitingresponse',
    'waitingforcustomer',
    'waitingoncustomer',
    'pendingcustomer',
    'onhold',
  ],
  resolved: [
    '已解决',
    '解决',
    '已处理',
    '处理完成',
    '已处理完成',
    '已办结',
    '办结',
    '已完成',
    '完成',
    '已答复',
    'solved',
    'completed',
    'done',
    'fixed',
    'answered',
  ],
  closed: [
    '已结案',
    '结案',
    '已关闭',
    '关闭',
    '已归档',
    '归档',
    '终结',
    'closedwithexplanation',
    'closedwithmonetaryrelief',
    'closedwithnonmonetaryrelief',
    'closedwithrelief',
    'closedwithoutrelief',
    'archived',
  ],
  reopened: ['重新打开', '重开', '已重开', '重新受理', '再次投诉', '重新处理', 'reopen'],
  withdrawn: [
    '撤诉',
    '已撤诉',
    '已撤回',
    '撤回',
    '已撤销',
    '撤销',
    '客户撤诉',
    '已取消',
    '取消',
    'cancelled',
    'canceled',
    'withdraw',
    'retracted',
  ],
  escalated: [
    '已升级',
    '升级',
    '升级处理',
    '已上报',
    '上报',
    '已移交',
    '移交监管',
    '转交上级',
    'escalate',
    'referred',
  ],
}

const byName = new Map<string, ComplaintStatus>(
  complaintStatuses.flatMap((status) =>
    [status, ...synonyms[status]].map((name) => [folded(name), status] as const),
  ),
)

function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The status that a word of a file stands for, in Chinese or English, whatever its case and punctuation; undefined for others. */
export function parseStatus(raw: string): ComplaintStatus | undefined {
  return byName.get(folded(raw))
}
