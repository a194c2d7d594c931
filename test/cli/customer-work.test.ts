// Transactions, merges, callers and facts from the command line, spelled as a stranger's script calls them.
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { cli } from '../support/cli.ts'
import { complaintRow, csvOf, customerRow, customerRows } from '../support/rows.ts'
import { aVault, fileWith, lock, makeVault, passphrase, present } from '../support/vault.ts'

/** Each verb is a process of its own that unlocks the vault. */
const patience = 240_000

let dir = ''
beforeAll(async () => {
  const vault = await aVault(await makeVault())
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(3))), kind: 'customers' })
  await vault.call('imports.run', { path: fileWith(csvOf([complaintRow(1)])), kind: 'complaints' })
  lock(vault.session)
  dir = vault.dir
})

async function ok<T>(schema: z.ZodType<T>, args: readonly string[]): Promise<T> {
  const result = await cli(args, { passphrase })
  expect([result.code, result.stderr]).toEqual([0, ''])
  return schema.parse(result.json())
}

async function refused(args: readonly string[]): Promise<string> {
  const { code, stdout, error } = await cli(args, { passphrase })
  expect([code, stdout]).toEqual([1, ''])
  return error().code
}

const withId = z.looseObject({ id: z.uuid() })
const items = z.looseObject({ items: z.array(withId), total: z.number() })
const json = (value: object): string => fileWith(JSON.stringify(value), 'in.json')

test(
  'a table of transactions comes in, is listed with sums, linked and revealed',
  async () => {
    const rows = [
      {
        订单编号: 'D1',
        客户编号: customerRow(1).客户编号,
        订单金额: '0.10元',
        下单时间: '2025-01-02',
        备注: `${customerRow(1).姓名}订`,
      },
      {
        订单编号: 'D2',
        客户编号: customerRow(1).客户编号,
        订单金额: '0.20元',
        下单时间: '2025-01-03',
        备注: '',
      },
    ]
    const file = fileWith(csvOf(rows))
    const done = await ok(
      z.looseObject({ batchId: z.uuid(), accepted: z.literal(2), rejected: z.literal(0) }),
      ['import', 'run', dir, '--kind', 'transactions', '--file', file],
    )
    const { items: customers } = await ok(items, ['customers', 'list', dir])
    const customer = present(customers[0]).id
    const listed = await ok(
      items.extend({ sums: z.array(z.looseObject({ amount: z.string(), currency: z.string() })) }),
      ['transactions', 'list', dir, '--customer', customer],
    )
    expect(listed).toMatchObject({ total: 2, sums: [{ amount: '0.30', currency: 'CNY' }] })
    const id = present(listed.items[1]).id
    expect(JSON.stringify(listed)).not.toContain(customerRow(1).姓名)
    expect(await ok(withId, ['transactions', 'show', dir, '--id', id])).toMatchObject({ transactionNo: 'D1' })
    expect(
      await ok(z.looseObject({}), [
        'transactions',
        'reveal',
        dir,
        '--id',
        id,
        '--fields',
        'description',
        '--reason',
        '核对',
      ]),
    ).toEqual({ description: `${customerRow(1).姓名}订` })
    expect(
      await ok(z.strictObject({ removed: z.literal(2) }), ['import', 'undo', dir, '--batch', done.batchId]),
    ).toEqual({
      removed: 2,
    })
    const draft = json({
      transactionNo: 'H-9',
      kind: 'contract',
      amount: 12.5,
      currency: 'CNY',
      customerId: customer,
    })
    const added = await ok(withId, ['transactions', 'add', dir, '--file', draft])
    const correct = ['transactions', 'update', dir, '--id', added.id]
    const corrected = await ok(withId, [...correct, '--amount', '13.00', '--status', '已付'])
    expect(corrected).toMatchObject({ amount: '13.00', status: '已付', currency: 'CNY', revision: 2 })
    expect(await refused([...correct, '--revision', '1', '--amount', '14'])).toBe('record.changed')
    expect(await refused([...correct, '--amount', '许多'])).toBe('input.invalid')
    expect((await cli(correct, { passphrase })).code).toBe(2)
    const complaint = present((await ok(items, ['complaints', 'list', dir])).items[0]).id
    const linked = await ok(items, ['transactions', 'link', dir, '--id', added.id, '--complaint', complaint])
    expect(linked.total).toBe(1)
  },
  patience,
)

test(
  'a caller is verified from a file of answers, and told nothing else',
  async () => {
    const { items: customers } = await ok(items, ['customers', 'list', dir])
    const id = present(customers[1]).id
    const one = customerRow(2)
    const answers = { name: one.姓名, mobileLast4: one.手机号.slice(-4), residentIdLast4: '0000' }
    const told = await cli(['customers', 'verify-caller', dir, '--id', id, '--file', json(answers)], {
      passphrase,
    })
    expect(told.json()).toEqual({
      items: [
        { field: 'name', match: true },
        { field: 'mobileLast4', match: true },
        { field: 'residentIdLast4', match: false },
      ],
      verdict: 'verified',
    })
    const odd = json({ mobile: one.手机号 })
    expect(await refused(['customers', 'verify-caller', dir, '--id', id, '--file', odd])).toBe(
      'input.invalid',
    )
  },
  patience,
)

test(
  'customers are merged and unmerged, related, and given facts',
  async () => {
    const { items: customers } = await ok(items, ['customers', 'list', dir])
    const [keep = '', other = '', third = ''] = customers.map(({ id }) => id)
    const { mergeId } = await ok(z.strictObject({ mergeId: z.uuid() }), [
      'customers',
      'merge',
      dir,
      '--keep',
      keep,
      '--merge',
      other,
      '--reason',
      '同一人',
    ])
    expect((await ok(items, ['customers', 'list', dir])).total).toBe(2)
    expect(
      await refused(['customers', 'merge', dir, '--keep', keep, '--merge', other, '--reason', 'x']),
    ).toBe('customers.merged')
    await ok(z.looseObject({}), ['customers', 'unmerge', dir, '--merge-id', mergeId])
    expect((await ok(items, ['customers', 'list', dir])).total).toBe(3)
    await ok(z.looseObject({}), [
      'customers',
      'relate',
      dir,
      '--id',
      keep,
      '--other',
      third,
      '--kind',
      'spouse',
    ])
    const fact = await ok(withId, [
      'customers',
      'fact',
      dir,
      '--id',
      keep,
      '--kind',
      'hold',
      '--code',
      'litigation',
      '--purpose',
      '案号 12',
    ])
    await ok(z.looseObject({ state: z.literal('lifted') }), [
      'customers',
      'fact-state',
      dir,
      '--fact',
      fact.id,
      '--revision',
      '1',
      '--state',
      'lifted',
    ])
    const overview = await ok(z.looseObject({ relations: z.array(z.looseObject({})) }), [
      'customers',
      'overview',
      dir,
      '--id',
      keep,
    ])
    expect(overview.relations).toMatchObject([{ kind: 'spouse', other: { id: third } }])
    await ok(items.partial({ total: true }), ['customers', 'duplicates', dir])
    await ok(z.looseObject({}), ['customers', 'distinct', dir, '--id', keep, '--other', third])
    expect(await ok(z.looseObject({ ok: z.boolean() }), ['vault', 'verify', dir])).toMatchObject({ ok: true })
  },
  patience,
)
