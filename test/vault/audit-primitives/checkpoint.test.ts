import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  createCheckpoint,
  parseCheckpoint,
  verifyCheckpoint,
} from '../../../electron/vault/audit/checkpoint.ts'
import type { CheckpointInput } from '../../../electron/vault/audit/checkpoint.ts'
import { leafHash } from '../../../electron/vault/audit/merkle.ts'
import { generatePersonKeys } from '../../../electron/vault/keys/person.ts'
import { GuicangError } from '../../../shared/errors.ts'

const vaultId = '0198b7c0-0000-7000-8000-000000000001'
const keyName = 'guicang/0198b7c0-0000-7000-8000-000000000002'
let input: CheckpointInput
let note: string

beforeAll(async () => {
  const { signingKey, verifyKey } = await generatePersonKeys()
  input = { vaultId, size: 20852163, root: leafHash('root'), keyName, signingKey, verifyKey }
  note = createCheckpoint(input)
})

function rule(text: string): string | undefined {
  try {
    parseCheckpoint(text)
    return undefined
  } catch (error) {
    if (!(error instanceof GuicangError) || error.code !== 'checkpoint.invalid') throw error
    return error.fields?.[0]?.rule
  }
}

test('has the lines of C2SP tlog-checkpoint and signed-note', () => {
  const lines = note.split('\n')
  expect(lines.slice(0, 4)).toEqual([
    `guicang/${vaultId}`,
    '20852163',
    leafHash('root').toString('base64'),
    '',
  ])
  expect(lines[4]).toMatch(/^— guicang\/[0-9a-f-]{36} [A-Za-z0-9+/]{91}=$/)
  expect(lines.slice(5)).toEqual([''])
})

test('carries the key hash of the specification', () => {
  const key = Buffer.from(input.verifyKey, 'base64')
  const expected = createHash('sha256').update(`${keyName}\n\u0001`).update(key).digest().subarray(0, 4)
  const [signature] = parseCheckpoint(note).signatures
  expect(Buffer.from(signature?.keyHash ?? []).equals(expected)).toBe(true)
})

test('reads back what was written', () => {
  const { vaultId: id, size, root, origin, signatures, signedText } = parseCheckpoint(note)
  expect({ id, size, origin }).toEqual({ id: vaultId, size: 20852163, origin: `guicang/${vaultId}` })
  expect(root.equals(leafHash('root'))).toBe(true)
  expect(signatures.map((line) => line.keyName)).toEqual([keyName])
  expect(note.startsWith(`${signedText}\n— `)).toBe(true)
})

describe('verification', () => {
  test('accepts the right key under the right name only', async () => {
    const other = await generatePersonKeys()
    expect(verifyCheckpoint(note, keyName, input.verifyKey)).toBe(true)
    expect(verifyCheckpoint(note, keyName, other.verifyKey)).toBe(false)
    expect(verifyCheckpoint(note, 'guicang/someone', input.verifyKey)).toBe(false)
    expect(verifyCheckpoint(note, keyName, 'not a key')).toBe(false)
  })

  test('finds a change of any single bit', () => {
    const bytes = Buffer.from(note, 'utf8')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(verifyCheckpoint(changed.toString('utf8'), keyName, input.verifyKey), `bit ${bit}`).toBe(false)
    }
  })

  test('ignores lines of other keys, and refuses the note for a bad line of a known key', async () => {
    const other = await generatePersonKeys()
    const cosigned = createCheckpoint({ ...input, ...other, keyName: 'guicang/other' })
    const otherLine = cosigned.split('\n')[4] ?? ''
    expect(verifyCheckpoint(`${note}${otherLine}\n`, keyName, input.verifyKey)).toBe(true)
    expect(verifyCheckpoint(`${note}${otherLine}\n`, 'guicang/other', other.verifyKey)).toBe(true)
    const wrongText = createCheckpoint({ ...input, size: 1 }).split('\n')[4] ?? ''
    expect(verifyCheckpoint(`${note}${wrongText}\n`, keyName, input.verifyKey)).toBe(false)
  })

  test('takes an empty tree and extension lines', () => {
    const empty = createCheckpoint({ ...input, size: 0, root: createHash('sha256').digest() })
    expect(parseCheckpoint(empty).size).toBe(0)
    expect(verifyCheckpoint(empty, keyName, input.verifyKey)).toBe(true)
    expect(rule(note.replace('\n\n', '\nextension\n\n'))).toBeUndefined()
  })
})

describe('refusals of parsing', () => {
  test.each([
    ['nothing', () => '', 'note'],
    ['no blank line', () => note.replace('\n\n', '\n'), 'note'],
    ['no final newline', () => note.slice(0, -1), 'note'],
    ['a carriage return', () => note.replaceAll('\n', '\r\n'), 'note'],
    ['a lone surrogate', () => `${note}\ud800\n`, 'note'],
    ['another origin', () => note.replace('guicang/', 'example.com/'), 'origin'],
    ['no vault id', () => note.replace(vaultId, ''), 'origin'],
    ['a leading zero', () => note.replace('\n2', '\n02'), 'size'],
    ['a negative size', () => note.replace('\n2', '\n-2'), 'size'],
    ['an unsafe size', () => note.replace('20852163', '9999999999999999'), 'size'],
    ['a short root', () => note.replace(/\n[^\n]+=\n\n/, '\nAAAA\n\n'), 'root'],
    ['a missing line', () => note.replace('20852163\n', ''), 'lines'],
    ['no signature', () => note.slice(0, note.indexOf('—')), 'signature'],
    ['a hyphen for the dash', () => note.replace('—', '-'), 'signature'],
    ['a plus in the name', () => note.replace(`— ${keyName}`, '— a+b'), 'signature'],
    ['broken base64', () => note.replace(/=\n$/, '\n'), 'signature'],
    ['65 signatures', () => note + (note.split('\n')[4] + '\n').repeat(64), 'signature'],
  ])('%s', (_name, make, expected) => {
    expect(rule(make())).toBe(expected)
  })
})

test('refuses to make what could not be read back', async () => {
  const other = await generatePersonKeys()
  expect(() => createCheckpoint({ ...input, keyName: 'two words' })).toThrow('internal')
  expect(() => createCheckpoint({ ...input, vaultId: 'a\n9' })).toThrow('internal')
  expect(() => createCheckpoint({ ...input, size: -1 })).toThrow('internal')
  expect(() => createCheckpoint({ ...input, root: Buffer.alloc(31) })).toThrow('internal')
  expect(() => createCheckpoint({ ...input, verifyKey: other.verifyKey })).toThrow('internal')
})
