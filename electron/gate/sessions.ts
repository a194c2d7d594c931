// Which vault is open, in which process; the keychain's share; failed unlocks and their growing delay.
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Input } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import type { AppEvent } from '../../shared/events.ts'
import { type Session, sessionSchema, type VaultInfo, vaultInfoSchema } from '../../shared/types/vault.ts'
import { createVaultClient, type VaultClient } from '../vault/process/client.ts'
import type { AppMemory } from './app-memory.ts'
import { type BackupOnLock, waitsForBackup } from './backup-on-lock.ts'
import { unwrapAs } from './boundary.ts'
import { deviceShare, isBound } from './device-share.ts'
import type { DeviceKeychain } from './keychain.ts'
import { draftsLeft } from './drafts-left.ts'
import { newVaults } from './new-vaults.ts'
import { sampleFolder } from './sample-folder.ts'
import type { LastLock, OpenVault, Sessions } from './session-types.ts'
import { createTurns } from './turns.ts'
import { tryPassphrase } from './unlock-delay.ts'
import { type SeenLog, seenLogSchema, sessionActs } from '../vault/process/port.ts'
import type { LockReason } from './types.ts'
import type { VaultTransport } from '../vault/process/transport.ts'

export interface SessionsOptions {
  startVaultProcess: () => VaultTransport
  memory: AppMemory
  keychain: DeviceKeychain
  emit: (event: AppEvent) => void
  ref: () => string
  /** Absent: nothing is backed up at a lock. */
  backups?: BackupOnLock | undefined
}

const lockTimeoutMs = 5000

export function createSessions(options: SessionsOptions): Sessions {
  const { memory, keychain, emit } = options
  const turns = createTurns()
  const share = deviceShare(keychain)
  const drafts = draftsLeft()
  const samples = sampleFolder()
  let client: VaultClient | undefined
  let open: OpenVault | undefined
  let last: LastLock | null = null
  /** A vault process that makes a backup before it ends: locked for the window, and gone at once when there is hurry. */
  let leaving: { client: VaultClient; gone: Promise<void> } | undefined

  function currentClient(): VaultClient {
    if (client !== undefined) return client
    const process = createVaultClient(options.startVaultProcess(), options.ref)
    const started: VaultClient = {
      ...process,
      call: async (act, input, jobId) => {
        const result = await drafts.call(process, act, input, jobId)
        // The session has ended over there, by a failure that it could not go on after: the window must not stand open.
        const ended = !result.ok && result.error.code === 'vault.locked'
        if (ended && open !== undefined && client === started) void lock('crash')
        return result
      },
    }
    started.onProgress((progress) => {
      emit({ type: 'job.progress', progress })
    })
    started.onExit(() => {
      if (client === started) client = undefined
      if (open !== undefined && client === undefined) {
        last = { path: open.path, user: open.session.user, sample: open.sample, reason: 'crash' }
        if (open.sample) samples.remove(open.path)
        open = undefined
        emit({ type: 'session.locked', reason: 'crash' })
      }
    })
    client = started
    return started
  }

  async function ask<T>(schema: z.ZodType<T>, act: string, input: unknown, jobId?: string): Promise<T> {
    return unwrapAs(schema, await currentClient().call(act, input, jobId))
  }

  async function info(path: string): Promise<VaultInfo> {
    return ask(vaultInfoSchema, 'session.info', { path: resolve(path) })
  }

  function requireOpen(): OpenVault {
    if (open === undefined) throw new GuicangError('vault.locked')
    return open
  }

  function begin(path: string, session: Session, sample: boolean): Session {
    open = { path: resolve(path), vaultId: session.vaultId, sample, session }
    last = null
    if (!sample) memory.addRecent(resolve(path), session.company.name)
    return session
  }

  /** What was seen of the log is what the next opening has to go on from; while that is in doubt, the older sight stays. */
  function remember(vaultId: string, warnings: Session['warnings'], seen: SeenLog | null): void {
    if (seen !== null && !warnings.includes('vault.rolledBack')) memory.setSeenLog(vaultId, seen)
  }

  async function opened(path: string, session: Session): Promise<Session> {
    memory.clearFailedUnlocks(session.vaultId)
    remember(session.vaultId, session.warnings, await ask(seenLogSchema, 'session.seen', {}))
    return begin(path, session, false)
  }

  /** What main adds to every opening of a vault by somebody. */
  function beforehand(vaultId: string): { failedUnlocks: string[]; seen: SeenLog | undefined } {
    return { failedUnlocks: memory.failedUnlocks(vaultId), seen: memory.seenLog(vaultId) }
  }

  async function unlockQuick(input: Input<'vault.unlockQuick'>, goOn: () => void): Promise<Session> {
    if (open !== undefined) throw new GuicangError('vault.alreadyOpen')
    const path = resolve(input.path)
    const { vaultId } = await info(path)
    const identity = await keychain.getQuickIdentity(vaultId, input.person)
    if (identity === undefined) throw new GuicangError('vault.deviceMissing')
    goOn()
    const request = { path, personId: input.person, identity, ...beforehand(vaultId) }
    const session = await ask(sessionSchema, 'session.unlockQuick', request)
    goOn()
    return opened(path, session)
  }

  async function unlock(input: Input<'vault.unlock'>, goOn: () => void): Promise<Session> {
    if (open !== undefined) throw new GuicangError('vault.alreadyOpen')
    const path = resolve(input.path)
    const vault = await info(path)
    const { passphrase, user } = input
    return tryPassphrase(memory, vault.vaultId, async () => {
      const session = await share.enter(vault, (deviceSecret) => {
        goOn()
        const request = { path, passphrase, user, deviceSecret, ...beforehand(vault.vaultId) }
        return ask(sessionSchema, 'session.unlock', request)
      })
      goOn()
      return opened(path, session)
    })
  }

  async function lock(reason: LockReason): Promise<void> {
    turns.interrupt()
    if (!waitsForBackup(reason)) leaving?.client.kill()
    const ending = client
    const was = open
    if (was !== undefined) last = { path: was.path, user: was.session.user, sample: was.sample, reason }
    open = undefined
    client = undefined
    if (ending !== undefined && was !== undefined && options.backups?.isDue(was, reason) === true) {
      emit({ type: 'session.locked', reason })
      const gone = options.backups.make(ending, was).then(() => end(ending, was))
      leaving = { client: ending, gone }
      turns.holdFor(gone)
    } else {
      if (ending !== undefined && reason === 'panic') ending.kill()
      else if (ending !== undefined) await end(ending, was)
      // After a panic the window is made anew also when nothing was open: something may have been typed.
      if (was !== undefined || reason === 'panic') emit({ type: 'session.locked', reason })
    }
    await leaving?.gone
    if (was?.sample === true) samples.remove(was.path)
    // The program ends with this: what a killed process left is removed now or by nobody.
    if (reason === 'quit')
      await Promise.race([
        Promise.all([drafts.settled(), samples.settled()]),
        delay(lockTimeoutMs, undefined, { ref: false }),
      ])
  }

  async function end(ending: VaultClient, was: OpenVault | undefined): Promise<void> {
    // A checkpoint is worth a moment, no more: the process ends either way. In a panic it isn't worth even that.
    if (was !== undefined) {
      const answer = ending.call('session.lock', {}).then((result) => {
        const locked = sessionActs['session.lock'].output.safeParse(result.ok ? result.value : undefined)
        if (locked.success && !was.sample) remember(was.vaultId, was.session.warnings, locked.data.seen)
      })
      await Promise.race([answer, delay(lockTimeoutMs, undefined, { ref: false })])
    }
    ending.kill()
    if (leaving?.client === ending) leaving = undefined
  }

  async function openIdentities(passphrase: string, goOn: () => void): Promise<Session> {
    if (open === undefined) throw new GuicangError('vault.locked')
    const vault = await info(open.path)
    const session = await tryPassphrase(memory, vault.vaultId, () =>
      share.enter(vault, (deviceSecret) =>
        ask(sessionSchema, 'session.openIdentities', { passphrase, deviceSecret }),
      ),
    )
    // The process answers what it had begun, also where a lock has come meanwhile.
    goOn()
    open = { ...open, session }
    emit({ type: 'session.identities', open: true })
    return session
  }

  async function closeIdentities(): Promise<void> {
    if (open === undefined || !open.session.compartments.includes('identities')) return
    // A later lock can't make the backup any more: with identities closed the copy of it couldn't be verified.
    if (options.backups?.isDue(open, 'idle') === true) await options.backups.make(currentClient(), open)
    if (open === undefined) return
    const result = await currentClient().call('session.closeIdentities', {})
    if (!result.ok) return
    const session = await ask(sessionSchema, 'vault.getStatus', {})
    open = { ...open, session }
    emit({ type: 'session.identities', open: false })
  }

  async function recover(input: Input<'vault.recover'>, goOn: () => void): Promise<Session> {
    if (open !== undefined) throw new GuicangError('vault.alreadyOpen')
    const path = resolve(input.path)
    const vault = await info(path)
    const bind = input.deviceBinding ?? (isBound(vault) && (await keychain.available()))
    // The secret that is there stays: until the code has proved good, the old passphrase must go on opening the vault.
    const kept = bind ? await keychain.getDeviceSecret(vault.vaultId) : undefined
    const deviceSecret = bind ? (kept ?? (await share.make(vault.vaultId))) : undefined
    goOn()
    const { recoveryCode, newPassphrase, user } = input
    const request = {
      path,
      recoveryCode,
      newPassphrase,
      user,
      deviceSecret,
      ...beforehand(vault.vaultId),
    }
    const session = await ask(sessionSchema, 'session.recover', request)
    goOn()
    return opened(path, session)
  }

  async function changePassphrase(passphrase: string, newPassphrase: string): Promise<{ ok: true }> {
    if (open === undefined) throw new GuicangError('vault.locked')
    const deviceSecret = await share.find(await info(open.path))
    const request = { passphrase, newPassphrase, deviceSecret }
    const fine = z.strictObject({ ok: z.literal(true) })
    const done = await tryPassphrase(memory, open.vaultId, () =>
      ask(fine, 'session.changePassphrase', request),
    )
    // The gate goes by the warnings: a first passphrase is one no longer.
    open = { ...open, session: await ask(sessionSchema, 'vault.getStatus', {}) }
    return done
  }

  const made = newVaults({
    ask,
    keychain,
    samples,
    newDeviceSecret: share.make,
    requireNone: () => {
      if (open !== undefined) throw new GuicangError('vault.alreadyOpen')
    },
    begin,
    lock,
  })

  return {
    current: () => open,
    lastLock: () => last,
    client: currentClient,
    info,
    create: (input) => turns.take(() => made.create(input, false)),
    createSample: (jobId) => turns.take(() => made.createSample(jobId)),
    unlock: (input) => turns.take((goOn) => unlock(input, goOn)),
    lock,
    openIdentities: (passphrase) => turns.take((goOn) => openIdentities(passphrase, goOn)),
    closeIdentities: () => turns.take(closeIdentities),
    recover: (input) => turns.take((goOn) => recover(input, goOn)),
    unlockQuick: (input) => turns.take((goOn) => unlockQuick(input, goOn)),
    deviceSecret: async () => share.find(await info(requireOpen().path)),
    ensureDeviceSecret: async () => {
      const { vaultId } = requireOpen()
      return (await keychain.getDeviceSecret(vaultId)) ?? share.make(vaultId)
    },
    acceptState: async () => {
      const { vaultId } = requireOpen()
      memory.setSeenLog(vaultId, await ask(seenLogSchema, 'session.seen', {}))
    },
    whileOpen: (work) => turns.take(() => work(requireOpen())),
    changePassphrase: (passphrase, newPassphrase) =>
      turns.take(() => changePassphrase(passphrase, newPassphrase)),
    refresh: (session) => {
      if (open !== undefined) open = { ...open, session }
    },
  }
}
