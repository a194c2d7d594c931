// Which of several candidates for the same characters stays.

import type { PiiType, Span } from './types.ts'

/** Of two candidates of one length, the type whose check is the stronger comes first. */
const rank: Record<PiiType, number> = {
  'resident-id': 0,
  uscc: 1,
  'bank-card': 2,
  email: 3,
  mobile: 4,
  landline: 5,
  'intl-phone': 6,
  passport: 7,
  address: 8,
  name: 9,
}

/** Longest first, then by rank. `length` is that of the text that the spans stand in; the result is in order of position. */
export function settle(spans: readonly Span[], length: number): Span[] {
  const byLength = spans.toSorted(
    (a, b) => b.to - b.from - (a.to - a.from) || rank[a.type] - rank[b.type] || a.from - b.from,
  )
  const taken = new Uint8Array(length)
  const kept = byLength.filter((span) => {
    // What is taken already is at least as long, so an overlap covers one of the two ends.
    if (span.to <= span.from || taken[span.from] === 1 || taken[span.to - 1] === 1) return false
    taken.fill(1, span.from, span.to)
    return true
  })
  return kept.toSorted((a, b) => a.from - b.from)
}
