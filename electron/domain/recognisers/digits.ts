// Numbers in free text that are digits: resident IDs, bank cards, mainland mobiles. The text is cut into chains of digit groups
// that only separators part; candidates are runs of whole groups. So a number inside a longer run of digits is never one.

import { luhnHolds } from '../checksums.ts'
import { parseResidentId, parseUscc } from '../resident-id.ts'
import type { Span } from './types.ts'

interface Group {
  from: number
  to: number
  digits: string
}

/** At most so many separators between two groups of one number: two line ends or a spaced dash. */
const longestGap = 3
const gapPattern = /^[ \t\r\n-]{1,3}$/u
const longestNumber = 19

/** Spans of resident IDs (18 and 15), bank cards and mobiles, overlaps not yet settled. */
export function scanDigits(norm: string): Span[] {
  const spans: Span[] = []
  let chain: Group[] = []
  for (const match of norm.matchAll(/[0-9]+/gu)) {
    const group: Group = { from: match.index, to: match.index + match[0].length, digits: match[0] }
    const last = chain.at(-1)
    if (last !== undefined && !joins(norm, last, group)) {
      scanChain(norm, chain, spans)
      chain = []
    }
    chain.push(group)
  }
  scanChain(norm, chain, spans)
  return spans
}

function joins(norm: string, left: Group, right: Group): boolean {
  const gap = right.from - left.to
  return gap <= longestGap && gapPattern.test(norm.slice(left.to, right.from))
}

function scanChain(norm: string, chain: readonly Group[], spans: Span[]): void {
  for (let first = 0; first < chain.length; first += 1) {
    const start = chain[first]
    if (start === undefined || start.digits.length > longestNumber) continue
    let digits = ''
    for (let last = first; last < chain.length; last += 1) {
      const end = chain[last]
      if (end === undefined) break
      digits += end.digits
      if (digits.length > longestNumber) break
      if (digits.length < 11) continue
      const wholeChain = first === 0 && last === chain.length - 1
      // Only a resident ID, which has a check digit and a date, is looked for in crumbs that go on before or behind it.
      if (!wholeChain && last - first >= 6 && digits.length !== 17 && digits.length !== 18) continue
      // Sizes are read only where the length is that of a number.
      const span = candidate(
        norm,
        { digits, from: start.from, to: end.to },
        () => chain.slice(first, last + 1).map((group) => group.digits.length),
        wholeChain,
      )
      if (span !== undefined) spans.push(span)
    }
  }
}

// A region's first two digits and a century, an old ID, a card's range, or a mobile with or without 86.
const mayBegin =
  /^(?:[1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9]{6,7}|[1-9][0-9]{7}[01][0-9]{6}|9[0-9]{17,18}|(?:[24569]|3[04-9])[0-9]{12,18}|(?:86|0086)?1[3-9][0-9]{9})$/u

function candidate(norm: string, run: Group, sizes: () => number[], wholeChain: boolean): Span | undefined {
  const { digits, from } = run
  // Cheap refusals first: most runs of most texts begin like nothing.
  if (!mayBegin.test(digits)) return undefined
  const left = leftOf(norm, from)
  if (left === 'glued') return undefined
  const { length } = digits
  if (length === 17 || length === 18) {
    const mark =
      length === 17 ? /^[ \t\r\n-]{0,3}[Xx](?![0-9A-Za-z])/u.exec(norm.slice(run.to, run.to + 6)) : null
    const id = length === 18 ? digits : mark === null ? '' : `${digits}X`
    const to = run.to + (mark?.[0].length ?? 0)
    if (id !== '' && parseResidentId(id).ok && !letterAfter(norm, to))
      return { type: 'resident-id', from, to }
    if (length === 18 && parseUscc(digits) !== undefined) return { type: 'uscc', from, to }
  }
  if (letterAfter(norm, run.to) || isAmount(norm, run)) return undefined
  if (length === 15 && left !== 'order' && parseResidentId(digits).ok && plainOr(sizes(), [[6, 6, 3]])) {
    return { type: 'resident-id', from, to: run.to }
  }
  if (isCard(digits) && left !== 'order' && cardLayout(sizes(), wholeChain))
    return { type: 'bank-card', from, to: run.to }
  const mobile = /^(?:86|0086)?1[3-9]\d{9}$/u.test(digits)
  if (mobile && left !== 'order' && mobileLayout(sizes(), digits.length - 11, wholeChain)) {
    const plus = /(?:\+|\(\+)$/u.exec(norm.slice(Math.max(0, from - 2), from))
    return { type: 'mobile', from: digits.length === 13 && plus !== null ? from - 1 : from, to: run.to }
  }
  return undefined
}

/** The payment networks' ranges with their lengths; UnionPay also issues 16 to 19. */
function isCard(digits: string): boolean {
  const { length } = digits
  const network =
    (digits.startsWith('62') && length >= 16) ||
    (digits.startsWith('4') && (length === 13 || length === 16 || length === 19)) ||
    (/^(?:5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720))/u.test(digits) && length === 16) ||
    (/^3[47]/u.test(digits) && length === 15) ||
    (/^3(?:0[0-5]|[689])/u.test(digits) && length === 14) ||
    (/^35(?:2[89]|[3-8])/u.test(digits) && length === 16) ||
    (/^(?:6011|64[4-9]|65|60[0-9]{2}|9[0-9]{3})/u.test(digits) && length === 16) ||
    (/^(?:9[0-9]|60)/u.test(digits) && length === 19)
  return network && luhnHolds(digits) && !/^(\d)\1+$/u.test(digits)
}

function plainOr(sizes: readonly number[], layouts: readonly (readonly number[])[]): boolean {
  return (
    sizes.length === 1 ||
    layouts.some(
      (layout) => layout.length === sizes.length && layout.every((size, index) => size === sizes[index]),
    )
  )
}

function cardLayout(sizes: readonly number[], wholeChain: boolean): boolean {
  if (sizes.length === 1 || wholeChain) return true
  const fours = sizes.every((size, index) => size === 4 || (index === sizes.length - 1 && size < 4))
  return (
    fours ||
    plainOr(sizes, [
      [4, 6, 5],
      [4, 6, 4],
      [6, 13],
      [6, 10],
      [8, 8],
      [8, 11],
    ])
  )
}

/** `prefix` is the number of digits of 86 or 0086 that stand before the 11. */
function mobileLayout(sizes: readonly number[], prefix: number, wholeChain: boolean): boolean {
  // 1-800-555-1234 is an American number, 3-3-5 nobody's layout but a table's.
  if (plainOr(sizes, [[1, 3, 3, 4]]) && sizes.length > 1) return false
  // Any layout will do where nothing else is in reach, but a date with something behind it isn't a number.
  if (
    wholeChain &&
    !plainOr(sizes.slice(0, 3), [
      [4, 2, 2],
      [2, 2, 4],
      [4, 1, 2],
      [4, 2, 1],
    ])
  )
    return true
  let own = sizes
  if (prefix > 0 && sizes[0] === prefix) own = sizes.slice(1)
  else if (prefix > 0 && (sizes[0] ?? 0) > prefix) own = [(sizes[0] ?? 0) - prefix, ...sizes.slice(1)]
  return plainOr(own, [
    [3, 4, 4],
    [3, 8],
    [7, 4],
    [3, 3, 5],
  ])
}

const cueWords = /(?:tel|phone|mobile|cell|mob|ph|call|fax|wx|vx|v|qq|id|no|card|acct|account|number|num)$/iu
const orderCue =
  /(?:订单|运单|快递|物流|流水|交易|工单|投诉|案件|受理|单据|发票|合同|商品|批次|序列|设备|参考|凭证)(?:编?号码?|单号|号)?\s*(?:[是为]|:|#)?\s*$|(?<!证|件|证件|身份证)(?:单号|编号)\s*(?:[是为]|:|#)?\s*$|(?:order|tracking|invoice|reference|ref|case|ticket|confirmation|transaction|serial)\s*(?:no\.?|number|num|id|#)?\s*(?:is)?\s*[:#]?\s*$/iu

/** What stands to the left: nothing of interest, a letter or sign that makes the digits part of something longer, or the cue of an order number. */
export function leftOf(norm: string, from: number): 'clear' | 'glued' | 'order' {
  const before = norm.slice(Math.max(0, from - 24), from)
  if (/(?:_|[$¥€£]\s?)$/u.test(before)) return 'glued'
  const word = /([A-Za-z0-9]+)-?$/u.exec(before)?.[1] ?? ''
  if (/[A-Za-z]$/u.test(word) && !(/^[A-Za-z]+$/u.test(word) && cueWords.test(word))) return 'glued'
  return orderCue.test(before) ? 'order' : 'clear'
}

export function letterAfter(norm: string, to: number): boolean {
  return /^[0-9A-Za-z_]/u.test(norm.slice(to, to + 1))
}

/** Decimal places, a percent sign or a unit of money behind the digits. */
function isAmount(norm: string, run: Group): boolean {
  return /^(?:\.[0-9]{1,2}(?![0-9])|\s?(?:元|万|亿|块|%|美元|人民币|件|股|kg|km))/u.test(
    norm.slice(run.to, run.to + 4),
  )
}
