// users …, device …, vault rotate, vault recover --check: as a stranger's script calls them; three people work one vault.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cli, type CliRun } from '../support/cli.ts'
import { csvOf, customerRows } from '../support/rows.ts'
import { aVault, fileWith, freshPath, lock, makeVault, owner, passphrase, present } from '../support/vault.ts'

const first = 'first lantern 河 orchard'
const own = 'granite window 山 velvet'
const handler = '李雷'
const reviewer = '王芳'

const fine = z.strictObject({ ok: z.literal(true) })
const users = z.array(
  z.strictObject({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(['owner', 'handler', 'reviewer']),
    state: z.enum(['active', 'disabled']),
    lastUnlock: z.iso.datetime().nullable(),
  }),
)
const listed = z.object({ items: z.array(z.object({ id: z.uuid(), mobile: z.string() })) })

async function ok<T>(schema: z.ZodType<T>, args: readonly string[], words = passphrase): Promise<T> {
  const result = await cli(args, { passphrase: words })
  expect([result.code, result.stderr]).toEqual([0, ''])
  return schema.parse(result.json())
}

async function refused(args: readonly string[], words = passphrase): Promise<string> {
  const run: CliRun = await cli(args, { passphrase: words })
  expect([run.code, run.stdout]).toEqual([1, ''])
  return run.error().code
}

async function filled(): Promise<string> {
  const vault = await aVault(await makeVault())
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(3))), kind: 'customers' })
  await vault.call('complaints.add', { narrative: '退款', category: '退款' })
  lock(vault.session)
  return vault.dir
}

const as = (name: string): string[] => ['--user', name]

describe('three people, one vault', () => {
  test('the owner sets up, the handler reveals, the reviewer sees masks only and writes; roles are taken away again', async () => {
    const dir = await filled()
    const firstFile = fileWith(`${first}\n`, 'first.txt')
    const ownFile = fileWith(`${own}\n`, 'own.txt')
    for (const [name, role] of [
      [handler, 'handler'],
      [reviewer, 'reviewer'],
    ] as const)
      await ok(z.strictObject({ id: z.uuid() }), [
        'users',
        'add',
        dir,
        '--name',
        name,
        '--role',
        role,
        '--new-passphrase-file',
        firstFile,
      ])
    const before = await ok(users, ['users', 'list', dir, ...as(owner)])
    expect(before.map(({ name, role, state }) => [name, role, state])).toEqual([
      [owner, 'owner', 'active'],
      [handler, 'handler', 'active'],
      [reviewer, 'reviewer', 'active'],
    ])
    expect(before.slice(1).every(({ lastUnlock }) => lastUnlock === null)).toBe(true)

    // On a first passphrase a person looks, and leaves nothing in their name.
    const { items } = await ok(listed, ['customers', 'list', dir, ...as(handler)], first)
    const id = items[0]?.id ?? ''
    // The list begins with the row that was imported first.
    const clear = present(customerRows(3)[0]).手机号
    const reveal = ['customers', 'reveal', dir, '--id', id, '--fields', 'mobile', '--reason', '核对']
    expect(await refused([...reveal, ...as(handler)], first)).toBe('passphrase.mustChange')
    expect(await refused([...reveal, ...as(reviewer)], first)).toBe('access.denied')
    for (const name of [handler, reviewer])
      await ok(fine, ['vault', 'passphrase', dir, ...as(name), '--new-passphrase-file', ownFile], first)
    expect(await refused(['vault', 'open', dir, ...as(handler)], first)).toBe('vault.wrongPassphrase')

    expect(await ok(z.record(z.string(), z.string()), [...reveal, ...as(handler)], own)).toEqual({
      mobile: clear,
    })
    const opened = await ok(
      z.object({ role: z.string(), compartments: z.array(z.string()) }),
      ['vault', 'open', dir, ...as(reviewer)],
      own,
    )
    expect(opened).toEqual({ role: 'reviewer', compartments: ['records'] })
    expect(await refused([...reveal, ...as(reviewer)], own)).toBe('access.denied')
    const out = freshPath('bag')
    const exported = ['export', 'run', dir, '--kind', 'customers', '--format', 'csv', '--out', out]
    expect(await refused([...exported, '--clear', '--reason', '核对', ...as(reviewer)], own)).toBe(
      'access.denied',
    )
    expect(await refused(['customers', 'list', dir, '--query', clear, ...as(reviewer)], own)).toBe(
      'access.denied',
    )
    const complaints = await ok(
      z.object({ items: z.array(z.object({ id: z.uuid() })) }),
      ['complaints', 'list', dir, ...as(reviewer)],
      own,
    )
    const noted = [
      'complaints',
      'note',
      dir,
      '--id',
      complaints.items[0]?.id ?? '',
      '--text',
      '已复核 13800001234',
    ]
    expect((await cli([...noted, ...as(reviewer)], { passphrase: own })).code).toBe(0)
    await ok(z.object({ bag: z.string() }), [...exported, ...as(reviewer)], own)

    expect(
      await ok(fine, ['users', 'role', dir, '--name', handler, '--role', 'reviewer', ...as(owner)]),
    ).toEqual({
      ok: true,
    })
    expect(await refused([...reveal, ...as(handler)], own)).toBe('access.denied')
    await ok(fine, ['users', 'disable', dir, '--name', handler])
    expect(await refused(['vault', 'open', dir, ...as(handler)], own)).toBe('access.denied')
    await ok(fine, ['users', 'enable', dir, '--name', handler])
    await ok(z.object({ user: z.literal(handler) }), ['vault', 'open', dir, ...as(handler)], own)
    await ok(fine, ['users', 'reset', dir, '--name', reviewer, '--new-passphrase-file', firstFile])
    expect(await refused(['vault', 'open', dir, ...as(reviewer)], own)).toBe('vault.wrongPassphrase')
    await ok(fine, ['users', 'remove', dir, '--name', reviewer])
    expect(await refused(['users', 'remove', dir, '--name', owner])).toBe('users.lastOwner')
    expect(await refused(['users', 'list', dir, ...as(reviewer)], first)).toBe('input.invalid')
    const { ok: whole } = await ok(z.object({ ok: z.boolean() }), ['vault', 'verify', dir])
    expect(whole).toBe(true)
  }, 240_000)
})

describe('keys', () => {
  test('rotate answers the epoch; a kit is checked, replaced and revoked; only owners may', async () => {
    const { dir, codes } = await makeVault()
    const codeFile = fileWith(`${codes[0]}\n`, 'code.txt')
    expect(await ok(fine, ['vault', 'recover', dir, '--recovery-code-file', codeFile, '--check'])).toEqual({
      ok: true,
    })
    expect(await ok(z.strictObject({ epoch: z.number() }), ['vault', 'rotate', dir])).toEqual({ epoch: 2 })
    const replaced = await ok(z.strictObject({ recoveryCode: z.string() }), [
      'vault',
      'replace-kit',
      dir,
      '--kit',
      'recovery-1',
    ])
    const check = (code: string): string[] => [
      'vault',
      'recover',
      dir,
      '--check',
      '--recovery-code-file',
      fileWith(code, 'code.txt'),
    ]
    expect(await refused(check(codes[0] ?? ''))).toBe('recovery.codeUnknown')
    await ok(fine, check(replaced.recoveryCode))
    await ok(fine, ['vault', 'revoke-kit', dir, '--kit', 'recovery-3'])
    expect(await refused(['vault', 'revoke-kit', dir, '--kit', 'recovery-2'])).toBe('kits.last')
    const firstFile = fileWith(first, 'first.txt')
    const add = [
      'users',
      'add',
      dir,
      '--name',
      handler,
      '--role',
      'handler',
      '--new-passphrase-file',
      firstFile,
    ]
    await ok(z.object({ id: z.uuid() }), add)
    expect(await refused(['vault', 'rotate', dir, ...as(handler)], first)).toBe('access.denied')
  }, 120_000)

  test('wrong usage is exit 2: an unknown role, a missing name, a passphrase as an argument', async () => {
    const dir = '/nowhere'
    for (const args of [
      ['users', 'add', dir, '--name', 'a', '--role', 'auditor', '--new-passphrase-file', 'x'],
      ['users', 'add', dir, '--role', 'handler', '--new-passphrase-file', 'x'],
      ['users', 'add', dir, '--name', 'a', '--role', 'handler', '--new-passphrase', 'x'],
      ['users', 'disable', dir],
      ['vault', 'acknowledge', dir, '--warning', 'vault.damaged'],
    ])
      expect((await cli(args, { passphrase })).code).toBe(2)
  })
})

test('a vault put back to an older state is warned of until an owner acknowledges it', async () => {
  const { cpSync, rmSync } = await import('node:fs')
  const { dir } = await makeVault()
  const past = freshPath('past.vault')
  const warnings = z.object({ warnings: z.array(z.string()) })
  await ok(warnings, ['vault', 'open', dir])
  cpSync(dir, past, { recursive: true })
  await ok(warnings, ['vault', 'open', dir])
  rmSync(dir, { recursive: true })
  cpSync(past, dir, { recursive: true })
  for (const _ of [1, 2])
    expect(await ok(warnings, ['vault', 'open', dir])).toMatchObject({ warnings: ['vault.rolledBack'] })
  await ok(fine.extend({ warnings: z.array(z.string()) }), [
    'vault',
    'acknowledge',
    dir,
    '--warning',
    'vault.rolledBack',
  ])
  expect(await ok(warnings, ['vault', 'open', dir])).toMatchObject({ warnings: [] })
}, 120_000)
