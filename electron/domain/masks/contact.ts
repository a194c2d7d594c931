// E-mail, postal address, date of birth.

import { cleanText, stars } from '../characters.ts'
import { parseDate } from '../dates.ts'
import { cityPattern, districtPattern, provincePattern } from '../regions.ts'
import { type Masked, unparsed } from './types.ts'

/** First letter, three stars whatever the length, domain kept: z***@example.com. One address a cell. */
export function maskEmail(raw: string): Masked {
  const text = cleanText(raw).replace(/^mailto:/iu, '')
  const match = /^([\p{L}\p{N}._%+'-]{1,64})@((?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}]{2,63})$/u.exec(text)
  if (match === null) return unparsed('email-invalid')
  const [, local = '', domain = ''] = match
  const [first = ''] = local
  const host = domain.toLowerCase()
  return {
    masked: `${/[\p{L}\p{N}]/u.test(first) ? first : '*'}***@${host}`,
    parsed: true,
    normalised: `${local.toLowerCase()}@${host}`,
  }
}

const chinese = new RegExp(
  `^(?:中国|中华人民共和国)?((?:${provincePattern})?)((?:${cityPattern(false)})?)((?:(?:${cityPattern(true)})(?![区县旗市州盟]))?)((?:${districtPattern})?)`,
  'u',
)
const american =
  /(?:^|[,\s]\s*)([A-Z][A-Za-z.' -]{1,40}),\s*([A-Z]{2})\.?(?:,?\s+\d{5}(?:-\d{4})?)?(?:,?\s*(?:USA|US|United States))?$/u

/**
 * To the district, rest hidden: 浙江省杭州市西湖区**** . Province and city must be known by name; what stands below them is read by
 * its ending and holds no digit. An American address keeps city and state. Anything else doesn't parse.
 */
export function maskAddress(raw: string): Masked {
  const text = cleanText(raw).replaceAll(/\s+/gu, ' ')
  if (text.length > 500) return unparsed('value-too-long')
  const tight = text.replaceAll(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
  const kept = chineseRegion(tight)
  if (kept !== undefined) return { masked: `${kept}****`, parsed: true, normalised: tight }
  const state = american.exec(text)
  if (state !== null && state.index > 0)
    return { masked: `****, ${state[1] ?? ''}, ${state[2] ?? ''}`, parsed: true, normalised: text }
  return unparsed('address-unparsed')
}

function chineseRegion(text: string): string | undefined {
  const match = chinese.exec(text)
  if (match === null) return undefined
  const [all, province = '', city = '', looseCity = '', district = ''] = match
  if (province === '' && city === '' && (looseCity === '' || district === '')) return undefined
  if (district === '市辖区') {
    const next = new RegExp(`^${districtPattern}`, 'u').exec(text.slice(all.length))
    if (next !== null) return all + next[0]
  }
  return all
}

/** Year only: 1998-**-**. Written in any way that `parseDate` reads. */
export function maskBirthDate(raw: string): Masked {
  const date = parseDate(raw)
  const year = Number(date?.value.slice(0, 4))
  if (date === undefined || year < 1880 || year > 2100) return unparsed('birth-date-invalid')
  return { masked: `${year}-${stars(2)}-${stars(2)}`, parsed: true, normalised: date.value.slice(0, 10) }
}
