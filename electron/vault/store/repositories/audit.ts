// The log's table, the leaves of changed rows, and checkpoints.
import { type AuditEntry, auditEntrySchema } from '../../../../shared/types/exchange.ts'
import type { Db } from '../driver.ts'
import { jsonColumn } from './rows.ts'

export interface AuditRow {
  idx: number
  at: string
  person_id: string
  user: string
  action: string
  subject: string
  detail: string
  leaf_set: number
  leaf_count: number
  leaf_root: string
  leaf_hash: Buffer
}

export interface LeafRow {
  seq: number
  leaf_set: number
  kind: number
  row_seq: number
  digest: Buffer
}

export function toEntry(row: AuditRow): AuditEntry {
  return auditEntrySchema.parse({
    index: row.idx,
    at: row.at,
    user: row.user,
    action: row.action,
    subject: row.subject,
    detail: jsonColumn(row.detail),
  })
}

export function auditRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO audit_entries (idx, at, person_id, user, action, subject, detail, leaf_set, leaf_count, leaf_root, leaf_hash)
     VALUES (@idx, @at, @person_id, @user, @action, @subject, @detail, @leaf_set, @leaf_count, @leaf_root, @leaf_hash)`,
  )
  const insertLeaf = db.prepare(
    'INSERT INTO row_leaves (leaf_set, kind, row_seq, digest) VALUES (?, ?, ?, ?)',
  )
  const newest = db.prepare<[number, number], AuditRow>(
    'SELECT * FROM audit_entries WHERE idx < ? ORDER BY idx DESC LIMIT ?',
  )
  const newestOf = db.prepare<[string, number, number], AuditRow>(
    'SELECT * FROM audit_entries WHERE action = ? AND idx < ? ORDER BY idx DESC LIMIT ?',
  )
  const from = db.prepare<[number, number], AuditRow>(
    'SELECT * FROM audit_entries WHERE idx >= ? ORDER BY idx LIMIT ?',
  )
  const count = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM audit_entries')
  const last = db.prepare<[], { idx: number }>('SELECT idx FROM audit_entries ORDER BY idx DESC LIMIT 1')
  const leavesOf = db.prepare<[number, number, number], LeafRow>(
    'SELECT * FROM row_leaves WHERE leaf_set = ? AND seq > ? ORDER BY seq LIMIT ?',
  )
  const ofActions = db.prepare<[string], AuditRow>(
    'SELECT * FROM audit_entries WHERE action IN (SELECT value FROM json_each(?)) ORDER BY idx',
  )
  const latestLeaf = db.prepare<[number, number], LeafRow>(
    'SELECT * FROM row_leaves WHERE kind = ? AND row_seq = ? ORDER BY seq DESC LIMIT 1',
  )
  const latestLeaves = db.prepare<[number, number, number], LeafRow>(
    `SELECT l.* FROM row_leaves l
     JOIN (SELECT max(seq) AS seq FROM row_leaves WHERE kind = ? AND row_seq > ? GROUP BY row_seq ORDER BY row_seq LIMIT ?) latest
       ON latest.seq = l.seq ORDER BY l.row_seq`,
  )
  const leavesOfRows = db.prepare<[number, number, number], LeafRow>(
    'SELECT * FROM row_leaves WHERE kind = ? AND row_seq > ? AND row_seq <= ? ORDER BY row_seq, seq',
  )
  const changedLater = db.prepare<[number, number], { seq: number }>(
    `SELECT DISTINCT later.row_seq AS seq FROM row_leaves own
     JOIN row_leaves later ON later.kind = own.kind AND later.row_seq = own.row_seq AND later.seq > own.seq
     WHERE own.leaf_set = ? AND own.kind = ?`,
  )
  const leafSets = db.prepare<[number], { leaf_set: number; idx: number }>(
    'SELECT leaf_set, idx FROM audit_entries WHERE idx >= ? AND leaf_count > 0 ORDER BY idx',
  )
  const removeSet = db.prepare('DELETE FROM row_leaves WHERE leaf_set = ?')
  const addCheckpoint = db.prepare('INSERT INTO checkpoints (at, size, note) VALUES (?, ?, ?)')
  const checkpoints = db.prepare<[], { at: string; size: number; note: string }>(
    'SELECT at, size, note FROM checkpoints ORDER BY seq',
  )
  const lastCheckpoint = db.prepare<[], { at: string; size: number; note: string }>(
    'SELECT at, size, note FROM checkpoints ORDER BY seq DESC LIMIT 1',
  )
  const top = Number.MAX_SAFE_INTEGER
  return {
    add: (row: AuditRow): void => {
      insert.run(row)
    },
    addLeaf: (leafSet: number, kind: number, rowSeq: number, digest: Buffer): void => {
      insertLeaf.run(leafSet, kind, rowSeq, digest)
    },
    removeLeafSet: (leafSet: number): void => {
      removeSet.run(leafSet)
    },
    listNewest: (limit: number, before = top, action?: string): AuditEntry[] =>
      (action === undefined ? newest.all(before, limit) : newestOf.all(action, before, limit)).map(toEntry),
    pageFrom: (index: number, limit: number): AuditRow[] => from.all(index, limit),
    /** Entries of these actions, oldest first. Reads the whole log: ask once for all that are needed. */
    ofActions: (...actions: string[]): AuditEntry[] => ofActions.all(JSON.stringify(actions)).map(toEntry),
    /** How many entries there are. Reads the whole log, and so finds fewer than {@link size} where some were taken out. */
    count: (): number => count.get()?.n ?? 0,
    /** How many entries the log has by the number of its last one. At once, however long it is. */
    size: (): number => (last.get()?.idx ?? -1) + 1,
    leavesOf: (leafSet: number, afterSeq: number, limit: number): LeafRow[] =>
      leavesOf.all(leafSet, afterSeq, limit),
    findLatestLeaf: (kind: number, rowSeq: number): LeafRow | undefined => latestLeaf.get(kind, rowSeq),
    /** The latest leaf of each row of a kind, by row, after a row. */
    latestLeaves: (kind: number, afterRowSeq: number, limit: number): LeafRow[] =>
      latestLeaves.all(kind, afterRowSeq, limit),
    /** Every leaf of the rows behind `afterRowSeq` up to `lastRowSeq`, by row, oldest first. */
    leavesOfRows: (kind: number, afterRowSeq: number, lastRowSeq: number): LeafRow[] =>
      leavesOfRows.all(kind, afterRowSeq, lastRowSeq),
    /** Rows of a leaf set that have left another leaf since. */
    changedSince: (leafSet: number, kind: number): number[] =>
      changedLater.all(leafSet, kind).map((row) => row.seq),
    /** Which entry vouches for which leaf set, of the entries from an index on, oldest first. */
    entriesOfLeafSets: (from: number): { leaf_set: number; idx: number }[] => leafSets.all(from),
    addCheckpoint: (at: string, size: number, note: string): void => {
      addCheckpoint.run(at, size, note)
    },
    listCheckpoints: (): { at: string; size: number; note: string }[] => checkpoints.all(),
    findLastCheckpoint: (): { at: string; size: number; note: string } | undefined => lastCheckpoint.get(),
  }
}
export type AuditRepository = ReturnType<typeof auditRepository>
