// Passphrases: how they are read, and how hard they are to guess, with what people in China choose among the guesses.
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import type { MatchExtended } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { GuicangError } from '../../../shared/errors.ts'
import { chineseCommonPasswords } from './common-passwords-zh.ts'

const minCodePoints = 8
const minScore = 2
/** Work grows faster than length; whatever comes after this many characters only makes a passphrase stronger. */
const analysedCharacters = 100
const maxOwnWords = 400

/** What makes a passphrase easy to guess; each has a text in every locale. */
export const strengthHints = [
  'tooShort',
  'commonPassword',
  'commonWord',
  'ownWord',
  'repeat',
  'sequence',
  'keyboard',
  'date',
  'addWords',
] as const

export type StrengthHint = (typeof strengthHints)[number]

export interface PassphraseStrength {
  /** 0 and 1 are refused, 2 can do, 3 and 4 are good (thresholds of zxcvbn: 10^3, 10^6, 10^8, 10^10 guesses). */
  score: 0 | 1 | 2 | 3 | 4
  /** Decimal logarithm of the guesses that an informed attacker needs. */
  guessesLog10: number
  /** Empty from score 3 on. */
  hints: StrengthHint[]
}

let estimator: ZxcvbnFactory | undefined

/**
 * A passphrase as it was read from a file, the environment or a field: one trailing newline is dropped, the rest
 * brought to Unicode NFC, so that composed and decomposed input are the same passphrase. Spaces count.
 *
 * @throws GuicangError `passphrase.missing` when nothing is left
 */
export function normalisePassphrase(text: string): string {
  const passphrase = text.replace(/\r?\n$/, '').normalize('NFC')
  if (passphrase === '') throw new GuicangError('passphrase.missing')
  return passphrase
}

/**
 * Estimates how hard a passphrase is to guess (zxcvbn). Only its first 100 characters are looked at.
 *
 * @param ownWords what an attacker of this vault knows: names of the company, the person, the vault
 */
export function passphraseStrength(passphrase: string, ownWords: readonly string[]): PassphraseStrength {
  estimator ??= createEstimator()
  const { score, guessesLog10, sequence } = estimator.check(passphrase.normalize('NFC'), wordParts(ownWords))
  const hints = new Set<StrengthHint>()
  if (isTooShort(passphrase)) hints.add('tooShort')
  if (score < 3) {
    for (const match of sequence) {
      const hint = hintOf(match)
      if (hint !== undefined) hints.add(hint)
    }
    hints.add('addWords')
  }
  return { score, guessesLog10, hints: strengthHints.filter((hint) => hints.has(hint)) }
}

/**
 * Refuses a passphrase that is too short (8 code points) or too easy to guess (score 2).
 *
 * @throws GuicangError `passphrase.weak`; one field per hint, its rule being the hint
 */
export function requireStrongPassphrase(passphrase: string, ownWords: readonly string[]): void {
  const { score, hints } = passphraseStrength(passphrase, ownWords)
  if (score >= minScore && !isTooShort(passphrase)) return
  throw new GuicangError('passphrase.weak', {
    fields: hints.map((hint) => ({ field: 'passphrase', rule: hint })),
  })
}

function createEstimator(): ZxcvbnFactory {
  return new ZxcvbnFactory({
    dictionary: { ...dictionary, 'passwords-zh': chineseCommonPasswords() },
    graphs: { qwerty: adjacencyGraphs.qwerty, keypad: adjacencyGraphs.keypad },
    maxLength: analysedCharacters,
    // Measured: 20 takes twice the time of 5 on 100 characters, and finds no more of what people write.
    l33tMaxSubstitutions: 5,
  })
}

function isTooShort(passphrase: string): boolean {
  return [...passphrase.normalize('NFC')].length < minCodePoints
}

// zxcvbn looks for whole words only: of `示例商贸有限公司` people take `示例商贸`, of `Shili Trading Ltd` one word.
function wordParts(ownWords: readonly string[]): string[] {
  const parts = new Set<string>()
  for (const word of ownWords) {
    const normal = word.normalize('NFC').toLowerCase()
    parts.add(normal)
    for (const piece of normal.split(/[^\p{L}\p{N}]+/u)) {
      parts.add(piece)
      for (const run of piece.match(/\p{Script=Han}{3,20}/gu) ?? []) addShorterRuns(run, parts)
    }
  }
  return [...parts].filter((part) => part.length >= 2).slice(0, maxOwnWords)
}

function addShorterRuns(run: string, parts: Set<string>): void {
  const characters = [...run]
  for (const start of characters.keys()) {
    for (let length = 2; length <= 6 && start + length <= characters.length; length += 1) {
      parts.add(characters.slice(start, start + length).join(''))
    }
  }
}

function hintOf(match: MatchExtended): StrengthHint | undefined {
  switch (match.pattern) {
    case 'dictionary':
      return dictionaryHint(match)
    case 'repeat':
      return 'repeat'
    case 'sequence':
    case 'wordSequence':
      return 'sequence'
    case 'spatial':
      return 'keyboard'
    case 'date':
    case 'regex':
      return 'date'
    default:
      return undefined
  }
}

function dictionaryHint(match: MatchExtended): StrengthHint {
  const name: unknown = 'dictionaryName' in match ? match.dictionaryName : undefined
  if (name === 'userInputs') return 'ownWord'
  return name === 'passwords-common' || name === 'passwords-zh' ? 'commonPassword' : 'commonWord'
}
