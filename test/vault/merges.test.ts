// Two records of one customer become one and two again: nothing moves, nothing is lost, whoever edits meanwhile is told.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Transaction } from '../../shared/types/transaction.ts'
import { complaintRow, csvOf, customerRow } from '../support/rows.ts'
import { aVault, codeOf, fileWith, present, type TestVault } from '../support/vault.ts'

const reason = '同一人两次建档'

async function aCustomer(vault: TestVault, no: string, more: Record<string, string> = {}): Promise<string> {
  const { id } = await vault.call('customers.add', { customerNo: no, name: '欧阳懿一', ...more })
  return id
}

const merge = (vault: TestVault, keepId: string, mergeId: string) =>
  vault.call('customers.merge', { keepId, mergeId, reason })

async function listed(vault: TestVault): Promise<string[]> {
  return (await vault.call('customers.list', { limit: 1000 })).items.map(({ id }) => id)
}

/** Everything that a person can see of these customers: who is listed, who answers for whom, what each is shown with. */
async function pictureOf(vault: TestVault, ids: readonly string[]) {
  const pages = []
  for (const id of ids) {
    const overview = await vault.call('customers.overview', { id })
    const complaints = await vault.call('complaints.list', { customerId: id, limit: 100 })
    const transactions = await vault.call('transactions.list', { customerId: id })
    pages.push({
      overview,
      complaints: complaints.items,
      transactions: transactions.items.map((item: Transaction) => item.transactionNo),
      found: (await vault.call('customers.list', { query: '欧阳懿一' })).items.map((found) => found.id),
    })
  }
  return { listed: await listed(vault), total: (await vault.call('customers.list', {})).total, pages }
}

describe('a merged customer', () => {
  test('answers as the kept one, who shows what belongs to both; lists, counts and searches have one', async () => {
    const vault = await aVault()
    const kept = await aCustomer(vault, 'K1', { mobile: '13892483177' })
    const other = await aCustomer(vault, 'K2', { email: 'yiyi@example.org' })
    await vault.call('complaints.add', { customerId: kept, category: '退款' })
    const { id: complaint } = await vault.call('complaints.add', { customerId: other, category: '质量' })
    await vault.call('transactions.add', {
      customerId: other,
      transactionNo: 'D1',
      amount: '7',
      currency: 'CNY',
    })
    await merge(vault, kept, other)
    expect(await listed(vault)).toEqual([kept])
    expect((await vault.call('customers.list', {})).total).toBe(1)
    expect((await vault.call('customers.get', { id: other })).id).toBe(kept)
    const overview = await vault.call('customers.overview', { id: other })
    expect(overview).toMatchObject({
      customer: { id: kept },
      complaints: 2,
      transactions: 1,
      merged: [{ customer: { id: other, customerNo: 'K2' }, merge: { reason } }],
    })
    expect((await vault.call('complaints.list', { customerId: kept })).total).toBe(2)
    // By what only the merged one has, in clear and by number.
    for (const query of ['yiyi@example.org', 'K2']) {
      expect((await vault.call('customers.list', { query })).items).toMatchObject([{ id: kept }])
    }
    // A complaint of the merged one is found by what only the kept one has.
    const found = await vault.call('complaints.list', { query: '13892483177' })
    expect(found.items.map(({ id }) => id)).toContain(complaint)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('hides the values of both in new texts of either', async () => {
    const vault = await aVault()
    const kept = await aCustomer(vault, 'K1')
    const other = await aCustomer(vault, 'K2', { email: 'yiyi@example.org', name: '宇文拓跋' })
    const { id } = await vault.call('complaints.add', { customerId: kept, category: '退款' })
    await merge(vault, kept, other)
    const noted = await vault.call('complaints.addNote', { id, text: '宇文拓跋来电' })
    expect(present(noted.events.at(-1)).text).toBe('[姓名 1]来电')
  })

  test('is the kept one for a file that names its number, and has its own again afterwards', async () => {
    const vault = await aVault()
    const kept = await aCustomer(vault, 'K1')
    const other = await aCustomer(vault, customerRow(5).客户编号)
    const { mergeId } = await merge(vault, kept, other)
    await vault.call('imports.run', { path: fileWith(csvOf([complaintRow(5)])), kind: 'complaints' })
    expect((await vault.call('complaints.list', { customerId: kept })).total).toBe(1)
    await vault.call('customers.unmerge', { mergeId })
    expect((await vault.call('complaints.list', { customerId: kept })).total).toBe(0)
    expect((await vault.call('complaints.list', { customerId: other })).total).toBe(1)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('can’t be edited, merged again or kept; nor can anybody be merged into themselves or in a circle', async () => {
    const vault = await aVault()
    const [a, b, c] = [await aCustomer(vault, 'A'), await aCustomer(vault, 'B'), await aCustomer(vault, 'C')]
    const { mergeId } = await merge(vault, b, a)
    const edit = vault.call('customers.update', { id: a, revision: 1, patch: { email: 'a@example.org' } })
    expect(await codeOf(edit)).toBe('record.changed')
    expect(await codeOf(merge(vault, c, a))).toBe('customers.merged')
    expect(await codeOf(merge(vault, a, c))).toBe('customers.merged')
    expect(await codeOf(merge(vault, a, b))).toBe('customers.merged')
    expect(await codeOf(merge(vault, b, b))).toBe('input.invalid')
    expect(await codeOf(vault.call('customers.merge', { keepId: b, mergeId: c, reason: ' ' }))).toBe(
      'reason.required',
    )
    // A chain: whoever is kept may be merged on, and each link is taken back by itself.
    const { mergeId: second } = await merge(vault, c, b)
    expect((await vault.call('customers.get', { id: a })).id).toBe(c)
    await vault.call('customers.unmerge', { mergeId })
    expect((await listed(vault)).toSorted()).toEqual([a, c].toSorted())
    await vault.call('customers.unmerge', { mergeId: second })
    expect(await codeOf(vault.call('customers.unmerge', { mergeId }))).toBe('record.notFound')
    expect(await listed(vault)).toHaveLength(3)
  })

  test('is compared first: one that another window has edited since is refused', async () => {
    const vault = await aVault()
    const [keepId, mergeId] = [await aCustomer(vault, 'A'), await aCustomer(vault, 'B')]
    await vault.call('customers.update', { id: mergeId, revision: 1, patch: { email: 'b@example.org' } })
    const stale = vault.call('customers.merge', {
      keepId,
      mergeId,
      reason,
      keepRevision: 1,
      mergeRevision: 1,
    })
    expect(await codeOf(stale)).toBe('record.changed')
    await vault.call('customers.merge', { keepId, mergeId, reason, keepRevision: 1, mergeRevision: 2 })
  })

  test('stays in exports, and holds its batch', async () => {
    const vault = await aVault()
    const { batchId } = await vault.call('imports.run', {
      path: fileWith(csvOf([customerRow(1), customerRow(2)])),
      kind: 'customers',
    })
    const [a, b] = await listed(vault)
    const { mergeId } = await merge(vault, present(a), present(b))
    expect((await vault.call('vault.getStatus', {})).counts.customers).toBe(2)
    expect(await codeOf(vault.call('imports.undo', { batchId }))).toBe('import.batchInUse')
    await vault.call('customers.unmerge', { mergeId })
    expect(await vault.call('imports.undo', { batchId })).toEqual({ removed: 2 })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})

test('whatever is merged and taken back in whatever order, the picture is what it was', async () => {
  const vault = await aVault()
  const ids: string[] = []
  for (const no of ['A', 'B', 'C', 'D', 'E']) {
    const id = await aCustomer(vault, no, { mobile: `1380000000${ids.length}` })
    await vault.call('complaints.add', { customerId: id, category: no })
    await vault.call('transactions.add', {
      customerId: id,
      transactionNo: `D-${no}`,
      amount: '1.1',
      currency: 'CNY',
    })
    ids.push(id)
  }
  const before = await pictureOf(vault, ids)
  const step = fc.tuple(fc.nat(4), fc.nat(4), fc.boolean(), fc.nat(9))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const live: string[] = []
      for (const [keep, other, back, which] of steps) {
        if (back && live.length > 0) {
          const [mergeId] = live.splice(which % live.length, 1)
          await vault.call('customers.unmerge', { mergeId: present(mergeId) })
          continue
        }
        const tried = merge(vault, present(ids[keep]), present(ids[other]))
        await tried.then(
          ({ mergeId }) => live.push(mergeId),
          () => {},
        )
      }
      // Each is counted once, under whoever stands for it.
      expect(await listed(vault)).toHaveLength(ids.length - live.length)
      const roots = await listed(vault)
      const totals = await Promise.all(
        roots.map(async (customerId) => (await vault.call('complaints.list', { customerId })).total),
      )
      expect(totals.reduce((sum, total) => sum + total, 0)).toBe(ids.length)
      while (live.length > 0) {
        const [mergeId] = live.splice(live.length === 1 ? 0 : live.length >> 1, 1)
        await vault.call('customers.unmerge', { mergeId: present(mergeId) })
      }
      expect(await pictureOf(vault, ids)).toEqual(before)
    }),
    { numRuns: 15 },
  )
  expect((await vault.call('vault.verify', {})).findings).toEqual([])
}, 120_000)

describe('possible duplicates', () => {
  test('are told by resident ID or name and mobile, once; not those that are one, nor those said to be two', async () => {
    const vault = await aVault()
    const same = { residentId: '11010519491231002X', mobile: '13892483177' }
    const [a, b] = [await aCustomer(vault, 'A', same), await aCustomer(vault, 'B', same)]
    const c = await aCustomer(vault, 'C', { mobile: same.mobile })
    await aCustomer(vault, 'D', { name: '范明远' })
    const all = await vault.call('customers.duplicates', {})
    expect(all.items).toHaveLength(3)
    expect(present(all.items.find(({ reasons }) => reasons.length === 2))).toMatchObject({
      reasons: ['residentId', 'nameMobile'],
      left: { residentId: '1****************X' },
    })
    expect((await vault.call('customers.overview', { id: a })).duplicates).toBe(2)
    await vault.call('customers.setDistinct', { id: c, otherId: a })
    await vault.call('customers.setDistinct', { id: b, otherId: c })
    expect((await vault.call('customers.duplicates', {})).items).toHaveLength(1)
    const { mergeId } = await merge(vault, a, b)
    expect((await vault.call('customers.duplicates', {})).items).toEqual([])
    await vault.call('customers.unmerge', { mergeId })
    await vault.call('customers.setDistinct', { id: c, otherId: a, distinct: false })
    expect((await vault.call('customers.duplicates', { id: c })).items).toHaveLength(1)
    expect((await vault.call('customers.duplicates', { limit: 1 })).more).toBe(true)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})
