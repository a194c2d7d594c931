// The one door. Every request passes here: trusted frame → known channel → unlocked and allowed for the role → strict
// schema → forward → Result.
import { setTimeout as delay } from 'node:timers/promises'
import { contract, type ChannelName, isChannel } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import type { AppEvent } from '../../shared/events.ts'
import { failure, ok, type Result } from '../../shared/result.ts'
import { jobIdSchema } from '../../shared/types/ids.ts'
import { sessionSchema } from '../../shared/types/vault.ts'
import { appMemory } from './app-memory.ts'
import { backupOnLock } from './backup-on-lock.ts'
import { ForwardedError, newRef, unwrap } from './boundary.ts'
import { fieldsOf, parseInput } from './input.ts'
import { createIdleWatch } from './idle.ts'
import { deviceKeychain } from './keychain.ts'
import type { MainContext, Runner } from './handle.ts'
import { mainHandlers } from './main-handlers.ts'
import { openedFiles } from './opened-files.ts'
import type { Sessions } from './session-types.ts'
import { createSessions } from './sessions.ts'
import type { App, AppOptions, Sender } from './types.ts'

export type { App, AppOptions, FileChooser, FileOpener, Sender } from './types.ts'

/** What is still being written for another program when the program ends, or being overwritten, gets this long. */
const wipeTimeoutMs = 5000

/** Clear values have the shorter leash (DESIGN section 2). */
const defaultIdle = { lockMs: 10 * 60_000, identitiesMs: 5 * 60_000 }

export function createApp(options: AppOptions): App {
  const listeners = new Set<(event: AppEvent) => void>()
  const idle = options.idle ?? defaultIdle
  const emit = (event: AppEvent): void => {
    // Somebody is waiting for a job that still reports.
    if (event.type === 'job.progress') touch()
    // Also when the vault process died, or the session ended by itself.
    const closed = event.type === 'session.locked' || (event.type === 'session.identities' && !event.open)
    if (closed) void opened.wipe()
    for (const listener of listeners) listener(event)
  }
  const opened = openedFiles(options.appDataDir)
  const memory = appMemory(options.appDataDir)
  const keychain = deviceKeychain()
  const backups = backupOnLock(memory, () => new Date())
  const inner = createSessions({
    startVaultProcess: options.startVaultProcess,
    memory,
    keychain,
    emit,
    ref: newRef,
    // The command line locks after every verb: there, backups are made by hand.
    backups: options.host === 'cli' ? undefined : backups,
  })
  const sessions: Sessions = {
    ...inner,
    lock: async (reason) => {
      // At once: what the lock itself waits for may take a while.
      const wiped = opened.wipe()
      await inner.lock(reason)
      await wiped
    },
  }
  const context: MainContext = { options, sessions, memory, keychain, idleLockMs: idle.lockMs, opened }
  const ownHandlers: Readonly<Record<string, Runner>> = mainHandlers(context)
  const watch = createIdleWatch(idle, {
    isOpen: () => sessions.current() !== undefined,
    lock: (reason) => void sessions.lock(reason),
    closeIdentities: () => sessions.closeIdentities(),
  })

  /** Locks by itself when no call has come for the idle time; the window calls in while somebody is at it. */
  function touch(): void {
    if (options.host !== 'cli') watch.touch()
  }

  function requireSender(sender: Sender): void {
    if (!sender.mainFrame || !options.trustedOrigins.includes(sender.origin))
      throw new GuicangError('ipc.refused')
  }

  function requireAccess(channel: ChannelName): void {
    const { access, identities, writes } = contract[channel]
    if (access === 'closed') return
    const open = sessions.current()
    if (open === undefined) throw new GuicangError('vault.locked')
    if (!access.some((role) => role === open.session.role)) throw new GuicangError('access.denied')
    // Whoever chose the first passphrase must not be able to act in the person's name.
    if (writes === true && open.session.warnings.includes('passphrase.mustChange'))
      throw new GuicangError('passphrase.mustChange')
    if (identities === true && !open.session.compartments.includes('identities'))
      throw new GuicangError('identities.closed')
  }

  async function forward(channel: ChannelName, input: unknown, jobId: string | undefined): Promise<unknown> {
    const own = Object.hasOwn(ownHandlers, channel) ? ownHandlers[channel] : undefined
    if (own !== undefined) return own(input, jobId)
    const vault = sessions.current()
    const result = await sessions.client().call(channel, input, jobId)
    if (channel === 'backups.create' && vault !== undefined) backups.remember(vault.vaultId, result)
    const value = unwrap(result)
    if (channel === 'vault.getStatus' || channel === 'vault.setProfile')
      sessions.refresh(sessionSchema.parse(value))
    return value
  }

  async function invoke(
    sender: Sender,
    channel: unknown,
    input: unknown,
    jobId?: unknown,
  ): Promise<Result<unknown>> {
    try {
      requireSender(sender)
      if (!isChannel(channel)) throw new GuicangError('ipc.refused')
      const closing = watch.check()
      if (closing !== undefined && contract[channel].identities === true) await closing
      requireAccess(channel)
      touch()
      const job = jobId === undefined ? undefined : parseInput(jobIdSchema, jobId)
      const parsed = parseInput<unknown>(contract[channel].input, input)
      const value = await forward(channel, parsed, job)
      touch()
      return ok(checked(channel, value))
    } catch (thrown) {
      return failure(thrown, thrown instanceof ForwardedError ? thrown.ref : newRef())
    }
  }

  return {
    invoke,
    onEvent: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    lock: (reason) => sessions.lock(reason),
    isOpen: () => sessions.current() !== undefined,
    dispose: async () => {
      watch.stop()
      await sessions.lock('quit')
      await Promise.race([opened.settled(), delay(wipeTimeoutMs, undefined, { ref: false })])
    },
  }
}

/** What goes out has exactly the declared shape: a column too many would be a leak. @throws GuicangError `internal` */
function checked(channel: ChannelName, value: unknown): unknown {
  const parsed = contract[channel].output.safeParse(value)
  if (!parsed.success) throw new GuicangError('internal', { fields: fieldsOf(parsed.error) })
  return parsed.data
}
