// Files as age files, piece by piece: none is ever whole in memory. Binary, not armored: `age -d -i KEY FILE` opens them.
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { GuicangError } from '../../../shared/errors.ts'

/** A key of a file's own. X25519, which every `age` knows. */
export function generateFileKey(): Promise<string> {
  return generateX25519Identity()
}

/**
 * Encrypts to the recipient of an identity. What `source` throws comes through.
 * @param secret of {@link generateFileKey}
 */
export async function* encryptPieces(
  source: AsyncIterable<Uint8Array>,
  secret: string,
): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(secret))
  yield* await encrypter.encrypt(ReadableStream.from(source))
}

/**
 * Decrypts what {@link encryptPieces} wrote. Each piece that comes out is authenticated; that the last one was the end is
 * known only when this ends.
 * @throws GuicangError `attachment.damaged` (rule `changed`) where a byte isn't the one that was written or the key is another's;
 * what `source` throws
 */
export async function* decryptPieces(
  source: AsyncIterable<Uint8Array>,
  secret: string,
): AsyncGenerator<Uint8Array> {
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(secret)
    yield* await decrypter.decrypt(ReadableStream.from(source))
  } catch (thrown) {
    // typage's own errors are told by their words only; what the source throws is ours.
    throw thrown instanceof GuicangError ? thrown : damagedAttachment('changed')
  }
}

/** @param rule `missing`: the file is gone; `changed`: it isn't what was stored */
export function damagedAttachment(rule: 'missing' | 'changed'): GuicangError {
  return new GuicangError('attachment.damaged', { fields: [{ field: 'attachments', rule }] })
}
