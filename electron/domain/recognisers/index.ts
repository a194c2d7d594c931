// Recognisers for free text in Chinese and English. Best effort, measured in test/unit/domain/recognisers.corpus.test.ts.

import { scanAddresses } from './addresses.ts'
import { scanCodes, scanEmails } from './codes.ts'
import { scanDigits } from './digits.ts'
import { scanEnglishNames } from './names-en.ts'
import { scanChineseNames } from './names-zh.ts'
import { scanPhones } from './phones.ts'
import { settle } from './settle.ts'
import type { Finding, Span } from './types.ts'
import { sourceRange, type TextView, viewOf } from './view.ts'

export { type Finding, type PiiType, piiTypes } from './types.ts'

/**
 * Finds personal data in a text. Findings don't overlap (on conflict the longest stays), are in order of `start`, and carry
 * offsets in Unicode code points. Time grows linearly with the text; never throws.
 */
export function scanText(text: string): Finding[] {
  const view = viewOf(text)
  return scanView(view).map((span) => {
    const { start, end, unitStart, unitEnd } = sourceRange(view, span.from, span.to)
    return { type: span.type, start, end, value: text.slice(unitStart, unitEnd) }
  })
}

/** The same over a view that the caller already has, in UTF-16 units of its normalised text. */
export function scanView({ norm }: TextView): Span[] {
  const spans = [
    ...scanDigits(norm),
    ...scanPhones(norm),
    ...scanCodes(norm),
    ...scanEmails(norm),
    ...scanAddresses(norm),
  ]
  const names = [...scanChineseNames(norm), ...scanEnglishNames(norm)]
  return settle([...spans, ...names, ...repeated(norm, names)], norm.length)
}

/** A name that a cue has given away once is given away everywhere in the text. */
function repeated(norm: string, names: readonly Span[]): Span[] {
  const known = new Set(names.map((span) => norm.slice(span.from, span.to)))
  const spans: Span[] = []
  // A text that names more people than this is a list, and every name in it has its own cue.
  for (const name of [...known].slice(0, 50)) {
    const letter = /[A-Za-z]/u
    for (let from = norm.indexOf(name); from !== -1; from = norm.indexOf(name, from + name.length)) {
      const to = from + name.length
      if (letter.test(name) && (letter.test(norm.charAt(from - 1)) || letter.test(norm.charAt(to)))) continue
      spans.push({ type: 'name', from, to })
    }
  }
  return spans
}
