// What a phone number turns out to be, whatever its column is called.

import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { cleanText } from './characters.ts'

export type Phone =
  /** Mainland mobile: 11 digits. */
  | { kind: 'mobile'; number: string }
  /** Mainland fixed line: `areaCode` with its 0 (or 400/800, or '' where it was left out), `number` = area code + local digits. */
  | { kind: 'landline'; areaCode: string; number: string }
  /** E.164 `number` with +, and libphonenumber's international layout. */
  | { kind: 'foreign'; countryCode: string; number: string; layout: string }

const mobilePattern = /^(?:\+?86|0086)?(1[3-9]\d{9})$/u
const landlinePattern =
  /^(\+86|0086)?[\s-]*\(?(0?(?:10|2[0-57-9]|[3-9]\d{2}))\)?[\s-]*([2-8]\d{2,3}[\s-]?\d{4})(?:\s*(?:-|转|分机|ext\.?|x)\s*\d{1,6})?$/iu
const servicePattern = /^([48]00)[\s-]?(\d{3})[\s-]?(\d{4})$/u
const northAmerican = /^(?:1[\s.-])?\(?([2-9]\d{2})\)?[\s.-]+(\d{3})[\s.-](\d{4})$/u

/**
 * Reads one phone number: a mainland mobile, a mainland fixed line (with area code; a bare local number only
 * `withoutAreaCode`), a number written internationally, or a North American one in its usual layout. Undefined for anything
 * else, also for several numbers in one cell.
 */
export function classifyPhone(raw: string, options: { withoutAreaCode?: boolean } = {}): Phone | undefined {
  const text = cleanText(raw)
    .replace(/^['"]/u, '')
    .replace(/^[\p{L} ]{1,12}[:.]\s*/u, '')
    .replace(/\([^()\d]*\)$/u, '')
    .trim()
  if (text.length < 5 || text.length > 40) return undefined
  const mobile = mobilePattern.exec(text.replaceAll(/[\s.()-]/gu, ''))
  if (mobile !== null && !/^1[\s.-]\d{3}[\s.-]\d{3}[\s.-]\d{4}$/u.test(text))
    return { kind: 'mobile', number: mobile[1] ?? '' }
  const service = servicePattern.exec(text)
  if (service !== null)
    return { kind: 'landline', areaCode: service[1] ?? '', number: service.slice(1, 4).join('') }
  const fixed = landlinePattern.exec(text)
  if (fixed !== null && (fixed[1] !== undefined || (fixed[2] ?? '').startsWith('0'))) {
    const areaCode = (fixed[2] ?? '').replace(/^0?/u, '0')
    return { kind: 'landline', areaCode, number: `${areaCode}${(fixed[3] ?? '').replaceAll(/\D/gu, '')}` }
  }
  if (options.withoutAreaCode === true && /^[2-8]\d{2,3}[\s-]?\d{4}$/u.test(text)) {
    return { kind: 'landline', areaCode: '', number: text.replaceAll(/\D/gu, '') }
  }
  if (/^\+|^00[1-9]/u.test(text)) return foreign(text.replace(/^00/u, '+'))
  const american = northAmerican.exec(text)
  return american === null ? undefined : foreign(`+1${american.slice(1, 4).join('')}`)
}

function foreign(text: string): Phone | undefined {
  if (!/^\+[\d\s().-]+(?:(?:ext\.?|x)\s*\d{1,6})?$/iu.test(text)) return undefined
  const phone = parsePhoneNumberFromString(text)
  if (phone === undefined || !phone.isPossible() || phone.countryCallingCode === '86') return undefined
  return {
    kind: 'foreign',
    countryCode: phone.countryCallingCode,
    number: phone.number,
    layout: phone.formatInternational().replace(/ ext\. .*$/u, ''),
  }
}

/** Whether libphonenumber knows the international number (with +) as one that can be assigned. For free text, where digits are cheap. */
export function isAssignable(text: string): boolean {
  return parsePhoneNumberFromString(text)?.isValid() === true
}
