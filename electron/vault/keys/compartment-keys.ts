// The two raw SQLCipher keys and their sealed form in vault.json (`keys.records`, `keys.identities`).
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { decryptWithIdentity, encryptToRecipients } from './age.ts'
import { parseJson } from './parse-json.ts'

export type CompartmentName = 'records' | 'identities'

const rawKey = z.string().regex(/^[0-9a-f]{64}$/)

/** A new random 256-bit key, 64 lower-case hex digits (SQLCipher's raw key). */
export function generateCompartmentKey(): string {
  return randomBytes(32).toString('hex')
}

/**
 * Seals a compartment's key to those entitled to it.
 *
 * @returns an armored age file whose plaintext is `{"records":"<64 hex>"}` or `{"identities":"<64 hex>"}`
 * @throws GuicangError `internal` for a key of another form, `input.invalid` for bad or no recipients
 */
export async function sealCompartmentKey(
  name: CompartmentName,
  key: string,
  recipients: readonly string[],
): Promise<string> {
  if (!rawKey.safeParse(key).success) {
    throw new GuicangError('internal', { fields: [{ field: 'compartmentKey', rule: 'format' }] })
  }
  return await encryptToRecipients(JSON.stringify({ [name]: key }), recipients)
}

/**
 * Opens a sealed compartment key: 64 hex digits.
 *
 * @throws GuicangError `access.denied` when it isn't sealed to this identity, `vault.damaged` when the file is broken
 * or holds something else than this compartment's key
 */
export async function openCompartmentKey(
  name: CompartmentName,
  armored: string,
  identity: string,
): Promise<string> {
  const plain = await decryptWithIdentity(armored, identity)
  // The name inside the seal: two sealed keys exchanged in vault.json are noticed before a database sees the wrong one.
  const schema = z.record(z.literal(name), rawKey)
  const parsed = schema.safeParse(parseJson(plain))
  const key = parsed.success ? parsed.data[name] : undefined
  if (key === undefined) {
    throw new GuicangError('vault.damaged', { fields: [{ field: 'vault.json', rule: 'compartmentKey' }] })
  }
  return key
}
