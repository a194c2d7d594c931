// Names (DOMAIN.md 2). Chinese: first character, then one star a character, whatever the character is: the · of 阿依古丽·买买提
// is starred as well, since where it stands narrows a name down. Other: first letter of each word.

import { codePointLength, stars } from '../characters.ts'
import { normaliseName } from '../normalise.ts'
import { type Masked, unparsed } from './types.ts'

const placeholders = new Set([
  '无',
  '未知',
  '不详',
  '暂无',
  '空',
  '匿名',
  '无名',
  'n/a',
  'na',
  'none',
  'null',
  'nil',
  'unknown',
  'anonymous',
  'undefined',
])

/** 张三丰 → 张**, Mary Ann Lee → M*** A** L**. A name of one character becomes one star: its first character is all there is. */
export function maskName(raw: string): Masked {
  const name = normaliseName(raw)
  if (!/\p{L}/u.test(name) || placeholders.has(name.toLowerCase())) return unparsed('missing-name')
  const length = codePointLength(name)
  if (length > 100) return unparsed('value-too-long')
  if (length === 1) return { masked: '*', parsed: true, normalised: name }
  if (/^\p{Script=Han}/u.test(name)) return { masked: firstThenStars(name), parsed: true, normalised: name }
  const words = name.split(' ')
  // Initials alone would be shown whole.
  const initialsOnly = words.every((word) => codePointLength(word) === 1)
  const masked = words.map((word) => (initialsOnly ? '*' : maskWord(word))).join(' ')
  return { masked, parsed: true, normalised: name }
}

function maskWord(word: string): string {
  return /^\p{L}/u.test(word) ? firstThenStars(word) : stars(codePointLength(word))
}

function firstThenStars(word: string): string {
  const [first = ''] = word
  return first + stars(codePointLength(word) - 1)
}
