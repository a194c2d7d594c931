// Clock times without a zone against instants: which offset from UTC a zone had when.

/** From `since` (clock time, included) to `until` (not included) the zone is `minutes` ahead of UTC. */
export interface ZoneSpan {
  since: string
  until: string
  minutes: number
}

const minuteMs = 60_000
const stepMs = 7 * 24 * 60 * minuteMs

/** How far `timeZone` is ahead of UTC at an instant, in minutes. */
function offsetOf(format: Intl.DateTimeFormat, atMs: number): number {
  const clock = format.format(new Date(atMs)).replace(' ', 'T')
  return Math.round((Date.parse(`${clock}Z`) - Math.floor(atMs / 1000) * 1000) / minuteMs)
}

/**
 * The spans of one offset that cover all clock times, those from `from` to `to` (`YYYY-MM-DD`) exactly: what lies before or
 * behind has the offset of their beginning or end. Looked for week by week: no zone keeps a summer time for less. Before 1970
 * zones aren't looked into.
 */
export function zoneSpans(timeZone: string, from: string, to: string): ZoneSpan[] {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const end = Date.parse(`${to}T00:00Z`) + 2 * 24 * 60 * minuteMs
  let at = Math.max(0, Date.parse(`${from}T00:00Z`) - 24 * 60 * minuteMs)
  let minutes = offsetOf(format, at)
  const spans: ZoneSpan[] = [{ since: '', until: '~', minutes }]
  while (at < end) {
    const next = Math.min(at + stepMs, end)
    if (offsetOf(format, next) === minutes) {
      at = next
      continue
    }
    let before = at
    let after = next
    while (after - before > minuteMs) {
      const middle = before + Math.floor((after - before) / 2 / minuteMs) * minuteMs
      if (offsetOf(format, middle) === minutes) before = middle
      else after = middle
    }
    minutes = offsetOf(format, after)
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
