// Masked transactions in records, newest first, and what people say about which belongs to which case.
import {
  type StoredTransaction,
  storedTransactionSchema,
  type TransactionKind,
  transactionKindSchema,
} from '../../../../shared/types/transaction.ts'
import type { Db } from '../driver.ts'
import {
  type ColumnCount,
  columnsSql,
  extraColumnsOf,
  insertSql,
  jsonColumn,
  liveCountSql,
  liveRows,
  updateSql,
} from './rows.ts'
import { vouchedRepository } from './vouched.ts'

export interface TransactionRow {
  seq: number
  id: string
  transaction_no: string
  kind: string
  customer_id: string | null
  customer_no: string
  complaint_no: string
  date: string
  amount: string
  currency: string
  status: string
  description: string
  extra_columns: string
  warnings: string
  duplicate: number
  batch_no: number
  batch_row: number
  revision: number
  hand_edited: number
  updated_at: string
  identity_version: string
  identity_digest: string
}

export interface TransactionLinkRow {
  seq: number
  transaction_id: string
  complaint_id: string
  state: string
  at: string
  user: string
}

const columns = [
  'id',
  'transaction_no',
  'kind',
  'customer_id',
  'customer_no',
  'complaint_no',
  'date',
  'amount',
  'currency',
  'status',
  'description',
  'extra_columns',
  'warnings',
  'duplicate',
  'batch_no',
  'batch_row',
  'revision',
  'hand_edited',
  'updated_at',
  'identity_version',
  'identity_digest',
] as const satisfies readonly (keyof TransactionRow)[]

interface JoinedRow extends TransactionRow {
  batch_id: string | null
  file_name: string | null
}

function toTransaction(row: JoinedRow): StoredTransaction {
  return storedTransactionSchema.parse({
    id: row.id,
    transactionNo: row.transaction_no,
    kind: row.kind,
    customerId: row.customer_id,
    customerNo: row.customer_no,
    complaintNo: row.complaint_no,
    date: row.date,
    amount: row.amount,
    currency: row.currency,
    status: row.status,
    description: row.description,
    ...extraColumnsOf(row.extra_columns),
    warnings: jsonColumn(row.warnings),
    duplicate: row.duplicate === 1,
    source:
      row.batch_id === null
        ? null
        : { batchId: row.batch_id, fileName: row.file_name ?? '', row: row.batch_row },
    revision: row.revision,
    updatedAt: row.updated_at,
  })
}

export interface TransactionFilter {
  customerIds?: readonly string[] | undefined
  /** The case, with the number under which files name it. */
  complaint?: { id: string; no: string } | undefined
  kind?: TransactionKind | undefined
  /** Beginning of a number, as records show it. */
  number?: string | undefined
}

export interface TransactionPage extends TransactionFilter {
  limit: number
  after?: { date: string; seq: number } | undefined
  offset?: number | undefined
  /** In the order in which they came in, newest first, with dates playing no part: not even that of `after`. */
  byEntry?: boolean | undefined
}

const selectJoined = `SELECT t.*, b.id AS batch_id, b.file_name FROM transactions t LEFT JOIN batches b ON b.no = t.batch_no`

const linkedByHand = `t.id IN
  (SELECT transaction_id FROM transaction_links WHERE complaint_id = @complaintId AND state = 'linked')`

/** What a person has said of a case counts before the number that a file names. */
const ofCase = `(${linkedByHand} OR (t.complaint_no = @complaintNo AND t.id NOT IN
  (SELECT transaction_id FROM transaction_links WHERE complaint_id = @complaintId AND state = 'none')))`

/** Whether files can name a case by this number: one that is hidden, or none, is that of many. */
export function namesCase(complaintNo: string): boolean {
  return complaintNo !== '' && complaintNo !== '***'
}

/** WHERE clause of a filter: only fixed fragments, every value bound by name. */
function whereOf(filter: TransactionFilter): string {
  return [
    `t.${liveRows}`,
    ...(filter.customerIds === undefined
      ? []
      : ['t.customer_id IN (SELECT value FROM json_each(@customerIds))']),
    ...(filter.complaint === undefined ? [] : [namesCase(filter.complaint.no) ? ofCase : linkedByHand]),
    ...(filter.kind === undefined ? [] : ['t.kind = @kind']),
    ...(filter.number === undefined
      ? []
      : ['t.transaction_no >= @number', `t.transaction_no < @number || char(1114111)`]),
  ].join(' AND ')
}

function bindingsOf(filter: TransactionFilter): Record<string, string> {
  const { customerIds, complaint, kind, number } = filter
  return {
    ...(customerIds === undefined ? {} : { customerIds: JSON.stringify(customerIds) }),
    ...(complaint === undefined ? {} : { complaintId: complaint.id }),
    ...(complaint !== undefined && namesCase(complaint.no) ? { complaintNo: complaint.no } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(number === undefined ? {} : { number }),
  }
}

export function transactionsRepository(db: Db) {
  const insert = db.prepare(insertSql('transactions', columns))
  const update = db.prepare(updateSql('transactions', columns))
  const rowById = db.prepare<[string], TransactionRow>(
    `SELECT * FROM transactions WHERE id = ? AND ${liveRows}`,
  )
  const joinedById = db.prepare<[string], JoinedRow>(`${selectJoined} WHERE t.id = ? AND t.${liveRows}`)
  const hasNumber = db.prepare<[string, string], { seq: number }>(
    'SELECT seq FROM transactions WHERE transaction_no = ? AND kind = ? LIMIT 1',
  )
  const countAll = db.prepare<[], { n: number }>(liveCountSql('transactions'))
  const unlinkedOf = db.prepare<[string], TransactionRow>(
    `SELECT * FROM transactions WHERE customer_no = ? AND customer_id IS NULL AND ${liveRows}`,
  )
  const linkable = db.prepare<[number], TransactionRow & { found_id: string }>(
    `SELECT t.*, k.id AS found_id FROM transactions t JOIN customers k ON k.customer_no = t.customer_no
     WHERE k.batch_no = ? AND k.customer_no NOT IN ('', '***') AND t.customer_id IS NULL AND t.${liveRows}
     GROUP BY t.seq HAVING min(k.seq)`,
  )
  const ofCustomer = db.prepare<[string], TransactionRow>(
    `SELECT * FROM transactions WHERE customer_id = ? AND ${liveRows} ORDER BY seq`,
  )
  const linkedToBatch = db.prepare<[number], TransactionRow>(
    `SELECT * FROM transactions WHERE customer_id IN (SELECT id FROM customers WHERE batch_no = ?) AND ${liveRows}`,
  )
  const ofBatch = db.prepare<[number, number], { seq: number; id: string }>(
    'SELECT seq, id FROM transactions WHERE batch_no = ? LIMIT ?',
  )
  const editedOfBatch = db.prepare<[number], { n: number }>(
    'SELECT count(*) AS n FROM transactions WHERE batch_no = ? AND hand_edited = 1',
  )
  const removeSeq = db.prepare('DELETE FROM transactions WHERE seq = ?')
  const after = db.prepare<[number, number], TransactionRow>(
    'SELECT * FROM transactions WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  const listedColumns = db.prepare<[], ColumnCount>(columnsSql('transactions'))
  return {
    /** Extra columns of all records, those that most have first. */
    listColumns: (): ColumnCount[] => listedColumns.all(),
    add: (row: Omit<TransactionRow, 'seq'>): number => Number(insert.run(row).lastInsertRowid),
    update: (row: TransactionRow): void => {
      update.run(row)
    },
    findRow: (id: string): TransactionRow | undefined => rowById.get(id),
    find: (id: string): StoredTransaction | undefined => {
      const row = joinedById.get(id)
      return row === undefined ? undefined : toTransaction(row)
    },
    list: (
      query: TransactionPage,
    ): { items: StoredTransaction[]; last: { date: string; seq: number } | undefined } => {
      const { after: cursor, limit, offset = 0, byEntry = false } = query
      const until = byEntry ? 'AND t.seq < @afterSeq' : 'AND (t.date, t.seq) < (@afterDate, @afterSeq)'
      const keyset = cursor === undefined ? '' : until
      const order = byEntry ? 't.seq DESC' : 't.date DESC, t.seq DESC'
      const rows = db
        .prepare<[Record<string, string | number>], JoinedRow>(
          `${selectJoined} WHERE ${whereOf(query)} ${keyset} ORDER BY ${order} LIMIT @limit OFFSET @offset`,
        )
        .all({
          ...bindingsOf(query),
          ...(cursor === undefined ? {} : { afterSeq: cursor.seq }),
          ...(cursor === undefined || byEntry ? {} : { afterDate: cursor.date }),
          limit,
          offset,
        })
      const last = rows.at(-1)
      return {
        items: rows.map(toTransaction),
        last: last === undefined ? undefined : { date: last.date, seq: last.seq },
      }
    },
    count: (filter: TransactionFilter = {}): number =>
      (Object.values(filter).every((value) => value === undefined) ? countAll.get()?.n : undefined) ??
      db
        .prepare<[Record<string, string>], { n: number }>(
          `SELECT count(*) AS n FROM transactions t WHERE ${whereOf(filter)}`,
        )
        .get(bindingsOf(filter))?.n ??
      0,
    /** Kind, currency and amount of each transaction: to be added up exactly, which SQLite can't. */
    amounts: (filter: TransactionFilter): { kind: TransactionKind; currency: string; amount: string }[] =>
      db
        .prepare<[Record<string, string>], { kind: string; currency: string; amount: string }>(
          `SELECT t.kind, t.currency, t.amount FROM transactions t WHERE ${whereOf(filter)}`,
        )
        .all(bindingsOf(filter))
        .map((row) => ({ ...row, kind: transactionKindSchema.parse(row.kind) })),
    /** Whether a transaction of this kind, also one of a batch not yet visible, has this number. */
    hasNumber: (transactionNo: string, kind: string): boolean =>
      transactionNo !== '' && transactionNo !== '***' && hasNumber.get(transactionNo, kind) !== undefined,
    /** Transactions without a customer that name this number. */
    unlinkedOf: (customerNo: string): TransactionRow[] =>
      customerNo === '' || customerNo === '***' ? [] : unlinkedOf.all(customerNo),
    /** Transactions without a customer whose number is that of a customer of this batch, and that customer's id. */
    linkableToBatch: (batchNo: number): { row: TransactionRow; customerId: string }[] =>
      linkable.all(batchNo).map(({ found_id: customerId, ...row }) => ({ row, customerId })),
    ofCustomer: (customerId: string): TransactionRow[] => ofCustomer.all(customerId),
    linkedToBatch: (batchNo: number): TransactionRow[] => linkedToBatch.all(batchNo),
    ofBatch: (batchNo: number, limit: number): { seq: number; id: string }[] => ofBatch.all(batchNo, limit),
    countEdited: (batchNo: number): number => editedOfBatch.get(batchNo)?.n ?? 0,
    remove: (seq: number): void => {
      removeSeq.run(seq)
    },
    pageAfter: (seq: number, limit: number): TransactionRow[] => after.all(seq, limit),
  }
}

export function transactionLinksRepository(db: Db) {
  const between = db.prepare<[string, string], TransactionLinkRow>(
    'SELECT * FROM transaction_links WHERE transaction_id = ? AND complaint_id = ?',
  )
  const linkColumns = ['transaction_id', 'complaint_id', 'state', 'at', 'user'] as const
  return {
    ...vouchedRepository<TransactionLinkRow>(db, 'transaction_links', linkColumns),
    findBetween: (transactionId: string, complaintId: string): TransactionLinkRow | undefined =>
      between.get(transactionId, complaintId),
  }
}
