// What a letter is filled with: clear for paper, masked and redacted for everybody.
import type { Locale } from '../../../shared/types/common.ts'
import type { LetterField, TypedField } from '../../../shared/types/letter.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import { nextDue } from '../../domain/clocks/replay.ts'
import type { LetterValues } from '../../domain/letters/compose.ts'
import { effectOf } from '../../domain/letters/effect.ts'
import { bodyWords, dayWords, decisionWords, moneyWords, reliefWords } from '../../domain/letters/words.ts'
import { hidden, maskValue } from '../../domain/masks/index.ts'
import type { KnownValue } from '../../domain/redact.ts'
import { clockTime } from '../../domain/time-zone.ts'
import type { Context } from '../session.ts'
import { type CaseRow, emptyCaseRow } from '../store/repositories/cases.ts'
import type { ComplaintRow, CustomerRow } from '../store/repositories/rows.ts'
import { requireIdentities } from '../store/store.ts'
import { clocksOf } from './clock-book.ts'
import { localMinute } from './complaints.ts'
import { clockCaseOf } from './due.ts'
import { complaintOriginal, customerPayload } from './identity-payloads.ts'
import { readProfile } from './profile.ts'
import { knownOf } from './redact-anew.ts'

export interface Filling {
  /** What the letter is written by. */
  templateId: string
  lang: Locale
  typed: Partial<Record<TypedField, string>>
}

/** @param order what a channel of letters was asked for */
export function fillingOf(order: { templateId: string; lang: Locale; fields: Filling['typed'] }): Filling {
  return { templateId: order.templateId, lang: order.lang, typed: order.fields }
}

type Person = Pick<Record<LetterField, string>, 'customerName' | 'customerAddress'>
type Texts = Pick<Record<LetterField, string>, 'complaintNo' | 'category' | 'outcome'>

/** A placeholder of the redaction: what stands in records for somebody's data has no place in a letter. */
const redacted = /\[[^[\]]+ \d+\]/u

function valuesOf(
  context: Context,
  row: ComplaintRow,
  { templateId, lang }: Filling,
  own: Person & Texts,
): LetterValues {
  const { records } = context.session.store
  const { company, custodian } = readProfile(context.session.store)
  const facts: CaseRow = records.cases.findRow(row.seq) ?? emptyCaseRow(row.seq, row.id)
  const body = redacted.test(facts.escalation_body) ? '' : facts.escalation_body
  return {
    company: company.name,
    companyAddress: company.address,
    companyCode: company.creditCode,
    custodianName: custodian.name,
    custodianCapacity: custodian.capacity,
    custodianAuthority: custodian.authority,
    custodianContact: custodian.contact,
    personName: context.session.person.name,
    today: dayWords(localMinute(context), lang),
    receivedDate: dayWords(row.received_at, lang),
    amount: moneyWords(row.amount, facts.currency, lang),
    decision: decisionWords(facts.outcome_kind, lang),
    relief: reliefWords(
      { kind: facts.relief_kind, amount: facts.relief_amount, currency: facts.relief_currency },
      lang,
    ),
    regulatorName: body || bodyWords(facts.escalated_to, lang),
    regulatorReference: redacted.test(facts.escalation_ref) ? '' : facts.escalation_ref,
    answerBy: answerBy(context, row, company.timeZone, templateId, lang),
    request: '',
    progress: '',
    reasons: '',
    remedy: '',
    ...own,
  }
}

/** Until when the case owes its next step, this letter being one; '' where that is over already. */
function answerBy(
  context: Context,
  { seq }: ComplaintRow,
  timeZone: string,
  templateId: string,
  lang: Locale,
): string {
  const { records } = context.session.store
  const row = records.due.findClocked(seq)
  if (row === undefined) return ''
  const now = context.now().getTime()
  const { book, countingOf } = clocksOf(context.session)
  const pack = book.packOf(row.clock_pack ?? '')
  const facts = clockCaseOf(records, row)
  const letter = { at: now, kind: effectOf(templateId), from: null, to: null }
  const next = nextDue(pack, { ...facts, events: [...facts.events, letter] }, countingOf(pack))
  return next === undefined || Date.parse(next.at) <= now
    ? ''
    : dayWords(clockTime(new Date(next.at), timeZone), lang)
}

/** What is typed goes before what the case has; blank is not typed. */
function withTyped(values: LetterValues, typed: Filling['typed']): LetterValues {
  return { ...values, ...Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim() !== '')) }
}

/** Whom a letter goes to: of several records that are one customer, the one that was kept. */
function recipientOf({ session }: Context, { customer_id: id }: ComplaintRow): CustomerRow | undefined {
  const { customers, merges } = session.store.records
  return id === null ? undefined : customers.findRow(merges.rootOf(id))
}

/** @throws GuicangError `identities.closed`; `inbox.unreadable`, `vault.damaged` when an original can't be read or is gone */
export function clearValues(context: Context, row: ComplaintRow, filling: Filling): LetterValues {
  const { store } = context.session
  const identities = requireIdentities(store)
  const { fields } = complaintOriginal(identities, row)
  const customer = recipientOf(context, row)
  const of =
    customer === undefined ? undefined : customerPayload(identities, customer.identity_version).fields
  const values = valuesOf(context, row, filling, {
    customerName: of?.name.trim() || fields.customerName,
    customerAddress: of?.address ?? '',
    // A number that looks like somebody's data doesn't stand in records, but the customer knows it.
    complaintNo: row.complaint_no === hidden ? fields.complaintNo : row.complaint_no,
    category: fields.category,
    outcome: fields.outcome,
  })
  return withTyped(values, filling.typed)
}

/** Everything clear that a letter names, so that none of it stays in the text that everybody sees. */
export function knownOfLetter(context: Context, row: ComplaintRow, { typed }: Filling): KnownValue[] {
  const own: KnownValue[] = [
    { type: 'name', value: typed.customerName ?? '' },
    { type: 'address', value: typed.customerAddress ?? '' },
  ]
  return [...knownOf(context, row), ...own.filter(({ value }) => value.trim() !== '')]
}

/** The same values as everybody may see them; needs no key. */
export function maskedValues(
  context: Context,
  row: ComplaintRow,
  filling: Filling,
  known: readonly KnownValue[],
): LetterValues {
  const customer = recipientOf(context, row)
  const values = valuesOf(context, row, filling, {
    customerName: customer?.name || row.customer_name,
    customerAddress: customer?.address ?? '',
    complaintNo: row.complaint_no,
    category: row.category,
    outcome: row.outcome,
  })
  const { customerName = '', customerAddress = '', ...texts } = filling.typed
  return withTyped(values, {
    ...Object.fromEntries(Object.entries(texts).map(([field, text]) => [field, ordinaryText(text, known)])),
    customerName: maskValue('name', customerName).masked,
    customerAddress: maskValue('address', customerAddress).masked,
  })
}
