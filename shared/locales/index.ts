// Every text of the product, in every language it speaks.
import type { ErrorCode } from '../errors.ts'
import type { Locale } from '../types/common.ts'
import { en } from './en/index.ts'
import { type Texts, zhCN } from './zh-CN/index.ts'

export type { Texts } from './zh-CN/index.ts'

export const locales: Record<Locale, Texts> = { 'zh-CN': zhCN, en }

/** What happened, what is safe, what to do next. */
export interface ErrorText {
  what: string
  safe: string
  next: string
}

/** The three sentences of an error code; the compiler holds the list of codes and the texts together. */
export function errorText(locale: Locale, code: ErrorCode): ErrorText {
  const texts: Record<ErrorCode, ErrorText> = locales[locale].errors
  return texts[code]
}

/** A text from a table of codes that may grow on the other side of the boundary. */
export function codeText(table: Readonly<Record<string, string>>, code: string): string | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined
}
