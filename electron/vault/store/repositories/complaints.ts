// Redacted complaints in records, newest first.
import { type Complaint, complaintSchema, type ComplaintSort } from '../../../../shared/types/complaint.ts'
import type { Db } from '../driver.ts'
import {
  bindingsOf,
  type ComplaintFilter,
  countSql,
  noFrame,
  type Phase,
  phasesOf,
  type QueueFrame,
  whereOf,
} from './complaint-filter.ts'
import {
  complaintColumns,
  type ComplaintRow,
  insertSql,
  type ColumnCount,
  columnsSql,
  extraColumnsOf,
  jsonColumn,
  liveCountSql,
  liveRows,
  updateSql,
} from './rows.ts'

export type NewComplaintRow = Omit<ComplaintRow, 'seq'>

interface JoinedRow extends ComplaintRow {
  batch_id: string | null
  file_name: string | null
  assignee: string | null
  assignee_name: string | null
  severity: string | null
  due_at: string | null
  due_clock: string | null
}

function toComplaint(row: JoinedRow): Complaint {
  return complaintSchema.parse({
    id: row.id,
    complaintNo: row.complaint_no,
    customerId: row.customer_id,
    customerNo: row.customer_no,
    customerName: row.customer_name,
    customerMobile: row.customer_mobile,
    receivedAt: row.received_at,
    channel: row.channel,
    category: row.category,
    subcategory: row.subcategory,
    issue: row.issue,
    subIssue: row.sub_issue,
    status: row.status,
    handler: row.handler,
    amount: row.amount,
    closedAt: row.closed_at,
    narrative: row.narrative,
    outcome: row.outcome,
    unreviewed: row.unreviewed === 1,
    ...extraColumnsOf(row.extra_columns),
    warnings: jsonColumn(row.warnings),
    duplicate: row.duplicate === 1,
    source:
      row.batch_id === null
        ? null
        : { batchId: row.batch_id, fileName: row.file_name ?? '', row: row.batch_row },
    assignee:
      row.assignee === null || row.assignee === ''
        ? null
        : { id: row.assignee, name: row.assignee_name ?? '' },
    severity: row.severity === '' ? null : row.severity,
    due: row.due_at === null ? null : { clock: row.due_clock, at: row.due_at },
    revision: row.revision,
    updatedAt: row.updated_at,
  })
}

export interface ComplaintPage extends ComplaintFilter {
  limit: number
  after?: { receivedAt: string; seq: number } | undefined
  offset?: number | undefined
  sort?: ComplaintSort | undefined
}

const columnsJoined = `c.*, b.id AS batch_id, b.file_name, k.assignee, p.name AS assignee_name, k.severity,
  d.due_at, d.clock AS due_clock`
const joins = `LEFT JOIN batches b ON b.no = c.batch_no LEFT JOIN cases k ON k.seq = c.seq
  LEFT JOIN people p ON p.id = k.assignee LEFT JOIN case_due d ON d.seq = c.seq`
const selectJoined = `SELECT ${columnsJoined} FROM complaints c ${joins}`

type Bindings = Record<string, string | number>

/** Rows of one stretch of a sorted list. */
function phaseRows(db: Db, query: ComplaintPage, phase: Phase, bindings: Bindings): JoinedRow[] {
  const conditions = whereOf(query, phase)
  return db
    .prepare<[Bindings], JoinedRow>(
      `SELECT ${columnsJoined} FROM ${phase.from} ${joins} WHERE ${conditions} ORDER BY ${phase.order} LIMIT @limit OFFSET @offset`,
    )
    .all(bindings)
}

function phaseCount(db: Db, query: ComplaintPage, phase: Phase, bindings: Bindings): number {
  const counted = db
    .prepare<[Bindings], { n: number }>(
      `SELECT count(*) AS n FROM ${phase.from} WHERE ${whereOf(query, phase)}`,
    )
    .get(bindings)
  return counted?.n ?? 0
}

/** A page of a list that consists of several stretches. */
function pageOfPhases(db: Db, query: ComplaintPage, bindings: Bindings): JoinedRow[] {
  const rows: JoinedRow[] = []
  let { offset = 0 } = query
  for (const phase of phasesOf(query.sort ?? 'received', query)) {
    const limit = query.limit - rows.length
    const some = phaseRows(db, query, phase, { ...bindings, limit, offset })
    rows.push(...some)
    if (rows.length === query.limit) break
    offset = some.length > 0 || offset === 0 ? 0 : offset - phaseCount(db, query, phase, bindings)
  }
  return rows
}

export function complaintsRepository(db: Db) {
  const insert = db.prepare(insertSql('complaints', complaintColumns))
  const update = db.prepare(updateSql('complaints', complaintColumns))
  const rowById = db.prepare<[string], ComplaintRow>(`SELECT * FROM complaints WHERE id = ? AND ${liveRows}`)
  const joinedById = db.prepare<[string], JoinedRow>(`${selectJoined} WHERE c.id = ? AND c.${liveRows}`)
  const hasNumber = db.prepare<[string], { seq: number }>(
    `SELECT seq FROM complaints WHERE complaint_no = ? LIMIT 1`,
  )
  const countAll = db.prepare<[], { n: number }>(liveCountSql('complaints'))
  const byStatus = db.prepare<[], { status: string; n: number }>(
    `SELECT status, count(*) AS n FROM complaints WHERE ${liveRows} GROUP BY status`,
  )
  const byCategory = db.prepare<[], { category: string; n: number }>(
    `SELECT category, count(*) AS n FROM complaints WHERE ${liveRows} GROUP BY category ORDER BY n DESC, category LIMIT 200`,
  )
  const categories = db.prepare<[number, number], { seq: number; category: string; subcategory: string }>(
    `SELECT seq, category, subcategory FROM complaints WHERE seq > ? AND ${liveRows} ORDER BY seq LIMIT ?`,
  )
  const idsBySeq = db.prepare<[string], { id: string }>(
    `SELECT id FROM complaints WHERE seq IN (SELECT value FROM json_each(?))`,
  )
  const numbered = db.prepare<[{ from: string; until: string; limit: number }], JoinedRow>(
    `${selectJoined} WHERE c.complaint_no >= @from AND c.complaint_no < @until AND c.${liveRows}
     ORDER BY c.complaint_no LIMIT @limit`,
  )
  const idsOfCustomers = db.prepare<[string, number], { id: string }>(
    'SELECT id FROM complaints WHERE customer_id IN (SELECT value FROM json_each(?)) LIMIT ?',
  )
  const linkable = db.prepare<[number], ComplaintRow & { found_id: string }>(
    `SELECT c.*, k.id AS found_id FROM complaints c JOIN customers k ON k.customer_no = c.customer_no
     WHERE k.batch_no = ? AND k.customer_no NOT IN ('', '***') AND c.customer_id IS NULL AND c.${liveRows}
     GROUP BY c.seq HAVING min(k.seq)`,
  )
  const unlinkedOf = db.prepare<[string], ComplaintRow>(
    `SELECT * FROM complaints WHERE customer_no = ? AND customer_id IS NULL AND ${liveRows}`,
  )
  const ofCustomer = db.prepare<[string], ComplaintRow>(
    `SELECT * FROM complaints WHERE customer_id = ? AND ${liveRows} ORDER BY seq`,
  )
  const linkedToBatch = db.prepare<[number], ComplaintRow>(
    `SELECT * FROM complaints WHERE customer_id IN (SELECT id FROM customers WHERE batch_no = ?) AND ${liveRows}`,
  )
  const ofBatch = db.prepare<[number, number], { seq: number; id: string }>(
    'SELECT seq, id FROM complaints WHERE batch_no = ? LIMIT ?',
  )
  const editedOfBatch = db.prepare<[number], { n: number }>(
    'SELECT count(*) AS n FROM complaints WHERE batch_no = ? AND hand_edited = 1',
  )
  const removeSeq = db.prepare('DELETE FROM complaints WHERE seq = ?')
  const removeDue = db.prepare('DELETE FROM case_due WHERE seq = ?')
  const removeKept = db.prepare('DELETE FROM case_kept WHERE seq = ?')
  const after = db.prepare<[number, number], ComplaintRow>(
    'SELECT * FROM complaints WHERE seq > ? ORDER BY seq LIMIT ?',
  )

  const listedColumns = db.prepare<[], ColumnCount>(columnsSql('complaints'))
  return {
    /** Extra columns of all records, those that most have first. */
    listColumns: (): ColumnCount[] => listedColumns.all(),
    add: (row: NewComplaintRow): number => Number(insert.run(row).lastInsertRowid),
    update: (row: ComplaintRow): void => {
      update.run(row)
    },
    findRow: (id: string): ComplaintRow | undefined => rowById.get(id),
    find: (id: string): Complaint | undefined => {
      const row = joinedById.get(id)
      return row === undefined ? undefined : toComplaint(row)
    },
    list: (
      query: ComplaintPage,
      frame: QueueFrame = noFrame,
    ): { items: Complaint[]; last: { receivedAt: string; seq: number } | undefined } => {
      const { after: cursor, limit, offset = 0 } = query
      const bindings = bindingsOf(query, frame)
      const keyset = '(c.received_at, c.seq) < (@afterTime, @afterSeq)'
      const rows =
        cursor === undefined
          ? pageOfPhases(db, query, bindings)
          : phasesOf('received', query).flatMap((phase) =>
              phaseRows(
                db,
                query,
                { ...phase, where: [keyset] },
                { ...bindings, afterTime: cursor.receivedAt, afterSeq: cursor.seq, limit, offset },
              ),
            )
      const last = rows.at(-1)
      return {
        items: rows.map(toComplaint),
        last: last === undefined ? undefined : { receivedAt: last.received_at, seq: last.seq },
      }
    },
    count: (filter: ComplaintFilter = {}, frame: QueueFrame = noFrame): number =>
      (Object.values(filter).every((value) => value === undefined) ? countAll.get()?.n : undefined) ??
      db.prepare<[Record<string, string>], { n: number }>(countSql(filter)).get(bindingsOf(filter, frame))
        ?.n ??
      0,
    /** Whether a complaint, also one of a batch not yet visible, has this number. */
    hasNumber: (complaintNo: string): boolean =>
      complaintNo !== '' && hasNumber.get(complaintNo) !== undefined,
    /** Complaints whose number begins like this, as it stands or in capitals. */
    byNumber: (start: string, limit: number): Complaint[] => {
      const starts = [...new Set([start, start.toUpperCase()])]
      const rows = starts.flatMap((from) => numbered.all({ from, until: `${from}\u{10FFFF}`, limit }))
      return rows.slice(0, limit).map(toComplaint)
    },
    countByStatus: (): { status: string; n: number }[] => byStatus.all(),
    categoriesAfter: (seq: number, limit: number) => categories.all(seq, limit),
    countByCategory: (): { category: string; n: number }[] => byCategory.all(),
    idsOfSeqs: (seqs: readonly number[]): string[] => idsBySeq.all(JSON.stringify(seqs)).map((row) => row.id),
    idsOfCustomers: (customerIds: readonly string[], limit: number): string[] =>
      idsOfCustomers.all(JSON.stringify(customerIds), limit).map((row) => row.id),
    /** Complaints without a customer whose number is that of a customer of this batch, and that customer's id. */
    linkableToBatch: (batchNo: number): { row: ComplaintRow; customerId: string }[] =>
      linkable.all(batchNo).map(({ found_id: customerId, ...row }) => ({ row, customerId })),
    /** Complaints without a customer that name this number. */
    unlinkedOf: (customerNo: string): ComplaintRow[] =>
      customerNo === '' || customerNo === '***' ? [] : unlinkedOf.all(customerNo),
    ofCustomer: (customerId: string): ComplaintRow[] => ofCustomer.all(customerId),
    linkedToBatch: (batchNo: number): ComplaintRow[] => linkedToBatch.all(batchNo),
    ofBatch: (batchNo: number, limit: number): { seq: number; id: string }[] => ofBatch.all(batchNo, limit),
    countEdited: (batchNo: number): number => editedOfBatch.get(batchNo)?.n ?? 0,
    remove: (seq: number): void => {
      removeSeq.run(seq)
      removeDue.run(seq)
      removeKept.run(seq)
    },
    pageAfter: (seq: number, limit: number): ComplaintRow[] => after.all(seq, limit),
  }
}
