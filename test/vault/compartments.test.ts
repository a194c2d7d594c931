// Promise 1 on the bytes themselves: nothing clear in records.db, in any file, in any entry; and the one commit point.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { GuicangError } from '../../shared/errors.ts'
import { sharedData } from '../support/shared-data.ts'
import { complaintRow, csvOf, customerRows } from '../support/rows.ts'
import { startChild } from '../support/vault-process.ts'
import {
  aVault,
  callVault,
  copiedVault,
  dump,
  fileWith,
  freshPath,
  lock,
  openAt,
  passphrase,
  present,
  rawDb,
  shut,
  type TestVault,
} from '../support/vault.ts'

const magic = 'SQLite format 3\0'

/** Every value of a haystack that contains one of the needles. */
function leaks(haystack: readonly string[], needles: readonly string[]): string[] {
  const text = haystack.join('\u0001')
  return needles.filter((needle) => text.includes(needle))
}

function recordsDump(vault: TestVault): string[] {
  const { keys, dir } = vault.session
  const db = rawDb(join(dir, 'records.db'), keys.records)
  try {
    return dump(db)
  } finally {
    db.close()
  }
}

function clearValues(rows: readonly object[], columns: readonly string[]): string[] {
  const values = rows.flatMap((row) => columns.map((column) => String(Reflect.get(row, column) ?? '').trim()))
  return [...new Set(values)].filter((value) => [...value].length >= 4)
}

function expectNoClearFiles(dir: string, needles: readonly string[]): void {
  for (const name of readdirSync(dir)) {
    if (name === 'attachments') continue
    const bytes = readFileSync(join(dir, name))
    if (name.endsWith('.db')) expect(bytes.subarray(0, 16).toString('latin1')).not.toBe(magic)
    const found = needles.filter(
      (needle) => bytes.includes(needle) || bytes.includes(Buffer.from(needle, 'utf16le')),
    )
    expect([name, found]).toEqual([name, []])
  }
}

/** What this process has open, by its path; a file without a name any more ends with ` (deleted)`. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)]
    } catch {
      // The listing's own.
      return []
    }
  })
}

describe('what records hold', () => {
  test('no clear value of made-up customers and their complaints, whoever has the records key', async () => {
    const vault = await aVault()
    const rows = customerRows(60)
    const needles = clearValues(rows, ['姓名', '身份证号', '手机号', '邮箱', '地址', '备注'])
    expect(needles.length).toBeGreaterThan(300)
    await vault.call('imports.run', { path: fileWith(csvOf(rows)), kind: 'customers' })
    const complaints = rows.map((_row, index) => complaintRow(index + 1))
    await vault.call('imports.run', { path: fileWith(csvOf(complaints)), kind: 'complaints' })
    const [first] = (await vault.call('customers.list', {})).items
    const [complaint] = (await vault.call('complaints.list', {})).items
    if (first === undefined || complaint === undefined) throw new Error('nothing was imported')
    await vault.call('customers.reveal', {
      id: first.id,
      fields: ['mobile', 'extra:备注'],
      reason: `回访 ${rows[0]?.手机号 ?? ''}`,
    })
    await vault.call('customers.list', { query: rows[1]?.手机号 ?? '' })
    await vault.call('complaints.addNote', { id: complaint.id, text: `致电 ${rows[2]?.手机号 ?? ''} 未接` })
    await vault.call('customers.update', {
      id: first.id,
      revision: first.revision,
      patch: { address: rows[5]?.地址 ?? '' },
    })
    expect(leaks(recordsDump(vault), needles)).toEqual([])
    // The other half of the proof: the same search finds them all where they belong.
    const identities = rawDb(join(vault.dir, 'identities.db'), vault.session.keys.identities ?? '')
    expect(leaks(dump(identities), needles).length).toBeGreaterThan(needles.length - 3)
    identities.close()
    expectNoClearFiles(vault.dir, needles)
    lock(vault.session)
    expectNoClearFiles(vault.dir, needles)
  })

  test('no clear value of the sample customers', async (context) => {
    const path = sharedData('customers-gb18030.csv')
    if (path === undefined) return context.skip()
    const vault = await aVault()
    const result = await vault.call('imports.run', { path, kind: 'customers' })
    expect(result.accepted + result.rejected).toBe(result.rows)
    const text = new TextDecoder('gb18030').decode(readFileSync(path))
    const rows = z
      .array(z.record(z.string(), z.string()))
      .parse(Papa.parse(text, { header: true, skipEmptyLines: true }).data)
    const columns = ['客户姓名', '身份证号', '手机号码', '电子邮箱', '联系地址', '银行卡号', '备注']
    const needles = clearValues(rows, columns)
    expect(needles.length).toBeGreaterThan(4000)
    expect(leaks(recordsDump(vault), needles)).toEqual([])
    expectNoClearFiles(vault.dir, needles.slice(0, 500))
  })

  test('what SQLite sorts stays in memory: no temporary file is ever made', async (context) => {
    const { store } = (await aVault()).session
    const sorted = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      SELECT hex(randomblob(200)) AS word FROM n ORDER BY word`
    for (const { db } of [store.records, present(store.identities)]) {
      expect(db.pragma('temp_store', { simple: true })).toBe(2)
      if (process.platform !== 'linux') continue
      // So little memory that a sort outgrows it, and is looked at while it goes on.
      db.pragma('cache_size = 5')
      const rows = db.prepare(sorted).iterate()
      rows.next()
      expect(openFiles().filter((path) => path.endsWith(' (deleted)'))).toEqual([])
      rows.return?.()
    }
    if (process.platform !== 'linux') context.skip('open files are listed by /proc')
  })

  test('a wrong key opens neither file', async () => {
    const { dir } = await copiedVault()
    for (const name of ['records.db', 'identities.db']) {
      const db = rawDb(join(dir, name), '0'.repeat(64))
      expect(() => dump(db)).toThrow(/not a database/)
      db.close()
    }
  })

  test('the records key doesn’t open identities', async () => {
    const vault = await aVault()
    const { records } = vault.session.keys
    lock(vault.session)
    const db = rawDb(join(vault.dir, 'identities.db'), records)
    expect(() => dump(db)).toThrow(/not a database/)
    db.close()
  })

  test('nothing of a rejected row stands in records', async () => {
    const vault = await aVault()
    const text = `姓名,手机号\n张三丰,13800001234\n王五柳先生,13900005678,多出来的一格\n`
    const rejectsPath = freshPath('rejects.csv')
    await vault.call('imports.run', {
      path: fileWith(text, '13912345678 王小明.csv'),
      kind: 'customers',
      rejectsPath,
    })
    expect(leaks(recordsDump(vault), ['王五柳先生', '13900005678', '多出来的一格', '13912345678'])).toEqual(
      [],
    )
    expect(readFileSync(rejectsPath, 'utf8')).toContain('王五柳先生')
  })
})

describe('the one commit point', () => {
  const versions = (dir: string, key: string): number => {
    const db = rawDb(join(dir, 'identities.db'), key)
    try {
      return z.object({ n: z.number() }).parse(db.prepare('SELECT count(*) AS n FROM note_versions').get()).n
    } finally {
      db.close()
    }
  }

  test.each(['before-records', 'before-settle'] as const)('killed %s', async (step) => {
    const { dir } = await copiedVault()
    const child = await startChild(dir, passphrase, { act: 'commit', step })
    expect(await child.ended).toBe('SIGKILL')
    const session = await openAt(dir)
    const counted = step === 'before-settle'
    expect((await callVault(session, 'audit.list', { action: 'test.acted' })).items).toHaveLength(
      counted ? 1 : 0,
    )
    expect(session.store.identities?.own.listPending()).toEqual([])
    expect(session.store.identities?.notes.count()).toBe(counted ? 1 : 0)
    const report = await callVault(session, 'vault.verify', {})
    expect(report.findings).toEqual([])
    const { identities = '' } = session.keys
    shut(session)
    expect(versions(dir, identities)).toBe(counted ? 1 : 0)
  })

  test('acts whose tidying found no room are finished at the next opening, the newest version kept', async () => {
    const vault = await aVault()
    const { id } = await vault.call('customers.add', { name: '第一版', mobile: '13800001111' })
    const identities = present(vault.session.store.identities)
    const { dropOthers } = identities.customers
    identities.customers.dropOthers = () => {
      throw new GuicangError('disk.full')
    }
    let revision = 1
    for (const name of ['第二版', '第三版', '第四版']) {
      const changed = await vault.call('customers.update', { id, revision, patch: { name } })
      revision = changed.revision
    }
    identities.customers.dropOthers = dropOthers
    expect(identities.own.listPending()).toHaveLength(3)
    expect(identities.customers.count()).toBe(4)
    await vault.reopen()
    const opened = present(vault.session.store.identities)
    expect(opened.own.listPending()).toEqual([])
    expect(opened.customers.count()).toBe(1)
    expect(await vault.call('customers.reveal', { id, fields: ['name'], reason: '核对' })).toEqual({
      name: '第四版',
    })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})
