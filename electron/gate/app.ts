// The one door. Every request passes here: trusted frame → known channel → unlocked and allowed for the role → strict
// schema → forward → Result.
import { z } from 'zod'
import { contract, type ChannelName, isChannel } from '../../shared/contract/index.ts'
import { type ErrorField, GuicangError } from '../../shared/errors.ts'
import type { AppEvent } from '../../shared/events.ts'
import { failure, ok, type Result } from '../../shared/result.ts'
import { jobIdSchema } from '../../shared/types/ids.ts'
import { sessionSchema } from '../../shared/types/vault.ts'
import { appMemory } from './app-memory.ts'
import { ForwardedError, newRef, unwrap } from './boundary.ts'
import { createIdleWatch } from './idle.ts'
import { deviceKeychain } from './keychain.ts'
import { type MainContext, mainHandlers, type Runner } from './main-handlers.ts'
import { createSessions } from './sessions.ts'
import type { App, AppOptions, Sender } from './types.ts'

export type { App, AppOptions, FileChooser, Sender } from './types.ts'

/** Clear values have the shorter leash (DESIGN section 2). */
const defaultIdle = { lockMs: 10 * 60_000, identitiesMs: 5 * 60_000 }

/** Every issue of a failed parse as field and rule; the value itself stays out. */
function fieldsOf(error: z.ZodError): ErrorField[] {
  return error.issues
    .slice(0, 20)
    .map((issue) => ({ field: issue.path.map(String).join('.') || 'input', rule: issue.code }))
}

export function createApp(options: AppOptions): App {
  const listeners = new Set<(event: AppEvent) => void>()
  const idle = options.idle ?? defaultIdle
  const emit = (event: AppEvent): void => {
    // Somebody is waiting for a job that still reports.
    if (event.type === 'job.progress') touch()
    for (const listener of listeners) listener(event)
  }
  const memory = appMemory(options.appDataDir)
  const keychain = deviceKeychain()
  const sessions = createSessions({
    startVaultProcess: options.startVaultProcess,
    memory,
    keychain,
    emit,
    ref: newRef,
  })
  const context: MainContext = { options, sessions, memory, keychain, idleLockMs: idle.lockMs }
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
    const { access, identities } = contract[channel]
    if (access === 'closed') return
    const open = sessions.current()
    if (open === undefined) throw new GuicangError('vault.locked')
    if (!access.some((role) => role === open.session.role)) throw new GuicangError('access.denied')
    if (identities === true && !open.session.compartments.includes('identities'))
      throw new GuicangError('identities.closed')
  }

  async function forward(channel: ChannelName, input: unknown, jobId: string | undefined): Promise<unknown> {
    const own = Object.hasOwn(ownHandlers, channel) ? ownHandlers[channel] : undefined
    if (own !== undefined) return own(input, jobId)
    const value = unwrap(await sessions.client().call(channel, input, jobId))
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
      const job = jobId === undefined ? undefined : jobIdSchema.parse(jobId)
      const parsed = contract[channel].input.parse(input)
      const value = await forward(channel, parsed, job)
      touch()
      return ok(checked(channel, value))
    } catch (thrown) {
      if (thrown instanceof z.ZodError)
        return failure(new GuicangError('input.invalid', { fields: fieldsOf(thrown) }), newRef())
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
    },
  }
}

/** What goes out has exactly the declared shape: a column too many would be a leak. @throws GuicangError `internal` */
function checked(channel: ChannelName, value: unknown): unknown {
  const parsed = contract[channel].output.safeParse(value)
  if (!parsed.success) throw new GuicangError('internal', { fields: fieldsOf(parsed.error) })
  return parsed.data
}
