// Fixed lines and foreign numbers in free text.

import { isAssignable } from '../phones.ts'
import { leftOf, letterAfter } from './digits.ts'
import type { Span } from './types.ts'

const area = '(?:10|2[0-57-9]|[3-9][0-9]{2})'
const fixedLine = new RegExp(
  `(?<![0-9])(?:\\(0${area}\\)|0${area}|(?:\\+86|0086)[ -]{0,2}\\(?0?${area}\\)?)[ \\t\\r\\n-]{0,3}[2-8][0-9]{2,3}[ \\t\\r\\n-]{0,2}[0-9]{4}(?![0-9])` +
    '(?:\\s?(?:转|分机|ext\\.?|-)\\s?[0-9]{1,6}(?![0-9]))?',
  'giu',
)
const cuedLocal =
  /(?:座机|固话|固定电话|办公电话|家庭电话|家里电话|电话号码|电话|传真)\s?[是为:]?\s?([2-8][0-9]{2,3}[ -]?[0-9]{4})(?![0-9-]|[.,][0-9]|\s?[元万])/gu
const international = /(?<![0-9A-Za-z+])(?:\+|00)[ ]?[1-9](?:[ \t\r\n().-]{0,3}[0-9]){6,17}(?![0-9])/gu
const northAmerican =
  /(?<![0-9A-Za-z+.$-])(?:1[ .-])?(?:\([2-9][0-9]{2}\)[ .-]{0,2}|[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}(?![0-9]|[.,-][0-9])/gu

/** Spans of landlines and foreign phones, overlaps not yet settled. */
export function scanPhones(norm: string): Span[] {
  const spans: Span[] = []
  for (const match of norm.matchAll(fixedLine)) {
    const to = match.index + match[0].length
    if (
      leftOf(norm, match.index) === 'clear' &&
      !letterAfter(norm, to) &&
      !/^\.[0-9]|^\s?[元万]/u.test(norm.slice(to, to + 2))
    ) {
      spans.push({ type: 'landline', from: match.index, to })
    }
  }
  for (const match of norm.matchAll(cuedLocal)) {
    const local = match[1] ?? ''
    const to = match.index + match[0].length
    if (!letterAfter(norm, to)) spans.push({ type: 'landline', from: to - local.length, to })
  }
  for (const match of norm.matchAll(international)) {
    const found = longestAssignable(match[0].replace(/^00/u, '+'))
    const short = match[0].startsWith('00') ? 1 : 0
    if (found > 0) spans.push({ type: 'intl-phone', from: match.index, to: match.index + found + short })
  }
  for (const match of norm.matchAll(northAmerican)) {
    const to = match.index + match[0].length
    const digits = match[0].replaceAll(/[^0-9]/gu, '').slice(-10)
    if (leftOf(norm, match.index) === 'clear' && !letterAfter(norm, to) && isAssignable(`+1${digits}`)) {
      spans.push({ type: 'intl-phone', from: match.index, to })
    }
  }
  return spans
}

/** Length of the longest head of `text`, cut between digit groups, that is an assignable number; 0 for none. China's are not foreign. */
function longestAssignable(text: string): number {
  if (/^\+[ ]?86/u.test(text)) return 0
  let end = text.length
  while (end > 7) {
    if (isAssignable(text.slice(0, end))) return end
    const cut = /^(.*[0-9])[^0-9]+[0-9]+$/su.exec(text.slice(0, end))
    if (cut === null) return 0
    end = (cut[1] ?? '').length
  }
  return 0
}
