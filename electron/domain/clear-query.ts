// Whether a query can only be meant for clear values: who works masked is told so, rather than shown an empty list.
import { cleanText } from './characters.ts'
import { scanText } from './recognisers/index.ts'
import { compoundSurnames, surnames } from './surnames.ts'

/** More digits in a row than any mask shows (DOMAIN section 2: at most four). */
const longNumber = /\d{5,}/u
const latinName = /^\p{Lu}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’.-]*){1,3}$/u
const hanName = /^\p{Script=Han}{2,4}$/u

/**
 * Tells by the words alone; no stored value is looked at, so the answer says nothing of who is in the vault.
 * @param query as typed
 */
export function looksClear(query: string): boolean {
  const text = cleanText(query).trim()
  const compact = text.replaceAll(/[\s-]/gu, '')
  return longNumber.test(compact) || text.includes('@') || scanText(text).length > 0 || looksLikeName(text)
}

function looksLikeName(text: string): boolean {
  if (latinName.test(text)) return true
  if (!hanName.test(text)) return false
  return surnames.has([...text][0] ?? '') || compoundSurnames.some((surname) => text.startsWith(surname))
}
