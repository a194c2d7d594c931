// Values of a case in the words of a letter.
import type { Locale } from '../../../shared/types/common.ts'

/** `YYYY-MM-DD…` as a letter writes a day; '' for anything else. */
export function dayWords(date: string, lang: Locale): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/u.exec(date) ?? []
  if (year === undefined || month === undefined || day === undefined) return ''
  if (lang === 'zh-CN') return `${year}年${Number(month)}月${Number(day)}日`
  return `${Number(day)} ${months[Number(month) - 1] ?? month} ${year}`
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** An amount with its currency; '' where there is none. */
export function moneyWords(amount: string, currency: string, lang: Locale): string {
  if (amount === '') return ''
  if (lang === 'en') return currency === '' ? amount : `${currency} ${amount}`
  if (currency === 'CNY') return `人民币 ${amount} 元`
  return currency === '' ? amount : `${amount} ${currency}`
}

const reliefs: Readonly<Record<string, Record<Locale, string>>> = {
  refund: { 'zh-CN': '退款', en: 'a refund' },
  repair: { 'zh-CN': '修复或者更换', en: 'repair or replacement' },
  apology: { 'zh-CN': '致歉', en: 'an apology' },
  other: { 'zh-CN': '', en: '' },
}

/** What is done for the customer; '' where nothing is, or where only a person can say what. */
export function reliefWords(
  relief: { kind: string; amount: string; currency: string },
  lang: Locale,
): string {
  const kind = Object.hasOwn(reliefs, relief.kind) ? (reliefs[relief.kind]?.[lang] ?? '') : ''
  const money = moneyWords(relief.amount, relief.currency, lang)
  if (kind === '' || money === '') return kind === '' ? money : kind
  if (relief.kind === 'refund') return lang === 'zh-CN' ? `${kind}${money}` : `${kind} of ${money}`
  return lang === 'zh-CN' ? `${kind}，并支付${money}` : `${kind}, and ${money}`
}

const decisions: Readonly<Record<string, Record<Locale, string>>> = {
  upheld: { 'zh-CN': '予以支持', en: 'we uphold your complaint' },
  partly: { 'zh-CN': '部分予以支持', en: 'we uphold your complaint in part' },
  rejected: { 'zh-CN': '不予支持', en: 'we do not uphold your complaint' },
  settled: { 'zh-CN': '双方已经协商一致', en: 'we have reached an agreement with you' },
}

/** How the complaint was decided; '' where nobody said. */
export function decisionWords(kind: string, lang: Locale): string {
  return Object.hasOwn(decisions, kind) ? (decisions[kind]?.[lang] ?? '') : ''
}

const bodies: Readonly<Record<string, Record<Locale, string>>> = {
  regulator: { 'zh-CN': '监管部门', en: 'the supervisory authority' },
}

/** A body that has no name in the case; '' where there is none to name. */
export function bodyWords(target: string, lang: Locale): string {
  return Object.hasOwn(bodies, target) ? (bodies[target]?.[lang] ?? '') : ''
}
