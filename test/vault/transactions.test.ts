// Transactions: imported and typed, linked to customers and cases, summed exactly, never clear in records.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startBatch } from '../../electron/vault/usecases/import-batch.ts'
import { resolveMapping } from '../../electron/vault/usecases/import-mapping.ts'
import { rowBuilder } from '../../electron/vault/usecases/import-rows.ts'
import { complaintRow, csvOf, customerRow } from '../support/rows.ts'
import {
  aVault,
  codeOf,
  dump,
  fileWith,
  freshPath,
  openAt,
  present,
  rawDb,
  shut,
  type TestVault,
} from '../support/vault.ts'

interface Cells {
  交易编号: string
  交易类型: string
  客户编号: string
  投诉编号: string
  交易日期: string
  金额: string
  币种: string
  状态: string
  说明: string
  收货人: string
}

/** A transaction whose text names its customer. */
function transactionRow(index: number, customer: number, cells: Partial<Cells> = {}): Cells {
  const { 姓名, 手机号, 客户编号 } = customerRow(customer)
  return {
    交易编号: `DD${String(index).padStart(5, '0')}`,
    交易类型: '订单',
    客户编号,
    投诉编号: '',
    交易日期: '2025-02-03',
    金额: '0.10',
    币种: '人民币',
    状态: '已完成',
    说明: `${姓名}（${手机号}）订购年卡`,
    收货人: 姓名,
    ...cells,
  }
}

async function importRows(
  vault: TestVault,
  kind: 'customers' | 'complaints' | 'transactions',
  rows: object[],
) {
  return vault.call('imports.run', { path: fileWith(csvOf(rows)), kind })
}

async function customerId(vault: TestVault, index: number): Promise<string> {
  const { items } = await vault.call('customers.list', { query: customerRow(index).客户编号 })
  return present(items[0]).id
}

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

describe('an import of transactions', () => {
  test('links to customers and cases by number, redacts its texts and sums to the last digit', async () => {
    const vault = await aVault()
    await importRows(vault, 'customers', [customerRow(1), customerRow(2)])
    await importRows(vault, 'complaints', [complaintRow(1)])
    const rows = [
      ...Array.from({ length: 30 }, (_, index) => transactionRow(index, 1)),
      transactionRow(30, 1, { 金额: '¥12,345,678,901,234.005', 币种: '' }),
      transactionRow(31, 1, { 交易类型: '退款', 金额: '(3.30)', 投诉编号: 'TS000001' }),
      transactionRow(32, 1, { 交易类型: '储值卡', 金额: '100', 币种: 'USD' }),
      transactionRow(33, 1, { 交易类型: '合同', 金额: '待定' }),
      transactionRow(34, 2),
    ]
    const preview = await vault.call('imports.preview', { path: fileWith(csvOf(rows)) })
    expect(preview.kind).toBe('transactions')
    const result = await importRows(vault, 'transactions', rows)
    expect(result).toMatchObject({ rows: 35, accepted: 35, warned: 1, rejected: 0 })
    const list = await vault.call('transactions.list', { customerId: await customerId(vault, 1) })
    expect(list.total).toBe(34)
    expect(list.sums).toEqual([
      { kind: 'order', currency: 'CNY', count: 31, withoutAmount: 0, amount: '12345678901237.005' },
      { kind: 'contract', currency: 'CNY', count: 1, withoutAmount: 1, amount: '0' },
      { kind: 'prepaid', currency: 'USD', count: 1, withoutAmount: 0, amount: '100' },
      { kind: 'refund', currency: 'CNY', count: 1, withoutAmount: 0, amount: '-3.30' },
    ])
    const [case1] = (await vault.call('complaints.list', {})).items
    const ofCase = await vault.call('transactions.list', { complaintId: present(case1).id })
    expect(ofCase.items).toMatchObject([
      { transactionNo: 'DD00031', description: '[姓名 1]（[手机号 1]）订购年卡', extraColumns: ['收货人'] },
    ])
    expect(ofCase.sums).toHaveLength(1)
    expect(recordsOf(vault)).not.toContain(customerRow(1).姓名)
    const shown = await vault.call('transactions.reveal', {
      id: present(ofCase.items[0]).id,
      fields: ['description', 'extra:收货人'],
      reason: `${customerRow(1).姓名}来电`,
    })
    expect(shown['extra:收货人']).toBe(customerRow(1).姓名)
    expect(recordsOf(vault)).not.toContain(customerRow(1).姓名)
    expect(await findings(vault)).toEqual([])
  })

  test('that comes before its customers is linked and redacted when they come, and stands alone when they go', async () => {
    const vault = await aVault()
    await importRows(vault, 'transactions', [
      transactionRow(1, 7, { 说明: '送至四川省成都市武侯区文三路7号' }),
    ])
    const { batchId } = await importRows(vault, 'customers', [customerRow(7)])
    const id = await customerId(vault, 7)
    expect((await vault.call('transactions.list', { customerId: id })).total).toBe(1)
    expect(await findings(vault)).toEqual([])
    await vault.call('imports.undo', { batchId })
    const [alone] = (await vault.call('transactions.list', {})).items
    expect(alone).toMatchObject({ transactionNo: 'DD00001', customerId: null })
    expect(await findings(vault)).toEqual([])
  })

  test('is taken back whole, also after its customers came; a transaction that was worked on holds it', async () => {
    const vault = await aVault()
    const first = await importRows(vault, 'transactions', [transactionRow(1, 3), transactionRow(2, 3)])
    await importRows(vault, 'customers', [customerRow(3)])
    await importRows(vault, 'complaints', [complaintRow(3)])
    expect(await vault.call('imports.undo', { batchId: first.batchId })).toEqual({ removed: 2 })
    expect((await vault.call('transactions.list', {})).total).toBe(0)
    expect(await findings(vault)).toEqual([])
    const second = await importRows(vault, 'transactions', [transactionRow(3, 3)])
    const [transaction] = (await vault.call('transactions.list', {})).items
    const [complaint] = (await vault.call('complaints.list', {})).items
    await vault.call('transactions.link', { id: present(transaction).id, complaintId: present(complaint).id })
    expect(await codeOf(vault.call('imports.undo', { batchId: second.batchId }))).toBe('import.batchInUse')
    expect(await findings(vault)).toEqual([])
  })

  test('that a crash cut short is invisible, and gone after the next opening', async () => {
    const vault = await aVault()
    const row = transactionRow(1, 1)
    const mapping = resolveMapping(Object.keys(row), 'transactions', {
      交易编号: 'transactionNo',
      说明: 'description',
    })
    const build = rowBuilder(vault.context, 'transactions', mapping)
    const source = {
      kind: 'transactions' as const,
      fileName: 'a.csv',
      sha256: 'ab'.repeat(32),
      mapping: '{}',
      dropped: [],
    }
    const writer = startBatch(vault.context, source)
    const accepted = [{ built: build(Object.values(row)), rowNumber: 1 }]
    writer.write({ accepted, rejected: [], findings: [] })
    expect((await vault.call('transactions.list', {})).total).toBe(0)
    shut(vault.session)
    vault.session = await openAt(vault.dir)
    expect((await vault.call('transactions.list', {})).total).toBe(0)
    expect(present(vault.session.store.identities).transactions.count()).toBe(0)
    expect(await findings(vault)).toEqual([])
  })

  test('tells duplicates by kind and number, in the file and in the vault', async () => {
    const vault = await aVault()
    const rows = [transactionRow(1, 1), transactionRow(1, 1), transactionRow(1, 1, { 交易类型: '付款' })]
    expect(await importRows(vault, 'transactions', rows)).toMatchObject({ duplicates: 1 })
    expect(await importRows(vault, 'transactions', rows)).toMatchObject({ duplicates: 3 })
  })
})

describe('a transaction by hand', () => {
  test('is linked to its customer and, as a person says, to a case', async () => {
    const vault = await aVault()
    const { id: ofCustomer } = await vault.call('customers.add', { customerNo: 'K1', name: '欧阳懿一' })
    const added = await vault.call('transactions.add', {
      customerId: ofCustomer,
      transactionNo: 'HT-2025-7',
      kind: 'contract',
      amount: '1,200.5',
      currency: 'CNY',
      date: '2025年3月1日',
      description: '欧阳懿一的装修合同',
    })
    expect(added).toMatchObject({
      customerNo: 'K1',
      amount: '1200.5',
      date: '2025-03-01',
      description: '[姓名 1]的装修合同',
    })
    const { id: complaintId } = await vault.call('complaints.add', { category: '合同' })
    const linked = await vault.call('transactions.link', { id: added.id, complaintId })
    expect(linked).toMatchObject({ total: 1, sums: [{ amount: '1200.5' }] })
    const { events } = await vault.call('complaints.get', { id: complaintId })
    expect(events.at(-1)).toMatchObject({ kind: 'link', text: '+ HT-2025-7' })
    const away = await vault.call('transactions.link', { id: added.id, complaintId, linked: false })
    expect(away.total).toBe(0)
    expect(await findings(vault)).toEqual([])
  })

  test('with an amount or date that can’t be read is refused, and so is an empty one', async () => {
    const vault = await aVault()
    expect(await codeOf(vault.call('transactions.add', { description: 'x', amount: '许多' }))).toBe(
      'input.invalid',
    )
    expect(await codeOf(vault.call('transactions.add', { description: 'x', date: '2025-02-30' }))).toBe(
      'input.invalid',
    )
    expect(await codeOf(vault.call('transactions.add', { status: '已完成' }))).toBe('input.invalid')
  })

  test('keeps a file’s case away from a transaction when a person says so', async () => {
    const vault = await aVault()
    await importRows(vault, 'complaints', [complaintRow(1)])
    await importRows(vault, 'transactions', [transactionRow(1, 1, { 投诉编号: 'TS000001' })])
    const complaintId = present((await vault.call('complaints.list', {})).items[0]).id
    const { items } = await vault.call('transactions.list', { complaintId })
    const gone = await vault.call('transactions.link', {
      id: present(items[0]).id,
      complaintId,
      linked: false,
    })
    expect(gone.total).toBe(0)
    const back = await vault.call('transactions.link', { id: present(items[0]).id, complaintId })
    expect(back.total).toBe(1)
  })
})

test('an export of transactions, masked and clear, comes in again as it was', async () => {
  const vault = await aVault()
  await importRows(vault, 'customers', [customerRow(1)])
  await importRows(vault, 'transactions', [transactionRow(1, 1), transactionRow(2, 1)])
  const masked = freshPath('masked')
  const out = await vault.call('exports.run', { kind: 'transactions', format: 'csv', out: masked })
  expect(out.files).toMatchObject([{ path: 'data/transactions.csv', rows: 2 }])
  const clear = freshPath('clear')
  await vault.call('exports.run', {
    kind: 'transactions',
    format: 'csv',
    out: clear,
    clear: true,
    reason: '移交',
  })
  const other = await aVault()
  const path = join(clear, 'data', 'transactions.csv')
  expect((await other.call('imports.preview', { path })).kind).toBe('transactions')
  expect(await other.call('imports.run', { path, kind: 'transactions' })).toMatchObject({
    accepted: 2,
    warned: 0,
  })
  const [item] = (await other.call('transactions.list', {})).items
  // Written newest first, and so the older one came in last.
  expect(item).toMatchObject({
    transactionNo: 'DD00001',
    amount: '0.10',
    currency: 'CNY',
    extraColumns: ['guicang_id', '收货人'],
  })
})
