// A person's passphrase slot: both secret keys, sealed by age's scrypt, optionally bound to one computer.
import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { decryptWithPassphrase, encryptWithPassphrase } from './age.ts'
import { parseJson } from './parse-json.ts'
import type { VaultSlot } from './vault-file.ts'

const personSecretSchema = z.strictObject({
  /** `AGE-SECRET-KEY-1…` */
  identity: z.string().regex(/^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/),
  /** base64 of the PKCS8 DER */
  signingKey: z.base64().min(1),
})

/** What a passphrase slot holds. */
export type PersonSecret = z.infer<typeof personSecretSchema>

/**
 * Seals a person's secret keys under a passphrase.
 *
 * @param passphrase as typed; brought to NFC here, so that every keyboard's form of it opens the slot
 * @param deviceSecret of a bound slot: age then gets `passphrase + ':' + deviceSecret`, and the file alone can't be guessed at
 * @param workFactor base-2 logarithm of scrypt's N; the default, 18, takes about a second
 * @returns an armored age file
 * @throws GuicangError `passphrase.missing` for an empty passphrase
 */
export async function sealPassphraseSlot(
  secret: PersonSecret,
  passphrase: string,
  deviceSecret: string | undefined,
  workFactor?: number,
): Promise<string> {
  const { identity, signingKey } = secret
  return await encryptWithPassphrase(
    JSON.stringify({ identity, signingKey }),
    agePassphrase(passphrase, deviceSecret),
    workFactor,
  )
}

/**
 * Opens a slot that {@link sealPassphraseSlot} made.
 *
 * @throws GuicangError `passphrase.missing`, `vault.wrongPassphrase` (also for another or no device secret: the caller
 * knows from `deviceBound` whether one is needed), `vault.damaged`
 */
export async function openPassphraseSlot(
  sealed: string,
  passphrase: string,
  deviceSecret: string | undefined,
): Promise<PersonSecret> {
  const plain = await decryptWithPassphrase(sealed, agePassphrase(passphrase, deviceSecret))
  const parsed = personSecretSchema.safeParse(parseJson(plain))
  if (!parsed.success)
    throw new GuicangError('vault.damaged', { fields: [{ field: 'vault.json', rule: 'slot' }] })
  return parsed.data
}

function agePassphrase(passphrase: string, deviceSecret: string | undefined): string {
  if (passphrase === '') throw new GuicangError('passphrase.missing')
  const normal = passphrase.normalize('NFC')
  return deviceSecret === undefined ? normal : `${normal}:${deviceSecret}`
}

/**
 * Tells which computer's secret a bound slot wants, so that a slot of another computer isn't taken for a wrong passphrase:
 * the first 64 bits (16 hex digits) of a SHA-256 over vault and secret. The secret has 128 random bits or more, so that
 * the tag says nothing of it.
 */
export function deviceTag(vaultId: string, deviceSecret: string): string {
  return createHash('sha256').update(`guicang-device:${vaultId}:${deviceSecret}`).digest('hex').slice(0, 16)
}

/**
 * A new passphrase slot for a person's secret keys, bound to this computer where a device secret is given.
 * @throws GuicangError `passphrase.missing`
 */
export async function newPassphraseSlot(request: {
  vaultId: string
  secret: PersonSecret
  passphrase: string
  deviceSecret?: string | undefined
  now: Date
  workFactor?: number | undefined
}): Promise<VaultSlot> {
  const { vaultId, secret, passphrase, deviceSecret, now, workFactor } = request
  return {
    id: randomUUID(),
    kind: 'passphrase',
    deviceBound: deviceSecret !== undefined,
    ...(deviceSecret === undefined ? {} : { device: deviceTag(vaultId, deviceSecret) }),
    createdAt: now.toISOString(),
    sealed: await sealPassphraseSlot(secret, passphrase, deviceSecret, workFactor),
  }
}
