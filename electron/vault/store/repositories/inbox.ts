// What waits for the identities key: originals of texts whose redacted form is in records already.
import { z } from 'zod'
import type { Db } from '../driver.ts'

/** `note`: the subject is the number of its line of history; `complaint`: the complaint's id. */
const kindSchema = z.enum(['note', 'complaint'])
export type InboxKind = z.infer<typeof kindSchema>

export interface InboxRow {
  seq: number
  id: string
  kind: string
  subject: string
  at: string
  user: string
  /** Armored age file to the inbox recipient. */
  sealed: string
}

export interface InboxItem extends Omit<InboxRow, 'kind'> {
  kind: InboxKind
}

export function inboxRepository(db: Db) {
  const insert = db.prepare(
    'INSERT INTO inbox (id, kind, subject, at, user, sealed) VALUES (@id, @kind, @subject, @at, @user, @sealed)',
  )
  const after = db.prepare<[number, number], InboxRow>(
    'SELECT * FROM inbox WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  const remove = db.prepare('DELETE FROM inbox WHERE seq = ?')
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM inbox')
  return {
    add: (row: Omit<InboxItem, 'seq'>): number => Number(insert.run(row).lastInsertRowid),
    /** As the database holds them, for digests. */
    pageAfter: (seq: number, limit: number): InboxRow[] => after.all(seq, limit),
    list: (afterSeq: number, limit: number): InboxItem[] =>
      after.all(afterSeq, limit).map((row) => ({ ...row, kind: kindSchema.parse(row.kind) })),
    remove: (seq: number): void => {
      remove.run(seq)
    },
    count: (): number => total.get()?.n ?? 0,
  }
}
