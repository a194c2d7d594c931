// resources/docs/recovery.md is a script that uses none of our code: here it is run as one.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDatabase } from '../../../../electron/vault/store/driver.ts'

const page = readFileSync(new URL('../../../../resources/docs/recovery.md', import.meta.url), 'utf8')
const blocks = Array.from(page.matchAll(/^```sh\n(.*?)^```$/gms), ([, block]) => block ?? '')
const keys = { records: '0f'.repeat(32), identities: 'a7'.repeat(32) }

const answer = (command: string, args: string[], input = ''): string => {
  const { stdout, error } = spawnSync(command, args, { encoding: 'utf8', input })
  return error ? '' : stdout
}
const hasAge = answer('age', ['--version']) !== ''
const sqlcipherMajor = Number.parseInt(answer('sqlcipher', [], 'PRAGMA cipher_version;\n'), 10)

let folder: string
let vault: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guicang-recovery-'))
  vault = join(folder, '示例 商贸.vault')
  await mkdir(vault)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function encrypt(text: string, recipient: string): string {
  return execFileSync('age', ['-a', '-r', recipient], { input: text, encoding: 'utf8' })
}

// A vault as format.md describes it, sealed by the age command and not by our code.
function makeVault(): void {
  const identity = execFileSync('age-keygen', { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const code = /AGE-SECRET-KEY-1\w+/.exec(identity)?.[0] ?? ''
  const recipient = /age1\w+/.exec(identity)?.[0] ?? ''
  writeFileSync(join(folder, 'kit.txt'), `${code}\r\n`)
  const sealed = (name: 'records' | 'identities'): string =>
    encrypt(JSON.stringify({ [name]: keys[name] }), recipient)
  const file = {
    format: 1,
    people: [{ name: 'records', slots: [{ sealed: encrypt('x', recipient) }] }],
    keys: { records: sealed('records'), identities: sealed('identities') },
    checksum: '',
  }
  writeFileSync(join(vault, 'vault.json'), `${JSON.stringify(file, null, 2)}\n`)
  const tables = {
    records:
      "CREATE TABLE customers (a); CREATE TABLE complaints (a); CREATE TABLE audit_entries (a); INSERT INTO customers VALUES ('张*')",
    identities:
      'CREATE TABLE customer_versions (payload); CREATE TABLE complaint_versions (payload); INSERT INTO customer_versions VALUES (\'{"name":"张伟"}\')',
  }
  for (const name of ['records', 'identities'] as const) {
    const db = createDatabase(join(vault, `${name}.db`), keys[name])
    db.exec(tables[name])
    db.close()
  }
}

function runPage(parts: string[], path = process.env['PATH']): { status: number | null; stderr: string } {
  const env = {
    ...process.env,
    PATH: path,
    VAULT: vault,
    KIT: join(folder, 'kit.txt'),
    OUT: join(folder, 'out'),
  }
  return spawnSync('sh', ['-c', parts.join('\n')], { cwd: folder, env, encoding: 'utf8' })
}

// Only what the page says is needed, so that the way without jq is really walked.
function pathWithout(tool: string): string {
  const bin = join(folder, 'bin')
  execFileSync('mkdir', [bin])
  for (const name of ['sh', 'age', 'sed', 'tr', 'mkdir', 'printf', 'jq']) {
    const found = execFileSync('sh', ['-c', `command -v ${name} || true`], { encoding: 'utf8' }).trim()
    if (name !== tool && found.startsWith('/')) symlinkSync(found, join(bin, name))
  }
  chmodSync(bin, 0o700)
  return bin
}

function skipWithoutAge(context: { skip: () => void }): boolean {
  if (hasAge) return false
  console.warn('skipped: age is not on this machine')
  context.skip()
  return true
}

describe('the recovery page', () => {
  it('has blocks for every step, in order', () => {
    expect(blocks).toHaveLength(6)
    expect(blocks.join('\n')).not.toMatch(/guicang|node|python/i)
  })

  it.for(['nothing', 'jq'])('opens both keys, without %s', (tool, context) => {
    if (skipWithoutAge(context)) return
    makeVault()
    const run = runPage(blocks.slice(0, 4), pathWithout(tool))
    expect(run).toMatchObject({ status: 0, stderr: '' })
    for (const name of ['records', 'identities'] as const) {
      const sql = readFileSync(join(folder, `out/${name}.key.sql`), 'utf8')
      expect(sql.split('\n')[0]).toBe(`PRAGMA key = "x'${keys[name]}'";`)
    }
  })

  it('reads both databases with SQLCipher 4, and says so where it is older', (context) => {
    if (skipWithoutAge(context)) return
    makeVault()
    const run = runPage(blocks)
    if (sqlcipherMajor >= 4) {
      expect(run.status).toBe(0)
      expect(readFileSync(join(folder, 'out/customers.csv'), 'utf8')).toContain('张*')
      expect(readFileSync(join(folder, 'out/customer_versions.csv'), 'utf8')).toContain('张伟')
      expect(readFileSync(join(folder, 'out/identities.sql'), 'utf8')).toContain('张伟')
      expect(existsSync(join(folder, 'out/records.key.sql'))).toBe(false)
      return
    }
    if (Number.isNaN(sqlcipherMajor)) {
      expect(run.status).not.toBe(0)
      console.warn('skipped: the second half of the recovery page: sqlcipher is not on this machine')
      context.skip()
      return
    }
    expect(run).toMatchObject({ status: 4 })
    expect(run.stderr).toContain('SQLCipher 4 or later is needed')
    console.warn(`skipped: the second half of the recovery page: sqlcipher here is version ${sqlcipherMajor}`)
    context.skip()
  })
})
