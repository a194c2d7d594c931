// Dates and amounts as Chinese and English files write them, brought to one form. Times are floating: a file says what the clock
// on the wall showed, and nothing here moves it to another zone.

import { cleanText } from './characters.ts'

export interface ParsedDate {
  /** `YYYY-MM-DD`, or `YYYY-MM-DDTHH:mm`, or `YYYY-MM-DDTHH:mm:ss`: as precise as the source, never more. */
  value: string
}

/** Whether `YYYY-MM-DD` names a day that exists (proleptic Gregorian calendar). */
export function isCalendarDate(iso: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(iso)
  if (match === null) return false
  const time = Date.parse(`${iso}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso)
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

const dayPatterns: { pattern: RegExp; order: 'ymd' | 'mdy' | 'mdy-named' | 'dmy-named' }[] = [
  { pattern: /^(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})/u, order: 'ymd' },
  { pattern: /^(\d{4})\s*(年)\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?/u, order: 'ymd' },
  { pattern: /^(\d{4})()(\d{2})(\d{2})(?!\d)/u, order: 'ymd' },
  { pattern: /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)/u, order: 'mdy' },
  { pattern: /^([a-z]{3,9})()\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/iu, order: 'mdy-named' },
  { pattern: /^(\d{1,2})(?:st|nd|rd|th)?([\s-])([a-z]{3,9})\.?,?[\s-](\d{4})(?!\d)/iu, order: 'dmy-named' },
]

const timePattern =
  /^(?:\s*T\s*|\s*,?\s+(?:at\s+)?|\s*(?=[上下]午|凌晨|早上|中午|晚上|\d{1,2}[时点]))(上午|凌晨|早上|中午|下午|晚上)?\s*(\d{1,2})\s*[:时点]\s*(\d{1,2})?\s*(?:[:分]\s*(\d{1,2})?\s*秒?)?(?:\.\d+)?\s*([ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/iu

/**
 * Reads a date with or without a time: 2024-01-28, 2024/1/28, 2024.1.28, 2024年1月28日, 20240128, 01/28/2024 (month first, unless
 * the first number can only be a day), Jan 28, 2024, 28 January 2024; followed by 10:16, 10:16:05, T10:16:05Z, 下午3:05, 10时16分,
 * 3:05 pm. A zone is read over: the wall time stays. With `excelSerials`, a bare number from 1 to 2958465 is a day of the 1900
 * system. Undefined for anything else, and for days and times that don't exist.
 */
export function parseDate(raw: string, options: { excelSerials?: boolean } = {}): ParsedDate | undefined {
  const text = cleanText(raw).replace(/^'/u, '')
  if (text.length > 64) return undefined
  if (options.excelSerials === true && /^\d{1,7}(?:\.\d+)?$/u.test(text)) return fromExcelSerial(Number(text))
  for (const { pattern, order } of dayPatterns) {
    const match = pattern.exec(text)
    if (match === null) continue
    const day = dayOf(order, match[1] ?? '', match[3] ?? '', match[4] ?? '')
    if (day === undefined || !isCalendarDate(day)) return undefined
    const rest = text.slice(match[0].length).replace(/^\s*(?:\(?(?:星期|周)[一二三四五六日天]\)?)/u, '')
    if (rest.trim() === '') return { value: day }
    const time = timeOf(rest)
    return time === undefined ? undefined : { value: `${day}T${time}` }
  }
  return undefined
}

function dayOf(
  order: (typeof dayPatterns)[number]['order'],
  a: string,
  b: string,
  c: string,
): string | undefined {
  if (order === 'ymd') return iso(a, b, c)
  if (order === 'mdy') return Number(a) > 12 ? iso(c, b, a) : iso(c, a, b)
  const name = (order === 'mdy-named' ? a : b).toLowerCase()
  const month = months.findIndex((short) => name.startsWith(short))
  if (month === -1) return undefined
  return iso(c, String(month + 1), order === 'mdy-named' ? b : a)
}

function iso(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function timeOf(rest: string): string | undefined {
  const match = timePattern.exec(rest)
  if (match === null) return undefined
  const half = (match[1] ?? match[5] ?? '').toLowerCase().replaceAll('.', '')
  let hour = Number(match[2])
  if (half !== '' && hour > 12 && half.endsWith('m')) return undefined
  if (
    (half === '下午' || half === '晚上' || half === '中午' || half === 'pm') &&
    hour < 12 &&
    !(half === '中午' && hour > 10)
  )
    hour += 12
  if ((half === 'am' || half === '凌晨') && hour === 12) hour = 0
  const minute = Number(match[3] ?? '0')
  const second = match[4] === undefined ? undefined : Number(match[4])
  if (hour > 23 || minute > 59 || (second ?? 0) > 59) return undefined
  const pad = (part: number): string => String(part).padStart(2, '0')
  return second === undefined ? `${pad(hour)}:${pad(minute)}` : `${pad(hour)}:${pad(minute)}:${pad(second)}`
}

function fromExcelSerial(serial: number): ParsedDate | undefined {
  // Day 60 of the 1900 system is a 29 February that never was; days before it count from one day later.
  if (serial < 1 || serial >= 2_958_466 || Math.floor(serial) === 60) return undefined
  const day = Math.floor(serial)
  const epoch = day < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  const seconds = Math.round((serial - day) * 86_400)
  const at = new Date(epoch + day * 86_400_000 + seconds * 1000).toISOString()
  if (Number.isInteger(serial)) return { value: at.slice(0, 10) }
  return { value: at.slice(17, 19) === '00' ? at.slice(0, 16) : at.slice(0, 19) }
}

/** What files write before or behind an amount, and the currency that it says; a lone `$` is that of many countries. */
const currencies: readonly (readonly [string, readonly string[]])[] = [
  ['CNY', ['rmb', 'cny', '人民币', '人民幣', '元整', '圆整', '元', '圆', '块', '¥']],
  ['HKD', ['hk$', 'hkd', '港币', '港元', '港幣']],
  ['TWD', ['nt$', 'twd', '新台币', '新臺幣', '台币']],
  ['USD', ['us$', 'usd', '美元', '美金']],
  ['EUR', ['eur', '欧元', '歐元', '€']],
  ['GBP', ['gbp', '英镑', '英鎊', '£']],
  ['JPY', ['jpy', '日元', '日圆', '日圓']],
  ['', ['$']],
]
/** The longest first: 美元 is no 元. */
const currencyWords = currencies
  .flatMap(([code, words]) => words.map((word) => ({ word, code })))
  .toSorted((one, other) => other.word.length - one.word.length)

/** The currency that stands with an amount; undefined where none is said. */
export function currencyWithin(raw: string): string | undefined {
  const text = cleanText(raw).toLowerCase()
  return currencyWords.find(({ word, code }) => code !== '' && text.includes(word))?.code
}

/** Without the words of a currency at both ends, as often as they stand there (`人民币100元`). */
function withoutCurrency(text: string): string {
  const lower = text.toLowerCase()
  for (const { word } of currencyWords) {
    if (lower.startsWith(word)) return withoutCurrency(text.slice(word.length).trim())
    if (lower.endsWith(word)) return withoutCurrency(text.slice(0, -word.length).trim())
  }
  return text
}

/**
 * An amount as a plain decimal string: `¥1,234.50`, `1234.50元`, `{$21.00}` (the CFPB's way) and `(12.50)` (a negative of
 * accountants, as is `12.50-`) → `1234.50`, `1234.50`, `21.00`, `-12.50`. Digits stay as they are, 万 moves the point by four and
 * 亿 by eight. Undefined where it can't be read in one way only.
 */
export function parseAmount(raw: string): string | undefined {
  let text = cleanText(raw)
  if (text.length > 64) return undefined
  text = text.replace(/^\{(.*)\}$/u, '$1').trim()
  const inBrackets = /^\((.*)\)$/u.exec(text)
  if (inBrackets !== null) text = `-${inBrackets[1] ?? ''}`
  let sign = ''
  const takeSign = (): void => {
    const match = /^[+-]\s*/u.exec(text)
    if (match === null) return
    if (match[0].startsWith('-')) sign = '-'
    text = text.slice(match[0].length)
  }
  takeSign()
  text = withoutCurrency(text)
  if (sign === '') takeSign()
  if (sign === '' && /\d-$/u.test(text)) {
    sign = '-'
    text = text.slice(0, -1)
  }
  const scaled = /^(.*?)\s*([万萬亿億])$/u.exec(text)
  if (scaled !== null) text = scaled[1] ?? ''
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(text)) text = text.replaceAll(',', '')
  else if (/^\d{1,3}(?:\.\d{3})+,\d{1,2}$/u.test(text)) text = text.replaceAll('.', '').replace(',', '.')
  if (!/^\d+(?:\.\d+)?$/u.test(text)) return undefined
  if (scaled !== null) text = shiftFour(text)
  if (scaled?.[2] === '亿' || scaled?.[2] === '億') text = shiftFour(text)
  return `${sign}${text}`
}

function shiftFour(decimal: string): string {
  const [whole = '', fraction = ''] = decimal.split('.')
  const moved = `${whole}${fraction.slice(0, 4).padEnd(4, '0')}`.replace(/^0+(?=\d)/u, '')
  return fraction.length > 4 ? `${moved}.${fraction.slice(4)}` : moved
}
