// Wrong usage, missing secrets, and what an error may say.
import { beforeAll, describe, expect, test } from 'vitest'
import { cli, type CliRun } from '../support/cli.ts'
import { copiedVault, freshPath, passphrase } from '../support/vault.ts'

let template = ''
beforeAll(async () => {
  template = (await copiedVault()).dir
})

const run = (args: readonly string[]): Promise<CliRun> => cli(args, { passphrase })

/** The code of a verb that refuses: nothing on stdout, exit 1. */
async function refused(result: Promise<CliRun>): Promise<string> {
  const { code, stdout, error } = await result
  expect([code, stdout]).toEqual([1, ''])
  return error().code
}

describe('usage and secrets', () => {
  test.each([
    [[]],
    [['vault']],
    [['vault', 'destroy', '/x']],
    [['constructor', 'name']],
    [['vault', 'open']],
    [['vault', 'open', '/a', '/b']],
    [['vault', 'create', '/x']],
    [['vault', 'open', '/x', '--passphrase', 'secret']],
    [['vault', 'open', '/x', '--recovery-code', 'AGE-SECRET-KEY-1']],
    [['customers', 'list', '/x', '--limit', 'many']],
    [['import', 'preview']],
  ])('%j is wrong usage: exit 2, nothing on stdout', async (args) => {
    const { code, stdout, stderr } = await run(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.length).toBeGreaterThan(20)
  })

  test.each([
    [['customers', 'list', '/x', '--limit', 'many'], '整数'],
    [['vault', 'open', '/x', '--passphrase', 'hunter2'], '没有这个选项：--passphrase'],
    [['vault', 'open', '/x', '--user'], '--user 缺少值'],
    [['vault', 'destroy', '/x'], '没有这个命令：vault destroy'],
    [['complaints', 'set', '/x', '--id', '01900000-0000-7000-8000-000000000001'], '可用的选项：--status'],
  ])(
    '%j is told in Chinese on a Chinese terminal, without what was typed for a value',
    async (args, told) => {
      const { stderr } = await cli(args, { passphrase, env: { LANG: 'zh_CN.UTF-8' } })
      expect(stderr).toContain(told)
      expect(stderr).not.toContain('hunter2')
    },
  )

  test('without a passphrase nothing is opened; an error names no path and no passphrase', async () => {
    expect(await refused(cli(['vault', 'open', template]))).toBe('passphrase.missing')
    const wrong = await cli(['vault', 'open', template], { passphrase: 'hunter2-hunter2' })
    expect(wrong.stderr).not.toContain('hunter2')
    expect(wrong.stderr).not.toContain(template)
    const chinese = await cli(['vault', 'open', freshPath('none')], {
      passphrase,
      env: { LANG: 'zh_CN.UTF-8' },
    })
    expect(chinese.error().code).toBe('vault.notFound')
    expect(chinese.error().message).toMatch(/\p{Script=Han}/u)
  })
})
