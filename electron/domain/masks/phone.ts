// Phones (DOMAIN.md 2). A column is called 手机 or 电话 by whoever made the file; what is masked is what the number turns out to be.

import { digitsOf, stars } from '../characters.ts'
import { classifyPhone, type Phone } from '../phones.ts'
import { type Masked, unparsed } from './types.ts'

/** At least so many digits of a foreign number stay hidden; where the area code, or its end, would leave fewer, that is hidden too. */
const leastHidden = 5

/** 13812341234 → 138****1234; a fixed line or foreign number in the column keeps its own rule; a bare local number is too short. */
export function maskMobile(raw: string): Masked {
  return classified(classifyPhone(raw)) ?? unparsed(isShort(raw) ? 'mobile-short' : 'mobile-invalid')
}

/** 0571-87654386 → 0571-******86; a mobile or foreign number in the column keeps its own rule. */
export function maskLandline(raw: string): Masked {
  return classified(classifyPhone(raw, { withoutAreaCode: true })) ?? unparsed('landline-invalid')
}

/** A column that may hold any phone. */
export function maskPhone(raw: string): Masked {
  return (
    classified(classifyPhone(raw, { withoutAreaCode: true })) ??
    unparsed(isShort(raw) ? 'mobile-short' : 'mobile-invalid')
  )
}

function isShort(raw: string): boolean {
  const count = digitsOf(raw).length
  return count > 0 && count < 11
}

function classified(phone: Phone | undefined): Masked | undefined {
  if (phone === undefined) return undefined
  return { masked: maskParsed(phone), parsed: true, normalised: phone.number }
}

function maskParsed(phone: Phone): string {
  const { number } = phone
  if (phone.kind === 'mobile') return `${number.slice(0, 3)}****${number.slice(7)}`
  if (phone.kind === 'landline') {
    const local = number.slice(phone.areaCode.length)
    const masked = stars(local.length - 2) + local.slice(-2)
    return phone.areaCode === '' ? masked : `${phone.areaCode}-${masked}`
  }
  return maskForeign(phone.layout)
}

/** `+1 415 555 2686` → `+1 415 *** **86`. */
function maskForeign(layout: string): string {
  const [country = '', ...groups] = layout
    .split(/(?<=^\+\d+)\s|(?<=[\s-])|(?=[\s-])/u)
    .filter((part) => part !== '')
  const total = groups.join('').replaceAll(/\D/gu, '').length
  const first = groups[0] ?? ''
  const areaShown =
    groups.length > 1 && first.length <= 4 && total - first.length - 2 >= leastHidden ? first.length : 0
  const endShown = Math.min(2, Math.max(0, total - leastHidden))
  let position = 0
  const rest = groups.join('').replaceAll(/\d/gu, (digit) => {
    position += 1
    return position <= areaShown || position > total - endShown ? digit : '*'
  })
  return `${country} ${rest.trim()}`
}
