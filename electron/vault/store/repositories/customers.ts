// Masked customers in records.
import { type Customer, customerSchema } from '../../../../shared/types/customer.ts'
import type { Db } from '../driver.ts'
import {
  customerColumns,
  type CustomerRow,
  insertSql,
  type ColumnCount,
  columnsSql,
  extraColumnsOf,
  jsonColumn,
  liveCountSql,
  liveRows,
  updateSql,
} from './rows.ts'

export type NewCustomerRow = Omit<CustomerRow, 'seq'>

interface JoinedRow extends CustomerRow {
  batch_id: string | null
  file_name: string | null
}

const selectJoined = `SELECT c.*, b.id AS batch_id, b.file_name FROM customers c LEFT JOIN batches b ON b.no = c.batch_no`

function toCustomer(row: JoinedRow): Customer {
  return customerSchema.parse({
    id: row.id,
    customerNo: row.customer_no,
    name: row.name,
    residentId: row.resident_id,
    mobile: row.mobile,
    landline: row.landline,
    email: row.email,
    address: row.address,
    bankCard: row.bank_card,
    birthDate: row.birth_date,
    passport: row.passport,
    registeredOn: row.registered_on,
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

/** A merged customer stands behind the kept one: lists of people's work leave it out, exports and the verifier don't. */
const unmerged = `c.id NOT IN (SELECT merged_id FROM customer_merges WHERE state = 'live')`

export interface CustomerPage {
  limit: number
  afterSeq?: number | undefined
  offset?: number | undefined
  /** Only these customers (from a search). */
  ids?: readonly string[] | undefined
  /** Merged customers too. */
  merged?: boolean
}

export function customersRepository(db: Db) {
  const insert = db.prepare(insertSql('customers', customerColumns))
  const update = db.prepare(updateSql('customers', customerColumns))
  const rowById = db.prepare<[string], CustomerRow>(`SELECT * FROM customers WHERE id = ? AND ${liveRows}`)
  const joinedById = db.prepare<[string], JoinedRow>(`${selectJoined} WHERE c.id = ? AND c.${liveRows}`)
  const pageOfAll = db.prepare<[number, number, number], JoinedRow>(
    `${selectJoined} WHERE c.seq > ? AND c.${liveRows} ORDER BY c.seq LIMIT ? OFFSET ?`,
  )
  const page = db.prepare<[number, number, number], JoinedRow>(
    `${selectJoined} WHERE c.seq > ? AND c.${liveRows} AND ${unmerged} ORDER BY c.seq LIMIT ? OFFSET ?`,
  )
  const pageOfIds = db.prepare<[string, number, number, number], JoinedRow>(
    `${selectJoined} WHERE c.id IN (SELECT value FROM json_each(?)) AND c.seq > ? AND c.${liveRows} AND ${unmerged} ORDER BY c.seq LIMIT ? OFFSET ?`,
  )
  const count = db.prepare<[], { n: number }>(liveCountSql('customers'))
  const countIds = db.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM customers c WHERE c.id IN (SELECT value FROM json_each(?)) AND c.${liveRows} AND ${unmerged}`,
  )
  const countMerged = db.prepare<[], { n: number }>(
    `SELECT count(*) AS n FROM customer_merges WHERE state = 'live'`,
  )
  const idsBySeq = db.prepare<[string], { id: string }>(
    `SELECT id FROM customers WHERE seq IN (SELECT value FROM json_each(?))`,
  )
  const showing = db.prepare<[{ tail: string; limit: number }], { id: string }>(
    `SELECT id FROM customers WHERE substr(mobile, -4) = @tail AND mobile <> '' AND ${liveRows}
     UNION SELECT id FROM customers WHERE substr(bank_card, -4) = @tail AND bank_card <> '' AND ${liveRows} LIMIT @limit`,
  )
  const byNumber = db.prepare<[string], { id: string }>(
    `SELECT id FROM customers WHERE customer_no = ? AND ${liveRows} ORDER BY seq LIMIT 1`,
  )
  const ofBatch = db.prepare<[number, number], { seq: number; id: string }>(
    'SELECT seq, id FROM customers WHERE batch_no = ? LIMIT ?',
  )
  const editedOfBatch = db.prepare<[number], { n: number }>(
    `SELECT count(*) AS n FROM customers WHERE batch_no = ? AND (hand_edited = 1 OR id IN (
       SELECT kept_id FROM customer_merges WHERE state = 'live' UNION SELECT merged_id FROM customer_merges WHERE state = 'live'
       UNION SELECT customer_id FROM customer_relations WHERE state = 'live' AND kind <> 'distinct'
       UNION SELECT other_id FROM customer_relations WHERE state = 'live' AND kind <> 'distinct' UNION SELECT customer_id FROM customer_facts))`,
  )
  const removeSeq = db.prepare('DELETE FROM customers WHERE seq = ?')
  const after = db.prepare<[number, number], CustomerRow>(
    'SELECT * FROM customers WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  const highestNumber = db.prepare<[], { n: number | null }>('SELECT max(seq) AS n FROM customers')

  const listedColumns = db.prepare<[], ColumnCount>(columnsSql('customers'))
  return {
    /** Extra columns of all records, those that most have first. */
    listColumns: (): ColumnCount[] => listedColumns.all(),
    add: (row: NewCustomerRow): number => Number(insert.run(row).lastInsertRowid),
    update: (row: CustomerRow): void => {
      update.run(row)
    },
    findRow: (id: string): CustomerRow | undefined => rowById.get(id),
    find: (id: string): Customer | undefined => {
      const row = joinedById.get(id)
      return row === undefined ? undefined : toCustomer(row)
    },
    list: (query: CustomerPage): { items: Customer[]; lastSeq: number | undefined } => {
      const { limit, afterSeq = 0, offset = 0, ids, merged = false } = query
      const rows =
        ids === undefined
          ? (merged ? pageOfAll : page).all(afterSeq, limit, offset)
          : pageOfIds.all(JSON.stringify(ids), afterSeq, limit, offset)
      return { items: rows.map(toCustomer), lastSeq: rows.at(-1)?.seq }
    },
    /** Every customer, merged or not. */
    count: (): number => count.get()?.n ?? 0,
    /** Those that a list shows. */
    countListed: (ids?: readonly string[]): number =>
      ids === undefined
        ? (count.get()?.n ?? 0) - (countMerged.get()?.n ?? 0)
        : (countIds.get(JSON.stringify(ids))?.n ?? 0),
    idsOfSeqs: (seqs: readonly number[]): string[] => idsBySeq.all(JSON.stringify(seqs)).map((row) => row.id),
    /** Customers whose masked mobile or card shows these four digits at its end: everybody sees them in the list. */
    idsShowing: (tail: string, limit: number): string[] =>
      /^\d{4}$/u.test(tail) ? showing.all({ tail, limit }).map((row) => row.id) : [],
    findIdByNumber: (customerNo: string): string | undefined =>
      customerNo === '' || customerNo === '***' ? undefined : byNumber.get(customerNo)?.id,
    ofBatch: (batchNo: number, limit: number): { seq: number; id: string }[] => ofBatch.all(batchNo, limit),
    countEdited: (batchNo: number): number => editedOfBatch.get(batchNo)?.n ?? 0,
    remove: (seq: number): void => {
      removeSeq.run(seq)
    },
    pageAfter: (seq: number, limit: number): CustomerRow[] => after.all(seq, limit),
    highestSeq: (): number => highestNumber.get()?.n ?? 0,
  }
}
