// What is measured, and its peer: a vault behind the gate, and one plain SQLite file with the same rows, indexes and full
// text. Each is made once a run and size.
import { readFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import Papa from 'papaparse'
import { z } from 'zod'
import { type Connection, connect } from '../../electron/cli/connection.ts'
import { indexTokens, numberTokens } from '../../electron/domain/search-tokens.ts'
import { writeCustomers } from './customers.ts'

export const passphrase = 'bench-quartz-lantern-93-meadow'

/** Rows of the import; search and pages are measured on five times as many. */
export const importRows = Number(process.env['BENCH_ROWS'] ?? 20_000)
export const searchRows = importRows * 5

/** Where the subjects lie; goes at the end. */
export const folder = mkdtempSync(join(tmpdir(), 'guicang-bench-'))
process.env['XDG_STATE_HOME'] = join(folder, 'state')

export interface Vault {
  path: string
  connection: Connection
  importMs: number
}

const files = new Map<number, string>()
const vaults = new Map<number, Vault>()
const peers = new Map<number, Peer>()

async function customersFile(rows: number): Promise<string> {
  const path = join(folder, `customers-${rows}.csv`)
  if (!files.has(rows)) await writeCustomers(path, rows)
  files.set(rows, path)
  return path
}

/** A vault with so many customers, open, and how long bringing them in took: from the call at the gate to its answer. */
export async function vaultOf(rows: number): Promise<Vault> {
  const known = vaults.get(rows)
  if (known !== undefined) return known
  const file = await customersFile(rows)
  const connection = connect()
  const path = join(folder, `${rows}.vault`)
  await connection.call('vault.create', {
    path,
    company: { name: '测' },
    owner: 'bench',
    passphrase,
    deviceBinding: false,
  })
  const start = performance.now()
  const { accepted } = await connection.call('imports.run', { path: file, kind: 'customers' })
  const vault = { path, connection, importMs: performance.now() - start }
  if (accepted !== rows) throw new Error(`${accepted} of ${rows} rows were accepted`)
  vaults.set(rows, vault)
  return vault
}

export interface Peer {
  path: string
  db: Database.Database
  importMs: number
}

const schema = `
CREATE TABLE customers (seq INTEGER PRIMARY KEY, customer_no TEXT, name TEXT, resident_id TEXT, mobile TEXT, email TEXT,
  address TEXT, bank_card TEXT, birth_date TEXT, registered_on TEXT, note TEXT, name_mobile TEXT) STRICT;
CREATE INDEX by_number ON customers (customer_no);
CREATE INDEX by_resident_id ON customers (resident_id);
CREATE INDEX by_name_mobile ON customers (name_mobile);
CREATE VIRTUAL TABLE customer_search USING fts5(name, nums, body, tokenize = 'unicode61 remove_diacritics 0',
  content = '', contentless_delete = 1, prefix = '5 7');
`

export function openPlain(path: string): Database.Database {
  const db = new Database(path)
  db.pragma('temp_store = MEMORY')
  db.pragma('journal_mode = TRUNCATE')
  db.pragma('synchronous = FULL')
  db.pragma('cache_size = -65536')
  return db
}

const table = z.array(z.array(z.string()))

/** The same customers in one plain file: the CSV read by papaparse and written in one transaction, nothing checked or masked. */
export async function peerOf(rows: number): Promise<Peer> {
  const known = peers.get(rows)
  if (known !== undefined) return known
  const file = await customersFile(rows)
  const path = join(folder, `${rows}.plain.db`)
  const db = openPlain(path)
  db.exec(schema)
  const start = performance.now()
  const insert = db.prepare(
    `INSERT INTO customers VALUES (NULL, ${Array.from({ length: 11 }, () => '?').join(', ')})`,
  )
  const index = db.prepare('INSERT INTO customer_search (rowid, name, nums, body) VALUES (?, ?, ?, ?)')
  db.transaction(() => {
    const [, ...cells] = table.parse(Papa.parse(readFileSync(file, 'utf8').trimEnd()).data)
    for (const row of cells) {
      const [no = '', name = '', id = '', mobile = '', email = '', address = '', card = '', , , note = ''] =
        row
      const seq = insert.run(...row, `${name}|${mobile}`).lastInsertRowid
      const numbers = [mobile, id, card, no.slice(2)].map(numberTokens).join(' ')
      index.run(seq, indexTokens(name), numbers, indexTokens([no, email, address, note].join(' ')))
    }
  })()
  const peer = { path, db, importMs: performance.now() - start }
  peers.set(rows, peer)
  return peer
}

export async function removeSubjects(): Promise<void> {
  for (const { connection } of vaults.values()) await connection.close()
  for (const { db } of peers.values()) db.close()
  rmSync(folder, { recursive: true, force: true })
}

/** The value below which the given share of the numbers lies. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Milliseconds that each of the calls took, one after the other. */
export async function timed(times: number, work: (index: number) => unknown): Promise<number[]> {
  const taken: number[] = []
  for (let index = 0; index < times; index += 1) {
    const start = performance.now()
    await work(index)
    taken.push(performance.now() - start)
  }
  return taken
}
