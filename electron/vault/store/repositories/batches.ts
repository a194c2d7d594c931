// Import batches and what was found in them.
import { z } from 'zod'
import {
  type ImportBatch,
  importBatchSchema,
  type ImportFinding,
  importFindingSchema,
  type RecordKind,
  recordKindSchema,
} from '../../../../shared/types/exchange.ts'
import type { Db } from '../driver.ts'

export const batchCountsSchema = z.strictObject({
  rows: z.number().int(),
  accepted: z.number().int(),
  warned: z.number().int(),
  rejected: z.number().int(),
  duplicates: z.number().int(),
  skipped: z.number().int(),
})
export type BatchCounts = z.infer<typeof batchCountsSchema>

export type BatchState = 'staging' | 'live' | 'undone'

export interface BatchRow {
  no: number
  id: string
  kind: string
  file_name: string
  sha256: string
  mapping: string
  at: string
  user: string
  state: string
  commit_id: string
  counts: string
}

export interface FindingRow {
  seq: number
  batch_no: number
  row: number
  line: number
  outcome: string
  field: string
  rule: string
}

export interface BatchRef {
  no: number
  id: string
  kind: RecordKind
  state: string
  commitId: string
}

function toRef(row: BatchRow): BatchRef {
  return {
    no: row.no,
    id: row.id,
    kind: recordKindSchema.parse(row.kind),
    state: row.state,
    commitId: row.commit_id,
  }
}

function toBatch(row: BatchRow): ImportBatch {
  return importBatchSchema.parse({
    batchId: row.id,
    kind: row.kind,
    fileName: row.file_name,
    sha256: row.sha256,
    at: row.at,
    user: row.user,
    state: row.state,
    ...batchCountsSchema.parse(JSON.parse(row.counts)),
  })
}

export interface NewBatch {
  id: string
  kind: RecordKind
  fileName: string
  sha256: string
  mapping: string
  at: string
  user: string
  commitId: string
}

export function batchesRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO batches (id, kind, file_name, sha256, mapping, at, user, state, commit_id, counts)
     VALUES (@id, @kind, @fileName, @sha256, @mapping, @at, @user, 'staging', @commitId, '{}')`,
  )
  const setState = db.prepare('UPDATE batches SET state = ? WHERE no = ?')
  const setCounts = db.prepare('UPDATE batches SET counts = ? WHERE no = ?')
  const byId = db.prepare<[string], BatchRow>('SELECT * FROM batches WHERE id = ?')
  const visible = db.prepare<[], BatchRow>(
    `SELECT * FROM batches WHERE state IN ('live', 'undone') ORDER BY no DESC`,
  )
  const unfinished = db.prepare<[], BatchRow>(`SELECT * FROM batches WHERE state <> 'live'`)
  const remove = db.prepare('DELETE FROM batches WHERE no = ?')
  const removeFindings = db.prepare('DELETE FROM batch_findings WHERE batch_no = ?')
  const addFinding = db.prepare(
    `INSERT INTO batch_findings (batch_no, row, line, outcome, field, rule) VALUES (@batchNo, @row, @line, @outcome, @field, @rule)`,
  )
  const shownFindings = `FROM batch_findings WHERE batch_no = @no AND field NOT IN (SELECT value FROM json_each(@without))`
  const findings = db.prepare<
    [{ no: number; without: string; limit: number; offset: number }],
    { row: number; line: number; outcome: string; field: string; rule: string }
  >(`SELECT row, line, outcome, field, rule ${shownFindings} ORDER BY row, seq LIMIT @limit OFFSET @offset`)
  const countFindings = db.prepare<[{ no: number; without: string }], { n: number }>(
    `SELECT count(*) AS n ${shownFindings}`,
  )
  const rows = db.prepare<[number, number], BatchRow & { seq: number }>(
    `SELECT no AS seq, * FROM batches WHERE no > ? ORDER BY no LIMIT ?`,
  )
  const allFindings = db.prepare<[number, number, number], FindingRow>(
    'SELECT * FROM batch_findings WHERE batch_no = ? AND seq > ? ORDER BY seq LIMIT ?',
  )
  return {
    /** As the database holds them, for digests. */
    pageAfter: (no: number, limit: number): (BatchRow & { seq: number })[] => rows.all(no, limit),
    findRow: (no: number): (BatchRow & { seq: number }) | undefined => rows.get(no - 1, 1),
    /** Findings as the database holds them, for their digest. */
    findingRows: (no: number, afterSeq: number, limit: number): FindingRow[] =>
      allFindings.all(no, afterSeq, limit),
    add: (batch: NewBatch): number => Number(insert.run(batch).lastInsertRowid),
    setState: (no: number, state: BatchState): void => {
      setState.run(state, no)
    },
    setCounts: (no: number, counts: BatchCounts): void => {
      setCounts.run(JSON.stringify(counts), no)
    },
    find: (id: string): BatchRef | undefined => {
      const row = byId.get(id)
      return row === undefined ? undefined : toRef(row)
    },
    list: (): ImportBatch[] => visible.all().map(toBatch),
    /** Batches that are not live: left over by a crash, or undone. */
    listNotLive: (): BatchRef[] => unfinished.all().map(toRef),
    /** Forgets a batch that never became visible. */
    remove: (no: number): void => {
      removeFindings.run(no)
      remove.run(no)
    },
    /** Answers the row as the database holds it, for its digest. */
    addFinding: (batchNo: number, finding: ImportFinding): FindingRow => {
      const seq = Number(addFinding.run({ batchNo, ...finding }).lastInsertRowid)
      return { seq, batch_no: batchNo, ...finding }
    },
    /** Every batch, whatever its state. */
    refs: (): BatchRef[] => rows.all(0, -1).map(toRef),
    /** @param without fields whose findings are left out */
    findings: (
      no: number,
      without: ReadonlySet<string>,
      page: { limit: number; offset: number },
    ): ImportFinding[] =>
      findings
        .all({ no, without: JSON.stringify([...without]), ...page })
        .map((row) => importFindingSchema.parse(row)),
    countFindings: (no: number, without: ReadonlySet<string>): number =>
      countFindings.get({ no, without: JSON.stringify([...without]) })?.n ?? 0,
  }
}
