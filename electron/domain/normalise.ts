// One written form for each kind of value, whatever keyboard, phone or spreadsheet it came through; and the way back: the
// written forms under which a known value may stand in free text.

import { classifyPhone } from './phones.ts'
import { parseResidentId } from './resident-id.ts'
import { compoundSurnames } from './surnames.ts'

export { digitsOf, stripInvisible, toHalfWidth } from './characters.ts'
import { cleanText, digitsOf } from './characters.ts'

/** The 11 digits of a mainland mobile number (+86, 0086, spaces, dashes, full width and a note such as （本人） removed), or undefined. */
export function normaliseMobile(raw: string): string | undefined {
  const phone = classifyPhone(raw)
  return phone?.kind === 'mobile' ? phone.number : undefined
}

/** The resident ID as 18 characters with a capital X, or as the 15 digits of the old form; undefined where it doesn't hold. */
export function normaliseResidentId(raw: string): string | undefined {
  const parsed = parseResidentId(raw)
  return parsed.ok ? parsed.value : undefined
}

/** NFKC, invisible characters dropped, white space collapsed; spaces between Han characters go, since they are layout only. */
export function normaliseName(raw: string): string {
  return cleanText(raw)
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .replaceAll(/\s*[·•‧・･]\s*/gu, '·')
}

/** Kinds that `writtenForms` knows; anything else comes back as it is written. */
export type KnownKind =
  | 'name'
  | 'mobile'
  | 'landline'
  | 'resident-id'
  | 'uscc'
  | 'bank-card'
  | 'passport'
  | 'email'
  | 'address'
  | 'intl-phone'

/**
 * The written forms under which a known value may stand in a free text: half width and normalised, without duplicates, longest
 * first. Separators *inside* a form (spaces, dashes, line breaks, zero-width characters, full width) are the matcher's business
 * (redact.ts); this list holds the forms that differ in their letters and digits. A value of fewer than two characters has none:
 * it would tear holes into every text.
 */
export function writtenForms(kind: KnownKind, raw: string): string[] {
  const text = kind === 'name' ? normaliseName(raw) : cleanText(raw).replaceAll(/\s+/gu, ' ')
  const forms = new Set<string>()
  if (kind === 'name') for (const form of nameForms(text)) forms.add(form)
  else if (kind === 'address') for (const form of addressForms(text)) forms.add(form)
  else if (kind === 'mobile' || kind === 'landline' || kind === 'intl-phone')
    for (const form of phoneForms(text)) forms.add(form)
  else if (kind === 'resident-id') {
    const id = normaliseResidentId(text) ?? text.replaceAll(/[\s-]/gu, '')
    forms.add(id)
    forms.add(`${id.slice(0, 6)} ${id.slice(6, 14)} ${id.slice(14)}`.trim())
  } else if (kind === 'bank-card') {
    const digits = digitsOf(text)
    forms.add(digits)
    forms.add(digits.replaceAll(/(\d{4})(?=\d)/gu, '$1 '))
  } else forms.add(text)
  return [...forms].filter((form) => [...form].length >= 2).sort((a, b) => b.length - a.length)
}

function phoneForms(text: string): string[] {
  const phone = classifyPhone(text, { withoutAreaCode: true })
  if (phone === undefined) return digitsOf(text).length >= 5 ? [text] : []
  if (phone.kind === 'mobile') {
    const { number } = phone
    const spaced = `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`
    return [number, spaced, spaced.replaceAll(' ', '-'), `+86 ${number}`, `+86${number}`, `0086${number}`]
  }
  if (phone.kind === 'foreign')
    return [phone.number, phone.number.replace('+', '00'), phone.number.slice(1 + phone.countryCode.length)]
  const local = phone.number.slice(phone.areaCode.length)
  const full = [`${phone.areaCode}${local}`, `${phone.areaCode}-${local}`, `(${phone.areaCode})${local}`]
  if (phone.areaCode.startsWith('0')) full.push(`+86${phone.areaCode.slice(1)}${local}`)
  return [...full, local]
}

function nameForms(text: string): string[] {
  if (!/\p{Script=Han}/u.test(text)) {
    const words = text.split(' ').filter((word) => word !== '')
    const last = words.at(-1)
    const first = words[0]
    if (words.length < 2 || last === undefined || first === undefined) return [text]
    const rest = words.slice(0, -1).join(' ')
    // With the middle names left out, and family name first, as forms and signatures have it.
    return [text, `${first} ${last}`, `${last}, ${rest}`, `${last} ${rest}`]
  }
  const characters = [...text]
  const surname = compoundSurnames.find((compound) => text.startsWith(compound)) ?? characters[0] ?? ''
  const forms = [text]
  if (text.includes('·')) forms.push(text.replaceAll('·', ''))
  else if (characters.length <= 4 && characters.length > [...surname].length) {
    for (const title of ['先生', '女士', '小姐', '太太']) forms.push(`${surname}${title}`)
  }
  return forms
}

function addressForms(text: string): string[] {
  const tight = text.replaceAll(/(?<=[\p{Script=Han}\d]) (?=[\p{Script=Han}\d])/gu, '')
  const forms = [tight]
  // People leave the province, then the city, then the district away: each rest that still names a street and a number counts.
  let rest = tight
  for (let level = 0; level < 3; level += 1) {
    const cut =
      /^\p{Script=Han}{1,12}?(?:特别行政区|自治区|自治州|自治县|省|市辖区|市|州|盟|地区|区|县|旗)(?=\p{Script=Han})/u.exec(
        rest,
      )
    if (cut === null) break
    rest = rest.slice(cut[0].length)
    if (/\d/u.test(rest) && [...rest].length >= 6) forms.push(rest)
  }
  return forms
}
