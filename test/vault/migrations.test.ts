// Migrations: in order, one transaction a step, never over a newer file, never without a checked copy; shipped ones frozen.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sha256Hex } from '../../electron/vault/audit/canonical.ts'
import { createDatabase, openDatabase } from '../../electron/vault/store/driver.ts'
import { type Migration, migrations } from '../../electron/vault/store/migrations/index.ts'
import {
  migrate,
  needsMigration,
  newestVersion,
  schemaVersion,
} from '../../electron/vault/store/migrations/runner.ts'
import { backupBeforeMigration } from '../../electron/vault/store/pre-migration-backup.ts'
import { version } from '../../shared/version.ts'
import { aVault, codeOf, freshPath, refusal, shut } from '../support/vault.ts'

const key = 'ab'.repeat(32)
const aDatabase = () => createDatabase(freshPath('records.db'), key)

const steps: Migration[] = [
  { version: 1, name: 'first', sql: 'CREATE TABLE a (id INTEGER PRIMARY KEY, text TEXT) STRICT' },
  {
    version: 2,
    name: 'second',
    sql: `INSERT INTO a (text) VALUES ('kept'); ALTER TABLE a ADD COLUMN more TEXT`,
  },
  { version: 3, name: 'third', sql: `UPDATE a SET more = text || '!'` },
]

// A step that has been shipped is never edited: a vault made with it would differ from one made today.
const frozen: Readonly<Record<string, string>> = {
  'records 10 create-records': '65c3dc8c32248e55eaf66e9bb09f38f40161ecf92170b1ae2fca48ac6d7473b6',
  'records 20 add-inbox': '9087d1d21c39e2c6fa1fbe8e408209f65511f493d15c0e603f8d6612d572673e',
  'identities 10 create-identities': 'b935e328dbfd6a80dd36d37ce6dae846ef245bcef633f02eddc83122415afdd7',
}

describe('the runner', () => {
  test('runs the steps that are due, in order, each with its version', () => {
    const db = aDatabase()
    expect(migrate(db, 'records', steps.slice(0, 1))).toBe(1)
    expect(schemaVersion(db)).toBe(1)
    expect(migrate(db, 'records', steps)).toBe(2)
    expect(schemaVersion(db)).toBe(3)
    expect(db.prepare('SELECT text, more FROM a').all()).toEqual([{ text: 'kept', more: 'kept!' }])
    expect(migrate(db, 'records', steps)).toBe(0)
    db.close()
  })

  test('a step that fails leaves the file at the version before, whole', () => {
    const db = aDatabase()
    const bad = {
      version: 2,
      name: 'bad',
      sql: `INSERT INTO a (text) VALUES ('half'); INSERT INTO missing VALUES (1)`,
    }
    expect(() => migrate(db, 'records', [...steps.slice(0, 1), bad, ...steps.slice(2)])).toThrow(
      'no such table',
    )
    expect(schemaVersion(db)).toBe(1)
    expect(db.prepare('SELECT count(*) AS n FROM a').get()).toEqual({ n: 0 })
    migrate(db, 'records', steps)
    expect(schemaVersion(db)).toBe(3)
    db.close()
  })

  test('a step that leaves dangling references is refused and taken back', async () => {
    const db = aDatabase()
    db.pragma('foreign_keys = OFF')
    const dangling = `CREATE TABLE b (a INTEGER REFERENCES a (id)) STRICT; INSERT INTO b VALUES (99)`
    const error = await refusal(() =>
      migrate(db, 'records', [...steps.slice(0, 1), { version: 2, name: 'x', sql: dangling }]),
    )
    expect(error).toMatchObject({ code: 'vault.damaged', fields: [{ rule: 'foreignKeys' }] })
    expect(schemaVersion(db)).toBe(1)
    db.close()
  })

  test('a file of a later program is refused untouched, also through the door of the vault', async () => {
    const db = aDatabase()
    db.pragma('user_version = 5000')
    expect(await codeOf(() => migrate(db, 'records'))).toBe('vault.newerFormat')
    expect(await codeOf(() => needsMigration(db, 'records'))).toBe('vault.newerFormat')
    db.close()
  })
})

describe('the copy that is made before', () => {
  test('is encrypted with the same key, holds the version before, and was checked', async () => {
    const vault = await aVault()
    await vault.call('customers.add', { name: '张三丰', mobile: '13800001234' })
    const { records } = vault.session.store
    const path = backupBeforeMigration(records.db, vault.dir, 'records', vault.session.keys.records)
    expect(readFileSync(path).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
    const copy = openDatabase(path, vault.session.keys.records, { readonly: true })
    expect(schemaVersion(copy)).toBe(schemaVersion(records.db))
    expect(copy.prepare('SELECT count(*) AS n FROM customers').get()).toEqual({ n: 1 })
    copy.close()
    expect(await codeOf(() => openDatabase(path, 'cd'.repeat(32)))).toBe('vault.damaged')
    // Another one may follow it.
    expect(backupBeforeMigration(records.db, vault.dir, 'records', vault.session.keys.records)).toBe(path)
    shut(vault.session)
    expect(existsSync(path)).toBe(true)
  })
})

describe('what has been shipped', () => {
  test('each step is as it was, numbered in steps of ten, newest last', () => {
    const found = Object.fromEntries(
      (['records', 'identities'] as const).flatMap((compartment) =>
        migrations[compartment].map((step) => [
          `${compartment} ${step.version} ${step.name}`,
          sha256Hex(step.sql),
        ]),
      ),
    )
    expect(found).toEqual(frozen)
    for (const compartment of ['records', 'identities'] as const) {
      const versions = migrations[compartment].map((step) => step.version)
      expect(versions).toEqual(versions.toSorted((a, b) => a - b))
      expect(newestVersion(compartment)).toBe(versions.at(-1))
      for (const number of versions) expect(number % 10).toBe(0)
    }
  })

  test('the version that bags and certificates name is the package’s', () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
    expect(z.object({ version: z.string() }).parse(JSON.parse(text)).version).toBe(version)
  })
})
