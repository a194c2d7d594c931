// Which column becomes which field: a proposal by the columns' names, and by their values where a name says nothing.
import { complaintFields, type ComplaintField } from '../../../shared/types/complaint.ts'
import { customerFields, type CustomerField } from '../../../shared/types/customer.ts'
import type { RecordKind } from '../../../shared/types/exchange.ts'
import { type TransactionField, transactionFields } from '../../../shared/types/transaction.ts'
import { isOwnExport } from '../formula-guard.ts'
import { cfpbMarks, cfpbPreset, complaintSynonyms, customerSynonyms } from './synonyms.ts'
import { transactionSynonyms } from './synonyms-transactions.ts'

/** Column → field; null keeps the column in `extra`, `drop` leaves it out on purpose (only a person says so). */
export type ColumnMapping = Record<string, string | null>

/** The closed list of fields that a column of this kind may become, without `drop`. */
export const targetFields: Readonly<Record<RecordKind, readonly string[]>> = {
  customers: customerFields,
  complaints: complaintFields,
  transactions: transactionFields,
}

/** Whether a mapping may name this: a field of the kind, or `drop`. */
export function isTargetField(kind: RecordKind, field: string): boolean {
  return field === 'drop' || targetFields[kind].includes(field)
}

/** A header's name for comparison: NFKC, lower case, without spaces, punctuation, symbols and invisible characters. */
export function normalizeHeader(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}\p{C}]/gu, '')
}

interface Place {
  field: string
  /** How specific the name is within its field: smaller is better. */
  rank: number
}

function indexOf(synonyms: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  for (const [field, names] of Object.entries(synonyms)) {
    for (const [rank, name] of names.entries()) {
      const key = normalizeHeader(name)
      if (!places.has(key)) places.set(key, { field, rank })
    }
  }
  return places
}

const synonymIndex: Readonly<Record<RecordKind, ReadonlyMap<string, Place>>> = {
  customers: indexOf(customerSynonyms),
  complaints: indexOf(complaintSynonyms),
  transactions: indexOf(transactionSynonyms),
}

/** `手机号码(必填)` → `手机号码`: what stands in brackets at the end explains the name. */
function withoutNote(name: string): string {
  return name.normalize('NFKC').replace(/\s*[([{【〔<].*$/u, '')
}

function findPlace(kind: RecordKind, column: string): Place | undefined {
  const places = synonymIndex[kind]
  return places.get(normalizeHeader(column)) ?? places.get(normalizeHeader(withoutNote(column)))
}

const cfpbByHeader = new Map(
  Object.entries(cfpbPreset).map(([name, field]) => [normalizeHeader(name), field]),
)

/** Whether these columns are those of the CFPB's complaint download. */
export function isCfpb(columns: readonly string[]): boolean {
  const present = new Set(columns.map(normalizeHeader))
  return cfpbMarks.every((mark) => present.has(normalizeHeader(mark)))
}

/** Which kind of record the columns speak of; `customers` when they speak of neither or of both alike. */
export function guessKind(columns: readonly string[]): RecordKind {
  if (isCfpb(columns)) return 'complaints'
  const own: Readonly<Record<RecordKind, readonly (CustomerField | ComplaintField | TransactionField)[]>> = {
    customers: [
      'residentId',
      'landline',
      'email',
      'address',
      'bankCard',
      'birthDate',
      'passport',
      'registeredOn',
      'name',
    ],
    complaints: [
      'complaintNo',
      'narrative',
      'receivedAt',
      'channel',
      'category',
      'issue',
      'handler',
      'outcome',
      'closedAt',
      'status',
    ],
    transactions: ['transactionNo', 'kind', 'date', 'amount', 'currency', 'description'],
  }
  const count = (kind: RecordKind): number => {
    const found = new Set(columns.map((column) => findPlace(kind, column)?.field))
    return own[kind].filter((field) => found.has(field)).length
  }
  const others = Math.max(count('complaints'), count('customers'))
  // Names as general as `type` and `date` are other files' too: only what speaks of money and little else is taken for it.
  if (count('transactions') > Math.max(others, 2)) return 'transactions'
  return count('complaints') > count('customers') ? 'complaints' : 'customers'
}

/**
 * A field for each column, by synonyms in both languages or the CFPB preset; null where none fits. No two columns get the
 * same field: the more specific name wins, then the one further left; the other stays null. `sampleRows` (cells in the order of the
 * columns) lets columns without a known name be recognised by their values: mobile, e-mail, resident ID. Never `drop`.
 */
export function proposeMapping(
  columns: readonly string[],
  kind: RecordKind,
  sampleRows: readonly (readonly string[])[] = [],
): ColumnMapping {
  const mapping: ColumnMapping = Object.fromEntries(columns.map((column) => [column, null]))
  if (kind === 'complaints' && isCfpb(columns)) {
    for (const column of columns) mapping[column] = cfpbByHeader.get(normalizeHeader(column)) ?? null
    return withoutDoubles(mapping)
  }
  const claims = columns
    .map((column, index) => ({ column, index, place: findPlace(kind, column) }))
    .filter((claim) => !(claim.index === 0 && isOwnExport(columns)))
    .toSorted((a, b) => (a.place?.rank ?? 0) - (b.place?.rank ?? 0) || a.index - b.index)
  const taken = new Set<string>()
  for (const { column, place } of claims) {
    if (place === undefined || taken.has(place.field)) continue
    mapping[column] = place.field
    taken.add(place.field)
  }
  for (const { column, index } of claims.filter((claim) => claim.place === undefined)) {
    const field = findFieldByValues(
      kind,
      sampleRows.map((row) => row[index] ?? ''),
    )
    if (field === undefined || taken.has(field)) continue
    mapping[column] = field
    taken.add(field)
  }
  return mapping
}

function withoutDoubles(mapping: ColumnMapping): ColumnMapping {
  const taken = new Set<string>()
  for (const [column, field] of Object.entries(mapping)) {
    if (field === null) continue
    if (taken.has(field)) mapping[column] = null
    taken.add(field)
  }
  return mapping
}

const valueShapes: Readonly<Record<RecordKind, readonly (readonly [string, RegExp])[]>> = {
  customers: [
    ['residentId', /^\d{17}[\dXx]$/],
    ['mobile', /^(?:\+?86)?1[3-9]\d{9}$/],
    ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ],
  complaints: [['customerMobile', /^(?:\+?86)?1[3-9]\d{9}$/]],
  transactions: [],
}

/** The field whose shape at least four fifths of the filled values have, three values at the least. */
function findFieldByValues(kind: RecordKind, values: readonly string[]): string | undefined {
  const filled = values
    .map((value) => value.normalize('NFKC').replace(/[\s-]/g, ''))
    .filter((value) => value !== '')
  if (filled.length < 3) return undefined
  const found = valueShapes[kind].find(
    ([, shape]) => filled.filter((value) => shape.test(value)).length >= filled.length * 0.8,
  )
  return found?.[0]
}
