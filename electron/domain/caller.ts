// Holding what a caller says against what is known, without showing any of it.
import type {
  CallerAnswers,
  CallerField,
  CallerScript,
  CallerVerdict,
} from '../../shared/types/customer-work.ts'
import { callerFields } from '../../shared/types/customer-work.ts'
import type { CustomerField } from '../../shared/types/customer.ts'
import { cleanText, digitsOf } from './characters.ts'
import { parseDate } from './dates.ts'
import { normaliseMobile, normaliseName, normaliseResidentId } from './normalise.ts'
import { parseResidentId } from './resident-id.ts'
import { comparableNumber } from './transaction-record.ts'

export type CallerMatch = boolean | 'unknown'

/** One record of a customer: clear values, and the address as its mask shows it. */
export interface KnownCaller {
  fields: Record<CustomerField, string>
  maskedAddress: string
}

const leastAddress = 4

/** Answers that say something, in the order of the fields. */
export function givenAnswers(answers: CallerAnswers): { field: CallerField; answer: string }[] {
  return callerFields.flatMap((field) => {
    const answer = answers[field]
    return answer === undefined || answer.trim() === '' ? [] : [{ field, answer }]
  })
}

/**
 * What is wrong with an answer, whoever the customer is; undefined where it can be held against the vault. Less than four
 * digits, or an address that the mask shows anyway, would prove nothing and be guessed at in a few tries.
 */
export function answerFault(
  { field, answer }: { field: CallerField; answer: string },
  known: readonly KnownCaller[],
): string | undefined {
  switch (field) {
    case 'mobileLast4':
    case 'bankCardLast4':
      return /^\d{4}$/u.test(cleanText(answer)) ? undefined : 'lastFour'
    case 'residentIdLast4':
      return /^\d{3}[\dXx]$/u.test(cleanText(answer)) ? undefined : 'lastFour'
    case 'birthDate':
      return parseDate(answer) === undefined ? 'date' : undefined
    case 'addressPart': {
      const part = comparableAddress(answer)
      if ([...part].length < leastAddress) return 'tooShort'
      const told = known.some(
        ({ maskedAddress }) => beyond(part, comparableAddress(maskedAddress)) < leastAddress,
      )
      return told ? 'shown' : undefined
    }
    case 'orderNo':
      return comparableNumber(answer).length < leastAddress ? 'tooShort' : undefined
    case 'name':
      return undefined
  }
}

/** How many characters of a part of an address the mask doesn't show: what stands there in one piece counts as shown. */
function beyond(part: string, shown: string): number {
  const characters = [...part]
  for (let length = characters.length; length > 0; length -= 1)
    for (let from = 0; from + length <= characters.length; from += 1)
      if (shown.includes(characters.slice(from, from + length).join(''))) return characters.length - length
  return characters.length
}

/**
 * Whether an answer is what the vault knows: of any of the records that are one customer. `unknown` where none of them holds
 * such a value.
 * @param orderNumbers of the customer's transactions, in clear
 */
export function matchAnswer(
  { field, answer }: { field: CallerField; answer: string },
  known: readonly KnownCaller[],
  orderNumbers: readonly string[],
): CallerMatch {
  const values =
    field === 'orderNo'
      ? orderNumbers.map(comparableNumber)
      : known.map((one) => comparable[field](one.fields))
  const present = values.filter((value) => value !== '')
  if (present.length === 0) return 'unknown'
  if (field === 'addressPart') {
    const part = comparableAddress(answer)
    return present.some((value) => value.includes(part))
  }
  const said = saidAs(field, answer)
  return present.includes(said)
}

const comparable: Readonly<
  Record<Exclude<CallerField, 'orderNo'>, (fields: Record<CustomerField, string>) => string>
> = {
  name: ({ name }) => normaliseName(name).toLowerCase(),
  mobileLast4: ({ mobile }) => lastFour(normaliseMobile(mobile) ?? digitsOf(mobile)),
  residentIdLast4: ({ residentId }) => lastFour(normaliseResidentId(residentId) ?? ''),
  bankCardLast4: ({ bankCard }) => lastFour(digitsOf(bankCard)),
  birthDate: ({ birthDate, residentId }) => {
    const written = parseDate(birthDate)?.value.slice(0, 10)
    if (written !== undefined) return written
    const id = parseResidentId(residentId)
    return id.ok ? id.birthDate : ''
  },
  addressPart: ({ address }) => comparableAddress(address),
}

function saidAs(field: CallerField, answer: string): string {
  if (field === 'name') return normaliseName(answer).toLowerCase()
  if (field === 'birthDate') return parseDate(answer)?.value.slice(0, 10) ?? ''
  if (field === 'orderNo') return comparableNumber(answer)
  return cleanText(answer).toUpperCase()
}

function lastFour(text: string): string {
  return text.length < 4 ? '' : text.slice(-4)
}

function comparableAddress(text: string): string {
  return cleanText(text)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/**
 * What the answers come to. A wrong name is never forgiven; other wrong answers are, as many as the script says, where enough
 * right ones stand beside them.
 */
export function verdictOf(
  items: readonly { field: CallerField; match: CallerMatch }[],
  script: CallerScript,
): CallerVerdict {
  const right = items.filter(({ match }) => match === true)
  const wrong = items.filter(({ match }) => match === false)
  if (wrong.some(({ field }) => field === 'name') || wrong.length > script.mismatches) return 'notVerified'
  const strong = right.filter(({ field }) => script.strong.includes(field))
  if (right.length >= script.matches && strong.length >= script.strongMatches) return 'verified'
  return wrong.length > 0 ? 'notVerified' : 'insufficient'
}
