// Promise 3: every file opens with stock tools. Here it is genuine SQLCipher, built from its own source.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { armor, Decrypter } from 'age-encryption'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createDatabase, openDatabase } from '../../electron/vault/store/driver.ts'
import { allText, openGenuine } from './genuine-sqlcipher.ts'
import { canFollowThePage, recover } from './recovery-page.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const cli = join(repository, 'electron', 'cli', 'main.ts')
const key = '0f'.repeat(32)

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guicang-interop-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('genuine SQLCipher reads what our store wrote, and refuses a wrong key', async () => {
  const path = join(folder, 'ours.db')
  const ours = createDatabase(path, key)
  ours.exec(`CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('张伟')`)
  ours.close()

  const genuine = await openGenuine(path, key)
  expect(await genuine.all('SELECT a FROM t')).toEqual([{ a: '张伟' }])
  expect(await genuine.all('PRAGMA cipher_integrity_check')).toEqual([])
  await genuine.close()

  await expect(openGenuine(path, '1e'.repeat(32))).rejects.toThrow('file is not a database')
})

test('our store reads what genuine SQLCipher wrote', async () => {
  const path = join(folder, 'theirs.db')
  const genuine = await openGenuine(path, key, true)
  await genuine.exec(`CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('张伟')`)
  await genuine.close()

  const ours = openDatabase(path, key)
  expect(ours.prepare('SELECT a FROM t').all()).toEqual([{ a: '张伟' }])
  ours.close()
})

const vaultFile = z.object({ keys: z.object({ records: z.string(), identities: z.string() }) })

/** What a stranger does with a recovery kit, by the age format alone. */
async function openKey(armored: string, identity: string): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  const plain = await decrypter.decrypt(armor.decode(armored), 'text')
  const [value] = Object.values(z.record(z.string(), z.string()).parse(JSON.parse(plain)))
  if (value === undefined) throw new Error('no key in the age file')
  return value
}

function guicang(args: string[]): string {
  const done = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', cli, ...args, '--json'],
    {
      cwd: repository,
      encoding: 'utf8',
      env: { ...process.env, GUICANG_PASSPHRASE: 'seven lanterns over the Qiantang tide' },
    },
  )
  if (done.status !== 0) throw new Error(`guicang ${args.slice(0, 2).join(' ')}: ${done.stderr}`)
  return done.stdout
}

test('a vault opens with a recovery kit and genuine SQLCipher alone; the records hold no clear identity', async (context) => {
  context.skip(!existsSync(cli), 'the command line is not there yet')
  const vault = join(folder, '示例.vault')
  const codes = join(folder, 'codes.txt')
  const customers = join(folder, 'customers.csv')
  writeFileSync(customers, '客户编号,姓名,手机号\r\nC-1,欧阳若溪,13912345678\r\n')
  guicang([
    'vault',
    'create',
    vault,
    '--company',
    '示例商贸',
    '--no-device-binding',
    '--recovery-code-out',
    codes,
  ])
  guicang(['import', 'run', vault, '--kind', 'customers', '--file', customers])

  const { keys } = vaultFile.parse(JSON.parse(readFileSync(join(vault, 'vault.json'), 'utf8')))
  const kits = readFileSync(codes, 'utf8').trim().split(/\r?\n/)
  expect(kits).toHaveLength(2)
  for (const kit of kits) {
    const records = await openGenuine(join(vault, 'records.db'), await openKey(keys.records, kit))
    const identities = await openGenuine(join(vault, 'identities.db'), await openKey(keys.identities, kit))
    const [masked, clear] = [await allText(records), await allText(identities)]
    await records.close()
    await identities.close()

    expect(masked).toContain('139****5678')
    expect(masked).not.toMatch(/13912345678|欧阳若溪/)
    expect(clear).toContain('13912345678')
    expect(clear).toContain('欧阳若溪')
  }

  if (!canFollowThePage()) {
    console.warn('skipped: the recovery page was not followed on this vault, because age is not installed')
    return
  }
  const out = join(folder, 'recovered')
  expect(recover(folder, vault, codes, out)).toMatchObject({ code: 0 })
  expect(readFileSync(join(out, 'customer_versions.csv'), 'utf8')).toContain('欧阳若溪')
  expect(readFileSync(join(out, 'customers.csv'), 'utf8')).not.toContain('欧阳若溪')
})
