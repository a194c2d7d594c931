// The recovery kit's code: an age identity that a person types back from paper, so a typo is named by its group.
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { GuicangError } from '../../../shared/errors.ts'
import type { ErrorField } from '../../../shared/errors.ts'
import {
  bech32Alphabet,
  dataLength,
  isIdentityData,
  locateExtra,
  locateMissing,
  locateWrong,
} from './recovery-typos.ts'

const prefix = 'AGE-SECRET-KEY-1'
const groupLength = 6
const groupCount = Math.ceil(dataLength / groupLength)

// \p{Pd} are the dashes; minus sign, hyphen bullet and the Japanese length mark are what keyboards and word processors
// make of them.
const separators = /[\s\p{Pd}\u2212\u2043\u30FC]+/u
const writtenPrefix = /^age[\s\p{Pd}\u2212]*secret[\s\p{Pd}\u2212]*key[\s\p{Pd}\u2212]*[1il|!]/u

export interface RecoveryKit {
  /** `AGE-SECRET-KEY-1…` in upper case: shown and printed once, kept nowhere. */
  code: string
  /** `age1…` */
  recipient: string
}

/** A new random recovery identity. */
export async function generateRecoveryKit(): Promise<RecoveryKit> {
  const code = await generateX25519Identity()
  return { code, recipient: await identityToRecipient(code) }
}

/**
 * The 58 characters after `AGE-SECRET-KEY-1` as they are printed: ten groups of six, the last of four.
 *
 * @throws GuicangError `recovery.codeInvalid` when the code isn't one
 */
export function recoveryGroups(code: string): string[] {
  return (
    parseRecoveryCode(code)
      .slice(prefix.length)
      .match(/.{1,6}/g) ?? []
  )
}

/**
 * Reads a recovery code as a person types it: with or without prefix, in groups or not, any dashes and white space,
 * lower case, full-width letters. Only the bech32 checksum (BIP 173) decides.
 *
 * @returns the canonical code, `AGE-SECRET-KEY-1…` in upper case
 * @throws GuicangError `recovery.codeInvalid`; its fields name what is wrong: rule `length` (value: characters missing,
 * negative, or too many), one rule `group` (value: 1 to 10) for each group with a typo that could be located (up to two
 * wrong characters, two transposed, one missing, one too many, any that can't occur), rule `checksum` when none could
 */
export function parseRecoveryCode(text: string): string {
  const typed = readTyped(text)
  const data = typed.characters.join('')
  if (isIdentityData(data)) return prefix + data.toUpperCase()
  const fields: ErrorField[] = []
  const surplus = typed.characters.length - dataLength
  if (surplus !== 0) fields.push({ field: 'recoveryCode', rule: 'length', value: String(surplus) })
  for (const group of typoGroups(typed))
    fields.push({ field: 'recoveryCode', rule: 'group', value: String(group) })
  if (fields.length === 0) fields.push({ field: 'recoveryCode', rule: 'checksum' })
  throw new GuicangError('recovery.codeInvalid', { fields })
}

interface TypedCode {
  /** Lower case, without prefix and separators, by code points. */
  characters: string[]
  /** The group that each character was typed in, 1-based, when it was typed in ten groups. */
  writtenGroups: number[] | undefined
  /** Groups that were typed too short or too long. */
  misshapen: ReadonlySet<number>
}

function readTyped(text: string): TypedCode {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .toLowerCase()
    .trim()
  const groups = withoutPrefix(plain)
    .split(separators)
    .filter((group) => group !== '')
    .map((group) => [...group])
  const characters = groups.flat()
  if (groups.length !== groupCount) return { characters, writtenGroups: undefined, misshapen: new Set() }
  const misshapen = new Set<number>()
  for (const [index, group] of groups.entries()) {
    const expected = Math.min(groupLength, dataLength - index * groupLength)
    if (group.length !== expected) misshapen.add(index + 1)
  }
  return {
    characters,
    writtenGroups: groups.flatMap((group, index) => group.map(() => index + 1)),
    misshapen,
  }
}

// The prefix is the same for everybody, so a typo in it can't change the key: it is forgiven.
function withoutPrefix(text: string): string {
  const written = writtenPrefix.exec(text)
  if (written !== null) return text.slice(written[0].length)
  // `1` can't occur in the data, so it ends a mistyped prefix, provided that a whole code follows.
  const one = text.indexOf('1')
  const head = text.slice(0, one).split(separators).join('')
  const rest = text
    .slice(one + 1)
    .split(separators)
    .join('')
  const looksLikePrefix = /age|secret|key/.test(head) && head.length >= 9 && head.length <= 15
  return one > 0 && looksLikePrefix && rest.length >= dataLength - groupLength ? text.slice(one + 1) : text
}

function typoGroups(typed: TypedCode): number[] {
  const impossible = typed.characters.flatMap((character, at) =>
    bech32Alphabet.includes(character) ? [] : [at],
  )
  if (impossible.length > 0) return distinct(impossible.map((at) => groupOf(typed, at)))
  const located = locate(typed)
  return located.length > 0 ? located : distinct([...typed.misshapen])
}

function locate(typed: TypedCode): number[] {
  const data = typed.characters.join('')
  switch (typed.characters.length) {
    case dataLength:
      return distinct(locateWrong(data).map((at) => groupOf(typed, at)))
    case dataLength - 1:
      return narrowed(typed, locateMissing(data).map(printedGroup))
    case dataLength + 1:
      return narrowed(
        typed,
        locateExtra(data).map((at) => groupOf(typed, at)),
      )
    default:
      return []
  }
}

// In a run of equal characters it can't be told which one is missing or too many; the shape of the groups may tell.
function narrowed(typed: TypedCode, groups: number[]): number[] {
  const shaped = groups.filter((group) => typed.misshapen.has(group))
  return distinct(shaped.length > 0 ? shaped : groups)
}

function groupOf(typed: TypedCode, at: number): number {
  return typed.writtenGroups?.[at] ?? printedGroup(at)
}

function printedGroup(at: number): number {
  return Math.min(Math.floor(at / groupLength) + 1, groupCount)
}

function distinct(groups: number[]): number[] {
  return [...new Set(groups)].toSorted((a, b) => a - b)
}
