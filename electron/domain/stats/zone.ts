// Clock times without a zone against instants: which offset from UTC a zone had when.

import { offsetsOf } from '../time-zone.ts'

/** From `since` (clock time, included) to `until` (not included) the zone is `minutes` ahead of UTC. */
export interface ZoneSpan {
  since: string
  until: string
  minutes: number
}

const minuteMs = 60_000
const stepMs = 7 * 24 * 60 * minuteMs

/**
 * The spans of one offset that cover all clock times, those from `from` to `to` (`YYYY-MM-DD`) exactly: what lies before or
 * behind has the offset of their beginning or end. Looked for week by week: no zone keeps a summer time for less. Before 1970
 * zones aren't looked into.
 */
export function zoneSpans(timeZone: string, from: string, to: string): ZoneSpan[] {
  const offsetAt = offsetsOf(timeZone)
  const minutesAt = (atMs: number): number => Math.round(offsetAt(atMs) / minuteMs)
  const end = Date.parse(`${to}T00:00Z`) + 2 * 24 * 60 * minuteMs
  let at = Math.max(0, Date.parse(`${from}T00:00Z`) - 24 * 60 * minuteMs)
  let minutes = minutesAt(at)
  const spans: ZoneSpan[] = [{ since: '', until: '~', minutes }]
  while (at < end) {
    const next = Math.min(at + stepMs, end)
    if (minutesAt(next) === minutes) {
      at = next
      continue
    }
    let before = at
    let after = next
    while (after - before > minuteMs) {
      const middle = before + Math.floor((after - before) / 2 / minuteMs) * minuteMs
      if (minutesAt(middle) === minutes) before = middle
      else after = middle
    }
    minutes = minutesAt(after)
    const since = new Date(after + minutes * minuteMs).toISOString().slice(0, 16)
    const last = spans.at(-1)
    if (last !== undefined) last.until = since
    spans.push({ since, until: '~', minutes })
    at = after
  }
  return spans.filter(({ until }) => until > from)
}

/** Whole days between two days. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / (24 * 60 * minuteMs))
}
