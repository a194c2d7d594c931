// The keychain's share in a way in that is bound to this computer.
import { GuicangError } from '../../shared/errors.ts'
import type { VaultInfo } from '../../shared/types/vault.ts'
import type { DeviceKeychain } from './keychain.ts'
import { randomSecret } from './random-secret.ts'

/** Whether somebody's passphrase opens on their computer only. Quick unlock, always of one computer, says nothing of that. */
export function isBound(vault: VaultInfo): boolean {
  return vault.people.some(({ slots }) =>
    slots.some(({ kind, deviceBound }) => kind === 'passphrase' && deviceBound),
  )
}

export interface DeviceShare {
  /** This computer's share for a vault that has a bound slot; undefined where there is none. @throws `keychain.unavailable` */
  find(vault: VaultInfo): Promise<string | undefined>
  /** Makes one, and keeps it. @throws `keychain.unavailable` */
  make(vaultId: string): Promise<string>
  /**
   * Runs a way in with it. Where the keychain doesn't answer, a slot that is bound to no computer opens all the same; that there
   * is none is then for the keychain to answer for.
   * @throws GuicangError `keychain.unavailable`, and what `enter` throws
   */
  enter<T>(vault: VaultInfo, enter: (deviceSecret: string | undefined) => Promise<T>): Promise<T>
}

export function deviceShare(keychain: DeviceKeychain): DeviceShare {
  const find = async (vault: VaultInfo): Promise<string | undefined> =>
    isBound(vault) ? keychain.getDeviceSecret(vault.vaultId) : undefined
  return {
    find,
    make: async (vaultId) => {
      const secret = randomSecret()
      await keychain.setDeviceSecret(vaultId, secret)
      return secret
    },
    enter: async (vault, enter) => {
      let silent: GuicangError | undefined
      const deviceSecret = await find(vault).catch((thrown: unknown) => {
        if (!(thrown instanceof GuicangError) || thrown.code !== 'keychain.unavailable') throw thrown
        silent = thrown
        return undefined
      })
      try {
        return await enter(deviceSecret)
      } catch (thrown) {
        const missing = thrown instanceof GuicangError && thrown.code === 'vault.deviceMissing'
        throw missing ? (silent ?? thrown) : thrown
      }
    },
  }
}
