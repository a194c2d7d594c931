// vault create, info, open, passphrase, recover: as a stranger's script calls them.
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cli, type CliRun } from '../support/cli.ts'
import { fileWith, freshPath, makeVault, passphrase } from '../support/vault.ts'

const run = (args: readonly string[]): Promise<CliRun> => cli(args, { passphrase })

/** The one document of a verb that succeeds. */
async function ok<T>(schema: z.ZodType<T>, args: readonly string[], passphraseNow = passphrase): Promise<T> {
  const result = await cli(args, { passphrase: passphraseNow })
  expect([result.code, result.stderr]).toEqual([0, ''])
  return schema.parse(result.json())
}

/** The code of a verb that refuses: nothing on stdout, exit 1. */
async function refused(result: Promise<CliRun>): Promise<string> {
  const { code, stdout, error } = await result
  expect([code, stdout]).toEqual([1, ''])
  return error().code
}

const fine = z.strictObject({ ok: z.literal(true) })
const slots = z.array(
  z.strictObject({ id: z.string(), kind: z.enum(['passphrase', 'device']), deviceBound: z.boolean() }),
)
const info = z.strictObject({
  formatVersion: z.literal(1),
  vaultId: z.uuid(),
  epoch: z.number(),
  people: z.array(z.strictObject({ id: z.uuid(), name: z.string(), role: z.string(), slots })),
})
const opened = z.strictObject({
  user: z.string(),
  role: z.literal('owner'),
  compartments: z.tuple([z.literal('records'), z.literal('identities')]),
  warnings: z.array(z.string()),
  counts: z.strictObject({
    customers: z.number(),
    complaints: z.number(),
    attachments: z.number(),
    auditEntries: z.number(),
  }),
})
const recoveryCode = z.string().regex(/^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/)

describe('a file for codes', () => {
  /** Runs a verb and takes the file's folder away once the verb has reserved its place there: a stick that is pulled out. */
  async function withFolderGone(args: readonly string[]): Promise<CliRun> {
    const folder = freshPath('stick')
    mkdirSync(folder)
    const out = join(folder, 'codes.txt')
    const running = run([...args, '--recovery-code-out', out])
    while (!existsSync(out)) await setTimeout(2)
    renameSync(folder, `${folder}-gone`)
    return running
  }

  test('that can’t be written after all loses no code: those of a new vault come on stdout beside the error', async () => {
    const dir = freshPath('新.vault')
    const result = await withFolderGone(['vault', 'create', dir, '--company', 'x', '--no-device-binding'])
    expect([result.code, result.error().code]).toEqual([1, 'file.unreadable'])
    const made = z.strictObject({ vaultId: z.uuid(), recoveryCodes: z.tuple([recoveryCode, recoveryCode]) })
    const { recoveryCodes } = made.parse(result.json())
    const file = fileWith(`${recoveryCodes[0]}\n`, 'code.txt')
    expect(await ok(fine, ['vault', 'recover', dir, '--recovery-code-file', file, '--check'])).toEqual({
      ok: true,
    })
  }, 60_000)

  test('that can’t be written leaves a kit that was to be replaced as it was, and no other', async () => {
    const { dir, codes } = await makeVault()
    const result = await withFolderGone(['vault', 'replace-kit', dir, '--kit', 'recovery-1'])
    expect([result.code, result.stdout, result.error().code]).toEqual([1, '', 'file.unreadable'])
    const kits = await ok(z.array(z.object({ name: z.string() })), ['vault', 'kits', dir])
    expect(kits.map(({ name }) => name)).toEqual(['recovery-1', 'recovery-2'])
    const file = fileWith(`${codes[0]}\n`, 'code.txt')
    expect(await ok(fine, ['vault', 'recover', dir, '--recovery-code-file', file, '--check'])).toEqual({
      ok: true,
    })
  }, 60_000)

  test('is gone again where nothing came of it, so that the next try finds its place free', async () => {
    const out = freshPath('codes.txt')
    const mine = fileWith('mine', 'mine.txt')
    const create = ['vault', 'create', fileWith('x'), '--company', 'x', '--no-device-binding']
    expect(await refused(run([...create, '--recovery-code-out', mine]))).toBe('file.exists')
    expect(readFileSync(mine, 'utf8')).toBe('mine')
    await refused(run([...create, '--recovery-code-out', out]))
    expect(existsSync(out)).toBe(false)
  })
})

describe('vault create, info, open, passphrase, recover', () => {
  test('from creation to recovery, with codes on stdout or in a file', async () => {
    const dir = freshPath('新.vault')
    const created = await ok(
      z.strictObject({ vaultId: z.uuid(), recoveryCodes: z.tuple([recoveryCode, recoveryCode]) }),
      ['vault', 'create', dir, '--company', '示例商贸', '--owner', '林晓', '--no-device-binding'],
    )
    expect(await refused(run(['vault', 'create', dir, '--company', 'x', '--no-device-binding']))).toBe(
      'vault.exists',
    )
    const known = await ok(info, ['vault', 'info', dir], '')
    expect(known.vaultId).toBe(created.vaultId)
    expect(known.people.map(({ name, role }) => [name, role])[0]).toEqual(['林晓', 'owner'])
    expect(await ok(opened, ['vault', 'open', dir])).toMatchObject({ user: '林晓', counts: { customers: 0 } })
    expect(await ok(opened, ['vault', 'open', dir, '--user', '林晓'])).toMatchObject({ user: '林晓' })
    expect(await refused(cli(['vault', 'open', dir], { passphrase: 'wrong' }))).toBe('vault.wrongPassphrase')
    const fresh = fileWith('neu 口令 2\n', 'new.txt')
    expect(await ok(fine, ['vault', 'passphrase', dir, '--new-passphrase-file', fresh])).toEqual({ ok: true })
    expect(await refused(run(['vault', 'open', dir]))).toBe('vault.wrongPassphrase')
    const viaFile = await cli(['vault', 'open', dir, '--passphrase-file', fresh])
    expect([viaFile.code, viaFile.stderr]).toEqual([0, ''])
    await ok(opened, ['vault', 'open', dir], 'neu 口令 2')
    for (const [index, code] of created.recoveryCodes.entries()) {
      const file = fileWith(`${code}\n`, 'code.txt')
      expect(
        await ok(fine, ['vault', 'recover', dir, '--recovery-code-file', file], `nach ${index}`),
      ).toEqual({ ok: true })
    }
    expect(await ok(opened, ['vault', 'open', dir], 'nach 1')).toMatchObject({ warnings: [] })
    const code = created.recoveryCodes[0]
    const typo = fileWith(
      `${code.slice(0, 30)}${code[30] === 'Q' ? 'P' : 'Q'}${code.slice(31)}\n`,
      'typo.txt',
    )
    const mistyped = await run(['vault', 'recover', dir, '--recovery-code-file', typo])
    expect([mistyped.code, mistyped.stdout]).toEqual([1, ''])
    expect(mistyped.error()).toMatchObject({ code: 'recovery.codeInvalid', fields: [{ rule: 'group' }] })
  })

  test('--recovery-code-out takes both codes, one a line, and overwrites nothing', async () => {
    const dir = freshPath('out.vault')
    const out = freshPath('codes.txt')
    const taken = fileWith('mine', 'taken.txt')
    const args = ['vault', 'create', dir, '--company', 'x', '--no-device-binding', '--recovery-code-out']
    expect(await refused(run([...args, taken]))).toBe('file.exists')
    expect(existsSync(dir)).toBe(false)
    expect(readFileSync(taken, 'utf8')).toBe('mine')
    await ok(z.strictObject({ vaultId: z.uuid() }), [...args, out])
    const codes = readFileSync(out, 'utf8').split('\n')
    expect(codes).toHaveLength(3)
    for (const code of codes.slice(0, 2)) recoveryCode.parse(code)
    expect(await ok(fine, ['vault', 'recover', dir, '--recovery-code-file', out], 'anders')).toEqual({
      ok: true,
    })
  })
})
