// What every plain table has whose rows the log vouches for: written by name, read page by page for the verifier.
import type { Db } from '../driver.ts'
import { insertSql, updateSql } from './rows.ts'

/** The tables of this kind: their names and columns are the only parts of a statement that are put together. */
export type VouchedTable =
  | 'case_changes'
  | 'complaint_links'
  | 'transaction_links'
  | 'customer_merges'
  | 'customer_relations'
  | 'customer_facts'
  | 'handovers'
  | 'settings'
  | 'views'
  | 'bulk_acts'
  | 'attachments'
  | 'letters'
  | 'letter_templates'

export function vouchedRepository<Row extends { seq: number }>(
  db: Db,
  table: VouchedTable,
  columns: readonly (keyof Row & string)[],
) {
  const insert = db.prepare(insertSql(table, columns))
  const update = db.prepare(updateSql(table, columns))
  const remove = db.prepare(`DELETE FROM ${table} WHERE seq = ?`)
  const bySeq = db.prepare<[number], Row>(`SELECT * FROM ${table} WHERE seq = ?`)
  const after = db.prepare<[number, number], Row>(`SELECT * FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ?`)
  return {
    /** Answers the new row's number. */
    add: (row: Omit<Row, 'seq'>): number => Number(insert.run(row).lastInsertRowid),
    update: (row: Row): void => {
      update.run(row)
    },
    remove: (seq: number): void => {
      remove.run(seq)
    },
    findRow: (seq: number): Row | undefined => bySeq.get(seq),
    pageAfter: (seq: number, limit: number): Row[] => after.all(seq, limit),
  }
}
