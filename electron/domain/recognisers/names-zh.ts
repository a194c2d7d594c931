// Chinese names in free text: behind a cue, or before a title. A name that no cue announces isn't found here; known names are
// redact.ts's business.

import { compoundSurnames, surnames } from '../surnames.ts'
import {
  followingCharacters,
  followingWords,
  notInNames,
  notNames,
  strongCues,
  titles,
  weakCues,
} from './names-words.ts'
import type { Span } from './types.ts'

const label = '(?:(?:[是为叫:]|[ \\t]){0,3}|[ \\t]?[(][ \\t]?)'
const cue = new RegExp(`(?:(${strongCues})|(?:${weakCues}))${label}(?=[\\p{Script=Han}A-Z])`, 'gu')
const upToCue = new RegExp(`^.*(?:${strongCues}|${weakCues})`, 'u')
const before = new RegExp(`(?:${titles})`, 'gu')
const following = new RegExp(`^(?:${followingWords})`, 'u')
const excluded = new Set(notNames)
const compounds = new Set(compoundSurnames)
// Uighur, Tibetan, Mongolian names and the like, in their parts.
const dotted = /^\p{Script=Han}{1,8}(?:[·•‧・･]\p{Script=Han}{1,8}){1,3}/u
const latin = /^[A-Z][A-Za-z'-]{0,20}(?:[ ][A-Z][A-Za-z'.-]{0,20}){1,3}/u
const run = /^\p{Script=Han}+/u
/** Words before a name that are family names too, or could be read into one: 向周明女士核实. */
const prepositions = '向和与于由应从对给请为找让被把跟同及'
const longestLook = 24

/** Spans of names behind cues and before titles, overlaps not yet settled. */
export function scanChineseNames(norm: string): Span[] {
  const spans: Span[] = []
  for (const match of norm.matchAll(cue)) {
    const from = match.index + match[0].length
    const length = nameLength(norm.slice(from, from + longestLook), match[1] !== undefined)
    if (length > 0) {
      spans.push({ type: 'name', from, to: from + length })
      takeList(norm, from + length, spans)
    }
  }
  for (const match of norm.matchAll(before)) {
    const length = lengthBefore(norm.slice(Math.max(0, match.index - longestLook), match.index))
    if (length > 0) spans.push({ type: 'name', from: match.index - length, to: match.index })
  }
  return spans
}

/** 申请人王刚、李强: what a name is joined to is a name as well. */
function takeList(norm: string, end: number, spans: Span[]): void {
  let at = end
  for (let count = 0; count < 20 && /^[、和与及]/u.test(norm.slice(at, at + 1)); count += 1) {
    const length = nameLength(norm.slice(at + 1, at + 1 + longestLook), false)
    if (length === 0) return
    spans.push({ type: 'name', from: at + 1, to: at + 1 + length })
    at += 1 + length
  }
}

/** Length in UTF-16 units of the name at the start of `text`; 0 for none. */
function nameLength(text: string, strong: boolean): number {
  const outlandish = dotted.exec(text) ?? latin.exec(text)
  if (outlandish !== null) return trimDotted(outlandish[0])
  const characters = [...(run.exec(text)?.[0] ?? '')]
  if (characters.length < 2) return 0
  const family = familyLength(characters)
  if (family > 0) {
    const size = givenEnd(characters, family, text)
    if (size > 0 && isNameLike(characters.slice(0, size), family))
      return characters.slice(0, size).join('').length
    return 0
  }
  // An unknown family name: only behind a cue that says so, and only where a sign ends it.
  const whole = characters.length <= 4 && !isWord(characters)
  // 客户扎西次仁（身份证…: what follows in brackets says that a person stands before them.
  const announced =
    strong || /^[ \t]?\((?:身份证|证件|电话|手机|联系)/u.test(text.slice(characters.join('').length))
  return announced && whole && !excludedHead(characters) && signAfter(text, characters)
    ? characters.join('').length
    : 0
}

function trimDotted(name: string): number {
  const last = name.split(/[·•‧・･]/u).at(-1) ?? ''
  const cut = cutAtFollowing([...last])
  return name.length - last.length + cut
}

/** Length in UTF-16 units of the part of a name that stands before a word that can't belong to it. */
function cutAtFollowing(characters: readonly string[]): number {
  const starts = (test: (index: number) => boolean): number => {
    const index = characters.findIndex((_, at) => at > 0 && test(at))
    return index === -1 ? characters.length : index
  }
  const atWord = starts((index) => following.test(characters.slice(index).join('')))
  // 买买提 and the like: single characters count only where the part is too long for a name.
  const cut = atWord <= 5 ? atWord : starts((index) => followingCharacters.includes(characters[index] ?? ''))
  return characters.slice(0, cut).join('').length
}

function familyLength(characters: readonly string[]): number {
  const [first = '', second = ''] = characters
  if (compounds.has(first + second)) return 2
  return surnames.has(first) ? 1 : 0
}

/** How many characters the name has: the longest of one or two given characters behind which a name may end. */
function givenEnd(characters: readonly string[], family: number, text: string): number {
  const available = characters.length - family
  // 张先生, 和电话: nothing of a given name between.
  if (available < 1 || following.test(characters.slice(family).join(''))) return 0
  const ends = (size: number): 'sign' | 'word' | 'character' | undefined => {
    if (size >= characters.length) return signAfter(text, characters) ? 'sign' : undefined
    const rest = characters.slice(size).join('')
    if (following.test(rest)) return 'word'
    return followingCharacters.includes(characters[size] ?? '') ? 'character' : undefined
  }
  const short = ends(family + 1)
  const long = available >= 2 ? ends(family + 2) : undefined
  if (short === 'word' || (short === 'sign' && available === 1)) return family + 1
  if (long !== undefined) return short === 'character' && long === 'character' ? family + 1 : family + 2
  if (short !== undefined) return family + 1
  return available >= 2 ? family + 2 : family + 1
}

function signAfter(text: string, characters: readonly string[]): boolean {
  const next = text.slice(characters.join('').length)
  return next === '' || !/^[\p{L}\p{N}]/u.test(next) || /^[A-Z0-9]/u.test(next)
}

function isNameLike(name: readonly string[], family: number): boolean {
  const given = name.slice(family)
  return !excludedHead(name) && !given.some((character) => notInNames.test(character))
}

function excludedHead(name: readonly string[]): boolean {
  return excluded.has(name.slice(0, 2).join('')) || excluded.has(name.slice(1, 3).join(''))
}

function isWord(characters: readonly string[]): boolean {
  const text = characters.join('')
  return (
    following.test(text) ||
    characters.some((character) => notInNames.test(character) || followingCharacters.includes(character))
  )
}

/** Length in UTF-16 units of the name at the end of `text`, where a title follows; 0 for none, also for a family name alone. */
function lengthBefore(text: string): number {
  const foreign = /(?<![A-Za-z])[A-Z][A-Za-z'-]{0,20}(?:[ ][A-Z][A-Za-z'.-]{0,20}){0,3}[ ]?$/u.exec(text)
  if (foreign !== null) return foreign[0].length
  const withDot = /\p{Script=Han}{1,8}(?:[·•‧・･]\p{Script=Han}{1,8}){1,3}$/u.exec(text)
  if (withDot !== null) return withDot[0].length - (prepositions.includes(withDot[0].charAt(0)) ? 1 : 0)
  const tail = /\p{Script=Han}{2,}$/u.exec(text)?.[0].replace(upToCue, '') ?? ''
  const characters = [...tail]
  const at = (size: number): string[] => characters.slice(-size)
  const fits = (size: number, family: number): boolean =>
    characters.length >= size && familyLength(at(size)) === family && isNameLike(at(size), family)
  for (const size of [4, 3]) if (fits(size, 2)) return at(size).join('').length
  if (fits(3, 1) && !(prepositions.includes(at(3)[0] ?? '') && fits(2, 1))) return at(3).join('').length
  if (fits(2, 1)) return at(2).join('').length
  const alone = characters.length <= 4 && !isWord(characters) && !excludedHead(characters)
  return alone && familyLength(characters) === 0 && characters.length >= 3 ? tail.length : 0
}
