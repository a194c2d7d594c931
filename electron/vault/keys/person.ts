// A person's two keys: an age identity that opens compartment keys, an Ed25519 key that signs the log and bags.
import { generateKeyPairSync } from 'node:crypto'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { GuicangError } from '../../../shared/errors.ts'

/** Both keys of a person. `identity` and `signingKey` are secret and leave this process only inside a slot. */
export interface PersonKeys {
  /** `AGE-SECRET-KEY-1…` */
  identity: string
  /** `age1…` */
  recipient: string
  /** base64 of the PKCS8 DER */
  signingKey: string
  /** base64 of the raw 32 bytes */
  verifyKey: string
}

/** New random keys. X25519, not age's hybrid identity, so that `age` 1.1 of Debian 12 opens what is sealed to it. */
export async function generatePersonKeys(): Promise<PersonKeys> {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  if (x === undefined) throw new GuicangError('internal')
  return {
    identity,
    recipient,
    signingKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    verifyKey: Buffer.from(x, 'base64url').toString('base64'),
  }
}

/**
 * The recipient (`age1…`) of an age identity: holds an opened slot against the person that vault.json and the log name.
 *
 * @throws GuicangError `access.denied` when the text isn't an identity
 */
export async function recipientOf(identity: string): Promise<string> {
  try {
    return await identityToRecipient(identity)
  } catch {
    // typage's message may quote the identity.
    throw new GuicangError('access.denied')
  }
}
