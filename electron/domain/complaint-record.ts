// A complaint on the way in: redacted for records, original for identities.
import type { ComplaintDraft, ComplaintField, ComplaintStatus } from '../../shared/types/complaint.ts'
import { parseStatus } from './case-states.ts'
import { isPlainNumber, ordinaryText, type SearchText } from './customer-record.ts'
import { parseAmount, parseDate } from './dates.ts'
import { type ExtraColumns, keptColumns, noColumns, shownColumns } from './extra-columns.ts'
import { hidden, maskValue } from './masks/index.ts'
import { type KnownValue, redact } from './redact.ts'
import { indexTokens, numberTokens } from './search-tokens.ts'

/** What identities keep of a complaint: every value verbatim. */
export interface ComplaintPayload extends ExtraColumns {
  fields: Record<ComplaintField, string>
}

export interface ComplaintRecord {
  masked: Record<ComplaintField, string>
  status: ComplaintStatus
  unreviewed: boolean
  warnings: string[]
  payload: ComplaintPayload
  /** From {@link shownColumns}. */
  extraColumns: string
  clearSearch: SearchText
  maskedSearch: SearchText
}

/** Every field, empty. */
export const emptyComplaintFields: Readonly<Record<ComplaintField, string>> = {
  complaintNo: '',
  customerNo: '',
  customerName: '',
  customerMobile: '',
  receivedAt: '',
  channel: '',
  category: '',
  subcategory: '',
  issue: '',
  subIssue: '',
  narrative: '',
  amount: '',
  status: '',
  handler: '',
  outcome: '',
  closedAt: '',
}

const ordinaryFields = ['channel', 'category', 'subcategory', 'issue', 'subIssue', 'handler'] as const

/** The fields of a form as a payload has them; a form has no status and no closing time. */
export function complaintFieldsOf(draft: ComplaintDraft): Record<ComplaintField, string> {
  const { extra: _extra, customerId: _customerId, ...fields } = draft
  return { ...emptyComplaintFields, ...fields }
}

/**
 * Redacts a complaint. Known values of the customer go first, in all their written forms, then what the recognisers find.
 * @param complaint `extra` by the columns' names in the file
 * @param ofCustomer clear values of the linked customer
 * @param ordinary extra columns whose values everybody may see
 */
export function complaintRecord(
  complaint: { fields: Record<ComplaintField, string>; extra: Record<string, string> },
  ofCustomer: readonly KnownValue[],
  ordinary: ReadonlySet<string> = noColumns,
): ComplaintRecord {
  const { fields, extra } = complaint
  const own = knownOfComplaint(fields, ofCustomer)
  const warnings: string[] = []
  const masked: Record<ComplaintField, string> = { ...fields }
  for (const field of ordinaryFields) masked[field] = ordinaryText(fields[field], own)
  for (const field of ['complaintNo', 'customerNo'] as const) {
    masked[field] = isPlainNumber(fields[field]) ? fields[field].trim() : hidden
  }
  masked.customerName = fields.customerName === '' ? '' : maskValue('name', fields.customerName).masked
  masked.customerMobile =
    fields.customerMobile === '' ? '' : maskValue('mobile', fields.customerMobile).masked
  for (const field of ['receivedAt', 'closedAt'] as const)
    masked[field] = dateOf(field, fields[field], warnings)
  masked.amount = amountOf(fields.amount, warnings)
  masked.narrative = redact(fields.narrative, own).text
  masked.outcome = redact(fields.outcome, own).text
  const status = statusOf(fields.status, warnings)
  masked.status = status
  const payload = { fields, ...keptColumns(extra) }
  return {
    masked,
    status,
    unreviewed: fields.narrative.trim() !== '',
    warnings,
    payload,
    extraColumns: shownColumns(payload, ordinary, (value) => ordinaryText(value, own)),
    clearSearch: clearComplaintSearch({ fields, extra }),
    maskedSearch: maskedComplaintSearch(masked),
  }
}

/** What the index over clear values holds of a complaint. */
export function clearComplaintSearch({
  fields,
  extra,
}: Pick<ComplaintPayload, 'fields' | 'extra'>): SearchText {
  const text = `${fields.narrative} ${fields.outcome} ${Object.values(extra).join(' ')}`
  return searchText(fields, text, fields.customerName)
}

/** What records' index holds of a complaint: its redacted columns say it all. */
export function maskedComplaintSearch(masked: Record<ComplaintField, string>): SearchText {
  return searchText(masked, `${masked.narrative} ${masked.outcome}`, '')
}

/** What must not stand in any text of a complaint: its customer's clear values, and those that it names itself. */
export function knownOfComplaint(
  fields: Record<ComplaintField, string>,
  ofCustomer: readonly KnownValue[],
): KnownValue[] {
  const own: KnownValue[] = [
    { type: 'name', value: fields.customerName },
    { type: 'mobile', value: fields.customerMobile },
  ]
  return [...ofCustomer, ...own.filter(({ value }) => value.trim() !== '')]
}

function dateOf(field: string, raw: string, warnings: string[]): string {
  if (raw.trim() === '') return ''
  const parsed = parseDate(raw)
  if (parsed === undefined) warnings.push(`${field}:date-invalid`)
  return parsed?.value ?? ''
}

function amountOf(raw: string, warnings: string[]): string {
  if (raw.trim() === '') return ''
  const parsed = parseAmount(raw)
  if (parsed === undefined) warnings.push('amount:amount-invalid')
  return parsed ?? ''
}

function statusOf(raw: string, warnings: string[]): ComplaintStatus {
  if (raw.trim() === '') return 'received'
  const parsed = parseStatus(raw)
  if (parsed === undefined) warnings.push('status:status-unknown')
  return parsed ?? 'received'
}

function searchText(fields: Record<ComplaintField, string>, text: string, name: string): SearchText {
  const numbers = [fields.complaintNo, fields.customerNo, fields.customerMobile].map((raw) =>
    raw.replaceAll(/\D/gu, ''),
  )
  const words = [fields.complaintNo, fields.customerNo, ...ordinaryFields.map((field) => fields[field]), text]
  return {
    name: indexTokens(name),
    nums: numbers
      .map(numberTokens)
      .filter((tokens) => tokens !== '')
      .join(' '),
    body: indexTokens(words.join(' ')),
  }
}
