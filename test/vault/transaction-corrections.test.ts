// Correcting transactions: typed ones and those that a file brought in, with what stays and what is refused.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { csvOf, customerRow } from '../support/rows.ts'
import { aVault, codeOf, dump, fileWith, present, rawDb, refusal, type TestVault } from '../support/vault.ts'

const fileRow = (cells: object) => ({
  交易编号: '',
  客户编号: customerRow(1).客户编号,
  交易日期: '2025-02-03',
  金额: '0.10',
  说明: `${customerRow(1).姓名}订购年卡`,
  收货人: customerRow(1).姓名,
  ...cells,
})

/** Every cell of records, in clear. */
function recordsOf(vault: TestVault): string {
  const db = rawDb(join(vault.dir, 'records.db'), vault.session.keys.records)
  try {
    return dump(db).join('\n')
  } finally {
    db.close()
  }
}

const findings = async (vault: TestVault) => (await vault.call('vault.verify', {})).findings

describe('a transaction', () => {
  test('is corrected: originals that aren’t named stay, texts are redacted anew, sums follow, the log names fields only', async () => {
    const vault = await aVault()
    const { id: ofCustomer } = await vault.call('customers.add', { customerNo: 'K1', name: '欧阳懿一' })
    const added = await vault.call('transactions.add', {
      customerId: ofCustomer,
      transactionNo: 'HT-1',
      amount: '1.10',
      currency: 'CNY',
      description: '欧阳懿一的年卡',
    })
    const update = (revision: number, patch: object) =>
      vault.call('transactions.update', { id: added.id, revision, patch })
    const corrected = await update(1, { amount: '2.20', status: '欧阳懿一已付' })
    expect(corrected).toMatchObject({
      amount: '2.20',
      status: '[姓名 1]已付',
      description: '[姓名 1]的年卡',
      revision: 2,
      customerId: ofCustomer,
    })
    const { sums } = await vault.call('transactions.list', { customerId: ofCustomer })
    expect(sums).toMatchObject([{ amount: '2.20', currency: 'CNY' }])
    expect(
      await vault.call('transactions.reveal', { id: added.id, fields: ['description'], reason: '核对' }),
    ).toEqual({ description: '欧阳懿一的年卡' })
    expect(await codeOf(update(1, { amount: '3' }))).toBe('record.changed')
    expect(await update(2, { amount: '2.20' })).toMatchObject({ revision: 2 })
    const entries = (await vault.call('audit.list', { action: 'transactions.edited' })).items
    expect(entries.map(({ detail }) => detail)).toEqual([{ fields: ['amount', 'status'] }])
    expect(recordsOf(vault)).not.toContain('欧阳懿一')
    expect(present(vault.session.store.identities).transactions.count()).toBe(1)
    expect(await findings(vault)).toEqual([])
  })

  test('is not corrected to what can’t be read, to nothing, or where there is none', async () => {
    const vault = await aVault()
    const { id } = await vault.call('transactions.add', { transactionNo: 'HT-1' })
    const update = (patch: object) => vault.call('transactions.update', { id, revision: 1, patch })
    for (const [patch, field] of [
      [{ amount: '许多' }, 'amount'],
      [{ date: '2025-02-30' }, 'date'],
      [{ transactionNo: ' ' }, 'transactionNo'],
    ] as const) {
      const { code, fields } = await refusal(update(patch))
      expect([code, fields?.map((one) => one.field)]).toEqual(['input.invalid', [field]])
    }
    const unknown = { id: '01890000-0000-7000-8000-000000000000', revision: 1, patch: { amount: '1' } }
    expect(await codeOf(vault.call('transactions.update', unknown))).toBe('record.notFound')
    expect(await vault.call('transactions.get', { id })).toMatchObject({ transactionNo: 'HT-1', revision: 1 })
  })

  test('goes to another customer by number, and its text is redacted with what is known of that one', async () => {
    const vault = await aVault()
    await vault.call('customers.add', { customerNo: 'K1', name: '欧阳懿一' })
    const { id: second } = await vault.call('customers.add', { customerNo: 'K2', name: '司徒韵二' })
    const added = await vault.call('transactions.add', {
      customerNo: 'K1',
      description: '年卡，司徒韵二代付',
    })
    const moved = await vault.call('transactions.update', {
      id: added.id,
      revision: 1,
      patch: { customerNo: 'K2' },
    })
    expect(moved).toMatchObject({ customerId: second, customerNo: 'K2', description: '年卡，[姓名 1]代付' })
    const alone = await vault.call('transactions.update', {
      id: added.id,
      revision: 2,
      patch: { customerNo: 'K9' },
    })
    expect(alone).toMatchObject({ customerId: null, customerNo: 'K9' })
    expect(await findings(vault)).toEqual([])
  })

  test('that a file brought in is corrected too: its columns, its row and its warnings elsewhere stay', async () => {
    const vault = await aVault()
    await vault.call('imports.run', { path: fileWith(csvOf([customerRow(1)])), kind: 'customers' })
    const rows = [
      fileRow({ 交易编号: 'DD00001', 金额: '5.00元', 交易日期: '不详' }),
      fileRow({ 交易编号: 'DD00002' }),
    ]
    const path = fileWith(csvOf(rows))
    const { batchId } = await vault.call('imports.run', { path, kind: 'transactions' })
    const { items } = await vault.call('transactions.list', { query: 'DD00001' })
    const { id, warnings, source } = present(items[0])
    expect(warnings).toEqual(['date:date-invalid'])
    const corrected = await vault.call('transactions.update', {
      id,
      revision: 1,
      patch: { amount: '6', transactionNo: 'DD00002' },
    })
    expect(corrected).toMatchObject({
      amount: '6',
      currency: 'CNY',
      warnings,
      source,
      extraColumns: ['收货人'],
      duplicate: true,
    })
    const reason = '核对'
    const shown = await vault.call('transactions.reveal', { id, fields: ['date', 'extra:收货人'], reason })
    expect(shown).toEqual({ date: '不详', 'extra:收货人': customerRow(1).姓名 })
    expect(await codeOf(vault.call('imports.undo', { batchId }))).toBe('import.batchInUse')
    expect(await findings(vault)).toEqual([])
  })
})
