// The tree of categories from the command line.
import { beforeAll, expect, test } from 'vitest'
import { cli } from '../support/cli.ts'
import { aVault, fileWith, lock, makeVault, passphrase } from '../support/vault.ts'

let dir = ''
beforeAll(async () => {
  const vault = await aVault(await makeVault())
  await vault.call('complaints.add', { category: '退款', narrative: '没有退款' })
  await vault.call('complaints.add', { category: '物流', narrative: '没有送到' })
  lock(vault.session)
  dir = vault.dir
})

const json = (value: unknown): string => fileWith(JSON.stringify(value), 'tree.json')
const set = (value: unknown) => cli(['categories', 'set', dir, '--file', json(value)], { passphrase })
const get = async () => (await cli(['categories', 'get', dir], { passphrase })).json()

test('a tree is set and read, and what get prints is what set takes', { timeout: 240_000 }, async () => {
  const tree = [
    { name: '退款', sub: ['预付卡', '年卡'] },
    { name: '质量', sub: [] },
  ]
  const done = await set(tree)
  expect([done.code, done.stderr, done.json()]).toEqual([0, '', { ok: true }])
  const read = await get()
  expect(read).toEqual({ tree, outside: [{ category: '物流', count: 1 }] })
  expect((await set(read)).code).toBe(0)
  expect(await get()).toEqual(read)
})

test('a bad file names the entry and the rule, and changes nothing', { timeout: 240_000 }, async () => {
  const before = await get()
  for (const [file, field, rule] of [
    [[{ name: '退款' }, { name: '退款' }], 'tree.1.name', 'duplicate'],
    [[{ name: '退款', sub: ['a', ''] }], 'tree.0.sub.1', 'too_small'],
    [[{ name: 'x'.repeat(101) }], 'tree.0.name', 'too_big'],
    [[{ name: '退款', children: [] }], 'tree.0', 'unrecognized_keys'],
    ['退款', 'file', 'invalid_type'],
  ] as const) {
    const result = await set(file)
    expect([result.code, result.stdout]).toEqual([1, ''])
    expect(result.error()).toMatchObject({ code: 'input.invalid', fields: [{ field, rule }] })
  }
  expect((await cli(['categories', 'set', dir], { passphrase })).code).toBe(2)
  expect(await get()).toEqual(before)
})
