// Characters before meaning: width, invisible marks, code points. Everything above works on what these return.

const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu

/** Full-width letters, digits, signs and the ideographic space as their half-width twins; nothing else changes. */
export function toHalfWidth(text: string): string {
  return text
    .replaceAll(/[\uFF01-\uFF5E]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u3000', ' ')
}

/** Drops what can't be seen: zero-width characters, joiners, marks of direction, soft hyphens, controls. White space stays. */
export function stripInvisible(text: string): string {
  return text.replaceAll(invisible, (mark) => (mark === '\t' || mark === '\n' || mark === '\r' ? mark : ''))
}

/**
 * One line that a terminal and a log viewer show and nothing else: control characters, which they obey, and marks of
 * direction, by which they reorder, become spaces.
 */
export function plainLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ')
}

/** The digits 0–9 of a text, after NFKC, in their order. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replaceAll(/[^0-9]/gu, '')
}

/** A cell as it was meant: NFKC, invisible characters dropped, dashes of every length as `-`, no space around it. */
export function cleanText(raw: string): string {
  return stripInvisible(raw)
    .normalize('NFKC')
    .replaceAll(/[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/gu, '-')
    .trim()
}

/** Number of Unicode code points. */
export function codePointLength(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

/** `count` stars. */
export function stars(count: number): string {
  return '*'.repeat(Math.max(0, count))
}
