// Chinese resident ID numbers (GB 11643-1999, and the 15-digit form that they replaced) and unified social credit codes
// (GB 32100-2015): shape, region, date and check digit.

import { cleanText } from './characters.ts'
import { residentIdCheckHolds, usccCheckHolds } from './checksums.ts'
import { isCalendarDate } from './dates.ts'

// First two digits of GB/T 2260; 81–83 are the residence permits of people from Hong Kong, Macau and Taiwan.
const provinceCode = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123])/u

export type ResidentIdResult =
  | { ok: true; value: string; birthDate: string }
  | { ok: false; reason: 'mangled' | 'check-digit' | 'invalid' }

/**
 * Reads a resident ID as it stands in a cell: full width, spaces, dashes, a leading apostrophe or tab and a note in brackets are
 * layout. `mangled` is a number that a spreadsheet turned into 1.1E+17; `check-digit` holds in all but its last character.
 * Nobody is older than the year 1880, and the caller decides whether a date in the future is one.
 */
export function parseResidentId(raw: string): ResidentIdResult {
  const text = cleanText(raw)
    .replace(/^['"]/u, '')
    .replace(/\([^()\d]*\)$/u, '')
  if (/^[+-]?\d(?:\.\d+)?e\+?\d+$/iu.test(text)) return { ok: false, reason: 'mangled' }
  const id = text.replaceAll(/[\s-]/gu, '').toUpperCase()
  if (/^\d{15}$/u.test(id)) {
    const birthDate = `19${id.slice(6, 8)}-${id.slice(8, 10)}-${id.slice(10, 12)}`
    return provinceCode.test(id) && isCalendarDate(birthDate)
      ? { ok: true, value: id, birthDate }
      : { ok: false, reason: 'invalid' }
  }
  if (!/^\d{17}[\dX]$/u.test(id)) return { ok: false, reason: 'invalid' }
  const birthDate = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`
  // 9 + province: the permanent residence card of foreigners (2023 form), same date and check digit.
  const region = provinceCode.test(id) || (id.startsWith('9') && provinceCode.test(id.slice(1)))
  const year = Number(id.slice(6, 10))
  if (!region || year < 1880 || year > 2100 || !isCalendarDate(birthDate))
    return { ok: false, reason: 'invalid' }
  return residentIdCheckHolds(id) ? { ok: true, value: id, birthDate } : { ok: false, reason: 'check-digit' }
}

/** The unified social credit code in capitals, or undefined where shape, region or check character doesn't hold. */
export function parseUscc(raw: string): string | undefined {
  const code = cleanText(raw).replaceAll(/[\s-]/gu, '').toUpperCase()
  if (!/^[1-9ANY][1-9A]\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/u.test(code)) return undefined
  // 10 stands for bodies registered with the national authority itself.
  const region = provinceCode.test(code.slice(2)) || code.startsWith('10', 2)
  return region && usccCheckHolds(code) ? code : undefined
}
