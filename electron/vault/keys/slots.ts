// A person's passphrase slot: both secret keys, sealed by age's scrypt, optionally bound to one computer.
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { decryptWithPassphrase, encryptWithPassphrase } from './age.ts'
import { parseJson } from './parse-json.ts'

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
