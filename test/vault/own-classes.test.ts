// Own fields that an owner classes as trade secrets: whoever isn't an owner finds nothing of them, wherever they look.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { VaultSession } from '../../electron/vault/session.ts'
import type { Output, Request, VaultChannel } from '../../shared/contract/index.ts'
import type { MemberRole } from '../../shared/types/vault.ts'
import { openAs, reopened, settledPerson } from '../support/people.ts'
import {
  aVault,
  callVault,
  codeOf,
  fileWith,
  freshPath,
  lock,
  present,
  refusal,
  type TestVault,
} from '../support/vault.ts'

const head = '交易编号,交易类型,客户编号,投诉编号,交易日期,金额,币种,状态,说明'
const rows = [
  // Taken in oldest, newest, between: the order of entry tells nothing of the dates.
  'DD1,订单,C1,T1,2019-05-06,7319.25,CHF,已装箱待发,年卡',
  'DD2,订单,C1,T1,2023-08-09,8642.5,SEK,已装箱待发,年卡',
  'DD3,退款,C1,T1,2021-06-07,待定,CHF,已装箱待发,年卡',
]
/** Whatever would give one of the values away. */
const amounts = /7319|7,319|8642|8,642|15961|CHF|SEK|amount-invalid/u
const dates = /2019|2021-06|2023-08/u
const statuses = /装箱/u

const withheld = { amount: amounts, date: dates, status: statuses }
type Field = keyof typeof withheld
const fields: readonly Field[] = ['amount', 'date', 'status']

async function filled(): Promise<TestVault> {
  const vault = await aVault()
  const load = (kind: 'customers' | 'complaints' | 'transactions', lines: string[]) =>
    vault.call('imports.run', { path: fileWith(`${lines.join('\n')}\n`, `${kind}.csv`), kind })
  await load('customers', ['客户编号,姓名', 'C1,王小明'])
  await load('complaints', ['投诉编号,客户编号,投诉时间,投诉内容', 'T1,C1,2024-01-02,慢'])
  await load('transactions', [head, ...rows])
  return vault
}

const setOwn = (vault: TestVault, field: string, given: 'confidential' | 'ordinary' | 'identity') =>
  vault.call('fields.setOwnClass', { kind: 'transactions', field, class: given })

async function classAll(vault: TestVault): Promise<void> {
  for (const field of fields) await setOwn(vault, field, 'confidential')
}

/** What a person is told by every channel that has to do with transactions, and by those beside them. */
async function everythingFor(session: VaultSession): Promise<string> {
  const call = async <C extends VaultChannel>(channel: C, input: Request<C>): Promise<Output<C>> =>
    callVault(session, channel, input)
  const [customer] = (await call('customers.list', {})).items
  const [complaint] = (await call('complaints.list', {})).items
  const { id: customerId } = present(customer)
  const { id: complaintId } = present(complaint)
  const all = await call('transactions.list', {})
  const { items: batches } = await call('imports.list', {})
  const range = { from: '2015-01-01', to: '2030-01-01' }
  const told: unknown[] = [
    all,
    await call('transactions.list', { limit: 1 }),
    await call('transactions.list', { customerId }),
    await call('transactions.list', { complaintId, kind: 'order' }),
    await call('transactions.list', { query: 'DD' }),
    ...(await Promise.all(all.items.map(({ id }) => call('transactions.get', { id })))),
    ...(await Promise.all(
      batches.map(({ batchId }) => call('imports.findings', { batchId, limit: 100, offset: 0 })),
    )),
    await call('customers.overview', { id: customerId }),
    await call('complaints.get', { id: complaintId }),
    await call('stats.get', range),
    await call('fields.list', {}),
    await call('audit.list', {}),
    await call('letters.preview', { complaintId, templateId: 'acknowledgement', lang: 'en', fields: {} }),
  ]
  for (const query of ['7319.25', 'DD1', 'CHF', '装箱'])
    // A number that only clear values could hold is refused to who never sees them: that tells nothing either.
    told.push(await call('search.all', { query }).catch((thrown: unknown) => String(thrown)))
  const link = { id: present(all.items[0]).id, complaintId }
  told.push(await call('transactions.link', { ...link, linked: false }))
  told.push(await call('transactions.link', link))
  return JSON.stringify(told)
}

async function exported(session: VaultSession, clear: boolean): Promise<string> {
  const out = freshPath('bag')
  const order = { kind: 'transactions' as const, format: 'csv' as const, out, clear, reason: '交接' }
  await callVault(session, 'exports.run', order)
  return readFileSync(join(out, 'data', 'transactions.csv'), 'utf8')
}

async function as<T>(vault: TestVault, name: string, act: (session: VaultSession) => Promise<T>): Promise<T> {
  lock(vault.session)
  const session = await openAs(vault.dir, name)
  try {
    return await act(session)
  } finally {
    lock(session)
    await reopened(vault)
  }
}

const people: Readonly<Record<MemberRole, string>> = {
  owner: '管理员乙',
  handler: '经办人乙',
  reviewer: '复核员乙',
}

describe('a trade secret', () => {
  let vault: TestVault

  beforeAll(async () => {
    vault = await filled()
    for (const role of ['owner', 'handler', 'reviewer'] as const)
      await settledPerson(vault, people[role], role)
  }, 300_000)

  test('is none until an owner says so: everybody sees it', async () => {
    for (const role of ['owner', 'handler', 'reviewer'] as const) {
      const told = await as(vault, people[role], everythingFor)
      for (const field of fields) expect(told, `${role} ${field}`).toMatch(withheld[field])
    }
  })

  test.each(fields)(
    '%s alone is withheld, and shown again when it gets its own class back',
    async (field) => {
      await setOwn(vault, field, 'confidential')
      for (const role of ['handler', 'reviewer'] as const) {
        const told = await as(vault, people[role], everythingFor)
        for (const other of fields) {
          if (other === field) expect(told, `${role} ${other}`).not.toMatch(withheld[other])
          else expect(told, `${role} ${other}`).toMatch(withheld[other])
        }
      }
      expect(await as(vault, people.owner, everythingFor)).toMatch(withheld[field])
      await setOwn(vault, field, 'ordinary')
      expect(await as(vault, people.reviewer, everythingFor)).toMatch(withheld[field])
    },
  )

  test('is null, and named as withheld; sums tell how many there are', async () => {
    await classAll(vault)
    await as(vault, people.reviewer, async (session) => {
      const [customer] = (await callVault(session, 'customers.list', {})).items
      const { items, sums } = await callVault(session, 'transactions.list', {
        customerId: present(customer).id,
      })
      // By entry, newest first: by date it would be DD2, DD3, DD1.
      expect(items.map(({ transactionNo }) => transactionNo)).toEqual(['DD3', 'DD2', 'DD1'])
      expect(items[0]).toMatchObject({
        date: null,
        amount: null,
        currency: null,
        status: null,
        warnings: [],
        withheld: ['date', 'amount', 'currency', 'status'],
      })
      const none = { currency: null, withoutAmount: null, amount: null }
      expect(sums).toEqual([
        { kind: 'order', count: 2, ...none },
        { kind: 'refund', count: 1, ...none },
      ])
    })
  })

  test('gives no cursor away, and takes none with a date in it', async () => {
    await classAll(vault)
    await as(vault, people.reviewer, async (session) => {
      const seen: string[] = []
      for (let after: string | undefined; ;) {
        const { items, next } = await callVault(session, 'transactions.list', { limit: 1, after })
        seen.push(...items.map(({ transactionNo }) => transactionNo))
        if (next === null) break
        expect(next).toMatch(/^\|\d+$/u)
        after = next
      }
      expect(seen).toEqual(['DD3', 'DD2', 'DD1'])
      const asked = callVault(session, 'transactions.list', { after: '2021-06-07|99' })
      expect(await refusal(asked)).toMatchObject({
        code: 'input.invalid',
        fields: [{ field: 'after', rule: 'cursor' }],
      })
    })
  })

  test('is revealed to an owner alone', async () => {
    await classAll(vault)
    const [transaction] = (await vault.call('transactions.list', { query: 'DD1' })).items
    const { id } = present(transaction)
    const ask = (field: string) => ({ id, fields: [field], reason: '核对' })
    expect(await vault.call('transactions.reveal', ask('amount'))).toEqual({ amount: '7319.25' })
    await as(vault, people.handler, async (session) => {
      for (const field of ['amount', 'currency', 'date', 'status'])
        expect(await codeOf(callVault(session, 'transactions.reveal', ask(field)))).toBe('access.denied')
      expect(await callVault(session, 'transactions.reveal', ask('description'))).toEqual({
        description: '年卡',
      })
    })
  })

  test('can’t be guessed at by corrections; other fields are corrected, and the secret stays', async () => {
    await classAll(vault)
    const [transaction] = (await vault.call('transactions.list', { query: 'DD1' })).items
    const { id, revision } = present(transaction)
    await as(vault, people.handler, async (session) => {
      const correct = (patch: object) =>
        codeOf(callVault(session, 'transactions.update', { id, revision, patch }))
      // Right and wrong guesses have one answer.
      for (const patch of [
        { amount: '7319.25' },
        { amount: '1' },
        { currency: 'CHF' },
        { date: '2019-05-06' },
        { status: '' },
      ])
        expect(await correct(patch)).toBe('access.denied')
      // Whether there is an amount isn't told by what may be left empty.
      expect(await correct({ transactionNo: '', description: '' })).toBe('input.invalid')
      const update = { id, revision, patch: { description: '季卡' } }
      expect(await callVault(session, 'transactions.update', update)).toMatchObject({
        description: '季卡',
        amount: null,
        withheld: ['date', 'amount', 'currency', 'status'],
      })
      const typed = { transactionNo: 'DD9', amount: '5', customerNo: 'C1' }
      expect(await callVault(session, 'transactions.add', typed)).toMatchObject({ amount: null })
    })
    expect(await vault.call('transactions.get', { id })).toMatchObject({
      amount: '7319.25',
      currency: 'CHF',
      date: '2019-05-06',
      status: '已装箱待发',
      withheld: [],
    })
  })

  test('is in no table that somebody else takes along, masked or clear; the log says what was left out', async () => {
    await classAll(vault)
    for (const [role, clear] of [
      ['handler', true],
      ['handler', false],
      ['reviewer', false],
    ] as const)
      await as(vault, people[role], async (session) => {
        const table = await exported(session, clear)
        for (const field of fields) expect(table, `${role} ${field}`).not.toMatch(withheld[field])
        expect(table).not.toMatch(/金额|币种|交易日期|状态/u)
        // In the order of entry.
        expect([...table.matchAll(/DD[123]/gu)].join(' ')).toBe('DD3 DD2 DD1')
        const [entry] = session.store.records.audit.listNewest(1, undefined, 'exports.run')
        expect(entry?.detail).toMatchObject({
          leftOut: ['交易日期 (Date)', '金额 (Amount)', '币种 (Currency)', '状态 (Status)'],
        })
      })
    for (const clear of [true, false]) {
      const table = await exported(vault.session, clear)
      for (const field of fields) expect(table).toMatch(withheld[field])
    }
  })

  test('is set by owners; the log says so, once, and the rows stay as they were', async () => {
    await classAll(vault)
    const classed = async () => (await vault.call('fields.list', {})).own
    const secret = (field: Field) => ({
      kind: 'transactions',
      field,
      class: 'confidential',
      ownClass: 'ordinary',
    })
    expect(await classed()).toEqual(fields.map(secret))
    const entries = async () => (await vault.call('audit.list', { action: 'fields.ownClassed' })).items
    const before = (await entries()).length
    expect(await setOwn(vault, 'amount', 'confidential')).toEqual(secret('amount'))
    expect(await entries()).toHaveLength(before)
    await setOwn(vault, 'amount', 'ordinary')
    const [entry] = await entries()
    expect(entry).toMatchObject({
      subject: 'transactions',
      detail: { fields: ['amount'], class: 'ordinary' },
    })
    expect((await classed()).map(({ class: given }) => given)).toEqual([
      'ordinary',
      'confidential',
      'confidential',
    ])
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('is nothing that every field can be', async () => {
    expect(await refusal(setOwn(vault, 'description', 'confidential'))).toMatchObject({
      code: 'input.invalid',
      fields: [{ field: 'field', rule: 'fixed' }],
    })
    expect(await refusal(setOwn(vault, 'constructor', 'confidential'))).toMatchObject({
      code: 'input.invalid',
    })
    expect(await refusal(setOwn(vault, 'amount', 'identity'))).toMatchObject({
      code: 'input.invalid',
      fields: [{ field: 'class', rule: 'class' }],
    })
  })
})
