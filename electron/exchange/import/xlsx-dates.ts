// A workbook stores a date as a number and says only in the cell's style that it is one. Here both become ISO text.

/** What a number format shows of a serial number. */
export interface DateFormat {
  date: boolean
  time: boolean
  seconds: boolean
}

const dayMs = 86_400_000

// ECMA-376 part 1, 18.8.30 (numFmt): built-in formats, those of the zh-CN locale included.
const date: DateFormat = { date: true, time: false, seconds: false }
const time: DateFormat = { date: false, time: true, seconds: false }
const timeWithSeconds: DateFormat = { date: false, time: true, seconds: true }
const builtIn = new Map<number, DateFormat>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, date] as const),
  ...[18, 20, 32, 34, 55].map((id) => [id, time] as const),
  ...[19, 21, 33, 35, 45, 47, 56].map((id) => [id, timeWithSeconds] as const),
  [22, { date: true, time: true, seconds: false }],
])

/** What a number format, built-in or with its code, shows of a date; undefined when it is none (elapsed time is none either). */
export function findDateFormat(id: number, code: string | undefined): DateFormat | undefined {
  if (code === undefined) return builtIn.get(id)
  if (/\[(?:h+|m+|s+)\]/i.test(code)) return undefined
  const letters = code
    .replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/gu, '')
    .replace(/am\/pm|a\/p/gi, 'h')
    .split(';')[0]
  if (letters === undefined || /general|e[+-]/i.test(letters)) return undefined
  const shownTime = /[hs]/i.test(letters)
  const shownDate = /[yd]/i.test(letters) || (/m/i.test(letters) && !shownTime)
  return shownDate || shownTime
    ? { date: shownDate, time: shownTime, seconds: /s/i.test(letters) }
    : undefined
}

/**
 * A serial number as `YYYY-MM-DD`, `YYYY-MM-DDTHH:mm`, `YYYY-MM-DDTHH:mm:ss` or `HH:mm[:ss]`, never less precise than stored
 * (to the second). Text that is no date (not a number, negative, the 29 February 1900 that never was) comes back as it is.
 */
export function serialToIso(stored: string, format: DateFormat, date1904: boolean): string {
  const serial = Number(stored)
  if (stored.trim() === '' || !Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return stored
  const seconds = Math.round(serial * 86_400)
  const days = Math.floor(seconds / 86_400)
  const timeOnly = !format.date && days === 0
  if (!timeOnly && !date1904 && (days === 0 || days === 60)) return stored
  const iso = new Date(epochMs(days, date1904) + seconds * 1000).toISOString()
  const clock = iso.slice(11, format.seconds || seconds % 60 !== 0 ? 19 : 16)
  if (timeOnly) return clock
  return format.time || seconds % 86_400 !== 0 ? `${iso.slice(0, 10)}T${clock}` : iso.slice(0, 10)
}

/** Day 0. The 1900 system counts a 29 February 1900, so days before it stand one off. */
function epochMs(days: number, date1904: boolean): number {
  if (date1904) return Date.UTC(1904, 0, 1)
  return Date.UTC(1899, 11, 30) + (days < 60 ? dayMs : 0)
}
