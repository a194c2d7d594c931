// Texts for people on the terminal, in their language.
import type { AppError } from '../../shared/errors.ts'
import { errors as english } from '../../shared/locales/en/errors.ts'
import { errors as chinese } from '../../shared/locales/zh-CN/errors.ts'

export interface ErrorText {
  what: string
  safe: string
  next: string
}

/** Whether the terminal's language is Chinese. */
export function isChinese(env: NodeJS.ProcessEnv = process.env): boolean {
  return (env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'] ?? '').toLowerCase().startsWith('zh')
}

/** What happened, what is safe, what to do next. */
export function errorText(error: AppError): ErrorText {
  return (isChinese() ? chinese : english)[error.code]
}
