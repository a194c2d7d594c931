// What a check says about a damaged copy: findings on stdout and exit 1, never silence and never "fine".
import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cli } from '../support/cli.ts'
import { complaintRow, csvOf, customerRows } from '../support/rows.ts'
import { aVault, fileWith, freshPath, lock, makeVault, passphrase } from '../support/vault.ts'

const finding = z.strictObject({ code: z.string(), where: z.string(), detail: z.string() })
const report = z.strictObject({
  ok: z.boolean(),
  findings: z.array(finding),
  checked: z.strictObject({
    records: z.number(),
    identities: z.number(),
    attachments: z.number(),
    auditEntries: z.number(),
  }),
})

let template = ''
beforeAll(async () => {
  const vault = await aVault(await makeVault())
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(200))), kind: 'customers' })
  const complaints = Array.from({ length: 50 }, (_, index) => complaintRow(index + 1))
  await vault.call('imports.run', { path: fileWith(csvOf(complaints)), kind: 'complaints' })
  lock(vault.session)
  template = vault.dir
})

function aCopy(): string {
  const dir = freshPath('copy.vault')
  cpSync(template, dir, { recursive: true })
  return dir
}

async function verify(dir: string) {
  const result = await cli(['vault', 'verify', dir], { passphrase })
  expect(result.stderr).toBe('')
  return { code: result.code, ...report.parse(result.json()) }
}

function flip(path: string, share: number): void {
  const bytes = readFileSync(path)
  const at = Math.min(bytes.length - 1, Math.floor(bytes.length * share))
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at)
  writeFileSync(path, bytes)
}

describe('vault verify', () => {
  test('a sound vault: ok, with what was checked, exit 0', async () => {
    const sound = await verify(aCopy())
    expect(sound).toMatchObject({
      code: 0,
      ok: true,
      findings: [],
      checked: { identities: 250, attachments: 0 },
    })
    expect(sound.checked.records).toBeGreaterThanOrEqual(253)
    expect(sound.checked.auditEntries).toBeGreaterThanOrEqual(4)
  })

  test.each(
    ['vault.json', 'records.db', 'identities.db'].flatMap((name) =>
      [0, 0.001, 0.35, 0.7, 0.9999].map((share): [string, number] => [name, share]),
    ),
  )('one flipped bit in %s at %f', async (name, share) => {
    const dir = aCopy()
    flip(join(dir, name), share)
    const { code, ok, findings } = await verify(dir)
    expect([code, ok]).toEqual([1, false])
    expect(findings.map(({ where }) => where).join(' ')).toContain(name.replace('.db', ''))
  })

  test.each(
    ['vault.json', 'records.db', 'identities.db'].flatMap((name) =>
      [0, 600, 4096, -1].map((size): [string, number] => [name, size]),
    ),
  )('%s cut to %i bytes', async (name, size) => {
    const dir = aCopy()
    const path = join(dir, name)
    truncateSync(path, size >= 0 ? size : Math.max(0, readFileSync(path).length + size))
    const { code, ok, findings } = await verify(dir)
    expect([code, ok]).toEqual([1, false])
    expect(findings.map(({ where }) => where).join(' ')).toContain(name.replace('.db', ''))
  })

  test.each(['vault.json', 'records.db', 'identities.db'])('%s is missing', async (name) => {
    const dir = aCopy()
    rmSync(join(dir, name))
    const { code, ok, findings } = await verify(dir)
    expect([code, ok]).toEqual([1, false])
    expect(findings).toMatchObject([{ code: 'vault.incomplete', where: name }])
  })

  test('a page of an older copy put back in records.db is named', async () => {
    const dir = aCopy()
    const old = readFileSync(join(dir, 'records.db'))
    const added = await cli(['customers', 'add', dir, '--file', fileWith('{"name":"后来的"}', 'c.json')], {
      passphrase,
    })
    expect(added.code).toBe(0)
    const now = readFileSync(join(dir, 'records.db'))
    const changed: number[] = []
    for (let page = 1; page * 4096 < Math.min(old.length, now.length); page += 1) {
      const range: [number, number] = [page * 4096, page * 4096 + 4096]
      if (!old.subarray(...range).equals(now.subarray(...range))) changed.push(page)
    }
    expect(changed.length).toBeGreaterThan(3)
    let named = 0
    for (const page of changed.slice(0, 5)) {
      const copy = freshPath('replayed.vault')
      cpSync(dir, copy, { recursive: true })
      const bytes = Buffer.from(now)
      old.copy(bytes, page * 4096, page * 4096, page * 4096 + 4096)
      writeFileSync(join(copy, 'records.db'), bytes)
      const { ok } = await verify(copy)
      if (!ok) named += 1
    }
    // A replayed page of a full-text index or of what nobody reads may pass; rows, leaves and entries may not.
    expect(named).toBeGreaterThanOrEqual(2)
  })

  test('a folder that never was a vault is refused, not checked', async () => {
    const { code, stdout, error } = await cli(['vault', 'verify', freshPath('none')], { passphrase })
    expect([code, stdout, error().code]).toEqual([1, '', 'vault.notFound'])
  })
})

describe('bag verify', () => {
  const bagReport = z.strictObject({
    valid: z.boolean(),
    errors: z.array(finding),
    warnings: z.array(finding),
    trust: z.enum(['anchored', 'unanchored', 'unsigned']),
  })

  test('of an export, and of the same one tampered with', async () => {
    const out = freshPath('bag')
    const dir = aCopy()
    const exported = await cli(
      ['export', 'run', dir, '--kind', 'customers', '--format', 'csv', '--out', out],
      { passphrase },
    )
    expect([exported.code, exported.stderr]).toEqual([0, ''])
    const files = z.looseObject({
      bag: z.string(),
      files: z.array(z.strictObject({ path: z.string(), rows: z.number(), sha256: z.string() })),
    })
    expect(files.parse(exported.json()).files).toMatchObject([{ path: 'data/customers.csv', rows: 200 }])
    const sound = await cli(['bag', 'verify', out])
    expect([sound.code, bagReport.parse(sound.json())]).toMatchObject([
      0,
      { valid: true, errors: [], trust: 'unanchored' },
    ])
    for (const name of ['bagit.txt', 'certificate.txt', 'manifest-sha512.txt', 'tagmanifest-sha256.txt']) {
      const copy = freshPath('bag')
      cpSync(out, copy, { recursive: true })
      writeFileSync(join(copy, name), `${readFileSync(join(copy, name), 'utf8')}x\n`)
      const tampered = await cli(['bag', 'verify', copy])
      expect([name, tampered.code, tampered.stderr, bagReport.parse(tampered.json()).valid]).toEqual([
        name,
        1,
        '',
        false,
      ])
    }
    writeFileSync(join(out, 'data', 'customers.csv'), 'other\n')
    const payload = await cli(['bag', 'verify', out])
    expect([payload.code, bagReport.parse(payload.json()).valid]).toEqual([1, false])
    const none = await cli(['bag', 'verify', dir])
    expect([none.code, none.stdout, none.error().code]).toEqual([1, '', 'bag.invalid'])
  })
})
