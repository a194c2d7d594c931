// Migrations: in order, one transaction a step, never over a newer file, never without a checked copy; shipped ones frozen.
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { sha256Hex } from '../../electron/vault/audit/canonical.ts'
import { createDatabase } from '../../electron/vault/store/driver.ts'
import { type Migration, migrations } from '../../electron/vault/store/migrations/index.ts'
import {
  migrate,
  needsMigration,
  newestVersion,
  schemaVersion,
} from '../../electron/vault/store/migrations/runner.ts'
import { backupBeforeMigration } from '../../electron/vault/store/pre-migration-backup.ts'
import { version } from '../../shared/version.ts'
import { copyFixture, fixturePassphrase, fixtureVersions } from '../fixtures/vault.ts'
import { smallDisk } from '../support/small-disk.ts'
import {
  aVault,
  callVault,
  codeOf,
  copiedVault,
  digestOf,
  freshPath,
  lock,
  openAt,
  present,
  refusal,
  shut,
  type TestVault,
} from '../support/vault.ts'

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
  'records 30 add-casework': '33a1e3c463e685d38ef425336dc5164cb6c8638907a037e0e36f9d734a1e67c2',
  'records 40 add-clocks-and-views': 'ad3f4fc87ae9d8bddbb4240bac032d74affe80d0cc53c263783179a90b13a997',
  'records 50 add-attachments': 'd6fabc0bd57485008dbca2278812ce8437c365461412cc234be8da65963eb722',
  'records 60 add-letters': 'b8082b7a2230e5268671515f5d67ecb45021c83b6ecae74a65f3bdbcafdd69b2',
  'records 70 add-customer-work': 'f91db84645ac6f19cba4022a176b827efae07bd4896dd630d93e253775c04c26',
  'records 80 add-insight': '82baaca5b5f4201032c705fb27ee497707a22a7ed53177075dc47e562e519d7d',
  'records 90 narrow-history': '37329559573e433e19f041f6d5fa53181be797659227be6bdf9523832a060228',
  'identities 10 create-identities': 'b935e328dbfd6a80dd36d37ce6dae846ef245bcef633f02eddc83122415afdd7',
  'identities 20 add-blobs': '6d6dbad932186db7ddd296c8d66071a1a007991b93788b7b342672ebfe2ff8dd',
  'identities 30 add-letters': '628202895e670e16da0cf02f1aa1f4b8e4f0d506c6e1d505c68d143bc8123be1',
  'identities 40 add-transactions': 'ad8547b5aba073ca231e10db5ff5d6f463ca4bd3261bcbc730236beb7fc66fee',
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

/** What stands in before-migration, and the bytes of a vault's files. */
const copiesIn = (dir: string): string[] => readdirSync(join(dir, 'before-migration')).toSorted()
const vaultFiles = ['identities.db', 'records.db', 'vault.json']

describe('the copy that is made before', () => {
  const dueOf = (vault: TestVault) => ({
    records: { version: newestVersion('records'), key: vault.session.keys.records },
    identities: { version: newestVersion('identities'), key: present(vault.session.keys.identities) },
  })

  test('is the whole vault, encrypted with the same keys, and opens as a vault of its own', async () => {
    const vault = await aVault()
    await vault.call('customers.add', { name: '张三丰', mobile: '13800001234' })
    const path = backupBeforeMigration(vault.dir, dueOf(vault))
    expect(
      readdirSync(path)
        .filter((name) => !name.endsWith('-journal'))
        .toSorted(),
    ).toEqual(vaultFiles)
    for (const name of vaultFiles) expect(digestOf(join(path, name))).toBe(digestOf(join(vault.dir, name)))
    expect(readFileSync(join(path, 'records.db')).subarray(0, 15).toString('latin1')).not.toBe(
      'SQLite format 3',
    )
    // Another one takes its place, once it is whole.
    await vault.call('customers.add', { name: '李四', mobile: '13800001235' })
    expect(backupBeforeMigration(vault.dir, dueOf(vault))).toBe(path)
    expect(copiesIn(vault.dir)).toHaveLength(1)
    shut(vault.session)
    const copy = await openAt(path)
    expect((await callVault(copy, 'customers.list', {})).total).toBe(2)
    expect((await callVault(copy, 'vault.verify', {})).findings).toEqual([])
    lock(copy)
  })

  test('that doesn’t check out is named and goes; the one before it stays, and so does the vault', async () => {
    const vault = await aVault()
    const good = backupBeforeMigration(vault.dir, dueOf(vault))
    const before = digestOf(join(good, 'records.db'))
    const { size } = statSync(join(vault.dir, 'records.db'))
    const file = openSync(join(vault.dir, 'records.db'), 'r+')
    writeSync(file, Buffer.alloc(64, 7), 0, 64, size - 2000)
    closeSync(file)
    const error = await refusal(() => backupBeforeMigration(vault.dir, dueOf(vault)))
    expect(error).toMatchObject({ code: 'vault.damaged', fields: [{ field: 'records.db' }] })
    expect(copiesIn(vault.dir)).toHaveLength(1)
    expect(digestOf(join(good, 'records.db'))).toBe(before)
    shut(vault.session)
  })

  test('left by a killed program half done, it goes with the next one', async () => {
    const vault = await aVault()
    mkdirSync(join(vault.dir, 'before-migration', `.copying-1-${'0'.repeat(12)}`), { recursive: true })
    const path = backupBeforeMigration(vault.dir, dueOf(vault))
    expect(copiesIn(vault.dir)).toEqual([basename(path)])
    shut(vault.session)
  })

  test('needs room: without it the vault stays as it is, and nothing is left', async (context) => {
    const { dir } = await copiedVault()
    const bytes = vaultFiles.reduce((sum, name) => sum + statSync(join(dir, name)).size, 0)
    const disk = smallDisk(Math.ceil((bytes * 1.6) / 1024))
    if (disk === undefined) return context.skip()
    const onDisk = join(disk, 'v.vault')
    cpSync(dir, onDisk, { recursive: true })
    const vault = await aVault({ dir: onDisk, codes: [] })
    const due = dueOf(vault)
    shut(vault.session)
    const digests = vaultFiles.map((name) => digestOf(join(onDisk, name)))
    expect(await codeOf(() => backupBeforeMigration(onDisk, due))).toBe('disk.full')
    expect(copiesIn(onDisk)).toEqual([])
    expect(vaultFiles.map((name) => digestOf(join(onDisk, name)))).toEqual(digests)
  })
})

describe('a vault of an earlier version', () => {
  test.each(fixtureVersions())('version %i: is copied whole, once, before it is migrated', async (number) => {
    const dir = freshPath('earlier.vault')
    copyFixture(number, dir)
    const digests = vaultFiles.map((name) => digestOf(join(dir, name)))
    const session = await openAt(dir, { passphrase: fixturePassphrase })
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
    lock(session)
    const copies = number === newestVersion('records') ? [] : copiesIn(dir)
    expect(copies).toHaveLength(number === newestVersion('records') ? 0 : 1)
    for (const copy of copies) {
      const path = join(dir, 'before-migration', copy)
      expect(vaultFiles.map((name) => digestOf(join(path, name)))).toEqual(digests)
    }
    lock(await openAt(dir, { passphrase: fixturePassphrase }))
    expect(existsSync(join(dir, 'before-migration')) ? copiesIn(dir) : []).toEqual(copies)
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
