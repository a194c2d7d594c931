// Each kind of way in against age alone, which does the work that takes long.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decrypter, Encrypter } from 'age-encryption'
import { v7 as uuidv7 } from 'uuid'
import { generateRecoveryKit } from '../../electron/vault/keys/recovery-code.ts'
import { createJob } from '../../electron/vault/process/jobs.ts'
import type { VaultSession } from '../../electron/vault/session.ts'
import { createVault } from '../../electron/vault/usecases/create-vault.ts'
import { setQuickUnlock } from '../../electron/vault/usecases/devices.ts'
import { closeVault } from '../../electron/vault/usecases/keep-vault.ts'
import { checkKitAt } from '../../electron/vault/usecases/kits.ts'
import { openVault, openVaultQuick } from '../../electron/vault/usecases/open-vault.ts'
import type { Measurement } from './measurement.ts'
import { passphrase, percentile, timed } from './subjects.ts'

const times = 5
const deviceSecret = 'abcdefghijklmnopqrstuvwxyz234567'

async function ageAlone(): Promise<{ scrypt: number; identity: number }> {
  const sealed = new Encrypter()
  sealed.setScryptWorkFactor(18)
  sealed.setPassphrase(passphrase)
  const slot = await sealed.encrypt('slot')
  const { code, recipient } = await generateRecoveryKit()
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  const file = await encrypter.encrypt('keys')
  const opened = async (bytes: Uint8Array, give: (decrypter: Decrypter) => void): Promise<number[]> =>
    timed(times, async () => {
      const decrypter = new Decrypter()
      give(decrypter)
      await decrypter.decrypt(bytes)
    })
  return {
    scrypt: percentile(await opened(slot, (decrypter) => decrypter.addPassphrase(passphrase)), 0.5),
    identity: percentile(await opened(file, (decrypter) => decrypter.addIdentity(code)), 0.5),
  }
}

const measurement: Measurement = {
  title: 'Unlock per kind of slot',
  about:
    'An empty vault, opened in this process (no child, no keychain): slot, compartment keys, both databases (quick unlock: records only), the log’s entry. The peers open one age file under a passphrase (scrypt 2^18) and one under an X25519 identity.',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guicang-slots-'))
    const company = { name: '测', creditCode: '', address: '', timeZone: 'Asia/Shanghai' }
    const make = async (name: string, secret?: string): Promise<{ path: string; code: string }> => {
      const path = join(folder, name)
      const request = { path, vaultId: uuidv7(), company, owner: 'bench', passphrase, deviceSecret: secret }
      const { recoveryCodes } = await createVault(request, new Date())
      return { path, code: recoveryCodes[0] ?? '' }
    }
    const carried = await make('carried.vault')
    const bound = await make('bound.vault', deviceSecret)
    const open = (path: string, secret?: string): Promise<VaultSession> =>
      openVault({ path, passphrase, deviceSecret: secret, failedUnlocks: [] }, new Date())
    const close = (session: VaultSession): void => {
      closeVault(session, new Date())
    }
    const unbound = await timed(times, async () => close(await open(carried.path)))
    const onThisComputer = await timed(times, async () => close(await open(bound.path, deviceSecret)))
    const quick = await generateRecoveryKit()
    const session = await open(carried.path)
    const job = createJob(new AbortController().signal, () => {})
    await setQuickUnlock({ session, job, now: () => new Date() }, { recipient: quick.recipient })
    const personId = session.person.id
    close(session)
    const request = { path: carried.path, personId, identity: quick.code, failedUnlocks: [], seen: undefined }
    const masked = await timed(times, async () => close(await openVaultQuick(request, new Date())))
    const kit = await timed(times, () => checkKitAt(carried.path, carried.code))
    const age = await ageAlone()
    rmSync(folder, { recursive: true, force: true })
    const row = (what: string, taken: readonly number[], peer: number) => [
      { what, value: percentile(taken, 0.5), unit: 'ms', note: `median of ${times}` },
      { what: `${what}: ratio`, value: percentile(taken, 0.5) / peer, unit: '×', note: '÷ age alone' },
    ]
    return [
      { what: 'age, passphrase', value: age.scrypt, unit: 'ms', note: 'peer' },
      { what: 'age, identity', value: age.identity, unit: 'ms', note: 'peer' },
      ...row('passphrase, bound to no computer', unbound, age.scrypt),
      ...row('passphrase, bound to this computer', onThisComputer, age.scrypt),
      ...row('quick unlock of masked work', masked, age.identity),
      ...row('recovery kit, tried', kit, age.identity),
    ]
  },
}
export default measurement
