// Ed25519 signatures by people's keys (RFC 8032, done by Node), in the encodings that outlive us: PKCS8, SPKI, raw.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { GuicangError } from '../../../shared/errors.ts'

const rawKeyBytes = 32

/**
 * Signs bytes.
 *
 * @param signingKey base64 of the PKCS8 DER private key (a person's `signingKey`)
 * @returns the 64-byte signature
 * @throws GuicangError `internal` when the key isn't an Ed25519 private key (it comes out of an authenticated slot)
 */
export function signBytes(signingKey: string, bytes: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, bytes, privateKey(signingKey)))
}

/** Whether `signature` is the key's over exactly these bytes. A malformed key or signature verifies nothing: false. */
export function verifyBytes(verifyKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = publicKey(verifyKey)
  return key !== undefined && signature.length === 64 && verify(null, bytes, key, signature)
}

/**
 * The verify key as an SPKI PEM file, for `openssl pkeyutl -verify -rawin -pubin -inkey`.
 *
 * @param verifyKey base64 of the raw 32 bytes
 * @throws GuicangError `input.invalid` when it isn't one
 */
export function verifyKeyPem(verifyKey: string): string {
  return requirePublicKey(verifyKey).export({ format: 'pem', type: 'spki' }).toString()
}

/**
 * What two people compare by telephone: the first 16 bytes of SHA-256 over the SPKI DER, hex in groups of four
 * (`openssl pkey -pubin -outform DER | sha256sum` shows the same digits).
 *
 * @throws GuicangError `input.invalid` when the key isn't 32 bytes of base64
 */
export function keyFingerprint(verifyKey: string): string {
  const der = requirePublicKey(verifyKey).export({ format: 'der', type: 'spki' })
  const hex = createHash('sha256').update(der).digest('hex').slice(0, 32)
  return hex.replaceAll(/(.{4})(?=.)/g, '$1 ')
}

/**
 * Raw bytes of a verify key, or undefined when the text isn't the canonical base64 of 32 bytes.
 */
export function verifyKeyBytes(verifyKey: string): Uint8Array | undefined {
  const bytes = Buffer.from(verifyKey, 'base64')
  return bytes.length === rawKeyBytes && bytes.toString('base64') === verifyKey
    ? new Uint8Array(bytes)
    : undefined
}

function privateKey(signingKey: string): KeyObject {
  let key: KeyObject | undefined
  try {
    key = createPrivateKey({ key: Buffer.from(signingKey, 'base64'), format: 'der', type: 'pkcs8' })
  } catch {
    // The parser's message may quote what it read: nothing of it goes on.
    key = undefined
  }
  if (key?.asymmetricKeyType !== 'ed25519') {
    throw new GuicangError('internal', { fields: [{ field: 'signingKey', rule: 'format' }] })
  }
  return key
}

function publicKey(verifyKey: string): KeyObject | undefined {
  const bytes = verifyKeyBytes(verifyKey)
  if (bytes === undefined) return undefined
  // RFC 8037: the one stock encoding that takes the raw 32 bytes.
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytes).toString('base64url') }
  return createPublicKey({ key: jwk, format: 'jwk' })
}

function requirePublicKey(verifyKey: string): KeyObject {
  const key = publicKey(verifyKey)
  if (key === undefined)
    throw new GuicangError('input.invalid', { fields: [{ field: 'verifyKey', rule: 'format' }] })
  return key
}
