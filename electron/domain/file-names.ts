// Names of files that people bring: one harmless line, redacted where everybody sees it.
import { plainLine, stripInvisible } from './characters.ts'
import { ordinaryText } from './customer-record.ts'
import type { KnownValue } from './redact.ts'

const mostCharacters = 100
const keptEnd = 20

/** One line without controls and marks of direction; `file` where nothing is left. */
export function plainFileName(raw: string): string {
  const line = plainLine(stripInvisible(raw)).replaceAll(/\s+/gu, ' ').trim()
  return line === '' ? 'file' : line
}

/** Underscores as spaces, but for those of an e-mail address, which are its own: apart from the rest its end alone would be known. */
function asWords(text: string): string {
  return text.replaceAll(/[\w.%+-]+@|_/gu, (part) => (part === '_' ? ' ' : part))
}

/**
 * One line with spaces for underscores, as a text about the file says its name: in names of files they part words
 * (`20260301_13800001234.amr`), in texts they are part of one, and the recognisers pass over it.
 */
export function spokenFileName(raw: string): string {
  return plainFileName(asWords(raw))
}

/**
 * The name redacted, otherwise as it is; where only its words give something away, as {@link spokenFileName} says it.
 * @param known clear values of whom the file is about
 */
export function ordinaryFileName(raw: string, known: readonly KnownValue[] = []): string {
  const written = ordinaryText(raw, known)
  // What was hidden as it is written stays so.
  const spoken = ordinaryText(asWords(written), known)
  return asWords(written) === spoken ? written : spoken
}

/**
 * The name as records keep it: harmless, redacted, at most 100 characters with the end (the ending) kept.
 * @param known clear values of whom the complaint is about
 */
export function shownFileName(raw: string, known: readonly KnownValue[] = []): string {
  const name = Array.from(ordinaryFileName(plainFileName(raw), known).replaceAll(/\s+/gu, ' '))
  if (name.length <= mostCharacters) return name.join('')
  return [...name.slice(0, mostCharacters - keptEnd - 1), '…', ...name.slice(-keptEnd)].join('')
}
