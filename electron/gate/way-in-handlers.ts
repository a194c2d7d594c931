// The channels about people's ways in that need this computer's keychain: first passphrases, computers, quick unlock.
import { resolve } from 'node:path'
import { contract } from '../../shared/contract/index.ts'
import type { DeviceSlot } from '../../shared/types/vault.ts'
import { sessionActs } from '../vault/process/port.ts'
import { type Ask, handle, type MainContext, type Runner } from './handle.ts'
import { tryPassphrase } from './unlock-delay.ts'

type WayInChannel =
  | 'users.add'
  | 'users.reset'
  | 'devices.list'
  | 'devices.add'
  | 'devices.carry'
  | 'vault.setQuickUnlock'
  | 'vault.listQuickUnlock'
  | 'vault.unlockQuick'
  | 'vault.checkKit'
  | 'vault.acknowledge'

const done = { ok: true } as const

export function wayInHandlers(
  { sessions, keychain, memory }: MainContext,
  ask: Ask,
): Readonly<Record<WayInChannel, Runner>> {
  /** Which of them open here is told by the keychain's share; one that can't be asked tells nothing. */
  async function listSlots(vaultId: string): Promise<{ items: DeviceSlot[] }> {
    const asked = await keychain.available()
    const deviceSecret = asked ? await keychain.getDeviceSecret(vaultId) : undefined
    const { items } = await ask(sessionActs['session.listSlots'], 'session.listSlots', { deviceSecret })
    return { items: items.map((slot) => ({ ...slot, here: slot.deviceBound && !asked ? null : slot.here })) }
  }

  function addSlot(vaultId: string, passphrase: string, bind: boolean): Promise<{ ok: true }> {
    return tryPassphrase(memory, vaultId, async () => {
      const deviceSecret = bind ? await sessions.ensureDeviceSecret() : await sessions.deviceSecret()
      return ask(sessionActs['session.addSlot'], 'session.addSlot', { passphrase, deviceSecret, bind })
    })
  }

  return {
    'users.add': handle(contract['users.add'], (input) =>
      sessions.whileOpen(async () =>
        ask(sessionActs['session.addUser'], 'session.addUser', {
          ...input,
          deviceSecret: await sessions.deviceSecret(),
        }),
      ),
    ),
    'users.reset': handle(contract['users.reset'], (input, jobId) =>
      sessions.whileOpen(async () => {
        const request = { ...input, deviceSecret: await sessions.deviceSecret() }
        return ask(sessionActs['session.resetUser'], 'session.resetUser', request, jobId)
      }),
    ),
    'devices.list': handle(contract['devices.list'], () =>
      sessions.whileOpen(({ vaultId }) => listSlots(vaultId)),
    ),
    'devices.add': handle(contract['devices.add'], ({ passphrase }) =>
      sessions.whileOpen(({ vaultId }) => addSlot(vaultId, passphrase, true)),
    ),
    'devices.carry': handle(contract['devices.carry'], ({ passphrase }) =>
      sessions.whileOpen(({ vaultId }) => addSlot(vaultId, passphrase, false)),
    ),
    'vault.setQuickUnlock': handle(contract['vault.setQuickUnlock'], ({ on }) =>
      sessions.whileOpen(async ({ vaultId, session }) => {
        const act = sessionActs['session.setQuickUnlock']
        if (!on) {
          await ask(act, 'session.setQuickUnlock', {})
          // Without its slot the identity opens nothing, whether or not the keychain can be asked to forget it now.
          if (await keychain.available()) await keychain.deleteQuickIdentity(vaultId, session.userId)
          return done
        }
        // The identity that is here stays: a slot of before must not lose its own to a slot that then can't be written.
        const kept = await keychain.getQuickIdentity(vaultId, session.userId)
        const made = await ask(sessionActs['session.quickIdentity'], 'session.quickIdentity', { kept })
        if (made.identity !== kept) await keychain.setQuickIdentity(vaultId, session.userId, made.identity)
        return ask(act, 'session.setQuickUnlock', { recipient: made.recipient })
      }),
    ),
    'vault.listQuickUnlock': handle(contract['vault.listQuickUnlock'], async ({ path }) => {
      const vault = await sessions.info(resolve(path))
      const candidates = vault.people.filter(({ slots }) => slots.some(({ kind }) => kind === 'device'))
      if (candidates.length === 0 || !(await keychain.available())) return { people: [] }
      const people = []
      for (const { id } of candidates)
        if ((await keychain.getQuickIdentity(vault.vaultId, id)) !== undefined) people.push(id)
      return { people }
    }),
    'vault.unlockQuick': handle(contract['vault.unlockQuick'], (input) => sessions.unlockQuick(input)),
    'vault.checkKit': handle(contract['vault.checkKit'], ({ path, recoveryCode }) =>
      ask(sessionActs['session.checkKit'], 'session.checkKit', { path: resolve(path), recoveryCode }),
    ),
    'vault.acknowledge': handle(contract['vault.acknowledge'], (input) =>
      sessions.whileOpen(async () => {
        const session = await ask(sessionActs['session.acknowledge'], 'session.acknowledge', input)
        sessions.refresh(session)
        if (input.warning === 'vault.rolledBack') await sessions.acceptState()
        return session
      }),
    ),
  }
}
