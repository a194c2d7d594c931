// Numbers with letters, and e-mail addresses.

import { parseUscc } from '../resident-id.ts'
import type { Span } from './types.ts'

// Inside a look-ahead, so that a failed candidate doesn't swallow the one that starts in it.
const uscc = /(?<![0-9A-Za-z_-])(?=([1-9ANY](?:[ \t\r\n-]{0,2}[0-9A-HJ-NPQRTUWXY]){17})(?![0-9A-Za-z_]))/giu
const cuedPassport =
  /(?:护照|通行证|回乡证|台胞证|港澳居民|passport|travel permit)(?:编?号码?|number|no\.?|num|#|\s|是|为|is|:|\(|证件){0,6}([A-Z]{0,2}[0-9](?:[ -]?[0-9]){5,9}[A-Z]?)(?![0-9A-Za-z])/giu
const chinesePassport =
  /(?<![0-9A-Za-z_-])(?:[EG][ -]?[0-9]{8}|E[A-HJ-NP-Z][ -]?[0-9]{7})(?![0-9A-Za-z_]|[.,-][0-9])/gu
const codeCue =
  /(?:单号|编号|订单号?|型号|批号|货号|序列号|编码|order|tracking|serial|model|sku|ref|no\.)\s*[:#是为]?\s*$/iu
const monthDay = /(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])$/u

/** Spans of social credit codes and passports or permits. */
export function scanCodes(norm: string): Span[] {
  const spans: Span[] = []
  for (const match of norm.matchAll(uscc)) {
    const code = match[1] ?? ''
    if (parseUscc(code) !== undefined)
      spans.push({ type: 'uscc', from: match.index, to: match.index + code.length })
  }
  for (const match of norm.matchAll(cuedPassport)) {
    const to = match.index + match[0].length
    spans.push({ type: 'passport', from: to - (match[1] ?? '').length, to })
  }
  for (const match of norm.matchAll(chinesePassport)) {
    const before = norm.slice(Math.max(0, match.index - 12), match.index)
    // E20240115 is an order of that day more often than a passport.
    if (!codeCue.test(before) && !monthDay.test(match[0]))
      spans.push({ type: 'passport', from: match.index, to: match.index + match[0].length })
  }
  return spans
}

const localCharacter = /[A-Za-z0-9._%+'-]/u
const hostCharacter = /[A-Za-z0-9.-]/u

/** Spans of e-mail addresses: read outwards from each @, so that time stays linear. */
export function scanEmails(norm: string): Span[] {
  const spans: Span[] = []
  let floor = 0
  for (let at = norm.indexOf('@'); at !== -1; at = norm.indexOf('@', at + 1)) {
    let from = at
    while (from > floor && at - from < 64 && localCharacter.test(norm.charAt(from - 1))) from -= 1
    let to = at + 1
    while (to < norm.length && to - at < 255 && hostCharacter.test(norm.charAt(to))) to += 1
    floor = to > at + 1 ? at + 1 : at
    const local = norm.slice(from, at).replace(/^[.'%+-]+/u, '')
    const host = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,8}[A-Za-z]{2,24}/u.exec(norm.slice(at + 1, to))
    if (local !== '' && host !== null)
      spans.push({ type: 'email', from: at - local.length, to: at + 1 + host[0].length })
  }
  return spans
}
