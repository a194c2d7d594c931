// The log: it chains, it proves, and each way of changing something behind its back has a name.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { rowDigest } from '../../electron/vault/audit/digests.ts'
import { complaintRow, csvOf, customerRows } from '../support/rows.ts'
import {
  aVault,
  callVault,
  copiedVault,
  digestOf,
  fileWith,
  freshPath,
  lock,
  makeVault,
  openAt,
  present,
  rawDb,
  type MadeVault,
  type RawDb,
} from '../support/vault.ts'

interface Template extends MadeVault {
  keys: { records: string; identities: string }
}
let template: Template

beforeAll(async () => {
  const vault = await aVault(await makeVault())
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(6))), kind: 'customers' })
  await vault.call('imports.run', {
    path: fileWith(csvOf([1, 2].map((index) => complaintRow(index)))),
    kind: 'complaints',
  })
  const { id, revision } = present((await vault.call('customers.list', {})).items[0])
  await vault.call('customers.update', { id, revision, patch: { email: 'neu@example.org' } })
  const complaint = present((await vault.call('complaints.list', {})).items[0])
  await vault.call('complaints.setStatus', { id: complaint.id, status: 'acknowledged', note: '已受理' })
  const { records, identities } = vault.session.keys
  lock(vault.session)
  template = { dir: vault.dir, codes: vault.codes, keys: { records, identities: present(identities) } }
})

/** A copy of the vault in which somebody with the keys has run these statements, then opened and checked. */
async function verifyAfter(tamper: (records: RawDb, identities: RawDb) => void): Promise<string[]> {
  const dir = freshPath('tampered.vault')
  cpSync(template.dir, dir, { recursive: true })
  const records = rawDb(join(dir, 'records.db'), template.keys.records)
  const identities = rawDb(join(dir, 'identities.db'), template.keys.identities)
  tamper(records, identities)
  records.close()
  identities.close()
  const session = await openAt(dir)
  const report = await callVault(session, 'vault.verify', {})
  const alone = await callVault(session, 'audit.verify', {})
  lock(session)
  expect(report.ok).toBe(report.findings.length === 0)
  // The log alone knows everything but files, clear versions, and the indexes and due times that are made from rows.
  const codes = (findings: readonly { code: string; where: string }[]) =>
    findings.map(({ code, where }) => `${code} ${where}`)
  const ofLog = codes(report.findings).filter((line) => !/^(?:identity|search|due)\./.test(line))
  expect(codes(alone.findings)).toEqual(expect.arrayContaining(ofLog))
  return codes(report.findings)
}

const one = (db: RawDb, sql: string): Record<string, unknown> =>
  z.record(z.string(), z.unknown()).parse(db.prepare(sql).get())

describe('a sound log', () => {
  test('verifies, entry after entry, and counts from 0 without a gap', async () => {
    expect(await verifyAfter(() => {})).toEqual([])
    const session = await openAt(template.dir)
    const { items, total } = await callVault(session, 'audit.list', { limit: 1000 })
    expect(items.map(({ index }) => index)).toEqual(
      Array.from({ length: total }, (_, index) => total - 1 - index),
    )
    expect(items.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'vault.created',
        'session.unlocked',
        'imports.run',
        'customers.edited',
        'complaints.statusSet',
      ]),
    )
    const page = await callVault(session, 'audit.list', { limit: 2, before: 3 })
    expect(page.items.map(({ index }) => index)).toEqual([2, 1])
    lock(session)
  })
})

describe('tampering is named', () => {
  test.each<[string, string, (records: RawDb, identities: RawDb) => unknown]>([
    [
      'a customer edited',
      'row.changed customers 2',
      (db) => db.exec(`UPDATE customers SET mobile = '139****0000' WHERE seq = 2`),
    ],
    [
      'a complaint’s status edited',
      'row.changed complaints 1',
      (db) => db.exec(`UPDATE complaints SET status = 'closed' WHERE seq = 1`),
    ],
    ['a customer deleted', 'row.missing customers 3', (db) => db.exec('DELETE FROM customers WHERE seq = 3')],
    [
      'a line of history deleted',
      'row.missing complaint_events 1',
      (db) => db.exec('DELETE FROM complaint_events'),
    ],
    [
      'a line of history edited',
      'row.changed complaint_events 1',
      (db) => db.exec(`UPDATE complaint_events SET text = 'x'`),
    ],
    [
      'a customer put in',
      'row.unlogged customers 99',
      (db) => {
        const row = { ...one(db, 'SELECT * FROM customers WHERE seq = 2'), seq: 99, id: crypto.randomUUID() }
        const names = Object.keys(row)
        db.prepare(
          `INSERT INTO customers (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
        ).run(row)
      },
    ],
    [
      'a person edited',
      'row.changed people 1',
      (db) =>
        db.exec(
          `UPDATE people SET role = 'reviewer' WHERE seq = 2; UPDATE people SET name = '别人' WHERE seq = 1`,
        ),
    ],
    [
      'a recipient put in',
      'row.unlogged people 4',
      (db) =>
        db.exec(
          `INSERT INTO people (seq, id, name, role, recipient, verify_key, state, created_at) SELECT 4, 'x', 'x', 'handler', recipient, '', 'active', created_at FROM people WHERE seq = 1`,
        ),
    ],
    [
      'the profile edited',
      'row.changed profile',
      (db) => db.exec(`UPDATE meta SET value = replace(value, '示例', '冒名') WHERE key = 'profile.company'`),
    ],
    [
      'an entry edited',
      'audit.entryChanged audit_entries 1',
      (db) => db.exec(`UPDATE audit_entries SET user = '别人' WHERE idx = 1`),
    ],
    [
      'an entry deleted',
      'audit.entryMissing audit_entries 3',
      (db) => db.exec('DELETE FROM audit_entries WHERE idx = 2'),
    ],
    [
      'a leaf edited',
      'audit.leavesChanged audit_entries 2',
      (db) => db.exec(`UPDATE row_leaves SET digest = zeroblob(32) WHERE leaf_set = -1 AND row_seq = 4`),
    ],
    [
      'a leaf deleted',
      'audit.leavesChanged audit_entries 2',
      (db) => db.exec('DELETE FROM row_leaves WHERE leaf_set = -1 AND row_seq = 4'),
    ],
    [
      'a row edited and its leaf forged under a set of its own',
      'audit.leavesChanged customers 2',
      (db) => {
        db.exec(`UPDATE customers SET mobile = '139****0000' WHERE seq = 2`)
        const digest = rowDigest(one(db, 'SELECT * FROM customers WHERE seq = 2'))
        db.prepare('INSERT INTO row_leaves (leaf_set, kind, row_seq, digest) VALUES (9999, 1, 2, ?)').run(
          digest,
        )
      },
    ],
    [
      'an old leaf moved behind the newer one',
      'audit.leavesChanged customers 1',
      (db) => db.exec('UPDATE row_leaves SET seq = 5000 WHERE kind = 1 AND row_seq = 1 AND leaf_set = -1'),
    ],
    [
      'a batch switched off by hand',
      'row.changed batches',
      (db) => db.exec(`UPDATE batches SET state = 'undone' WHERE no = 1`),
    ],
    [
      'a batch put back to staging',
      'row.missing batches',
      (db) => db.exec(`UPDATE batches SET state = 'staging' WHERE no = 2`),
    ],
    ['a batch deleted', 'row.missing batches', (db) => db.exec('DELETE FROM batches WHERE no = 2')],
    [
      'an entry made unreadable',
      'database.damaged records.db',
      (db) => db.exec(`UPDATE audit_entries SET detail = 'x' WHERE idx = 1`),
    ],
    [
      'a clear value edited',
      'identity.changed customers 2',
      (_, db) =>
        db.exec(`UPDATE customer_versions SET payload = replace(payload, '138', '139') WHERE seq = 2`),
    ],
    [
      'a salt edited',
      'identity.changed customers 2',
      (_, db) => db.exec('UPDATE customer_versions SET salt = zeroblob(16) WHERE seq = 2'),
    ],
    [
      'a clear version deleted',
      'identity.missing complaints 1',
      (_, db) => db.exec('DELETE FROM complaint_versions WHERE seq = 1'),
    ],
    [
      'a note’s original deleted',
      'identity.missing complaint_events 1',
      (_, db) => db.exec('DELETE FROM note_versions'),
    ],
    [
      'two clear values swapped',
      'identity.changed customers 2',
      (_, db) =>
        db.exec(
          `UPDATE customer_versions SET payload = (SELECT payload FROM customer_versions WHERE seq = 3) WHERE seq = 2`,
        ),
    ],
  ])('%s', async (_, expected, tamper) => {
    const findings = await verifyAfter(tamper)
    expect(findings.some((line) => line.startsWith(expected))).toBe(true)
  })

  test('the last entry deleted: the tree and the checkpoint both miss it', async () => {
    const findings = await verifyAfter((db) =>
      db.exec('DELETE FROM audit_entries WHERE idx = (SELECT max(idx) FROM audit_entries)'),
    )
    // What comes after takes its place, so the log says so however it goes on.
    expect(findings.map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining(['audit.treeMismatch']))
  })

  test('an entry and its hash edited together: the signed checkpoints disagree', async () => {
    const findings = await verifyAfter((db) => {
      db.exec(
        `UPDATE audit_entries SET leaf_hash = (SELECT leaf_hash FROM audit_entries WHERE idx = 0) WHERE idx = 1`,
      )
    })
    const codes = findings.map((line) => line.split(' ')[0])
    expect(codes).toEqual(
      expect.arrayContaining(['audit.entryChanged', 'audit.treeMismatch', 'audit.checkpointMismatch']),
    )
  })
})

describe('checkpoints kept elsewhere', () => {
  test('hold for ever; foreign, garbled, unsigned ones are told apart', async () => {
    const vault = await aVault()
    const { note } = await vault.call('audit.checkpoint', {})
    await vault.call('customers.add', { name: '后来的' })
    await vault.reopen()
    const check = async (checkpoint: string) =>
      (await vault.call('audit.verify', { checkpoint })).findings
        .filter(({ where }) => where === 'checkpoint given')
        .map(({ code }) => code)
    expect(await check(note)).toEqual([])
    const other = await aVault(await makeVault())
    expect(await check((await other.call('audit.checkpoint', {})).note)).toEqual(['audit.checkpointForeign'])
    expect(await check('garbage')).toEqual(['audit.checkpointInvalid'])
    expect(await check('')).toEqual(['audit.checkpointInvalid'])
    const [origin, size, root, , signature = ''] = note.split('\n')
    const changed = `${origin ?? ''}\n${Number(size) + 50}\n${root ?? ''}\n\n${signature}\n`
    expect(await check(changed)).toEqual(
      expect.arrayContaining(['audit.checkpointUnsigned', 'audit.truncated']),
    )
    expect(await check(note.replace(/\n— .*\n/, '\n'))).toEqual(['audit.checkpointInvalid'])
  })

  test('an older copy of records.db put back is noticed against a later note', async () => {
    const { dir } = await copiedVault()
    const old = readFileSync(join(dir, 'records.db'))
    const before = digestOf(join(dir, 'records.db'))
    const session = await openAt(dir)
    for (let index = 0; index < 5; index += 1) await callVault(session, 'audit.checkpoint', {})
    await callVault(session, 'customers.list', { query: '13800001234' })
    await callVault(session, 'customers.list', { query: '13800005678' })
    const { note } = await callVault(session, 'audit.checkpoint', {})
    lock(session)
    writeFileSync(join(dir, 'records.db'), old)
    expect(digestOf(join(dir, 'records.db'))).toBe(before)
    const again = await openAt(dir)
    const codes = async () =>
      (await callVault(again, 'audit.verify', { checkpoint: note })).findings.map(({ code }) => code)
    expect(await codes()).toContain('audit.truncated')
    for (let index = 0; index < 5; index += 1)
      await callVault(again, 'customers.list', { query: `1380000${index}234` })
    expect(await codes()).toContain('audit.checkpointMismatch')
  })
})
