// Free text made fit for records.db: every known value of the linked customer goes first, in all its written forms, then what the
// recognisers find. Both become typed placeholders, numbered per distinct value in order of appearance.

import { cleanText, digitsOf } from './characters.ts'
import { normaliseMobile, normaliseName, normaliseResidentId, writtenForms } from './normalise.ts'
import { type PiiType, scanText, scanView } from './recognisers/index.ts'
import type { Span } from './recognisers/types.ts'
import { sourceRange, type TextView, viewOf } from './recognisers/view.ts'

export interface KnownValue {
  type: PiiType
  /** Clear, as it stands in the customer's row. */
  value: string
}

export interface Redacted {
  text: string
  /** Replaced stretches per type, repetitions counted. */
  counts: Partial<Record<PiiType, number>>
}

const chineseLabels: Record<PiiType, string> = {
  name: '姓名',
  mobile: '手机号',
  landline: '座机',
  'resident-id': '证件号',
  uscc: '统一代码',
  'bank-card': '银行卡',
  passport: '护照',
  email: '邮箱',
  address: '地址',
  'intl-phone': '境外电话',
}

const englishLabels: Record<PiiType, string> = {
  name: 'name',
  mobile: 'phone',
  landline: 'landline',
  'resident-id': 'ID',
  uscc: 'company code',
  'bank-card': 'card',
  passport: 'passport',
  email: 'email',
  address: 'address',
  'intl-phone': 'intl phone',
}

interface Claim extends Span {
  /** What makes two stretches the same value. */
  key: string
  /** 1 for a known value, 0 for a finding. */
  certainty: 0 | 1
}

/**
 * Replaces personal data by placeholders such as `[手机号 1]` (`[phone 1]` in a text without Han characters). The same value has
 * the same number wherever and however it is written. Known values are taken out also where no recogniser would see them; where
 * a finding reaches over a known value's edge, all of it goes. Never throws; known values of fewer than two characters are ignored.
 */
export function redact(text: string, known: readonly KnownValue[]): Redacted {
  const view = viewOf(text)
  const claims = merged([...knownClaims(view, known), ...foundClaims(view)])
  const labels = /\p{Script=Han}/u.test(text) ? chineseLabels : englishLabels
  const numbers = new Map<string, number>()
  const distinct: Partial<Record<PiiType, number>> = {}
  const counts: Partial<Record<PiiType, number>> = {}
  const parts: string[] = []
  let done = 0
  for (const claim of claims) {
    const { unitStart, unitEnd } = sourceRange(view, claim.from, claim.to)
    let number = numbers.get(claim.key)
    if (number === undefined) {
      number = (distinct[claim.type] ?? lastNumber(text, claim.type)) + 1
      distinct[claim.type] = number
      numbers.set(claim.key, number)
    }
    counts[claim.type] = (counts[claim.type] ?? 0) + 1
    parts.push(text.slice(done, unitStart), `[${labels[claim.type]} ${number}]`)
    done = unitEnd
  }
  parts.push(text.slice(done))
  return { text: parts.join(''), counts }
}

/** The highest number that a placeholder of a type has in a text already, as in one that is redacted again; else 0. */
function lastNumber(text: string, type: PiiType): number {
  return [chineseLabels[type], englishLabels[type]].reduce((most, label) => {
    const found = text.matchAll(new RegExp(`\\[${label} (\\d{1,6})\\]`, 'gu'))
    return [...found].reduce((number, [, digits]) => Math.max(number, Number(digits)), most)
  }, 0)
}

/** Whether the recognisers find anything in the text. */
export function containsPii(text: string): boolean {
  return scanText(text).length > 0
}

function foundClaims(view: TextView): Claim[] {
  return scanView(view).map((span) => ({
    ...span,
    key: keyOf(span.type, view.norm.slice(span.from, span.to)),
    certainty: 0,
  }))
}

function keyOf(type: PiiType, value: string): string {
  return `${type}:${canonical(type, value)}`
}

function canonical(type: PiiType, value: string): string {
  if (type === 'mobile') return normaliseMobile(value) ?? digitsOf(value)
  if (type === 'resident-id') return normaliseResidentId(value) ?? cleanText(value)
  if (type === 'bank-card' || type === 'landline' || type === 'intl-phone')
    return digitsOf(value).replace(/^00/u, '')
  if (type === 'name') return normaliseName(value).toLowerCase()
  return cleanText(value).replaceAll(/[\s-]/gu, '').toLowerCase()
}

// Between two characters of a number: at most three separators, also dots, brackets and slashes.
const numberGap = String.raw`[\s.()/_-]{0,3}`
const nameGap = String.raw`[\s·•‧・･.-]{0,2}`
const wordGap = String.raw`[\s,]{0,3}`

function knownClaims(view: TextView, known: readonly KnownValue[]): Claim[] {
  const claims: Claim[] = []
  // A pattern is built only for a form whose characters stand in the text in this order.
  const compact = compacted(view.norm)
  for (const { type, value } of known) {
    const key = keyOf(type, value)
    for (const form of writtenForms(type, value)) {
      if (!compact.includes(compacted(form))) continue
      for (const match of view.norm.matchAll(formPattern(type, form))) {
        claims.push({ type, from: match.index, to: match.index + match[0].length, key, certainty: 1 })
      }
    }
  }
  return claims
}

/** A pattern for one written form with whatever may stand between its characters; no part of it can match in two ways. */
function formPattern(type: PiiType, form: string): RegExp {
  if (type === 'name' && !/\p{Script=Han}/u.test(form)) {
    const words = form.split(/[\s,]+/u).filter((word) => word !== '')
    return new RegExp(`(?<![\\p{L}\\p{N}])${words.map(escaped).join(wordGap)}(?![\\p{L}\\p{N}])`, 'giu')
  }
  // Case-insensitive matching of Han is slow, and means nothing.
  const flags = /[a-z]/iu.test(form) ? 'giu' : 'gu'
  if (type === 'name') return new RegExp(spread(form.replaceAll('·', ''), nameGap), flags)
  if (type === 'email') return new RegExp(escaped(form), 'giu')
  if (type === 'address') return new RegExp(spread(form, '[\\s,-]{0,2}'), flags)
  // A known number goes also out of a longer word, but not out of a longer number; its plus goes with it.
  return new RegExp(`(?<![0-9])\\+?${spread(form.replace(/^\+/u, ''), numberGap)}(?![0-9])`, flags)
}

function compacted(text: string): string {
  return text.toLowerCase().replaceAll(/[\s.,()/_·•‧・･+-]/gu, '')
}

function spread(form: string, between: string): string {
  return [...form.replaceAll(/[\s()-]/gu, '')].map(escaped).join(between)
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)
}

/** Overlapping claims become one stretch, under the key of the known value, or of the longer one where both or neither is known. */
function merged(claims: readonly Claim[]): Claim[] {
  const sorted = claims.toSorted((a, b) => a.from - b.from || b.to - a.to)
  const result: Claim[] = []
  let leader: Claim | undefined
  for (const claim of sorted) {
    const last = result.at(-1)
    if (last === undefined || leader === undefined || claim.from >= last.to) {
      result.push({ ...claim })
      leader = claim
      continue
    }
    const longer = claim.to - claim.from > leader.to - leader.from
    if (claim.certainty > leader.certainty || (claim.certainty === leader.certainty && longer)) leader = claim
    result[result.length - 1] = { ...leader, from: last.from, to: Math.max(last.to, claim.to) }
  }
  return result
}
