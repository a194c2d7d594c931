// Queues whose counts are their lists, whatever the cases; orders, saved views, and one act on many cases.
import { describe, expect, test } from 'vitest'
import type { Output, Request } from '../../shared/contract/index.ts'
import { type Complaint, complaintQueues, complaintSorts } from '../../shared/types/complaint.ts'
import { openAs, settledPerson } from '../support/people.ts'
import { aVault, callVault, codeOf, lock, present, refusal, type TestVault } from '../support/vault.ts'

/** The same numbers at each run: a failure can be looked at. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}

const day = 86_400_000

async function randomCases(vault: TestVault, count: number, seed: number): Promise<void> {
  const roll = dice(seed)
  const { items } = await vault.call('users.list', {})
  const me = present(items[0]).id
  for (let index = 0; index < count; index += 1) {
    const receivedAt = new Date(Date.now() - roll(30) * day).toISOString().slice(0, 10)
    const { id } = await vault.call('complaints.add', {
      narrative: `第 ${index} 件`,
      category: `类别${roll(3)}`,
      receivedAt,
    })
    const severity = (['low', 'medium', 'high'] as const)[roll(4)]
    await vault.call('complaints.work', {
      id,
      note: '看过',
      noteKind: 'note',
      patch: {
        ...(roll(2) === 0 ? {} : { assignee: me }),
        ...(severity === undefined ? {} : { severity }),
        ...(roll(5) === 0 ? { escalation: { to: 'regulator' as const, body: '', reference: '' } } : {}),
      },
    })
    const step = (['awaiting-customer', 'escalated', 'acknowledged', 'closed', undefined] as const)[roll(5)]
    if (step !== undefined) await vault.call('complaints.setStatus', { id, status: step, note: '已告知客户' })
  }
}

async function whole(vault: TestVault, input: Request<'complaints.list'>): Promise<Complaint[]> {
  const all: Complaint[] = []
  for (let after: string | null | undefined; after !== null;) {
    const page: Output<'complaints.list'> = await vault.call('complaints.list', {
      ...input,
      limit: 7,
      ...(after === undefined ? {} : { after }),
    })
    all.push(...page.items)
    expect(page.total).toBe((await vault.call('complaints.list', { ...input, limit: 1 })).total)
    after = page.next
  }
  return all
}

const isOpen = ({ status }: Complaint): boolean => !['resolved', 'withdrawn', 'closed'].includes(status)

describe('queues', () => {
  test('count what they list, and list what they say, in each order', async () => {
    const vault = await aVault()
    await randomCases(vault, 40, 7)
    const { queues } = await vault.call('complaints.summary', {})
    const now = new Date().toISOString()
    const all = await whole(vault, {})
    expect(all).toHaveLength(40)
    for (const queue of complaintQueues) {
      const lists = await Promise.all(complaintSorts.map((sort) => whole(vault, { queue, sort })))
      const numbers = lists.map((list) => list.map(({ complaintNo }) => complaintNo).toSorted())
      expect(numbers[0]).toHaveLength(queues[queue] ?? -1)
      expect(new Set(numbers[0]).size).toBe(queues[queue])
      expect(numbers[1]).toEqual(numbers[0])
      expect(numbers[2]).toEqual(numbers[0])
    }
    const plainly = {
      mine: all.filter((one) => isOpen(one) && one.assignee !== null).length,
      unassigned: all.filter((one) => isOpen(one) && one.assignee === null).length,
      overdue: all.filter(({ due }) => due !== null && due.at < now).length,
      awaitingCustomer: all.filter(({ status }) => status === 'awaiting-customer').length,
      recentlyClosed: all.filter(({ status }) => status === 'closed').length,
    }
    expect(queues).toMatchObject(plainly)
    expect(Object.values(plainly).every((count) => count > 0)).toBe(true)
    expect(queues.escalated).toBeGreaterThan(0)
  })

  test('are in the order that was asked for, page after page', async () => {
    const vault = await aVault()
    await randomCases(vault, 30, 11)
    const due = (await whole(vault, { sort: 'due' })).map((one) => one.due?.at ?? '9999')
    expect(due).toEqual(due.toSorted())
    const rank = { high: 0, medium: 1, low: 2 }
    const grave = (await whole(vault, { sort: 'severity' })).map(({ severity }) =>
      severity === null ? 3 : rank[severity],
    )
    expect(grave).toEqual(grave.toSorted((one, other) => one - other))
    const third = await vault.call('complaints.list', { sort: 'due', limit: 5, offset: 10 })
    expect(third.items.map((one) => one.due?.at ?? '9999')).toEqual(due.slice(10, 15))
    expect(await codeOf(vault.call('complaints.list', { sort: 'due', after: 'x|1' }))).toBe('input.invalid')
  })

  test("are the person's own: what is mine is nobody else's", async () => {
    const vault = await aVault()
    const { id } = await vault.call('complaints.add', { narrative: '没有退款' })
    const other = await settledPerson(vault, '周明', 'handler')
    await vault.call('complaints.work', { id, patch: { assignee: other, severity: 'high' } })
    expect((await vault.call('complaints.list', { queue: 'mine' })).total).toBe(0)
    expect((await vault.call('complaints.list', { assignee: other, severity: 'high' })).total).toBe(1)
    lock(vault.session)
    const own = await openAs(vault.dir, '周明')
    expect((await callVault(own, 'complaints.list', { queue: 'mine' })).total).toBe(1)
  })
})

describe('saved views', () => {
  const query = { queue: 'overdue', sort: 'due' } as const

  test('are kept, changed, shared and taken away, and the log vouches for them', async () => {
    const vault = await aVault()
    const saved = await vault.call('views.save', { name: '我的急件', query })
    await vault.call('views.save', { id: saved.id, name: '急件', query, shared: true })
    await vault.reopen()
    const { items } = await vault.call('views.list', {})
    expect(items).toMatchObject([{ name: '急件', shared: true, own: true, query }])
    await vault.call('views.remove', { id: saved.id })
    expect((await vault.call('views.list', {})).items).toEqual([])
    expect(await codeOf(vault.call('views.remove', { id: saved.id }))).toBe('record.notFound')
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('a name is redacted like any text, and a blank one is refused', async () => {
    const vault = await aVault()
    const { name } = await vault.call('views.save', { name: '13892483177 的投诉', query })
    expect(name).toBe('[手机号 1] 的投诉')
    expect(await codeOf(vault.call('views.save', { name: '  ', query }))).toBe('input.invalid')
  })
})

describe('one act on many cases', () => {
  async function cases(vault: TestVault, count: number): Promise<string[]> {
    const ids: string[] = []
    for (let index = 0; index < count; index += 1) {
      const added = await vault.call('complaints.add', { narrative: `第 ${index} 件`, category: '退款' })
      ids.push(added.id)
    }
    return ids
  }
  const get = async (vault: TestVault, id: string) => vault.call('complaints.get', { id })

  test('is one entry of the log, and is taken back whole', async () => {
    const vault = await aVault()
    const ids = await cases(vault, 6)
    const me = present((await vault.call('users.list', {})).items[0]).id
    const before = await Promise.all(ids.map((id) => get(vault, id)))
    const clocks = await vault.call('complaints.clocks', { id: present(ids[0]) })
    const entries = (await vault.call('audit.list', {})).items.length
    const { bulkId, changed } = await vault.call('complaints.bulk', {
      ids,
      status: 'acknowledged',
      note: '统一受理',
      patch: { assignee: me, severity: 'high', category: '预付卡' },
    })
    expect(changed).toBe(6)
    expect((await vault.call('audit.list', {})).items.length).toBe(entries + 1)
    const during = await get(vault, present(ids[3]))
    expect(during.complaint).toMatchObject({
      status: 'acknowledged',
      category: '预付卡',
      severity: 'high',
      assignee: { id: me },
    })
    expect(during.events.at(-1)).toMatchObject({ from: 'received', to: 'acknowledged', text: '统一受理' })
    expect(await vault.call('complaints.undoBulk', { bulkId })).toEqual({ undone: 6, skipped: [] })
    const strip = ({ complaint, case: facts }: Output<'complaints.get'>) => ({
      ...complaint,
      revision: 0,
      updatedAt: '',
      facts,
    })
    for (const [index, id] of ids.entries())
      expect(strip(await get(vault, id))).toEqual(strip(present(before[index])))
    const states = (list: Output<'complaints.clocks'>) =>
      list.map(({ clock, state, dueAt }) => [clock, state, dueAt])
    expect(states(await vault.call('complaints.clocks', { id: present(ids[0]) }))).toEqual(states(clocks))
    expect(await codeOf(vault.call('complaints.undoBulk', { bulkId }))).toBe('record.notFound')
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    const clear = await vault.call('complaints.reveal', {
      id: present(ids[2]),
      fields: ['category'],
      reason: '核对',
    })
    expect(clear['category']).toBe('退款')
  })

  test('changes nothing where one case does not allow it, and names it', async () => {
    const vault = await aVault()
    const ids = await cases(vault, 3)
    await vault.call('complaints.setStatus', { id: present(ids[1]), status: 'withdrawn' })
    const { complaintNo } = (await get(vault, present(ids[1]))).complaint
    const refused = await refusal(vault.call('complaints.bulk', { ids, status: 'investigating' }))
    expect(refused.code).toBe('bulk.refused')
    expect(refused.fields).toEqual([
      { field: 'cases', rule: 'count', value: '1' },
      { field: complaintNo, rule: 'case.transition' },
    ])
    expect((await get(vault, present(ids[0]))).complaint.status).toBe('received')
    expect(await codeOf(vault.call('complaints.bulk', { ids }))).toBe('input.invalid')
    expect(await codeOf(vault.call('complaints.bulk', { ids, status: 'closed' }))).toBe('bulk.refused')
  })

  test('is left where somebody has worked on a case since', async () => {
    const vault = await aVault()
    const ids = await cases(vault, 3)
    const { bulkId } = await vault.call('complaints.bulk', { ids, patch: { severity: 'low' } })
    await vault.call('complaints.work', { id: present(ids[1]), patch: { severity: 'high' } })
    const { complaintNo } = (await get(vault, present(ids[1]))).complaint
    expect(await vault.call('complaints.undoBulk', { bulkId })).toEqual({
      undone: 2,
      skipped: [{ id: ids[1], complaintNo }],
    })
    const severities = await Promise.all(ids.map(async (id) => (await get(vault, id)).complaint.severity))
    expect(severities).toEqual([null, 'high', null])
  })

  test('closing and taking back leaves the closing time as it was', async () => {
    const vault = await aVault()
    const ids = await cases(vault, 2)
    const { bulkId } = await vault.call('complaints.bulk', { ids, status: 'closed', note: '已全部退款' })
    expect((await get(vault, present(ids[0]))).complaint).toMatchObject({
      status: 'closed',
      outcome: '已全部退款',
    })
    await vault.call('complaints.undoBulk', { bulkId })
    expect((await get(vault, present(ids[0]))).complaint).toMatchObject({
      status: 'received',
      closedAt: '',
      outcome: '',
    })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('refuses a category whose original is not what records show: it could not be put back', async () => {
    const vault = await aVault()
    const { id } = await vault.call('complaints.add', { narrative: 'x', category: '13892483177 来电' })
    const refused = await refusal(vault.call('complaints.bulk', { ids: [id], patch: { category: '退款' } }))
    expect([refused.code, refused.fields?.[1]?.rule]).toEqual(['bulk.refused', 'input.invalid'])
  })
})
