import { beforeAll, describe, expect, test } from 'vitest'
import {
  generateRecoveryKit,
  parseRecoveryCode,
  recoveryGroups,
} from '../../../electron/vault/keys/recovery-code.ts'
import type { RecoveryKit } from '../../../electron/vault/keys/recovery-code.ts'
import { recipientOf } from '../../../electron/vault/keys/person.ts'
import { GuicangError } from '../../../shared/errors.ts'

const alphabet = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'
let kit: RecoveryKit
let data: string
let groups: string[]

beforeAll(async () => {
  kit = await generateRecoveryKit()
  data = kit.code.slice('AGE-SECRET-KEY-1'.length)
  groups = recoveryGroups(kit.code)
})

/** The fields of the refusal as `rule value`. */
function findings(text: string): string[] {
  try {
    parseRecoveryCode(text)
    return ['accepted']
  } catch (error) {
    if (!(error instanceof GuicangError) || error.code !== 'recovery.codeInvalid') throw error
    return (error.fields ?? []).map(({ rule, value }) => (value === undefined ? rule : `${rule} ${value}`))
  }
}

function groupAt(at: number): string {
  return `group ${Math.floor(at / 6) + 1}`
}

function replaced(at: number, character: string): string {
  return data.slice(0, at) + character + data.slice(at + 1)
}

/** A data character other than the one that stands there. */
function otherThan(character: string, step: number): string {
  return alphabet.charAt((alphabet.indexOf(character) + step) % alphabet.length)
}

describe('a kit', () => {
  test('is an identity with its recipient, in ten groups', async () => {
    expect(kit.code).toMatch(/^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/)
    expect(await recipientOf(kit.code)).toBe(kit.recipient)
    expect(groups.map((group) => group.length)).toEqual([6, 6, 6, 6, 6, 6, 6, 6, 6, 4])
    expect(groups.join('')).toBe(data)
  })
})

describe('ways of typing a code', () => {
  const fullWidth = (text: string): string =>
    text.replaceAll(/[!-~]/g, (character) => String.fromCodePoint(character.charCodeAt(0) + 0xfee0))
  test.each<[string, () => string]>([
    ['as it is', () => kit.code],
    ['with spaces and a newline around', () => `  ${kit.code}\r\n`],
    ['in lower case', () => kit.code.toLowerCase()],
    ['in mixed case', () => kit.code.slice(0, 40) + kit.code.slice(40).toLowerCase()],
    ['without its prefix', () => data],
    ['in groups with spaces', () => groups.join(' ')],
    ['in groups with dashes and prefix', () => `AGE-SECRET-KEY-1-${groups.join('-')}`],
    ['in groups on lines', () => `AGE-SECRET-KEY-1\n${groups.join('\n')}`],
    ['with typographic hyphens', () => `AGE–SECRET—KEY‑1 ${groups.join(' – ')}`],
    ['with minus signs', () => groups.join('\u2212')],
    ['in full-width letters', () => fullWidth(kit.code)],
    ['with ideographic spaces', () => groups.join('\u3000')],
    ['with zero-width spaces and soft hyphens', () => groups.join('\u200b\u00ad')],
    ['in groups of another size', () => data.replaceAll(/(.{4})/g, '$1 ')],
    ['with l for the 1 of the prefix', () => `age-secret-key-l${data}`],
    ['with a typo in the prefix', () => `AGE-SECERT-KEY-1${data}`],
    ['with a shortened prefix', () => `age secret ke1 ${groups.join(' ')}`],
  ])('%s', (_name, write) => {
    expect(parseRecoveryCode(write())).toBe(kit.code)
  })
})

describe('the group with the typo is named', () => {
  test('for every position, with every other character', () => {
    for (let at = 0; at < data.length; at += 1) {
      for (let step = 1; step < alphabet.length; step += 1) {
        const typed = replaced(at, otherThan(data.charAt(at), step))
        expect(findings(typed), `position ${at}, step ${step}`).toEqual([groupAt(at)])
      }
    }
  })

  test('for two wrong characters, each in less than a second', () => {
    for (let round = 0; round < 60; round += 1) {
      const first = (round * 7) % 58
      const second = (first + 1 + ((round * 13) % 57)) % 58
      const once = replaced(first, otherThan(data.charAt(first), 1 + (round % 31)))
      const typed =
        once.slice(0, second) +
        otherThan(data.charAt(second), 1 + ((round * 5) % 31)) +
        once.slice(second + 1)
      const expected = [...new Set([first, second].toSorted((a, b) => a - b).map(groupAt))]
      const start = performance.now()
      expect(findings(typed), `positions ${first} and ${second}`).toEqual(expected)
      expect(performance.now() - start).toBeLessThan(1000)
    }
  })

  test('for every pair of transposed neighbours', () => {
    for (let at = 0; at + 1 < data.length; at += 1) {
      if (data.charAt(at) === data.charAt(at + 1)) continue
      const typed = data.slice(0, at) + data.charAt(at + 1) + data.charAt(at) + data.slice(at + 2)
      expect(findings(typed), `position ${at}`).toEqual([...new Set([groupAt(at), groupAt(at + 1)])])
    }
  })

  test('for every missing character, and for its group when it was typed in groups', () => {
    for (let at = 0; at < data.length; at += 1) {
      const typed = data.slice(0, at) + data.slice(at + 1)
      expect(findings(typed)).toContain(groupAt(at))
      expect(findings(typed)[0]).toBe('length -1')
      // In a run of equal characters across two groups both are named, since either may be short.
      expect(findings(typed).length).toBeLessThanOrEqual(3)
      const shortened = groups.map((group, index) =>
        index === Math.floor(at / 6) ? group.slice(0, at % 6) + group.slice((at % 6) + 1) : group,
      )
      expect(findings(shortened.join('-'))).toEqual(['length -1', groupAt(at)])
    }
  })

  test('for one character too many', () => {
    for (const [index, group] of groups.entries()) {
      // Unlike both neighbours, or it couldn't be told which of a run is the one too many.
      const extra = [...alphabet].find((character) => !group.slice(1, 3).includes(character)) ?? ''
      const lengthened = groups.with(index, `${group.slice(0, 2)}${extra}${group.slice(2)}`)
      expect(findings(lengthened.join(' '))).toEqual(['length 1', `group ${index + 1}`])
      expect(findings(lengthened.join(''))).toEqual(['length 1', `group ${index + 1}`])
    }
  })

  test.each(['b', 'I', 'o', '1', '?', '归', '😀'])('for the character %s, which no code has', (character) => {
    expect(findings(replaced(20, character))).toEqual(['group 4'])
    expect(findings(`AGE-SECRET-KEY-1${replaced(0, character)}`)).toEqual(['group 1'])
    expect(findings(groups.with(9, `QQQ${character}`).join('-'))).toEqual(['group 10'])
  })

  test('for several groups at once, each once', () => {
    const typed = `bb${data.slice(2, 30)}o${data.slice(31, 57)}i`
    expect(findings(typed)).toEqual(['group 1', 'group 6', 'group 10'])
  })

  test('by their shape, when more characters are missing or too many', () => {
    const typed = groups.with(1, groups[1]?.slice(0, 3) ?? '').with(6, `${groups[6]}QP`)
    expect(findings(typed.join(' '))).toEqual(['length -1', 'group 2', 'group 7'])
    const levelled = groups.with(1, groups[1]?.slice(0, 4) ?? '').with(6, `${groups[6]}QP`)
    expect(findings(levelled.join(' '))).toEqual(['group 2', 'group 7'])
  })
})

describe('what can not be located is still refused', () => {
  test('too short and too long', () => {
    expect(findings('')).toEqual(['length -58'])
    expect(findings('AGE-SECRET-KEY-1')).toEqual(['length -58'])
    expect(findings(data.slice(0, 50))).toEqual(['length -8'])
    expect(findings(data + data)).toEqual(['length 58'])
  })

  test('three wrong characters', () => {
    let wrong = data
    for (const at of [3, 23, 43])
      wrong = wrong.slice(0, at) + otherThan(data.charAt(at), 9) + wrong.slice(at + 1)
    // One in about 700 of these looks like two wrong characters elsewhere: refused all the same.
    expect(findings(wrong)).not.toContain('accepted')
    expect(findings(wrong).every((finding) => finding === 'checksum' || finding.startsWith('group '))).toBe(
      true,
    )
  })

  test('a hundred thousand characters, at once', () => {
    const start = performance.now()
    expect(findings('Q'.repeat(100_000))).toEqual(['length 99942'])
    expect(performance.now() - start).toBeLessThan(1000)
  })

  test('groups of something that is no code', () => {
    expect(() => recoveryGroups('AGE-SECRET-KEY-1')).toThrow('recovery.codeInvalid')
  })
})
