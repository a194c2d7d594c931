// Numbers that name a person or a company: resident ID, passport and permits, unified social credit code, bank card.

import { cleanText, stars } from '../characters.ts'
import { parseResidentId, parseUscc } from '../resident-id.ts'
import { type Masked, unparsed } from './types.ts'

/** GB 11643: first and last character; the usual 6 + 4 would tell region, sex and serial. */
export function maskResidentId(raw: string): Masked {
  const id = parseResidentId(raw)
  if (!id.ok) return unparsed(`resident-id-${id.reason}`)
  return { masked: ends(id.value, 1, 1), parsed: true, normalised: id.value }
}

/** Passports and travel permits: 2 + 2. Six to twelve letters and digits, most of them digits. */
export function maskPassport(raw: string): Masked {
  const number = cleanText(raw)
    .replace(/\([^()\d]*\)$/u, '')
    .replaceAll(/[\s-]/gu, '')
    .toUpperCase()
  const digits = number.replaceAll(/\D/gu, '').length
  if (!/^[A-Z0-9]{6,12}$/u.test(number) || digits < number.length / 2) return unparsed('passport-invalid')
  return { masked: ends(number, 2, 2), parsed: true, normalised: number }
}

/** GB 32100: first 2 and last 2; masked for everybody, since a column doesn't say whether a company or a one-person firm has it. */
export function maskUscc(raw: string): Masked {
  const code = parseUscc(raw)
  if (code === undefined) return unparsed('uscc-invalid')
  return { masked: ends(code, 2, 2), parsed: true, normalised: code }
}

/**
 * Last 4 behind three groups of stars, whatever the length. 12 to 19 digits parse: passbook and corporate accounts share these
 * columns and have no Luhn digit, so a column's word is taken for it (free text asks for the check digit).
 */
export function maskBankCard(raw: string): Masked {
  const text = cleanText(raw)
    .replace(/^['"]/u, '')
    .replace(/\([^()\d]*\)$/u, '')
    .replaceAll(/[\s-]/gu, '')
  if (!/^\d{12,19}$/u.test(text)) return unparsed('bank-card-invalid')
  return { masked: `**** **** **** ${text.slice(-4)}`, parsed: true, normalised: text }
}

function ends(value: string, head: number, tail: number): string {
  return value.slice(0, head) + stars(value.length - head - tail) + value.slice(-tail)
}
