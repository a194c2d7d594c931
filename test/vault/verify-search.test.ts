// What no digest covers is computed again: search indexes, duplicate keys, how many checkpoints there are, free pages.
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import Database from 'better-sqlite3-multiple-ciphers'
import { expect, test } from 'vitest'
import { searchFaults } from '../../electron/vault/store/repositories/search.ts'
import { complaintRow, csvOf, customerRows } from '../support/rows.ts'
import { aVault, fileWith, lock, openAt, present, testJob, type TestVault } from '../support/vault.ts'

async function filled(): Promise<TestVault> {
  const vault = await aVault()
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(30))), kind: 'customers' })
  const complaints = Array.from({ length: 10 }, (_, index) => complaintRow(index + 1))
  await vault.call('imports.run', { path: fileWith(csvOf(complaints)), kind: 'complaints' })
  return vault
}

async function codes(vault: TestVault): Promise<string[]> {
  return (await vault.call('vault.verify', {})).findings.map(({ code, where }) => `${code} ${where}`)
}

test('letters that the tokenizer folds in its own way are no damage', async () => {
  const vault = await aVault()
  const odd = 'Straße İstanbul ſeltſam ΣΊΣΥΦΟΣ ﬁnal Ⅷ ｶﾀｶﾅ 𠮷野家 café e\u0301 ԱՐԱՄ ǅ ᏣᎳᎩ 👩‍👩‍👧 a_b x'
  const { id } = await vault.call('customers.add', { name: odd, address: odd, email: odd, passport: odd })
  await vault.call('complaints.add', { narrative: odd, category: odd, handler: odd, complaintNo: odd })
  await vault.call('customers.update', { id, revision: 1, patch: { address: `${odd} again` } })
  expect(await codes(vault)).toEqual([])
})

test('after imports, edits, notes and an undo everything agrees', async () => {
  const vault = await filled()
  const undone = await vault.call('imports.run', {
    path: fileWith(csvOf(customerRows(20, 400))),
    kind: 'customers',
  })
  await vault.call('imports.undo', { batchId: undone.batchId })
  const [customer] = (await vault.call('customers.list', {})).items
  const { id, revision } = present(customer)
  await vault.call('customers.update', { id, revision, patch: { name: '改名了', mobile: '13900001111' } })
  expect(await codes(vault)).toEqual([])
})

test.each([
  ['records', 'customer_search', 'customer_search 3'],
  ['records', 'complaint_search', 'complaint_search 3'],
  ['identities', 'customer_search', 'clear customer_search 3'],
  ['identities', 'complaint_search', 'clear complaint_search 3'],
] as const)('a row that the index of %s, %s has lost is named', async (compartment, table, where) => {
  const vault = await filled()
  present(vault.session.store[compartment]).db.exec(`DELETE FROM ${table} WHERE rowid = 3`)
  expect(await codes(vault)).toEqual([`search.changed ${where}`])
})

test('words of a row that is not there, other words, and keys of another person are named', async () => {
  const vault = await filled()
  const { db } = present(vault.session.store.identities)
  db.exec(`INSERT INTO customer_search (rowid, name, nums, body) VALUES (77, '张三', '', '')`)
  db.exec(`DELETE FROM customer_search WHERE rowid = 4`)
  db.exec(`INSERT INTO customer_search (rowid, name, nums, body) VALUES (4, '张三', '', '')`)
  db.exec(`UPDATE customer_keys SET resident_id = '51010719900101001X' WHERE version_seq = 5`)
  expect((await codes(vault)).toSorted()).toEqual([
    'search.changed clear customer_search 4',
    'search.changed clear customer_search 77',
    'search.changed customer_keys 5',
  ])
})

test('a customer that is edited while the index is read is no damage', async () => {
  const vault = await filled()
  const [customer] = (await vault.call('customers.list', {})).items
  const { id, revision } = present(customer)
  const job = testJob()
  let edits = 0
  let phase = ''
  const findings = await vault.call(
    'vault.verify',
    {},
    {
      signal: job.signal,
      report: (reported) => {
        phase = reported
      },
      pause: async () => {
        await setImmediate()
        if (phase !== 'search' || edits === 8) return
        await vault.call('customers.update', {
          id,
          revision: revision + edits,
          patch: { address: `新址${edits}` },
        })
        edits += 1
      },
    },
  )
  expect(edits).toBeGreaterThan(3)
  expect(findings.findings).toEqual([])
})

test('a checkpoint that is gone is named', async () => {
  const vault = await filled()
  await vault.call('audit.checkpoint', {})
  await vault.call('audit.checkpoint', {})
  vault.session.store.records.db.exec('DELETE FROM checkpoints WHERE seq = 2')
  expect(await codes(vault)).toEqual(['audit.checkpointMissing checkpoints'])
})

test('a flipped bit in a page that is free at the moment is named', async () => {
  const vault = await filled()
  const { db } = vault.session.store.records
  db.exec(
    'CREATE TABLE filler (text TEXT); INSERT INTO filler SELECT hex(randomblob(3000)) FROM complaints; DROP TABLE filler',
  )
  lock(vault.session)
  const path = join(vault.dir, 'records.db')
  const bytes = readFileSync(path)
  const last = statSync(path).size - 2000
  bytes.writeUInt8(bytes.readUInt8(last) ^ 1, last)
  writeFileSync(path, bytes)
  vault.session = await openAt(vault.dir)
  expect(await codes(vault)).toEqual(['database.damaged records.db'])
})

test('the inner tables of an index agree also in the middle of a merge, and a page that is not looked up is named', () => {
  const db = new Database(':memory:')
  for (const table of ['customer_search', 'complaint_search'])
    db.exec(
      `CREATE VIRTUAL TABLE ${table} USING fts5(name, nums, body, content = '', contentless_delete = 1)`,
    )
  const add = db.prepare('INSERT INTO customer_search (rowid, name, nums, body) VALUES (?, ?, ?, ?)')
  for (let slice = 0; slice < 40; slice += 1) {
    db.transaction(() => {
      for (let row = slice * 500; row < (slice + 1) * 500; row += 1)
        add.run(row, `n${row % 97}`, `${row}`, `${row * 7919} ${row * 104729} w${row % 1009}`)
    })()
  }
  const trimmed = db
    .prepare(
      `SELECT 1 FROM customer_search_idx WHERE pgno >> 1 < (SELECT min(id & 0x7fffffff) FROM customer_search_data WHERE id >> 37 = segid)`,
    )
    .all()
  expect(trimmed.length).toBeGreaterThan(0)
  expect(searchFaults(db)).toEqual([])
  // The inner tables are shut to SQL otherwise.
  db.unsafeMode(true)
  db.exec('DELETE FROM customer_search_idx WHERE pgno = (SELECT max(pgno) FROM customer_search_idx)')
  expect(searchFaults(db)).toEqual(['customer_search: the table of its pages is not theirs'])
  db.close()
})
