// What a vault holds, so that "before" and "after" can be told apart, and what no opened vault may ever show: acts that
// are half done in one of its tables.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { VaultSession } from '../../../electron/vault/session.ts'
import type { Db } from '../../../electron/vault/store/driver.ts'
import { callVault, present } from '../../support/vault.ts'

export interface Picture {
  /** Per table of records: digest of each row by its number. */
  tables: Map<string, Map<number, string>>
  /** Actions of the log, but for those that every opening and locking adds. */
  log: string[]
}

const named = z.object({ name: z.string() })
const numbered = z.looseObject({ rowid_: z.number() })

// The log and its leaves are compared by their actions and by the verifier; the rest of these come and go with each act.
const notCompared = new Set(['audit_entries', 'row_leaves', 'checkpoints', 'meta', 'commits'])

function tablesOf(db: Db): string[] {
  return db
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
       AND name NOT LIKE '%\\_search\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    )
    .all()
    .map((row) => named.parse(row).name)
}

function column(db: Db, sql: string): unknown[] {
  return db.prepare(sql).pluck().all()
}

/** Everything that an act may change. */
export function pictureOf(session: VaultSession): Picture {
  const { db } = session.store.records
  const tables = new Map<string, Map<number, string>>()
  for (const name of tablesOf(db).filter((table) => !notCompared.has(table))) {
    const rows = db.prepare(`SELECT rowid AS rowid_, * FROM "${name}"`).all()
    const digests = rows.map((row): [number, string] => [
      numbered.parse(row).rowid_,
      createHash('sha256').update(JSON.stringify(row)).digest('hex'),
    ])
    tables.set(name, new Map(digests))
  }
  const log = column(db, 'SELECT action FROM audit_entries ORDER BY idx').map(String)
  return { tables, log: log.filter((action) => !action.startsWith('session.')) }
}

/** In words: `customers +3`, `complaints ~1`, `batches -1`, `log imports.run`; nothing where both are the same. */
export function differences(before: Picture, now: Picture): string[] {
  const lines: string[] = []
  for (const [name, rows] of now.tables) {
    const old = before.tables.get(name) ?? new Map<number, string>()
    const added = [...rows.keys()].filter((row) => !old.has(row)).length
    const gone = [...old.keys()].filter((row) => !rows.has(row)).length
    const changed = [...rows].filter(([row, digest]) => old.has(row) && old.get(row) !== digest).length
    if (added > 0) lines.push(`${name} +${added}`)
    if (gone > 0) lines.push(`${name} -${gone}`)
    if (changed > 0) lines.push(`${name} ~${changed}`)
  }
  const kept = before.log.every((action, index) => now.log[index] === action)
  if (!kept) lines.push('log rewritten')
  lines.push(...now.log.slice(before.log.length).map((action) => `log ${action}`))
  return lines.toSorted()
}

function onlyIn(left: readonly unknown[], right: readonly unknown[]): number {
  const known = new Set(right)
  return left.filter((item) => !known.has(item)).length
}

/** What is half done in an open vault; nothing in a sound one. */
function halfDone({ store, dir }: VaultSession): string[] {
  const records = store.records.db
  const identities = present(store.identities).db
  const faults: string[] = []
  const both = (what: string, left: readonly unknown[], right: readonly unknown[]): void => {
    const [missing, surplus] = [onlyIn(left, right), onlyIn(right, left)]
    if (missing + surplus > 0) faults.push(`${what}: ${missing} missing, ${surplus} too many`)
  }
  for (const [table, versions] of [
    ['customers', 'customer_versions'],
    ['complaints', 'complaint_versions'],
    ['complaint_events', 'note_versions'],
    ['attachments', 'attachment_versions'],
  ] as const) {
    const wanted = column(records, `SELECT identity_version FROM ${table} WHERE identity_version <> ''`)
    both(versions, wanted, column(identities, `SELECT id FROM ${versions}`))
  }
  for (const kind of ['customer', 'complaint'] as const) {
    const search = `SELECT id FROM ${kind}_search_docsize`
    both(`records ${kind}_search`, column(records, `SELECT seq FROM ${kind}s`), column(records, search))
    const versions = column(identities, `SELECT seq FROM ${kind}_versions`)
    both(`identities ${kind}_search`, versions, column(identities, search))
  }
  const versions = column(identities, 'SELECT seq FROM customer_versions')
  const keys = column(identities, 'SELECT version_seq FROM customer_keys')
  if (onlyIn(keys, versions) > 0) faults.push('customer_keys of versions that are gone')
  const batches = column(records, 'SELECT commit_id FROM batches')
  const rejected = column(identities, 'SELECT commit_id FROM rejected_rows')
  if (onlyIn(rejected, batches) > 0) faults.push('rejected_rows of a batch that is gone')
  if (column(records, `SELECT no FROM batches WHERE state = 'staging'`).length > 0)
    faults.push('a batch is still on its way')
  if (column(records, `SELECT 1 FROM commits`).length > 0) faults.push('commits not settled')
  if (column(identities, 'SELECT 1 FROM pending_commits').length > 0) faults.push('acts pending')
  const blobs = column(identities, 'SELECT id FROM blobs')
  both('blobs', column(identities, 'SELECT blob_id FROM blob_uses'), blobs)
  const folder = join(dir, 'attachments')
  // A vault of an earlier program may have none.
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : []
  const stored = files.filter((name) => name.includes('.')).map((name) => basename(name, '.age'))
  both('files of attachments', blobs, stored)
  if (column(identities, 'SELECT 1 FROM unsettled_blobs').length > 0) faults.push('files not settled')
  const strange = readdirSync(dir).filter((name) => !known.test(name))
  if (strange.length > 0) faults.push(`left in the folder: ${strange.join(', ')}`)
  return faults
}

// A temporary of vault.json may stay until the next change of vault.json: it holds what vault.json holds.
const known =
  /^(?:vault\.json(?:\.[0-9a-f-]{36}\.tmp)?|(?:records|identities)\.db(?:-journal)?|attachments|before-migration|lease\.(?:lock|lock-journal|json))$/u

/** Everything that is wrong with an open vault, by its own verifier and by ours; nothing when it is sound. */
export async function faultsOf(session: VaultSession): Promise<string[]> {
  const { findings } = await callVault(session, 'vault.verify', {})
  return [...findings.map(({ code, where, detail }) => `${code} ${where} ${detail}`), ...halfDone(session)]
}
