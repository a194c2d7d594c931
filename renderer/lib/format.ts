// Dates and numbers as readers write them, through Intl. Nothing here knows of React.
import type { Locale } from '../../shared/types/common.ts'

const intlLocale: Record<Locale, string> = { 'zh-CN': 'zh-CN', en: 'en-GB' }

const timeOptions: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

/** A UTC instant in the given IANA zone (or the computer's): `2025年9月15日 10:16`, `15 Sep 2025, 10:16`. */
export function formatInstant(instant: string, locale: Locale, timeZone?: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return instant
  return format(date, locale, true, timeZone)
}

/**
 * Clock time without a zone (`YYYY-MM-DD` or `YYYY-MM-DDTHH:mm[:ss]`), as precise as the source; anything else, such as
 * a masked date, is answered as it is.
 */
export function formatClock(value: string, locale: Locale): string {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$/.test(value)) return value
  const hasTime = value.includes('T')
  const date = new Date(hasTime ? `${value}Z` : `${value}T00:00Z`)
  if (Number.isNaN(date.getTime())) return value
  return format(date, locale, hasTime, 'UTC')
}

function format(date: Date, locale: Locale, withTime: boolean, timeZone?: string): string {
  const options: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    month: locale === 'en' ? 'short' : 'long',
    day: 'numeric',
    ...(withTime ? timeOptions : {}),
    ...(timeZone === undefined ? {} : { timeZone }),
  }
  let formatter: Intl.DateTimeFormat
  try {
    formatter = new Intl.DateTimeFormat(locale === 'en' ? 'en-US' : 'zh-CN', options)
  } catch {
    // A vault may name a zone that this browser doesn't know: UTC then, never a blank.
    formatter = new Intl.DateTimeFormat('zh-CN', { ...options, timeZone: 'UTC' })
  }
  if (locale !== 'en') return formatter.format(date)
  // British order with the plain three-letter months: en-GB itself says "Sept".
  const parts = new Map(formatter.formatToParts(date).map((part) => [part.type, part.value]))
  const day = `${parts.get('day')} ${parts.get('month')} ${parts.get('year')}`
  return withTime ? `${day}, ${parts.get('hour')}:${parts.get('minute')}` : day
}

/** The day of a UTC instant in the given zone: `2025年9月15日`, `15 Sep 2025`. */
export function formatDay(instant: string, locale: Locale, timeZone?: string): string {
  const date = new Date(instant)
  return Number.isNaN(date.getTime()) ? instant : format(date, locale, false, timeZone)
}

/** A count: `1,479`. */
export function formatNumber(value: number, locale: Locale): string {
  return new Intl.NumberFormat(intlLocale[locale]).format(value)
}

/** A decimal kept as text (`9551.54`), grouped, its own decimals kept; anything else as it is. */
export function formatAmount(value: string, locale: Locale): string {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value
  const decimals = value.split('.')[1]?.length ?? 0
  if (value.length > 15) return value
  return new Intl.NumberFormat(intlLocale[locale], {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(Number(value))
}

/** Now as the clock on the wall in an IANA zone, `YYYY-MM-DDTHH:mm`, the form of a datetime-local field. */
export function clockNow(timeZone: string | undefined, now: Date = new Date()): string {
  const parts = new Map(
    new Intl.DateTimeFormat('en-GB', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      ...timeOptions,
      ...(timeZone === undefined ? {} : { timeZone }),
    })
      .formatToParts(now)
      .map((part) => [part.type, part.value]),
  )
  const at = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return `${at('year')}-${at('month')}-${at('day')}T${at('hour')}:${at('minute')}`
}

/** Now as `YYYYMMDD-HHmm` on the computer's clock, for suggested folder names. */
export function compactNow(now: Date = new Date()): string {
  return clockNow(undefined, now).replaceAll(/[-:]/g, '').replace('T', '-')
}

/** What stands between the items of a short list. */
export function listSeparator(locale: Locale): string {
  return locale === 'en' ? ', ' : '、'
}

/** Elapsed time as `0:42` or `12:05`. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** A size as people read it: `417 MB`, `1.5 GB`. */
export function formatBytes(bytes: number, locale: Locale): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit > 0 && value < 10 ? 1 : 0
  return `${new Intl.NumberFormat(intlLocale[locale], { maximumFractionDigits: digits }).format(value)} ${byteUnits[unit] ?? ''}`
}
