// resources/docs/recovery.md promises that stock tools are enough. It is followed here to the letter.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { armor, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDatabase } from '../../electron/vault/store/driver.ts'
import { canFollowThePage, recover, scriptOfThePage } from './recovery-page.ts'

const tables = {
  records: ['customers', 'complaints', 'audit_entries'],
  identities: ['customer_versions', 'complaint_versions'],
}
const hexKeys = { records: '0a'.repeat(32), identities: '0b'.repeat(32) }

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guicang-recovery-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function sealed(name: 'records' | 'identities', recipient: string): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return armor.encode(await encrypter.encrypt(JSON.stringify({ [name]: hexKeys[name] })))
}

/** A vault by the letter of the published format, with one row in each table that the page names. */
async function vaultByTheFormat(recipient: string): Promise<string> {
  const vault = join(folder, '示例 商贸.vault')
  mkdirSync(vault)
  const keys = {
    records: await sealed('records', recipient),
    identities: await sealed('identities', recipient),
  }
  writeFileSync(join(vault, 'vault.json'), `${JSON.stringify({ format: 1, keys }, undefined, 2)}\n`)
  for (const name of ['records', 'identities'] as const) {
    const db = createDatabase(join(vault, `${name}.db`), hexKeys[name])
    for (const table of tables[name]) {
      db.exec(`CREATE TABLE ${table} (id TEXT, payload TEXT)`)
      db.prepare(`INSERT INTO ${table} VALUES (?, ?)`).run('1', `${name}: 欧阳若溪, "O'Brien"`)
    }
    db.close()
  }
  return vault
}

test('the page has a script', () => {
  expect(scriptOfThePage()).toContain('age -d')
})

test('a kit, age and SQLCipher bring everything out, in clear', async (context) => {
  context.skip(!canFollowThePage(), 'age or a POSIX shell is not installed')
  const identity = await generateIdentity()
  const vault = await vaultByTheFormat(await identityToRecipient(identity))
  const kit = join(folder, 'kit.txt')
  writeFileSync(kit, `${identity}\r\n`)
  const out = join(folder, 'recovered')

  const { code, printed } = recover(folder, vault, kit, out)
  expect(printed).not.toMatch(/error|not a database/i)
  expect(code).toBe(0)
  for (const name of ['records', 'identities'] as const) {
    expect(readFileSync(join(out, `${name}.sql`), 'utf8')).toContain(`${name}: 欧阳若溪, "O''Brien"`)
    for (const table of tables[name]) {
      expect(readFileSync(join(out, `${table}.csv`), 'utf8')).toContain(`${name}: 欧阳若溪, ""O'Brien""`)
    }
  }
})

test("another vault's kit opens nothing, and the script stops", async (context) => {
  context.skip(!canFollowThePage(), 'age or a POSIX shell is not installed')
  const vault = await vaultByTheFormat(await identityToRecipient(await generateIdentity()))
  const kit = join(folder, 'kit.txt')
  writeFileSync(kit, await generateIdentity())

  const { code, printed } = recover(folder, vault, kit, join(folder, 'recovered'))
  expect(code).not.toBe(0)
  expect(printed).toContain('no identity matched')
})
