// Classes from the command line: own fields that can be set are listed, set, and set back.
import { beforeAll, expect, test } from 'vitest'
import { cli } from '../support/cli.ts'
import { aVault, lock, makeVault, passphrase } from '../support/vault.ts'

let dir = ''
beforeAll(async () => {
  const vault = await aVault(await makeVault())
  await vault.call('customers.add', { customerNo: 'C1', name: '王小明', extra: { 底价: '901' } })
  lock(vault.session)
  dir = vault.dir
})

const fields = (...args: string[]) => cli(['fields', ...args], { passphrase })
const own = (field: string, given: string) => ({
  kind: 'transactions',
  field,
  class: given,
  ownClass: 'ordinary',
})
const column = { kind: 'customers', column: '底价', class: 'identity', count: 1, pending: 0 }

test(
  'own fields are listed before columns, classed, and get their own class back',
  { timeout: 240_000 },
  async () => {
    const listed = async () => (await fields('list', dir)).json()
    expect(await listed()).toEqual([
      own('amount', 'ordinary'),
      own('date', 'ordinary'),
      own('status', 'ordinary'),
      column,
    ])
    const set = (given: string, field = 'amount') =>
      fields('class', dir, '--kind', 'transactions', '--field', field, '--class', given)
    const done = await set('confidential')
    expect([done.code, done.stderr, done.json()]).toEqual([0, '', own('amount', 'confidential')])
    expect(await listed()).toContainEqual(own('amount', 'confidential'))
    expect((await set('ordinary')).json()).toEqual(own('amount', 'ordinary'))
    const fixed = await set('confidential', 'description')
    expect([fixed.code, fixed.error()]).toMatchObject([
      1,
      { code: 'input.invalid', fields: [{ field: 'field', rule: 'fixed' }] },
    ])
    const both = ['--kind', 'customers', '--field', 'name', '--column', '底价', '--class', 'ordinary']
    expect((await fields('class', dir, ...both)).code).toBe(2)
  },
)
