// A customer on the way in: what may stand in records, what stays in identities, what was odd.
import {
  type CustomerDraft,
  type CustomerField,
  customerIdentityFields,
} from '../../shared/types/customer.ts'
import { parseDate } from './dates.ts'
import { type ExtraColumns, keptColumns, noColumns, shownColumns } from './extra-columns.ts'
import { type FieldKind, hidden, maskValue } from './masks/index.ts'
import { normaliseMobile, normaliseName, normaliseResidentId } from './normalise.ts'
import { containsPii, type KnownValue, redact } from './redact.ts'
import { indexTokens, numberTokens } from './search-tokens.ts'

/** What identities keep of a customer: every value verbatim. */
export interface CustomerPayload extends ExtraColumns {
  fields: Record<CustomerField, string>
  /** What an edit has replaced: texts about the customer were written with these values, and must not show them again. */
  former?: KnownValue[]
}

export interface SearchText {
  name: string
  nums: string
  body: string
}

export interface CustomerRecord {
  /** Masked columns, fit for records. */
  masked: Record<CustomerField, string>
  /** `field:warning` */
  warnings: string[]
  payload: CustomerPayload
  /** From {@link shownColumns}. */
  extraColumns: string
  keys: { residentId: string; nameMobile: string }
  /** Over clear values, for identities only. */
  clearSearch: SearchText
  /** Over what records hold. */
  maskedSearch: SearchText
  /** Whether the customer number may stand in clear and link complaints to this customer. */
  linkable: boolean
}

const kinds: Readonly<Record<(typeof customerIdentityFields)[number], FieldKind>> = {
  name: 'name',
  residentId: 'residentId',
  mobile: 'mobile',
  landline: 'landline',
  email: 'email',
  address: 'address',
  bankCard: 'bankCard',
  birthDate: 'birthDate',
  passport: 'passport',
}

/** Numbers that are too short to be anything else: asked before the recognisers, since every row has one. */
const shortNumber = /^[A-Za-z]{0,4}-?\d{1,6}$/u

/** Whether a customer's or complaint's number may stand in clear: no recogniser takes it for personal data. */
export function isPlainNumber(raw: string): boolean {
  const number = raw.trim()
  return shortNumber.test(number) || !containsPii(number)
}

/** A short text that is ordinary by its column: kept, but not what a recogniser takes for personal data. */
export function ordinaryText(raw: string, known: readonly KnownValue[] = []): string {
  return raw === '' ? '' : redact(raw, known).text
}

function digits(raw: string): string {
  return raw.normalize('NFKC').replaceAll(/[^\dXx]/gu, '')
}

/**
 * Masks a customer field by field. Values are taken verbatim; a value that doesn't parse is masked whole and warned of,
 * and so is a missing name.
 * @param former values that earlier edits have replaced, from {@link formerValues}
 * @param ordinary extra columns whose values everybody may see
 */
export function customerRecord(
  draft: CustomerDraft,
  former: readonly KnownValue[] = [],
  ordinary: ReadonlySet<string> = noColumns,
): CustomerRecord {
  const { extra, ...fields } = draft
  const payload: CustomerPayload = {
    fields,
    ...keptColumns(extra),
    ...(former.length === 0 ? {} : { former: [...former] }),
  }
  const warnings: string[] = []
  const masked: Record<CustomerField, string> = { ...fields }
  for (const field of customerIdentityFields) {
    const result = maskValue(kinds[field], fields[field])
    masked[field] = result.masked
    if (result.warning !== undefined) warnings.push(`${field}:${result.warning}`)
  }
  const linkable = isPlainNumber(fields.customerNo)
  masked.customerNo = linkable ? fields.customerNo.trim() : hidden
  const registered = parseDate(fields.registeredOn)
  masked.registeredOn = registered?.value ?? (fields.registeredOn.trim() === '' ? '' : hidden)
  if (registered === undefined && masked.registeredOn !== '') warnings.push('registeredOn:date-invalid')
  return {
    masked,
    warnings,
    payload,
    extraColumns: shownColumns(payload, ordinary, (value) => ordinaryText(value, knownValues(payload))),
    keys: customerKeys(fields),
    clearSearch: clearCustomerSearch(payload),
    maskedSearch: maskedCustomerSearch(masked),
    linkable,
  }
}

/** By what a duplicate is known; empty where the value doesn't parse. */
export function customerKeys(fields: Record<CustomerField, string>): {
  residentId: string
  nameMobile: string
} {
  const mobile = normaliseMobile(fields.mobile) ?? ''
  const name = normaliseName(fields.name)
  return {
    residentId: normaliseResidentId(fields.residentId) ?? '',
    nameMobile: name === '' || mobile === '' ? '' : `${name}|${mobile}`,
  }
}

/** What records' index holds of a customer: its masked columns say it all. */
export function maskedCustomerSearch(masked: Pick<CustomerDraft, 'customerNo' | 'registeredOn'>): SearchText {
  return {
    name: '',
    nums: numberTokens(digits(masked.customerNo)),
    body: indexTokens(`${masked.customerNo} ${masked.registeredOn}`),
  }
}

/** What the index over clear values holds of a customer. */
export function clearCustomerSearch({ fields, extra }: CustomerPayload): SearchText {
  const numbers = [
    normaliseMobile(fields.mobile) ?? digits(fields.mobile),
    digits(fields.residentId),
    digits(fields.bankCard),
    digits(fields.landline),
    digits(fields.customerNo),
  ]
  const body = [fields.customerNo, fields.email, fields.address, fields.passport, ...Object.values(extra)]
  return {
    name: indexTokens(normaliseName(fields.name)),
    nums: numbers
      .map(numberTokens)
      .filter((tokens) => tokens !== '')
      .join(' '),
    body: indexTokens(body.join(' ')),
  }
}

/** The clear values of a customer, also former ones, that must not stand in any text about them. */
export function knownValues(payload: CustomerPayload): KnownValue[] {
  return [...presentValues(payload.fields), ...(payload.former ?? [])]
}

/** Every value that the customer has had so far and doesn't have any more once `fields` take the place of `before`. */
export function formerValues(before: CustomerPayload, fields: Record<CustomerField, string>): KnownValue[] {
  const keyOf = ({ type, value }: KnownValue): string => `${type}|${value}`
  const present = new Set(presentValues(fields).map(keyOf))
  const had = new Map(knownValues(before).map((known) => [keyOf(known), known]))
  return [...had].flatMap(([key, known]) => (present.has(key) ? [] : [known]))
}

function presentValues(fields: Record<CustomerField, string>): KnownValue[] {
  const all: KnownValue[] = [
    { type: 'name', value: fields.name },
    { type: 'mobile', value: fields.mobile },
    { type: 'landline', value: fields.landline },
    { type: 'resident-id', value: fields.residentId },
    { type: 'bank-card', value: fields.bankCard },
    { type: 'email', value: fields.email },
    { type: 'address', value: fields.address },
    { type: 'passport', value: fields.passport },
  ]
  return all.filter(({ value }) => value.trim() !== '')
}

/** Every field, empty. */
export const emptyCustomerFields: Readonly<Record<CustomerField, string>> = {
  customerNo: '',
  name: '',
  residentId: '',
  mobile: '',
  landline: '',
  email: '',
  address: '',
  bankCard: '',
  birthDate: '',
  passport: '',
  registeredOn: '',
}
