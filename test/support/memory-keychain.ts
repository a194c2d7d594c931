// A keychain for tests that need none of the system's: what is under test is when it is written, or what another computer has.
import type { DeviceKeychain } from '../../electron/gate/keychain.ts'

/** `secrets` holds device secrets by vault id, and quick-unlock identities by vault and person id. */
export function memoryKeychain(): DeviceKeychain & { secrets: Map<string, string> } {
  const secrets = new Map<string, string>()
  const set = async (key: string, secret: string): Promise<void> => {
    secrets.set(key, secret)
    await Promise.resolve()
  }
  const remove = async (key: string): Promise<void> => {
    secrets.delete(key)
    await Promise.resolve()
  }
  return {
    secrets,
    available: () => Promise.resolve(true),
    getDeviceSecret: (vaultId) => Promise.resolve(secrets.get(vaultId)),
    setDeviceSecret: set,
    deleteDeviceSecret: remove,
    getQuickIdentity: (vaultId, personId) => Promise.resolve(secrets.get(`${vaultId}:${personId}`)),
    setQuickIdentity: (vaultId, personId, identity) => set(`${vaultId}:${personId}`, identity),
    deleteQuickIdentity: (vaultId, personId) => remove(`${vaultId}:${personId}`),
  }
}
