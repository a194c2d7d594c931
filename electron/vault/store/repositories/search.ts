// Full-text search. Both compartments have the same two tables; only identities holds clear text in them.
import type { Db } from '../driver.ts'
import type { SearchText } from './versions.ts'

export type SearchKind = 'customer' | 'complaint'

const tables: Readonly<Record<SearchKind, string>> = {
  customer: 'customer_search',
  complaint: 'complaint_search',
}

export function searchRepository(db: Db, kind: SearchKind) {
  const table = tables[kind]
  const add = db.prepare(`INSERT INTO ${table} (rowid, name, nums, body) VALUES (?, ?, ?, ?)`)
  const remove = db.prepare(`DELETE FROM ${table} WHERE rowid = ?`)
  const match = db.prepare<[string, number], { rowid: number }>(
    `SELECT rowid FROM ${table} WHERE ${table} MATCH ? LIMIT ?`,
  )
  return {
    add: (rowid: number, text: SearchText): void => {
      add.run(rowid, text.name, text.nums, text.body)
    },
    remove: (rowid: number): void => {
      remove.run(rowid)
    },
    /** Row ids that match an FTS5 expression (from domain/search-tokens, which quotes everything a person typed). */
    match: (expression: string, limit: number): number[] =>
      match.all(expression, limit).map((row) => row.rowid),
  }
}
