// Who belongs to whom, and on what basis data are kept.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aVault, codeOf, dump, present, rawDb, type TestVault } from '../support/vault.ts'

const name = '欧阳懿一'

async function twoCustomers(vault: TestVault): Promise<[string, string]> {
  const { id } = await vault.call('customers.add', { customerNo: 'K1', name, mobile: '13892483177' })
  const { id: other } = await vault.call('customers.add', { customerNo: 'K2', name: '宇文拓跋' })
  return [id, other]
}

function cellsOf(vault: TestVault, compartment: 'records' | 'identities'): string {
  const db = rawDb(join(vault.dir, `${compartment}.db`), present(vault.session.keys[compartment]))
  try {
    return dump(db).join('\n')
  } finally {
    db.close()
  }
}

describe('a relation', () => {
  test('is told from both sides, once, and taken away from either', async () => {
    const vault = await aVault()
    const [id, other] = await twoCustomers(vault)
    const there = await vault.call('customers.relate', {
      id,
      otherId: other,
      kind: 'parent',
      note: '宇文拓跋代付',
    })
    expect(there.relations).toMatchObject([
      { kind: 'parent', other: { id: other, name: '宇***' }, note: '[姓名 1]代付' },
    ])
    const back = await vault.call('customers.overview', { id: other })
    expect(back.relations).toMatchObject([{ kind: 'child', other: { id } }])
    // Said again from the other side, it is the same one.
    const again = await vault.call('customers.relate', { id: other, otherId: id, kind: 'child' })
    expect(again.relations).toHaveLength(1)
    expect(cellsOf(vault, 'records')).not.toContain('宇文拓跋')
    expect(cellsOf(vault, 'identities')).toContain('宇文拓跋代付')
    const none = await vault.call('customers.relate', {
      id: other,
      otherId: id,
      kind: 'child',
      related: false,
    })
    expect(none.relations).toEqual([])
    expect(await codeOf(vault.call('customers.relate', { id, otherId: id, kind: 'spouse' }))).toBe(
      'input.invalid',
    )
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('follows a merge: to the kept one, and gone between those who are one', async () => {
    const vault = await aVault()
    const [id, other] = await twoCustomers(vault)
    const { id: third } = await vault.call('customers.add', { name: '范明远' })
    await vault.call('customers.relate', { id, otherId: other, kind: 'spouse' })
    const { mergeId } = await vault.call('customers.merge', {
      keepId: third,
      mergeId: other,
      reason: '同一人',
    })
    expect((await vault.call('customers.overview', { id })).relations).toMatchObject([
      { other: { id: third } },
    ])
    expect((await vault.call('customers.overview', { id: third })).relations).toMatchObject([
      { other: { id } },
    ])
    await vault.call('customers.unmerge', { mergeId })
    await vault.call('customers.merge', { keepId: id, mergeId: other, reason: '同一人' })
    expect((await vault.call('customers.overview', { id })).relations).toEqual([])
  })
})

describe('basis, consents, requests and holds', () => {
  test('are kept with purpose, date and evidence, redacted, and end with a date', async () => {
    const vault = await aVault()
    const [id] = await twoCustomers(vault)
    const consent = await vault.call('customers.addFact', {
      customerId: id,
      kind: 'consent',
      code: 'marketing',
      purpose: `向${name}发送活动信息`,
      evidence: '同意书 2024-15，电话13892483177确认',
      date: '2024-05-01',
      until: '2027-05-01',
    })
    expect(consent).toMatchObject({
      purpose: '向[姓名 1]发送活动信息',
      evidence: '同意书 2024-15，电话[手机号 1]确认',
      state: 'active',
    })
    const over = await vault.call('customers.setFactState', {
      id: consent.id,
      revision: 1,
      state: 'withdrawn',
      date: '2025-01-02',
    })
    expect(over).toMatchObject({ state: 'withdrawn', stateDate: '2025-01-02', revision: 2 })
    const stale = vault.call('customers.setFactState', { id: consent.id, revision: 1, state: 'active' })
    expect(await codeOf(stale)).toBe('record.changed')
    const request = await vault.call('customers.addFact', {
      customerId: id,
      kind: 'request',
      code: 'erasure',
    })
    expect(request.state).toBe('open')
    expect(request.date).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect((await vault.call('customers.overview', { id })).facts).toHaveLength(2)
    expect(cellsOf(vault, 'records')).not.toContain(name)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('no longer name a customer by a value that is known only later', async () => {
    const vault = await aVault()
    const [id, other] = await twoCustomers(vault)
    await vault.call('customers.addFact', {
      customerId: id,
      kind: 'hold',
      code: 'claim',
      purpose: '代号碧螺',
    })
    await vault.call('customers.relate', { id, otherId: other, kind: 'agent', note: '代号碧螺' })
    await vault.call('transactions.add', { customerId: id, description: '代号碧螺' })
    await vault.call('customers.update', { id, revision: 1, patch: { name: '碧螺' } })
    const { facts, relations } = await vault.call('customers.overview', { id })
    expect([present(facts[0]).purpose, present(relations[0]).note]).toEqual(['代号[姓名 1]', '代号[姓名 1]'])
    const [transaction] = (await vault.call('transactions.list', { customerId: id })).items
    expect(present(transaction).description).toBe('代号[姓名 1]')
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('know their own codes and states only', async () => {
    const vault = await aVault()
    const [customerId] = await twoCustomers(vault)
    expect(
      await codeOf(vault.call('customers.addFact', { customerId, kind: 'hold', code: 'marketing' })),
    ).toBe('input.invalid')
    const days = { date: '2025-02-01', until: '2025-01-01' }
    const backwards = { customerId, kind: 'consent' as const, code: 'service', ...days }
    expect(await codeOf(vault.call('customers.addFact', backwards))).toBe('input.invalid')
    const hold = await vault.call('customers.addFact', { customerId, kind: 'hold', code: 'litigation' })
    const wrong = vault.call('customers.setFactState', { id: hold.id, revision: 1, state: 'withdrawn' })
    expect(await codeOf(wrong)).toBe('input.invalid')
  })

  test('that were changed behind the vault’s back are found', async () => {
    const vault = await aVault()
    const [customerId] = await twoCustomers(vault)
    await vault.call('customers.addFact', {
      customerId,
      kind: 'hold',
      code: 'litigation',
      purpose: '案号 12',
    })
    const db = rawDb(join(vault.dir, 'records.db'), vault.session.keys.records)
    db.prepare(`UPDATE customer_facts SET state = 'lifted'`).run()
    db.close()
    expect((await vault.call('vault.verify', {})).findings).toMatchObject([
      { code: 'row.changed', where: 'customer_facts 1' },
    ])
  })
})
