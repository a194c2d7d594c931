// What goes into the full-text index and what is asked of it: one module, since each is only right beside the other. For
// fts5(name, nums, body, tokenize='unicode61 remove_diacritics 0', content='', contentless_delete=1, prefix='5 7'); the trigram
// tokenizer can't find names of two characters.

import { cleanText } from './characters.ts'

const ideographic = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc`
// The classes that unicode61 takes as parts of a token.
const pieces = new RegExp(`[${ideographic}]+|(?:(?![${ideographic}])[\\p{L}\\p{N}\\p{Co}])+`, 'gu')
const isIdeographic = new RegExp(`^[${ideographic}]`, 'u')

/**
 * A text as tokens between spaces. A run of Han (kana, hangul) gives its overlapping pairs and its last character alone, so that
 * any two neighbours, and by prefix any single one, are found; other words come lower-cased, all after NFKC.
 */
export function indexTokens(text: string): string {
  const tokens: string[] = []
  for (const piece of piecesOf(text)) {
    if (isIdeographic.test(piece)) {
      // One at a time: spreading a long text into push would overflow the stack.
      for (const pair of pairsOf(piece, true)) tokens.push(pair)
    } else tokens.push(piece)
  }
  return tokens.join(' ')
}

/**
 * Tokens of one number (phone, ID, card): its digits (with a closing X), and `r` + the same backwards, so that an FTS prefix query
 * finds its end as well. '' where there is none.
 */
export function numberTokens(digits: string): string {
  const number = numberOf(digits)
  return number === '' ? '' : `${number} r${backwards(number)}`
}

/**
 * The MATCH expression for what a person typed, or undefined where nothing searchable is in it. Every part is a quoted string of
 * letters and digits, so no FTS syntax gets through. Han runs match as a phrase of pairs; one Han character and Latin words match
 * as prefixes; four digits or more (spaces and dashes between them and +86 don't count) as beginning or end of a number. All parts must match.
 */
export function queryExpression(query: string): { match: string } | undefined {
  const text = cleanText(query).slice(0, longestQuery)
  const number = /^[+\d][\d\s().-]*[\dXx]$/u.test(text)
    ? numberOf(text).replace(/^(?:0086|86)(?=1[3-9]\d{9}$)/u, '')
    : ''
  if (number.length >= leastDigits) return { match: numberQuery(number) }
  const parts = piecesOf(text).map((piece) => {
    if (!isIdeographic.test(piece)) return /^\d{4,}x?$/u.test(piece) ? numberQuery(piece) : `"${piece}"*`
    const pairs = [...pairsOf(piece, false)]
    return pairs.length === 0 ? `"${piece}"*` : `"${pairs.join(' ')}"`
  })
  return parts.length === 0 ? undefined : { match: parts.join(' AND ') }
}

const leastDigits = 4
const longestQuery = 200

function piecesOf(text: string): string[] {
  // Without invisible characters, as in the recognisers; the rest is NFKC.
  return cleanText(text).toLowerCase().match(pieces) ?? []
}

function* pairsOf(run: string, withLast: boolean): Generator<string> {
  let previous = ''
  for (const character of run) {
    if (previous !== '') yield previous + character
    previous = character
  }
  if (withLast) yield previous
}

function numberQuery(number: string): string {
  return `("${number}"* OR "r${backwards(number)}"*)`
}

function numberOf(text: string): string {
  const compact = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^0-9x]/gu, '')
  return compact.replaceAll(/x(?!$)/gu, '')
}

function backwards(number: string): string {
  return [...number].toReversed().join('')
}
