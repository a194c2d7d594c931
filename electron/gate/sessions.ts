// Which vault is open, in which process; the keychain's share; failed unlocks and their growing delay.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Input, Output } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import type { AppEvent } from '../../shared/events.ts'
import { vaultIdSchema } from '../../shared/types/ids.ts'
import { type Session, sessionSchema, type VaultInfo, vaultInfoSchema } from '../../shared/types/vault.ts'
import { createVaultClient, type VaultClient } from '../vault/process/client.ts'
import type { AppMemory } from './app-memory.ts'
import { unwrapAs } from './boundary.ts'
import type { DeviceKeychain } from './keychain.ts'
import { randomSecret } from './random-secret.ts'
import { createTurns } from './turns.ts'
import type { LockReason } from './types.ts'
import type { VaultTransport } from '../vault/process/transport.ts'

export interface OpenVault {
  path: string
  vaultId: string
  sample: boolean
  session: Session
}

export interface LastLock {
  path: string
  sample: boolean
  reason: LockReason
}

export interface Sessions {
  current(): OpenVault | undefined
  /** What was open last, until something is open again. */
  lastLock(): LastLock | null
  /** The vault process, open or not; started when first needed. */
  client(): VaultClient
  info(path: string): Promise<VaultInfo>
  create(input: Input<'vault.create'>): Promise<Output<'vault.create'>>
  createSample(jobId: string | undefined): Promise<Output<'vault.createSample'>>
  unlock(input: Input<'vault.unlock'>): Promise<Session>
  openIdentities(passphrase: string): Promise<Session>
  /** Closes identities and leaves masked work going. Puts it off while an import or an undo writes. */
  closeIdentities(): Promise<void>
  recover(input: Input<'vault.recover'>): Promise<Session>
  changePassphrase(passphrase: string, newPassphrase: string): Promise<{ ok: true }>
  lock(reason: LockReason): Promise<void>
  /** Takes over what a later answer says of the session. */
  refresh(session: Session): void
}

export interface SessionsOptions {
  startVaultProcess: () => VaultTransport
  memory: AppMemory
  keychain: DeviceKeychain
  emit: (event: AppEvent) => void
  ref: () => string
}

/** Failures in a row that are free of delay. */
const freeFailures = 10
const longestDelayMs = 60_000
const lockTimeoutMs = 5000

/** How long the next attempt waits: nothing for the first ten failures, then 1 s, doubling to 60 s. */
export function unlockDelayMs(failures: number): number {
  if (failures < freeFailures) return 0
  return Math.min(longestDelayMs, 1000 * 2 ** Math.min(16, failures - freeFailures))
}

export function createSessions(options: SessionsOptions): Sessions {
  const { memory, keychain, emit } = options
  const turns = createTurns()
  let client: VaultClient | undefined
  let open: OpenVault | undefined
  let last: LastLock | null = null

  function currentClient(): VaultClient {
    if (client !== undefined) return client
    const started = createVaultClient(options.startVaultProcess(), options.ref)
    started.onProgress((progress) => {
      emit({ type: 'job.progress', progress })
    })
    started.onExit(() => {
      if (client === started) client = undefined
      if (open !== undefined && client === undefined) {
        last = { path: open.path, sample: open.sample, reason: 'crash' }
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

  /** The keychain's share for a vault that has a bound slot; undefined when this computer has none. */
  async function deviceSecretFor(vault: VaultInfo): Promise<string | undefined> {
    const bound = vault.people.some((person) => person.slots.some((slot) => slot.deviceBound))
    return bound ? keychain.getDeviceSecret(vault.vaultId) : undefined
  }

  async function newDeviceSecret(vaultId: string): Promise<string> {
    const secret = randomSecret()
    await keychain.setDeviceSecret(vaultId, secret)
    return secret
  }

  function begin(path: string, session: Session, sample: boolean): Session {
    open = { path: resolve(path), vaultId: session.vaultId, sample, session }
    last = null
    if (!sample) memory.addRecent(resolve(path), session.company.name)
    return session
  }

  async function unlock(input: Input<'vault.unlock'>, goOn: () => void): Promise<Session> {
    if (open !== undefined) throw new GuicangError('vault.alreadyOpen')
    const path = resolve(input.path)
    const vault = await info(path)
    const failures = memory.failedUnlocks(vault.vaultId)
    await delay(unlockDelayMs(failures.length))
    const deviceSecret = await deviceSecretFor(vault)
    const { passphrase, user } = input
    goOn()
    try {
      const session = await ask(sessionSchema, 'session.unlock', {
        path,
        passphrase,
        user,
        deviceSecret,
        failedUnlocks: failures,
      })
      goOn()
      memory.clearFailedUnlocks(vault.vaultId)
      return begin(path, session, false)
    } catch (thrown) {
      if (thrown instanceof GuicangError && thrown.code === 'vault.wrongPassphrase') {
        memory.addFailedUnlock(vault.vaultId, new Date().toISOString())
      }
      throw thrown
    }
  }

  async function createAt(input: Input<'vault.create'>, sample: boolean): Promise<Output<'vault.create'>> {
    if (open !== undefined) throw new GuicangError('vault.alreadyOpen')
    const path = resolve(input.path)
    const vaultId = uuidv7()
    const deviceSecret = input.deviceBinding ? await newDeviceSecret(vaultId) : undefined
    const { company, custodian, owner, passphrase } = input
    const created = z.strictObject({ recoveryCodes: z.array(z.string()) })
    const request = {
      path,
      vaultId,
      company,
      owner,
      passphrase,
      ...(custodian === undefined ? {} : { custodian }),
      deviceSecret,
    }
    const { recoveryCodes } = await ask(created, 'session.create', request).catch(async (thrown: unknown) => {
      if (deviceSecret !== undefined) await keychain.deleteDeviceSecret(vaultId)
      throw thrown
    })
    // From here on the codes must reach the person, whatever becomes of the first opening: nobody else has them.
    const session = await firstOpening({ path, passphrase, deviceSecret, failedUnlocks: [] })
    if (session !== null) begin(path, session, sample)
    return { vaultId: vaultIdSchema.parse(vaultId), path, recoveryCodes, session }
  }

  async function firstOpening(request: object): Promise<Session | null> {
    try {
      return await ask(sessionSchema, 'session.unlock', request)
    } catch (thrown) {
      if (thrown instanceof GuicangError) return null
      throw thrown
    }
  }

  async function createSample(jobId: string | undefined): Promise<Output<'vault.createSample'>> {
    const folder = await mkdtemp(join(tmpdir(), 'guicang-sample-'))
    const passphrase = randomSecret()
    const company = {
      name: '示例商贸有限公司 Example Trading',
      creditCode: '',
      address: '',
      timeZone: 'Asia/Shanghai',
    }
    try {
      const { path } = await createAt(
        {
          path: join(folder, '示例商贸.vault'),
          company,
          owner: '示例 Sample',
          passphrase,
          deviceBinding: false,
        },
        true,
      )
      await ask(z.strictObject({ ok: z.literal(true) }), 'sample.fill', {}, jobId)
      const session = await ask(sessionSchema, 'vault.getStatus', {})
      begin(path, session, true)
      return { path, session }
    } catch (thrown) {
      await lock('user')
      await rm(folder, { recursive: true, force: true })
      throw thrown
    }
  }

  async function lock(reason: LockReason): Promise<void> {
    turns.interrupt()
    const ending = client
    const wasOpen = open !== undefined
    if (open !== undefined) last = { path: open.path, sample: open.sample, reason }
    open = undefined
    client = undefined
    if (ending !== undefined) {
      // A checkpoint is worth a moment, no more: the process ends either way. In a panic it isn't worth even that.
      if (wasOpen && reason !== 'panic')
        await Promise.race([ending.call('session.lock', {}), delay(lockTimeoutMs, undefined, { ref: false })])
      ending.kill()
    }
    // After a panic the window is made anew also when nothing was open: something may have been typed.
    if (wasOpen || reason === 'panic') emit({ type: 'session.locked', reason })
  }

  async function openIdentities(passphrase: string): Promise<Session> {
    if (open === undefined) throw new GuicangError('vault.locked')
    const deviceSecret = await deviceSecretFor(await info(open.path))
    const session = await ask(sessionSchema, 'session.openIdentities', { passphrase, deviceSecret })
    open = { ...open, session }
    emit({ type: 'session.identities', open: true })
    return session
  }

  async function closeIdentities(): Promise<void> {
    if (open === undefined || !open.session.compartments.includes('identities')) return
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
    const wasBound = vault.people.some((person) => person.slots.some((slot) => slot.deviceBound))
    const bind = input.deviceBinding ?? (wasBound && (await keychain.available()))
    // The secret that is there stays: until the code has proved good, the old passphrase must go on opening the vault.
    const kept = bind ? await keychain.getDeviceSecret(vault.vaultId) : undefined
    const deviceSecret = bind ? (kept ?? (await newDeviceSecret(vault.vaultId))) : undefined
    goOn()
    const { recoveryCode, newPassphrase } = input
    const request = { path, recoveryCode, newPassphrase, deviceSecret }
    const session = await ask(sessionSchema, 'session.recover', request)
    goOn()
    memory.clearFailedUnlocks(vault.vaultId)
    return begin(path, session, false)
  }

  async function changePassphrase(passphrase: string, newPassphrase: string): Promise<{ ok: true }> {
    if (open === undefined) throw new GuicangError('vault.locked')
    const deviceSecret = await deviceSecretFor(await info(open.path))
    const request = { passphrase, newPassphrase, deviceSecret }
    return ask(z.strictObject({ ok: z.literal(true) }), 'session.changePassphrase', request)
  }

  return {
    current: () => open,
    lastLock: () => last,
    client: currentClient,
    info,
    create: (input) => turns.take(() => createAt(input, false)),
    createSample: (jobId) => turns.take(() => createSample(jobId)),
    unlock: (input) => turns.take((goOn) => unlock(input, goOn)),
    lock,
    openIdentities: (passphrase) => turns.take(() => openIdentities(passphrase)),
    closeIdentities: () => turns.take(closeIdentities),
    recover: (input) => turns.take((goOn) => recover(input, goOn)),
    changePassphrase: (passphrase, newPassphrase) =>
      turns.take(() => changePassphrase(passphrase, newPassphrase)),
    refresh: (session) => {
      if (open !== undefined) open = { ...open, session }
    },
  }
}
