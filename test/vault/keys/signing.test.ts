import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generatePersonKeys } from '../../../electron/vault/keys/person.ts'
import type { PersonKeys } from '../../../electron/vault/keys/person.ts'
import { keyFingerprint, signBytes, verifyBytes, verifyKeyPem } from '../../../electron/vault/keys/signing.ts'
import { refusalIn } from './support.ts'

const message = Buffer.from('tagmanifest-sha256.txt 归藏\n', 'utf8')
let keys: PersonKeys

beforeAll(async () => {
  keys = await generatePersonKeys()
})

test('signs the first test vector of RFC 8032 section 7.1', () => {
  const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
  const key = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex').toString('base64')
  const verifyKey = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex')
  const signature = signBytes(key, new Uint8Array())
  expect(Buffer.from(signature).toString('hex')).toBe(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  )
  expect(verifyBytes(verifyKey.toString('base64'), new Uint8Array(), signature)).toBe(true)
})

test('verifies only the same bytes, key and signature', async () => {
  const signature = signBytes(keys.signingKey, message)
  const other = await generatePersonKeys()
  const longer = Buffer.concat([message, Buffer.from(' ')])
  expect(verifyBytes(keys.verifyKey, message, signature)).toBe(true)
  expect(verifyBytes(keys.verifyKey, longer, signature)).toBe(false)
  expect(verifyBytes(other.verifyKey, message, signature)).toBe(false)
  for (let bit = 0; bit < 512; bit += 1) {
    const changed = Buffer.from(signature)
    changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    expect(verifyBytes(keys.verifyKey, message, changed), `bit ${bit}`).toBe(false)
  }
})

test('malformed keys and signatures verify nothing and sign nothing', () => {
  const signature = signBytes(keys.signingKey, message)
  for (const bad of [
    '',
    'AAAA',
    keys.verifyKey.slice(1),
    `${keys.verifyKey} `,
    keys.verifyKey.replace('=', ''),
  ]) {
    expect(verifyBytes(bad, message, signature)).toBe(false)
    expect(refusalIn(() => verifyKeyPem(bad))).toBe('input.invalid verifyKey format')
    expect(refusalIn(() => keyFingerprint(bad))).toBe('input.invalid verifyKey format')
  }
  expect(verifyBytes(keys.verifyKey, message, signature.slice(1))).toBe(false)
  expect(verifyBytes(keys.verifyKey, message, new Uint8Array())).toBe(false)
  expect(refusalIn(() => signBytes('AAAA', message))).toBe('internal signingKey format')
})

test('the fingerprint is the digest of the SPKI DER, in groups of four', () => {
  const der = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    Buffer.from(keys.verifyKey, 'base64'),
  ])
  const digest = createHash('sha256').update(der).digest('hex').slice(0, 32)
  expect(keyFingerprint(keys.verifyKey)).toMatch(/^(?:[0-9a-f]{4} ){7}[0-9a-f]{4}$/)
  expect(keyFingerprint(keys.verifyKey).replaceAll(' ', '')).toBe(digest)
})

describe('openssl', () => {
  const hasOpenssl = spawnSync('openssl', ['version']).status === 0
  if (!hasOpenssl)
    console.warn('skipped: openssl is not installed, so its check of our signatures was not tried')
  const dir = mkdtempSync(join(tmpdir(), 'guicang-sign-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  test.skipIf(!hasOpenssl)('verifies our signature with our PEM, and refuses another text', () => {
    const path = (name: string): string => join(dir, name)
    writeFileSync(path('key.pem'), verifyKeyPem(keys.verifyKey))
    writeFileSync(path('text'), message)
    writeFileSync(path('other'), 'another text')
    writeFileSync(path('signature'), signBytes(keys.signingKey, message))
    const verify = (text: string): string[] => [
      'pkeyutl',
      '-verify',
      '-rawin',
      '-pubin',
      '-inkey',
      path('key.pem'),
      '-sigfile',
      path('signature'),
      '-in',
      path(text),
    ]
    expect(execFileSync('openssl', verify('text'), { encoding: 'utf8' })).toContain('Verified Successfully')
    expect(spawnSync('openssl', verify('other')).status).not.toBe(0)
  })
})
