// Columns that no field takes: who sees their values, by their class, also in what comes in later and after a kill.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openAs, settledPerson } from '../support/people.ts'
import {
  aVault,
  callVault,
  codeOf,
  contextOf,
  fileWith,
  freshPath,
  present,
  shut,
  openAt,
  testJob,
  type TestVault,
} from '../support/vault.ts'

const head = '客户编号,姓名,颜色,底价'
const row = (n: number): string => `C${n},王小明,蓝色 王小明 的,${900 + n}`
const customers = (from: number, to: number): string =>
  fileWith(
    `${head}\n${Array.from({ length: to - from }, (_, at) => row(from + at)).join('\n')}\n`,
    '客户.csv',
  )

async function filled(count = 3): Promise<TestVault> {
  const vault = await aVault()
  await vault.call('imports.run', { path: customers(1, 1 + count), kind: 'customers' })
  return vault
}

const setClass = (
  vault: TestVault,
  column: string,
  given: 'identity' | 'sensitive' | 'confidential' | 'ordinary',
) => vault.call('fields.setClass', { kind: 'customers', column, class: given })

async function values(vault: TestVault) {
  const { items } = await vault.call('customers.list', { limit: 500 })
  return items.map(({ extraColumns, extraValues }) => [extraColumns, extraValues])
}

const findings = async (vault: TestVault) => (await vault.call('vault.verify', {})).findings

describe('a column', () => {
  test('is an identity until an owner says otherwise', async () => {
    const vault = await filled()
    const { items } = await vault.call('fields.list', {})
    expect(items.map(({ column, class: given, count, pending }) => [column, given, count, pending])).toEqual([
      ['底价', 'identity', 3, 0],
      ['颜色', 'identity', 3, 0],
    ])
    expect(await values(vault)).toEqual([1, 2, 3].map(() => [['颜色', '底价'], {}]))
  })

  test('that is ordinary is seen by everybody, but for what is known of the customer; and goes again', async () => {
    const vault = await filled()
    expect(await setClass(vault, '颜色', 'ordinary')).toEqual({ changed: 3 })
    const shown = (await values(vault)).map(([, one]) => one)
    expect(shown).toEqual([1, 2, 3].map(() => ({ 颜色: '蓝色 [姓名 1] 的' })))
    // What comes in later is as the class wants it at once.
    await vault.call('imports.run', { path: customers(10, 12), kind: 'customers' })
    const { id } = await vault.call('customers.add', {
      customerNo: 'H1',
      name: '李四',
      extra: { 颜色: '红' },
    })
    expect((await vault.call('customers.get', { id })).extraValues).toEqual({ 颜色: '红' })
    expect((await vault.call('fields.list', {})).items.find(({ column }) => column === '颜色')).toMatchObject(
      {
        class: 'ordinary',
        count: 6,
        pending: 0,
      },
    )
    expect(await findings(vault)).toEqual([])
    expect(await setClass(vault, '颜色', 'sensitive')).toEqual({ changed: 6 })
    expect((await values(vault)).every(([, one]) => Object.keys(one ?? {}).length === 0)).toBe(true)
    expect(await findings(vault)).toEqual([])
  })

  test('that is ordinary is redacted again when its customer gets another name', async () => {
    const vault = await filled(1)
    await setClass(vault, '底价', 'ordinary')
    const [customer] = (await vault.call('customers.list', {})).items
    const { id, revision } = present(customer)
    await vault.call('customers.update', { id, revision, patch: { name: '901' } })
    expect(JSON.stringify(await values(vault))).not.toContain('901')
  })

  test('of complaints and transactions follows its class too', async () => {
    const vault = await aVault()
    const complaints = fileWith('投诉编号,投诉内容,门店\nT1,x,一号店\n', '投诉.csv')
    await vault.call('imports.run', { path: complaints, kind: 'complaints' })
    const orders = fileWith('交易编号,客户编号,金额,仓库\nD1,C1,12.5,东仓\n', '订单.csv')
    await vault.call('imports.run', { path: orders, kind: 'transactions' })
    await vault.call('fields.setClass', { kind: 'complaints', column: '门店', class: 'ordinary' })
    await vault.call('fields.setClass', { kind: 'transactions', column: '仓库', class: 'ordinary' })
    expect((await vault.call('complaints.list', {})).items[0]?.extraValues).toEqual({ 门店: '一号店' })
    expect((await vault.call('transactions.list', {})).items[0]?.extraValues).toEqual({ 仓库: '东仓' })
    // Linked later, its texts are redacted again: the value stays.
    await vault.call('imports.run', { path: customers(1, 2), kind: 'customers' })
    expect((await vault.call('transactions.list', {})).items[0]).toMatchObject({
      extraValues: { 仓库: '东仓' },
    })
    expect(await findings(vault)).toEqual([])
  })

  test('that no record has gets no class', async () => {
    const vault = await filled(1)
    expect(await codeOf(setClass(vault, '没有', 'ordinary'))).toBe('input.invalid')
  })
})

describe('a trade secret', () => {
  async function withHandler() {
    const vault = await filled(2)
    await setClass(vault, '底价', 'confidential')
    await settledPerson(vault, '李雷', 'handler')
    const [first] = (await vault.call('customers.list', {})).items
    return { vault, id: present(first).id }
  }
  const ask = (id: string) => ({ id, fields: ['extra:底价'], reason: '核对' })

  test('is shown to an owner, with a reason, and to nobody else', async () => {
    const { vault, id } = await withHandler()
    const shown = await vault.call('customers.reveal', ask(id))
    expect(shown['extra:底价']).toMatch(/^90[12]$/u)
    const handler = await openAs(vault.dir, '李雷').catch(async () => {
      shut(vault.session)
      return openAs(vault.dir, '李雷')
    })
    expect(await codeOf(callVault(handler, 'customers.reveal', ask(id)))).toBe('access.denied')
    const other = { ...ask(id), fields: ['extra:颜色'] }
    expect(await callVault(handler, 'customers.reveal', other)).toEqual({ 'extra:颜色': '蓝色 王小明 的' })
    const out = freshPath('bag')
    const order = { kind: 'customers' as const, format: 'csv' as const, out, clear: true, reason: '交接' }
    await callVault(handler, 'exports.run', order)
    const table = readFileSync(join(out, 'data', 'customers.csv'), 'utf8')
    expect(table).toContain('颜色')
    expect(table).not.toContain('底价')
    // The log knows that it isn't all.
    const [entry] = handler.store.records.audit.listNewest(1, undefined, 'exports.run')
    expect(entry?.detail).toMatchObject({ leftOut: ['底价'] })
  })
})

test('a class that was cut short says so, and goes on when it is said again', async () => {
  const vault = await filled(450)
  const stop = new AbortController()
  const job = testJob(stop.signal, () => stop.abort())
  const order = { kind: 'customers' as const, column: '颜色', class: 'ordinary' as const }
  expect(await codeOf(callVault(vault.session, 'fields.setClass', order, job))).toBe('job.cancelled')
  const pending = async () =>
    (await vault.call('fields.list', {})).items.find(({ column }) => column === '颜色')?.pending ?? -1
  const left = await pending()
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThan(450)
  shut(vault.session)
  vault.session = await openAt(vault.dir)
  vault.context = contextOf(vault.session)
  expect(await findings(vault)).toEqual([])
  expect(await vault.call('fields.setClass', order)).toEqual({ changed: left })
  expect(await pending()).toBe(0)
  expect(await findings(vault)).toEqual([])
})

test('ordinary columns stand in the masked table', async () => {
  const vault = await filled(2)
  await setClass(vault, '颜色', 'ordinary')
  const out = freshPath('bag')
  await vault.call('exports.run', { kind: 'customers', format: 'csv', out })
  const [names, first] = readFileSync(join(out, 'data', 'customers.csv'), 'utf8')
    .trim()
    .split('\r\n')
  expect(names?.endsWith(',颜色')).toBe(true)
  expect(first?.endsWith(',蓝色 [姓名 1] 的')).toBe(true)
})
