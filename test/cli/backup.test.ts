// `guicang backup …` as a script calls it.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cli } from '../support/cli.ts'
import { csvOf, customerRows } from '../support/rows.ts'
import { aVault, fileWith, freshPath, lock, makeVault, owner, passphrase } from '../support/vault.ts'

const created = z.strictObject({ backup: z.string(), bytes: z.number(), verified: z.literal(true) })
const finding = z.strictObject({ code: z.string(), where: z.string(), detail: z.string() })
const counts = z.strictObject({
  customers: z.number(),
  complaints: z.number(),
  attachments: z.number(),
  auditEntries: z.number(),
})
const report = z.strictObject({
  valid: z.boolean(),
  errors: z.array(finding),
  warnings: z.array(finding),
  trust: z.string(),
  opened: z.boolean(),
  counts: counts.nullable(),
})

let dir = ''
let backup = ''
beforeAll(async () => {
  const vault = await aVault(await makeVault())
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(120))), kind: 'customers' })
  lock(vault.session)
  dir = vault.dir
  const to = freshPath('backups')
  mkdirSync(to)
  const made = await cli(['backup', 'create', dir, '--to', to], { passphrase })
  expect(made.stderr).toBe('')
  expect(made.code).toBe(0)
  backup = created.parse(made.json()).backup
  expect(readdirSync(to)).toEqual([basename(backup)])
})

/** The backup once more, to be damaged. */
function aCopy(): string {
  const copy = freshPath('copy')
  cpSync(backup, copy, { recursive: true })
  return copy
}

describe('backup verify', () => {
  test('without a passphrase the bag, with one the vault in it; exit 0', async () => {
    const closed = await cli(['backup', 'verify', backup])
    expect(report.parse(closed.json())).toMatchObject({ valid: true, opened: false, counts: null })
    expect(closed.code).toBe(0)
    const opened = await cli(['backup', 'verify', backup, '--user', owner], { passphrase })
    expect(report.parse(opened.json())).toMatchObject({
      valid: true,
      opened: true,
      counts: { customers: 120 },
    })
    expect(opened.code).toBe(0)
  })

  test('damage: the findings on stdout, nothing on stderr, exit 1', async () => {
    const copy = aCopy()
    const path = join(copy, 'data', 'vault', 'records.db')
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(9000) ^ 1, 9000)
    writeFileSync(path, bytes)
    for (const options of [{}, { passphrase }]) {
      const damaged = await cli(['backup', 'verify', copy], options)
      expect(damaged.code).toBe(1)
      expect(damaged.stderr).toBe('')
      const { valid, errors } = report.parse(damaged.json())
      expect(valid).toBe(false)
      expect(errors.map(({ where }) => where)).toContain('data/vault/records.db')
    }
  })

  test('a wrong passphrase and a folder that is no bag are refused on stderr', async () => {
    const wrong = await cli(['backup', 'verify', backup], { passphrase: 'falsch' })
    expect([wrong.code, wrong.stdout, wrong.error().code]).toEqual([1, '', 'vault.wrongPassphrase'])
    const none = await cli(['backup', 'verify', dir])
    expect([none.code, none.stdout, none.error().code]).toEqual([1, '', 'bag.invalid'])
  })
})

describe('backup restore', () => {
  test('answers the counts; the restored vault opens and verifies', async () => {
    const target = freshPath('restored.vault')
    const restored = await cli(['backup', 'restore', backup, '--to', target], { passphrase })
    expect(restored.stderr).toBe('')
    expect(z.strictObject({ counts }).parse(restored.json()).counts.customers).toBe(120)
    const checked = await cli(['vault', 'verify', target], { passphrase })
    expect([checked.code, checked.json()]).toMatchObject([0, { ok: true, findings: [] }])
  })

  test('over something, with a wrong passphrase, from a damaged bag: named, exit 1, nothing left', async () => {
    const over = await cli(['backup', 'restore', backup, '--to', dir], { passphrase })
    expect([over.code, over.stdout, over.error().code]).toEqual([1, '', 'vault.exists'])
    const target = join(freshPath('parent'), 'restored.vault')
    mkdirSync(dirname(target))
    const wrong = await cli(['backup', 'restore', backup, '--to', target], { passphrase: 'falsch' })
    expect(wrong.error().code).toBe('vault.wrongPassphrase')
    const copy = aCopy()
    writeFileSync(join(copy, 'checkpoint.txt'), 'another')
    const damaged = await cli(['backup', 'restore', copy, '--to', target], { passphrase })
    expect(damaged.error()).toMatchObject({ code: 'bag.invalid', fields: [{ field: 'checkpoint.txt' }] })
    expect(readdirSync(dirname(target))).toEqual([])
  })
})

describe('usage', () => {
  test('without a place or a passphrase', async () => {
    expect((await cli(['backup', 'create', dir], { passphrase })).code).toBe(2)
    expect((await cli(['backup', 'restore', backup], { passphrase })).code).toBe(2)
    const secret = await cli(['backup', 'create', dir, '--to', dirname(backup)])
    expect([secret.code, secret.error().code]).toEqual([1, 'passphrase.missing'])
    const inside = await cli(['backup', 'create', dir, '--to', dir], { passphrase })
    expect(inside.error()).toMatchObject({ code: 'input.invalid', fields: [{ rule: 'insideVault' }] })
  })
})
