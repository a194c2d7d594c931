// Postal addresses in free text. Chinese: a known province or city, or a street with a house number, then as many parts of an
// address as follow. English: house number, street, unit, city and ZIP; PO boxes.

import { cityPattern, districtPattern, provincePattern } from '../regions.ts'
import type { Span } from './types.ts'

const gap = '[ \\t]?'
const numerals = '[0-9A-Za-z一二三四五六七八九十百甲乙丙丁东西南北-]{1,8}'
const nameCharacter = '(?![的在是有了我你他她我们和与及或称说请电话手机联系投诉被把给跟])\\p{Script=Han}'
const named = `${nameCharacter}{1,10}?(?:街道|大街|大道|路|街|胡同|巷|弄|里(?=[0-9])|道(?=[0-9])|镇|乡|村|屯|小区|社区|花园|家园|苑|公寓|大厦|广场|新村|公馆|山庄|别墅|工业园|产业园|科技园|软件园|中心|大楼|城(?=[0-9]))(?![街路巷]|大[街道])`
const numbered = `第?${numerals}${gap}(?:号院|号楼|号线|号|弄|幢|栋|座|单元|楼|层|室|房|组|队|期|区|门|户)`
const part = `${gap}(?:${named}|${numbered})`
const region = `(?:(?:${provincePattern})${gap}(?:${cityPattern(true)})?|(?:${cityPattern(false)})|(?:${cityPattern(true)})(?=${districtPattern}))${gap}(?:${districtPattern})?`
const anchored = new RegExp(
  `(?:${region})(?:${gap}(?:${districtPattern}))?((?:${part}){1,10})(?:${gap}[0-9]{1,5}(?![0-9元]))?`,
  'gu',
)
const street = new RegExp(
  `(?:大街|大道|路|街|胡同|巷|弄|道)${gap}[0-9]{1,5}(?:-[0-9]{1,4})?${gap}(?:号院|号楼|号|弄)(?:${part}){0,8}(?:${gap}[0-9]{1,5}(?![0-9元]))?`,
  'gu',
)

const addressCue =
  /(?:地址|住址|住所|住在|家住|居住在|现住|住|寄往|寄到|寄至|送到|送至|位于|户籍)\s?[是为:]?\s?$/u
const stop = /[^\p{Script=Han}]|[的在到住往是址于从至我你他她为请送寄和与]/u

/** Spans of address phrases. A region alone is no address; a street without a number is one only behind a cue. */
export function scanAddresses(norm: string): Span[] {
  const spans: Span[] = []
  for (const match of norm.matchAll(anchored)) {
    const detail = match[1] ?? ''
    const cued = addressCue.test(norm.slice(Math.max(0, match.index - 8), match.index))
    if (cued || (/[0-9一二三四五六七八九十百]/u.test(detail) && new RegExp(numbered, 'u').test(detail))) {
      spans.push({ type: 'address', from: match.index, to: match.index + match[0].trimEnd().length })
    }
  }
  for (const match of norm.matchAll(street)) {
    const from = streetStart(norm, match.index)
    if (from < match.index) spans.push({ type: 'address', from, to: match.index + match[0].length })
  }
  for (const pattern of [american, postBox]) {
    for (const match of norm.matchAll(pattern)) {
      spans.push({
        type: 'address',
        from: match.index,
        to: match.index + match[0].replace(/[\s.,]+$/u, '').length,
      })
    }
  }
  return spans
}

/** Where a street's name begins, read backwards from its ending: to what can't be in a name, at most twelve characters. */
function streetStart(norm: string, ending: number): number {
  let from = ending
  while (from > 0 && ending - from < 12) {
    const low = norm.charCodeAt(from - 1)
    const width = low >= 0xdc00 && low <= 0xdfff ? 2 : 1
    if (stop.test(norm.slice(from - width, from))) break
    from -= width
  }
  return from
}

const streetType =
  '(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|way|place|pl|terrace|ter|circle|cir|highway|hwy|parkway|pkwy|square|sq|trail|trl|alley|close|crescent)'
const cap = "(?:[A-Z][A-Za-z'.]{0,20}|[0-9]{1,3}(?:st|nd|rd|th))"
const unit = '(?:apartment|apt|suite|ste|unit|floor|fl|room|rm|flat|#)'
const insensitive = (word: string): string =>
  word.replaceAll(/[a-z]/gu, (letter) => `[${letter.toUpperCase()}${letter}]`)
const american = new RegExp(
  `(?<![0-9A-Za-z$.,/#-])[0-9]{1,6}[A-Za-z]? (?:[NSEW]{1,2}\\.? |(?:North|South|East|West) )?(?!(?:Business|Days?|Weeks?|Months?|Years?|Hours?|Times?|Calls?|Letters?|Percent|Minutes?) )(?:${cap} ){1,4}?${insensitive(streetType)}(?![A-Za-z])\\.?` +
    `(?:,? {0,2}${insensitive(unit)}\\.? ?#?[0-9A-Za-z-]{1,6})?` +
    `(?:,? (?:[A-Z][A-Za-z.]{1,20} ?){1,3}, ?[A-Z]{2}\\.?(?![A-Za-z])(?: [0-9]{5}(?:-[0-9]{4})?(?![0-9]))?)?`,
  'gu',
)
const postBox =
  /(?<![A-Za-z])[Pp]\.? ?[Oo]\.? [Bb][Oo][Xx] [0-9]{1,7}(?:,? (?:[A-Z][A-Za-z.]{1,20} ?){1,3}, ?[A-Z]{2}(?: [0-9]{5}(?:-[0-9]{4})?)?)?/gu
