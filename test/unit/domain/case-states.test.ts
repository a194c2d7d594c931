import { describe, expect, it } from 'vitest'
import {
  canTransition,
  type ComplaintStatus,
  complaintStatuses,
  isOpen,
  nextStatuses,
  parseStatus,
} from '../../../electron/domain/case-states.ts'

describe('case states', () => {
  it('lead from received to closed on the plain path', () => {
    const path: ComplaintStatus[] = [
      'received',
      'acknowledged',
      'investigating',
      'awaiting-customer',
      'resolved',
      'closed',
      'reopened',
      'resolved',
      'closed',
    ]
    for (const [index, status] of path.slice(1).entries())
      expect(canTransition(path[index] ?? 'closed', status)).toBe(true)
  })

  it('let every open case be resolved, withdrawn or closed, and reopen only what is closed or answered', () => {
    for (const status of complaintStatuses.filter(isOpen)) {
      expect(canTransition(status, 'resolved')).toBe(true)
      expect(canTransition(status, 'withdrawn')).toBe(true)
      expect(canTransition(status, 'closed')).toBe(true)
      expect(canTransition(status, 'reopened')).toBe(false)
    }
    expect(nextStatuses('closed')).toEqual(['reopened'])
    expect(nextStatuses('resolved')).toContain('closed')
    for (const status of complaintStatuses) expect(canTransition(status, status)).toBe(false)
  })

  it.each<[string, ComplaintStatus]>([
    ['待受理', 'received'],
    ['处理中', 'investigating'],
    ['已解决', 'resolved'],
    ['已结案', 'closed'],
    ['待客户回复', 'awaiting-customer'],
    ['撤诉', 'withdrawn'],
    ['已升级', 'escalated'],
    ['Closed with explanation', 'closed'],
    ['Closed with non-monetary relief', 'closed'],
    ['Closed with monetary relief', 'closed'],
    ['Closed', 'closed'],
    ['In progress', 'investigating'],
    ['Untimely response', 'investigating'],
    [' AWAITING_CUSTOMER ', 'awaiting-customer'],
    ['ＲＥＯＰＥＮＥＤ', 'reopened'],
  ])('%s is %s', (raw, status) => {
    expect(parseStatus(raw)).toBe(status)
  })

  it('knows every status by its own name and guesses at nothing', () => {
    for (const status of complaintStatuses) expect(parseStatus(status)).toBe(status)
    for (const raw of ['', '???', '结案了吗', 'not closed']) expect(parseStatus(raw)).toBeUndefined()
  })
})
