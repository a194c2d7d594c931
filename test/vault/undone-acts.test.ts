// Acts that were taken back, and letters that never came to be, count for nothing: neither for clocks nor for numbers.
import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addPerson } from '../support/people.ts'
import { aVault, codeOf, fileWith, freshPath, present, type TestVault } from '../support/vault.ts'

const range = { from: '2025-01-01', to: '2027-12-31' }
const taken = { narrative: 'x', category: '退款', outcome: '已退款', receivedAt: '2026-01-05' }

async function aCase(vault: TestVault, more: object = {}) {
  return (await vault.call('complaints.add', { ...taken, ...more })).id
}

async function states(vault: TestVault, id: Awaited<ReturnType<typeof aCase>>) {
  return Object.fromEntries(
    (await vault.call('complaints.clocks', { id })).map(({ clock, state }) => [clock, state]),
  )
}

async function closedAndUndone(vault: TestVault, id: Awaited<ReturnType<typeof aCase>>) {
  const { bulkId } = await vault.call('complaints.bulk', { ids: [id], status: 'closed' })
  expect((await vault.call('complaints.undoBulk', { bulkId })).undone).toBe(1)
}

describe('an act that was taken back', () => {
  test('is no answer', async () => {
    const vault = await aVault()
    await closedAndUndone(vault, await aCase(vault))
    const { firstAnswer, resolution } = await vault.call('stats.get', range)
    expect([firstAnswer.count, resolution.count]).toEqual([0, 0])
    // The second of two equal steps is taken back: the first one stays.
    const id = await aCase(vault)
    await vault.call('complaints.setStatus', { id, status: 'closed' })
    await vault.call('complaints.setStatus', { id, status: 'reopened', note: '客户有异议' })
    expect((await vault.call('stats.get', range)).firstAnswer.count).toBe(1)
  })

  test('doesn’t end a pause', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    await vault.call('complaints.pauseClock', { id, paused: true })
    await closedAndUndone(vault, id)
    expect((await states(vault, id))['resolve']).toBe('paused')
    await vault.call('complaints.pauseClock', { id, paused: false })
    expect((await states(vault, id))['resolve']).toBe('overdue')
  })

  test('isn’t taken back to somebody who has left', async () => {
    const vault = await aVault()
    const gone = await addPerson(vault.session, '李雷', 'handler')
    const id = await aCase(vault)
    await vault.call('complaints.work', { id, patch: { assignee: gone } })
    const { bulkId } = await vault.call('complaints.bulk', { ids: [id], patch: { assignee: null } })
    await vault.call('users.disable', { id: gone })
    expect(await vault.call('complaints.undoBulk', { bulkId })).toMatchObject({
      undone: 0,
      skipped: [{ id }],
    })
  })
})

test('a letter whose file never came to be is no answer', async () => {
  const vault = await aVault()
  const { id: customerId } = await vault.call('customers.add', {
    customerNo: 'K1',
    name: '张三丰',
    address: '浙江省杭州市西湖区文三路478号',
  })
  const id = await aCase(vault, { customerId })
  const out = freshPath('信.pdf')
  const { letters } = vault.session.store.records
  const add = letters.add.bind(letters)
  letters.add = (row) => {
    writeFileSync(out, 'taken by somebody else in the last moment')
    return add(row)
  }
  const order = { complaintId: id, templateId: 'acknowledgement', lang: 'zh-CN' as const, out, fields: {} }
  expect(await codeOf(vault.call('letters.render', order))).toBe('file.exists')
  expect((await vault.call('letters.list', { complaintId: id })).items.map(({ state }) => state)).toEqual([
    'failed',
  ])
  expect(await states(vault, id)).toMatchObject({ acknowledge: 'overdue', 'first-answer': 'overdue' })
  expect((await vault.call('stats.get', range)).firstAnswer.count).toBe(0)
  expect((await vault.call('complaints.list', { queue: 'overdue' })).total).toBe(1)
  expect((await vault.call('vault.verify', {})).findings).toEqual([])
})

test('an acknowledgement is no answer yet, a notice about the records is neither, any other letter is both', async () => {
  const vault = await aVault()
  const { id: customerId } = await vault.call('customers.add', {
    customerNo: 'K1',
    name: '张三丰',
    address: '浙江省杭州市西湖区文三路478号',
  })
  await vault.call('vault.setProfile', {
    company: { name: '归藏', address: '杭州市' },
    custodian: {
      name: '正和清算',
      capacity: '清算人',
      authority: '（2026）浙破1号',
      contact: '0571-88886666',
    },
  })
  const id = await aCase(vault, { customerId, receivedAt: '' })
  const send = (templateId: string, fields: Record<string, string> = {}) =>
    vault.call('letters.render', {
      complaintId: id,
      templateId,
      lang: 'zh-CN',
      out: freshPath(`${templateId}.pdf`),
      fields,
    })
  const told = async () => {
    const now = await states(vault, id)
    const { firstAnswer } = await vault.call('stats.get', range)
    return [now['acknowledge'], now['first-answer'], firstAnswer.count]
  }
  await send('custodian-notice')
  expect(await told()).toEqual(['running', 'running', 0])
  await send('acknowledgement')
  expect(await told()).toEqual(['met', 'running', 0])
  await send('information-request', { request: '付款凭证' })
  expect(await told()).toEqual(['met', 'met', 1])
  expect((await vault.call('vault.verify', {})).findings).toEqual([])
})

describe('deadlines', () => {
  const tally = async (vault: TestVault) => {
    const { deadlines } = await vault.call('stats.get', range)
    return Object.fromEntries(deadlines.map(({ key, count, open }) => [key, [count, open]]))
  }

  test('of cases that were worked here tell kept, missed and running', async () => {
    const vault = await aVault()
    const late = await aCase(vault)
    await vault.call('complaints.setStatus', { id: late, status: 'closed' })
    const kept = await aCase(vault, { receivedAt: '' })
    expect(await tally(vault)).toMatchObject({ missed: [1, 0], running: [1, 1] })
    await vault.call('complaints.setStatus', { id: kept, status: 'closed' })
    await aCase(vault)
    expect(await tally(vault)).toEqual({ met: [1, 0], missed: [2, 1], running: [0, 0], '': [0, 0] })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('of cases that a file brought ended go by the date of their end, also with a call afterwards', async () => {
    const vault = await aVault()
    const rows = [
      'T1,2026-01-05,已关闭,2026-01-09,x',
      'T2,2026-01-05,已关闭,2026-03-09,x',
      'T3,2026-01-05,已关闭,,x',
    ]
    const path = fileWith(`投诉编号,投诉时间,状态,关闭时间,投诉内容\n${rows.join('\n')}\n`, '投诉.csv')
    await vault.call('imports.run', { path, kind: 'complaints' })
    expect(await tally(vault)).toMatchObject({ met: [1, 0], missed: [1, 0], '': [1, 0] })
    const { items } = await vault.call('complaints.list', { complaintNo: 'T1' })
    const { id } = present(items[0])
    await vault.call('complaints.addNote', { id, text: '回访', kind: 'call' })
    expect(await tally(vault)).toMatchObject({ met: [1, 0], missed: [1, 0], '': [1, 0] })
    // Asked of a day before its end, it hadn't ended.
    const before = await vault.call('complaints.clocks', { id, at: '2026-01-06T00:00:00.000Z' })
    expect(before.map(({ endedAt }) => endedAt)).toEqual(before.map(() => null))
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('aren’t counted to the end of time', async () => {
    const vault = await aVault()
    const id = await aCase(vault, { receivedAt: '9999-12-31' })
    expect((await vault.call('complaints.list', {})).total).toBe(1)
    expect(await vault.call('complaints.clocks', { id })).toEqual([])
  })
})

test('the outcome of a closed case is changed on no path, and none is closed by clearing it', async () => {
  const vault = await aVault()
  const id = await aCase(vault)
  const clearing = { id, status: 'closed' as const, patch: { outcome: '' } }
  expect(await codeOf(vault.call('complaints.work', clearing))).toBe('case.outcomeMissing')
  await vault.call('complaints.setStatus', { id, status: 'closed' })
  const { revision } = (await vault.call('complaints.get', { id })).complaint
  const later = { id, revision, patch: { outcome: '改口' } }
  expect(await codeOf(vault.call('complaints.update', later))).toBe('case.closed')
})

test('what a form changes in a case is told in its history', async () => {
  const vault = await aVault()
  const id = await aCase(vault)
  const { revision } = (await vault.call('complaints.get', { id })).complaint
  await vault.call('complaints.update', { id, revision, patch: { category: '物流', handler: '林晓' } })
  const { events } = await vault.call('complaints.get', { id })
  expect(events.at(-1)).toMatchObject({
    kind: 'case',
    changes: [{ field: 'category', before: '退款', after: '物流' }],
  })
})

test('a merge begins no new count of how often a caller may be checked', async () => {
  const vault = await aVault()
  const { id: mergeId } = await vault.call('customers.add', { customerNo: 'K0', name: '张三丰' })
  const { id: keepId } = await vault.call('customers.add', { customerNo: 'K1', name: '李四' })
  const ask = () =>
    vault.call('customers.verifyCaller', { id: mergeId, answers: { birthDate: '1990-01-01' } })
  const merge = await vault.call('customers.merge', { keepId, mergeId, reason: '同一个人' })
  for (let times = 0; times < 5; times += 1) await ask()
  await vault.call('customers.unmerge', { mergeId: merge.mergeId })
  expect(await codeOf(ask())).toBe('caller.tooMany')
})

test('a merged customer is found in the one box, and letters go to the address that was kept', async () => {
  const vault = await aVault()
  const add = async (customerNo: string, mobile: string, address: string) =>
    (await vault.call('customers.add', { customerNo, name: '欧阳懿一', mobile, address })).id
  const keepId = await add('K1', '13892483177', '上海市浦东新区世纪大道100号')
  const mergeId = await add('K2', '13900001234', '浙江省杭州市西湖区文三路478号')
  const id = await aCase(vault, { customerId: mergeId })
  await vault.call('customers.merge', { keepId, mergeId, reason: '同一个人' })
  const hits = await vault.call('search.all', { query: '13900001234' })
  expect(hits.customers.map((hit) => hit.id)).toEqual([keepId])
  const letter = { complaintId: id, templateId: 'acknowledgement', lang: 'zh-CN' as const, fields: {} }
  const { document } = await vault.call('letters.previewClear', { ...letter, reason: '核对' })
  expect(document.addressee).toContain('上海市浦东新区世纪大道100号')
})
