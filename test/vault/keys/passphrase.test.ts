import { describe, expect, test } from 'vitest'
import { chineseCommonPasswords } from '../../../electron/vault/keys/common-passwords-zh.ts'
import {
  normalisePassphrase,
  passphraseStrength,
  requireStrongPassphrase,
} from '../../../electron/vault/keys/passphrase.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { refusalIn } from './support.ts'

const company = ['示例商贸有限公司', 'Shili Trading Co., Ltd', '王小明']

describe('normalising', () => {
  test('drops one trailing newline and nothing else', () => {
    expect(normalisePassphrase('a b\n')).toBe('a b')
    expect(normalisePassphrase('a b\r\n')).toBe('a b')
    expect(normalisePassphrase('a b\n\n')).toBe('a b\n')
    expect(normalisePassphrase(' a b ')).toBe(' a b ')
    expect(normalisePassphrase('a b\r')).toBe('a b\r')
  })

  test('brings composed and decomposed forms together, and leaves width and case alone', () => {
    expect(normalisePassphrase('Cafe\u0301')).toBe('Caf\u00e9')
    expect(normalisePassphrase('\uff21bc')).toBe('\uff21bc')
  })

  test.each(['', '\n', '\r\n'])('refuses an empty one (%j)', (text) => {
    expect(refusalIn(() => normalisePassphrase(text))).toBe('passphrase.missing')
  })
})

describe('strength', () => {
  test.each([
    ['password', 'commonPassword'],
    ['woaini1314', 'commonPassword'],
    ['5201314520', 'commonPassword'],
    ['zhangwei', 'commonPassword'],
    ['我爱我家', 'commonPassword'],
    ['一二三四五六七八', 'commonPassword'],
    ['1qaz2wsx', 'commonPassword'],
    ['aaaaaaaaaaaa', 'repeat'],
    ['abcdefghijkl', 'sequence'],
    ['sdfghjkl;', 'keyboard'],
    ['p@$$w0rd', 'commonPassword'],
    ['P@55w0rd', 'commonPassword'],
    ['w04in1', 'commonPassword'],
    ['19850612', 'date'],
    ['示例商贸有限公司', 'ownWord'],
    ['shili', 'ownWord'],
    ['Qx7', 'tooShort'],
  ])('%s is weak: %s', (passphrase, hint) => {
    const { score, hints } = passphraseStrength(passphrase, company)
    expect(score).toBeLessThan(2)
    expect(hints).toContain(hint)
    expect(refusalIn(() => requireStrongPassphrase(passphrase, company))).toMatch(
      /^passphrase\.weak passphrase /,
    )
  })

  test('parts of what the attacker knows count, as does a tail', () => {
    for (const passphrase of ['示例商贸2024', '王小明123456', 'trading123']) {
      expect(passphraseStrength(passphrase, company).hints, passphrase).toContain('ownWord')
      const without = passphraseStrength(passphrase, []).guessesLog10
      expect(passphraseStrength(passphrase, company).guessesLog10, passphrase).toBeLessThanOrEqual(without)
    }
  })

  test.each([
    'correct horse battery staple',
    '毛驴吃了三块石头和一把雨伞',
    'tV9#kq2Lw!x',
    'guanhe-lvdeng-7-shuibei-tiaosheng',
  ])('%s is strong and has no hints', (passphrase) => {
    expect(passphraseStrength(passphrase, company)).toMatchObject({ score: 4, hints: [] })
    expect(refusalIn(() => requireStrongPassphrase(passphrase, company))).toBe('accepted')
  })

  test('seven characters are too few however random, eight code points are enough', () => {
    expect(refusalIn(() => requireStrongPassphrase('tV9#kq2', []))).toBe(
      'passphrase.weak passphrase tooShort',
    )
    expect(refusalIn(() => requireStrongPassphrase('tV9#kq2L', []))).toBe('accepted')
    expect(refusalIn(() => requireStrongPassphrase('𠮷𡈽𪚥𠀀', []))).toContain('passphrase.weak')
  })

  test('the refusal names hints and never the passphrase', () => {
    try {
      requireStrongPassphrase('zhangwei', company)
      expect.unreachable()
    } catch (error) {
      if (!(error instanceof GuicangError)) throw error
      expect(JSON.stringify([error.message, error.fields])).not.toContain('zhangwei')
      expect(error.fields?.map((field) => field.rule)).toEqual(['commonPassword', 'addWords'])
    }
  })

  test('the Chinese list is real data: hundreds of entries, each once, each found', () => {
    const words = chineseCommonPasswords()
    expect(words.length).toBeGreaterThan(300)
    expect(new Set(words).size).toBe(words.length)
    for (const word of words) expect(passphraseStrength(word, []).score, word).toBeLessThan(2)
  })

  test('looks at the first hundred characters only, since its work grows faster than the length', () => {
    const kinds = [
      'a',
      'ab',
      'p@$$w0rd4!',
      '1qaz2wsx3edc',
      '4@8({[<3€6&#!1|/\\07+$5%2',
      '20241231',
      '一二三四五六七八',
      '!@#$%^&*()',
    ]
    for (const kind of kinds) {
      const long = kind.repeat(1024).slice(0, 1024)
      expect([kind, passphraseStrength(long, company)]).toEqual([
        kind,
        passphraseStrength(long.slice(0, 100), company),
      ])
    }
  })

  test('a very long passphrase takes no longer', () => {
    const start = performance.now()
    passphraseStrength('xK9!'.repeat(100_000), company)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
