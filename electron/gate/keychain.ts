// What the OS keychain keeps: one device secret per vault and computer, and the quick-unlock identities of people who turned
// that on. Runs in main, needs no Electron.
import { randomUUID } from 'node:crypto'
import type { AsyncEntry } from '@napi-rs/keyring'
import { GuicangError } from '../../shared/errors.ts'

const service = 'guicang'
const defaultTimeoutMs = 3000

export interface DeviceKeychain {
  /** Whether a secret can be written, read back and removed right now. Never throws. */
  available(): Promise<boolean>
  /** The vault's secret on this computer, or undefined when there is none. */
  getDeviceSecret(vaultId: string): Promise<string | undefined>
  /** Stores the secret and reads it back; it is kept only once this resolves. */
  setDeviceSecret(vaultId: string, secret: string): Promise<void>
  /** Removes the secret; none being there is no error. */
  deleteDeviceSecret(vaultId: string): Promise<void>
  /** A person's quick-unlock identity on this computer, or undefined when there is none. */
  getQuickIdentity(vaultId: string, personId: string): Promise<string | undefined>
  /** Stores the identity and reads it back. */
  setQuickIdentity(vaultId: string, personId: string, identity: string): Promise<void>
  deleteQuickIdentity(vaultId: string, personId: string): Promise<void>
}

/**
 * The keychain of this computer's user: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
 * Every method but `available` throws GuicangError `keychain.unavailable` when there is none, it is locked, it refuses
 * or it doesn't answer in time.
 *
 * @param options.timeoutMs for one whole method, 3 s unless told
 */
export function deviceKeychain(options: { timeoutMs?: number } = {}): DeviceKeychain {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs
  const onEntry = async <T>(account: string, use: (entry: AsyncEntry) => Promise<T>): Promise<T> =>
    await inTime(timeoutMs, async () => await use(await openEntry(account)))
  // `null` as documented, and `undefined` should a later version mean the same.
  const get = (account: string): Promise<string | undefined> =>
    onEntry(account, async (entry) => (await entry.getPassword()) ?? undefined)
  const set = (account: string, secret: string): Promise<void> =>
    onEntry(account, async (entry) => await setAndCompare(entry, secret))
  const remove = async (account: string): Promise<void> => {
    await onEntry(account, async (entry) => await entry.deleteCredential())
  }
  return {
    async available() {
      // A read alone isn't enough: with no collection to write to, Secret Service answers it with `null`.
      try {
        await onEntry(`probe:${randomUUID()}`, async (entry) => {
          await setAndCompare(entry, randomUUID())
          await entry.deleteCredential()
        })
        return true
      } catch {
        return false
      }
    },
    getDeviceSecret: (vaultId) => get(`device:${vaultId}`),
    setDeviceSecret: (vaultId, secret) => set(`device:${vaultId}`, secret),
    deleteDeviceSecret: (vaultId) => remove(`device:${vaultId}`),
    getQuickIdentity: (vaultId, personId) => get(`quick:${vaultId}:${personId}`),
    setQuickIdentity: (vaultId, personId, identity) => set(`quick:${vaultId}:${personId}`, identity),
    deleteQuickIdentity: (vaultId, personId) => remove(`quick:${vaultId}:${personId}`),
  }
}

// Imported on use, so that a platform without a prebuilt binary is "no keychain" and not a program that doesn't start.
// The constructor itself asks the service, synchronously; the library gives each of its questions up after 2 s.
// Unpinned, Linux falls back without a word to the kernel keyring, which a reboot empties.
async function openEntry(name: string): Promise<AsyncEntry> {
  const keyring = await import('@napi-rs/keyring')
  return new keyring.AsyncEntry(service, name, { linux: { store: 'secret-service' } })
}

async function setAndCompare(entry: AsyncEntry, secret: string): Promise<void> {
  await entry.setPassword(secret)
  if ((await entry.getPassword()) !== secret) throw new GuicangError('keychain.unavailable')
}

// The library's messages aren't passed on: they may name accounts.
async function inTime<T>(timeoutMs: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new GuicangError('keychain.unavailable')), timeoutMs)
  })
  try {
    return await Promise.race([work(), timeout])
  } catch {
    throw new GuicangError('keychain.unavailable')
  } finally {
    clearTimeout(timer)
  }
}
