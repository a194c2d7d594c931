// The age format (age-encryption.org/v1) by typage, always armored: what these functions write, Debian's `age` opens.
import { Decrypter, Encrypter, armor } from 'age-encryption'
import type { Identity, Stanza } from 'age-encryption'
import { GuicangError } from '../../../shared/errors.ts'

const defaultWorkFactor = 18
/** For a passphrase of 160 random bits, which no guessing finds. */
export const unstretched = 10
/** typage and Debian's age refuse to open what took more than this and 22 respectively. */
const highestWorkFactor = 20
/** X25519 only: `age` 1.1 of Debian 12 doesn't know the hybrid recipients (`age1pq1…`). */
const x25519Recipient = /^age1[02-9ac-hj-np-z]{58}$/

/**
 * Encrypts text (UTF-8) to every recipient; any one of their identities opens it.
 *
 * @param recipients X25519 recipients, `age1…`; at least one
 * @returns an armored age file with a final newline
 * @throws GuicangError `input.invalid` for no recipient or one that isn't X25519 (a file that nobody could open)
 */
export async function encryptToRecipients(plain: string, recipients: readonly string[]): Promise<string> {
  if (recipients.length === 0) throw badInput('recipients', 'required')
  const encrypter = new Encrypter()
  for (const recipient of recipients) addRecipient(encrypter, recipient)
  return armor.encode(await encrypter.encrypt(plain))
}

/**
 * Opens an armored age file with an X25519 identity.
 *
 * @throws GuicangError `access.denied` when the file isn't encrypted to this identity (or the text isn't an identity),
 * `vault.damaged` when armor, header or payload are broken
 */
export async function decryptWithIdentity(armored: string, identity: string): Promise<string> {
  const decrypter = new Decrypter()
  try {
    decrypter.addIdentity(identity)
  } catch {
    // typage's message may quote the identity.
    throw new GuicangError('access.denied')
  }
  return await decrypt(armored, decrypter, 'X25519', 'access.denied')
}

/**
 * Encrypts text (UTF-8) under a passphrase (scrypt). About a second and 256 MB at the default work factor.
 *
 * @param passphrase used byte for byte as UTF-8: normalise before
 * @param workFactor base-2 logarithm of scrypt's N, 1 to 20; below 18 only for a random passphrase, and in tests
 * @throws GuicangError `passphrase.missing` for an empty one, `input.invalid` for another work factor
 */
export async function encryptWithPassphrase(
  plain: string,
  passphrase: string,
  workFactor: number = defaultWorkFactor,
): Promise<string> {
  if (passphrase === '') throw new GuicangError('passphrase.missing')
  if (!Number.isInteger(workFactor) || workFactor < 1 || workFactor > highestWorkFactor) {
    throw badInput('workFactor', 'range')
  }
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase)
  encrypter.setScryptWorkFactor(workFactor)
  return armor.encode(await encrypter.encrypt(plain))
}

/**
 * Opens an armored age file with a passphrase.
 *
 * A damaged scrypt stanza looks like a wrong passphrase to age itself; the checksum of vault.json tells them apart.
 *
 * @throws GuicangError `passphrase.missing` for an empty one, `vault.wrongPassphrase`, `vault.damaged` when armor,
 * header or payload are broken or the file isn't under a passphrase at all
 */
export async function decryptWithPassphrase(armored: string, passphrase: string): Promise<string> {
  if (passphrase === '') throw new GuicangError('passphrase.missing')
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  return await decrypt(armored, decrypter, 'scrypt', 'vault.wrongPassphrase')
}

async function decrypt(
  armored: string,
  decrypter: Decrypter,
  stanzaType: string,
  noMatch: 'access.denied' | 'vault.wrongPassphrase',
): Promise<string> {
  // typage asks its identities in turn. This last one opens nothing: being asked means that the header was well formed
  // and the key before it didn't fit, which typage otherwise tells only in the words of a message.
  let keyDidNotFit = false
  const witness: Identity = {
    unwrapFileKey(stanzas: Stanza[]): null {
      keyDidNotFit = noMatch === 'access.denied' || stanzas.some((stanza) => stanza.args[0] === stanzaType)
      return null
    },
  }
  decrypter.addIdentity(witness)
  try {
    const bytes = await decrypter.decrypt(armor.decode(armored))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw keyDidNotFit ? new GuicangError(noMatch) : damagedAgeFile()
  }
}

function damagedAgeFile(): GuicangError {
  return new GuicangError('vault.damaged', { fields: [{ field: 'vault.json', rule: 'ageFile' }] })
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  if (!x25519Recipient.test(recipient)) throw badInput('recipients', 'format')
  try {
    encrypter.addRecipient(recipient)
  } catch {
    throw badInput('recipients', 'format')
  }
}

function badInput(field: string, rule: string): GuicangError {
  return new GuicangError('input.invalid', { fields: [{ field, rule }] })
}
