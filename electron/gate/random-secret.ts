// Secrets that no person types: the keychain's share of a bound vault, the passphrase of a sample vault.
import { randomBytes } from 'node:crypto'
import { base32nopad } from '@scure/base'

/** 160 random bits as 32 lower-case base32 characters (RFC 4648, without padding). */
export function randomSecret(): string {
  return base32nopad.encode(new Uint8Array(randomBytes(20))).toLowerCase()
}
