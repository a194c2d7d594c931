// stats and handover, as a stranger's script calls them.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { handoverSchema } from '../../shared/types/handover.ts'
import { statsSchema } from '../../shared/types/stats.ts'
import { cli } from '../support/cli.ts'
import { addPerson } from '../support/people.ts'
import { aVault, lock, makeVault, owner, passphrase } from '../support/vault.ts'

async function ok<T>(schema: z.ZodType<T>, args: readonly string[]): Promise<T> {
  const run = await cli(args, { passphrase })
  expect([run.code, run.stderr]).toEqual([0, ''])
  return schema.parse(run.json())
}

describe('stats and handover', () => {
  test('answer one document each, refuse in codes, and take no wrong usage', async () => {
    const vault = await aVault(await makeVault())
    const person = await addPerson(vault.session, '周航', 'handler')
    for (let n = 0; n < 7; n++) {
      const { id } = await vault.call('complaints.add', {
        narrative: '没有退款',
        category: n < 6 ? '退款' : '物流',
        receivedAt: '2024-05-06 10:00',
      })
      await vault.call('complaints.work', { id, patch: { assignee: person } })
    }
    lock(vault.session)
    const range = ['--from', '2024-05-01', '--to', '2024-05-31', '--user', owner]
    const stats = await ok(statsSchema, ['stats', vault.dir, ...range])
    expect(stats.byCategory.map(({ key, count }) => [key, count])).toEqual([
      ['退款', 6],
      ['物流', 1],
    ])
    expect(stats.byPerson?.map(({ name, count }) => [name, count])).toEqual([['周航', 7]])
    const shared = await ok(statsSchema, ['stats', vault.dir, ...range, '--shareable'])
    expect([shared.received, shared.byCategory.map(({ count }) => count), shared.byPerson]).toEqual([
      7,
      [null, null],
      null,
    ])
    const wrong = await cli(['stats', vault.dir, '--from', '2024-13-01', '--to', '2024-05-31'], {
      passphrase,
    })
    expect([wrong.code, wrong.error().code]).toEqual([1, 'input.invalid'])
    expect((await cli(['stats', vault.dir, '--from', '2024-05-01'], { passphrase })).code).toBe(2)

    const removing = ['users', 'remove', vault.dir, '--name', '周航', '--user', owner]
    expect((await cli(removing, { passphrase })).error().code).toBe('users.openCases')
    const given = await ok(handoverSchema, [
      'handover',
      'create',
      vault.dir,
      '--from',
      '周航',
      '--to',
      owner,
      '--note',
      '离职',
      '--user',
      owner,
    ])
    expect([given.cases, given.confirmedTo?.by, given.confirmedFrom]).toEqual([7, owner, null])
    const confirm = ['handover', 'confirm', vault.dir, '--id', given.id, '--user', owner]
    expect(await ok(handoverSchema, confirm)).toEqual(given)
    expect(await ok(z.array(handoverSchema), ['handover', 'list', vault.dir, '--user', owner])).toEqual([
      given,
    ])
  })
})
