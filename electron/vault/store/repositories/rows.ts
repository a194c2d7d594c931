// Database rows as SQLite holds them. Repositories turn them into domain objects; digests are taken over these.
import { z } from 'zod'

export interface CustomerRow {
  seq: number
  id: string
  customer_no: string
  name: string
  resident_id: string
  mobile: string
  landline: string
  email: string
  address: string
  bank_card: string
  birth_date: string
  passport: string
  registered_on: string
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

export interface ComplaintRow {
  seq: number
  id: string
  complaint_no: string
  customer_id: string | null
  customer_no: string
  customer_name: string
  customer_mobile: string
  received_at: string
  channel: string
  category: string
  subcategory: string
  issue: string
  sub_issue: string
  status: string
  handler: string
  amount: string
  closed_at: string
  narrative: string
  outcome: string
  unreviewed: number
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

export interface EventRow {
  seq: number
  complaint_id: string
  at: string
  user: string
  kind: string
  from_status: string | null
  to_status: string | null
  text: string
  identity_version: string
  identity_digest: string
}

export const customerColumns = [
  'id',
  'customer_no',
  'name',
  'resident_id',
  'mobile',
  'landline',
  'email',
  'address',
  'bank_card',
  'birth_date',
  'passport',
  'registered_on',
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
] as const satisfies readonly (keyof CustomerRow)[]

export const complaintColumns = [
  'id',
  'complaint_no',
  'customer_id',
  'customer_no',
  'customer_name',
  'customer_mobile',
  'received_at',
  'channel',
  'category',
  'subcategory',
  'issue',
  'sub_issue',
  'status',
  'handler',
  'amount',
  'closed_at',
  'narrative',
  'outcome',
  'unreviewed',
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
] as const satisfies readonly (keyof ComplaintRow)[]

export const eventColumns = [
  'complaint_id',
  'at',
  'user',
  'kind',
  'from_status',
  'to_status',
  'text',
  'identity_version',
  'identity_digest',
] as const satisfies readonly (keyof EventRow)[]

/** `INSERT` of all named columns, bound by name. */
export function insertSql(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`
}

/** `UPDATE` of all named columns by `seq`, bound by name. */
export function updateSql(table: string, columns: readonly string[]): string {
  return `UPDATE ${table} SET ${columns.map((column) => `${column} = @${column}`).join(', ')} WHERE seq = @seq`
}

/** The rows of batches that are not (or no longer) live are invisible; the inner list is nearly always empty. */
export const liveRows = `batch_no NOT IN (SELECT no FROM batches WHERE state <> 'live')`

/** How many rows are visible: all but the few of batches that aren't live, since counting with a condition reads every row. */
export function liveCountSql(table: 'customers' | 'complaints' | 'transactions'): string {
  return `SELECT (SELECT count(*) FROM ${table}) - (SELECT count(*) FROM ${table} WHERE batch_no IN
    (SELECT no FROM batches WHERE state <> 'live')) AS n`
}

/** JSON of a column as an unknown value: the domain's schema says what it must be. */
/** Extra columns as a row holds them: names, and values of those that everybody may see. */
export function extraColumnsOf(text: string): {
  extraColumns: string[]
  extraValues: Record<string, string>
} {
  const items = extraSchema.parse(JSON.parse(text))
  return {
    extraColumns: items.map((item) => (typeof item === 'string' ? item : item[0])),
    extraValues: Object.fromEntries(items.filter((item) => typeof item !== 'string')),
  }
}

const extraSchema = z.array(z.union([z.string(), z.tuple([z.string(), z.string()])]))

/** Every extra column of a table: how many records have it, and how many of them show its value. */
export function columnsSql(table: string): string {
  return `SELECT CASE e.type WHEN 'array' THEN e.value ->> 0 ELSE e.value END AS column, count(*) AS count,
    sum(e.type = 'array') AS shown FROM ${table} r, json_each(r.extra_columns) e
    WHERE r.extra_columns <> '[]' AND r.${liveRows} GROUP BY 1 ORDER BY 2 DESC, 1`
}

export interface ColumnCount {
  column: string
  count: number
  shown: number
}

export function jsonColumn(text: string): unknown {
  return JSON.parse(text)
}
