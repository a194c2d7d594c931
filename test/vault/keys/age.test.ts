import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomSecret } from '../../../electron/gate/random-secret.ts'
import {
  decryptWithIdentity,
  decryptWithPassphrase,
  encryptToRecipients,
  encryptWithPassphrase,
} from '../../../electron/vault/keys/age.ts'
import {
  generateCompartmentKey,
  openCompartmentKey,
  sealCompartmentKey,
} from '../../../electron/vault/keys/compartment-keys.ts'
import { generatePersonKeys, recipientOf } from '../../../electron/vault/keys/person.ts'
import type { PersonKeys } from '../../../electron/vault/keys/person.ts'
import { openPassphraseSlot, sealPassphraseSlot } from '../../../electron/vault/keys/slots.ts'
import { changedCharacter, refusalOf } from './support.ts'

/** Quick scrypt for tests; the default is checked on its own below. */
const quick = 10
let alice: PersonKeys
let bob: PersonKeys

beforeAll(async () => {
  alice = await generatePersonKeys()
  bob = await generatePersonKeys()
})

describe('recipients', () => {
  test('every recipient opens the file, nobody else does', async () => {
    const sealed = await encryptToRecipients('归藏\ufeff', [alice.recipient, bob.recipient])
    const stranger = await generatePersonKeys()
    expect(await decryptWithIdentity(sealed, alice.identity)).toBe('归藏\ufeff')
    expect(await decryptWithIdentity(sealed, bob.identity)).toBe('归藏\ufeff')
    expect(await refusalOf(decryptWithIdentity(sealed, stranger.identity))).toBe('access.denied')
    expect(await refusalOf(decryptWithIdentity(sealed, 'AGE-SECRET-KEY-1NONSENSE'))).toBe('access.denied')
    expect(await refusalOf(decryptWithIdentity(sealed, ''))).toBe('access.denied')
  })

  test('keeps a byte order mark at the start: what comes out is what went in', async () => {
    const sealed = await encryptToRecipients('\ufeffx', [alice.recipient])
    expect(await decryptWithIdentity(sealed, alice.identity)).toBe('\ufeffx')
  })

  test('refuses a file that nobody, or no age of Debian 12, could open', async () => {
    expect(await refusalOf(encryptToRecipients('x', []))).toBe('input.invalid recipients required')
    for (const bad of [
      'age1',
      'age1pq1xyz',
      `${alice.recipient}q`,
      changedCharacter(alice.recipient, 20),
      '',
    ]) {
      expect(await refusalOf(encryptToRecipients('x', [alice.recipient, bad]))).toBe(
        'input.invalid recipients format',
      )
    }
  })

  test('a person has the recipient of the identity', async () => {
    expect(await recipientOf(alice.identity)).toBe(alice.recipient)
    expect(await refusalOf(recipientOf('AGE-SECRET-KEY-1'))).toBe('access.denied')
  })
})

describe('passphrases', () => {
  test('a wrong one is not damage, and damage is not a wrong one', async () => {
    const sealed = await encryptWithPassphrase('secret', 'correct horse', quick)
    expect(await decryptWithPassphrase(sealed, 'correct horse')).toBe('secret')
    expect(await refusalOf(decryptWithPassphrase(sealed, 'correct horsf'))).toBe('vault.wrongPassphrase')
    expect(await refusalOf(decryptWithPassphrase(sealed, ''))).toBe('passphrase.missing')
    expect(await refusalOf(encryptWithPassphrase('secret', '', quick))).toBe('passphrase.missing')
    const damaged = 'vault.damaged vault.json ageFile'
    expect(await refusalOf(decryptWithPassphrase('', 'correct horse'))).toBe(damaged)
    expect(await refusalOf(decryptWithPassphrase(sealed.slice(0, -40), 'correct horse'))).toBe(damaged)
    expect(await refusalOf(decryptWithPassphrase(sealed.replace('AGE', 'PGP'), 'correct horse'))).toBe(
      damaged,
    )
    const forRecipient = await encryptToRecipients('secret', [alice.recipient])
    expect(await refusalOf(decryptWithPassphrase(forRecipient, 'correct horse'))).toBe(damaged)
  })

  test('no changed character of a file is accepted or without a code', async () => {
    const sealed = await encryptWithPassphrase('secret', 'correct horse', 1)
    const answers = new Set<string>()
    for (let at = 0; at < sealed.length; at += 1) {
      answers.add(await refusalOf(decryptWithPassphrase(changedCharacter(sealed, at), 'correct horse')))
    }
    expect([...answers].toSorted()).toEqual(['vault.damaged vault.json ageFile', 'vault.wrongPassphrase'])
  })

  test.each([0, 21, 1.5, Number.NaN])('refuses the work factor %s', async (workFactor) => {
    expect(await refusalOf(encryptWithPassphrase('x', 'y', workFactor))).toBe(
      'input.invalid workFactor range',
    )
  })
})

describe('slots', () => {
  test('the default work factor is 18, as the header says', async () => {
    const sealed = await sealPassphraseSlot(alice, 'correct horse', undefined)
    const header = Buffer.from(sealed.split('\n').slice(1, -2).join(''), 'base64').toString('latin1')
    expect(header).toMatch(/^age-encryption\.org\/v1\n-> scrypt [A-Za-z0-9+/]{22} 18\n/)
  })

  test('give back both secret keys and nothing public', async () => {
    const sealed = await sealPassphraseSlot(alice, 'correct horse', undefined, quick)
    expect(await openPassphraseSlot(sealed, 'correct horse', undefined)).toEqual({
      identity: alice.identity,
      signingKey: alice.signingKey,
    })
  })

  test('composed and decomposed input is the same passphrase', async () => {
    const sealed = await sealPassphraseSlot(alice, 'Café 归藏 이름'.normalize('NFD'), undefined, quick)
    const opened = await openPassphraseSlot(sealed, 'Café 归藏 이름'.normalize('NFC'), undefined)
    expect(opened.identity).toBe(alice.identity)
  })

  test('a bound slot needs passphrase and device secret, joined by a colon', async () => {
    const device = randomSecret()
    const sealed = await sealPassphraseSlot(alice, 'correct horse', device, quick)
    expect((await openPassphraseSlot(sealed, 'correct horse', device)).identity).toBe(alice.identity)
    expect(await decryptWithPassphrase(sealed, `correct horse:${device}`)).toContain(alice.identity)
    for (const other of [undefined, randomSecret(), '']) {
      expect(await refusalOf(openPassphraseSlot(sealed, 'correct horse', other))).toBe(
        'vault.wrongPassphrase',
      )
    }
  })

  test('an empty passphrase is refused even with a device secret', async () => {
    const device = randomSecret()
    expect(await refusalOf(sealPassphraseSlot(alice, '', device, quick))).toBe('passphrase.missing')
  })

  test.each(['not json', '{}', '{"identity":"AGE-SECRET-KEY-1","signingKey":""}', 'null'])(
    'one that holds %s is damaged',
    async (plain) => {
      const sealed = await encryptWithPassphrase(plain, 'correct horse', quick)
      expect(await refusalOf(openPassphraseSlot(sealed, 'correct horse', undefined))).toBe(
        'vault.damaged vault.json slot',
      )
    },
  )

  test('device secrets are 160 bits of lower-case base32, never the same', () => {
    const secrets = Array.from({ length: 50 }, randomSecret)
    for (const secret of secrets) expect(secret).toMatch(/^[a-z2-7]{32}$/)
    expect(new Set(secrets).size).toBe(50)
  })
})

describe('compartment keys', () => {
  test('are 256 random bits that come back under their own name only', async () => {
    const key = generateCompartmentKey()
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    expect(generateCompartmentKey()).not.toBe(key)
    const sealed = await sealCompartmentKey('records', key, [alice.recipient, bob.recipient])
    expect(await decryptWithIdentity(sealed, alice.identity)).toBe(`{"records":"${key}"}`)
    expect(await openCompartmentKey('records', sealed, bob.identity)).toBe(key)
    const exchanged = 'vault.damaged vault.json compartmentKey'
    expect(await refusalOf(openCompartmentKey('identities', sealed, bob.identity))).toBe(exchanged)
  })

  test('refuse what is no key, on the way in and out', async () => {
    expect(await refusalOf(sealCompartmentKey('records', 'abc', [alice.recipient]))).toBe(
      'internal compartmentKey format',
    )
    for (const plain of ['', '{"records":"abc"}', `{"records":"${'a'.repeat(64)}","more":1}`, '[]']) {
      const sealed = await encryptToRecipients(plain, [alice.recipient])
      expect(await refusalOf(openCompartmentKey('records', sealed, alice.identity))).toBe(
        'vault.damaged vault.json compartmentKey',
      )
    }
  })
})

describe("Debian's age", () => {
  const hasAge = spawnSync('age', ['--version']).status === 0
  if (!hasAge)
    console.warn('skipped: the program age is not installed, so its reading of our files was not tried')
  const dir = mkdtempSync(join(tmpdir(), 'guicang-age-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))

  test.skipIf(!hasAge)('opens a sealed compartment key, and we open what it sealed', async () => {
    const key = generateCompartmentKey()
    const identityFile = join(dir, 'identity')
    const sealedFile = join(dir, 'sealed.age')
    writeFileSync(identityFile, `${bob.identity}\n`, { mode: 0o600 })
    writeFileSync(sealedFile, await sealCompartmentKey('identities', key, [alice.recipient, bob.recipient]))
    const plain = execFileSync('age', ['--decrypt', '--identity', identityFile, sealedFile], {
      encoding: 'utf8',
    })
    expect(plain).toBe(`{"identities":"${key}"}`)
    const sealedByAge = execFileSync('age', ['--encrypt', '--armor', '--recipient', alice.recipient], {
      input: plain,
      encoding: 'utf8',
    })
    expect(await openCompartmentKey('identities', sealedByAge, alice.identity)).toBe(key)
  })
})
