// When an open vault closes by itself. Two clocks are asked and the one that says more time has passed is believed: a wall
// clock can be set back, and a monotonic one stands still while some systems sleep.
import { GuicangError } from '../../shared/errors.ts'

export interface IdleTimes {
  /** Unused for this long, the vault locks. */
  lockMs: number
  /** Unused for this long, identities closes. Clear values have the shorter leash. */
  identitiesMs: number
}

export interface IdleActs {
  isOpen: () => boolean
  /** `suspend`: the computer slept, was stopped, or its clock was set. */
  lock: (reason: 'idle' | 'suspend') => void
  closeIdentities: () => Promise<void>
}

export interface IdleWatch {
  /** Somebody is at it: the time starts over. Nothing is watched while no vault is open. */
  touch(): void
  /**
   * Looks at the clocks now, before a call is answered: after a sleep the call may come in before the timer does. Answers
   * what is being closed of identities, for whoever wants to use it.
   */
  check(): Promise<void> | undefined
  stop(): void
}

interface Reading {
  wall: number
  steady: number
}

const checkEveryMs = 5000
/** More than a clock is corrected by, less than anybody is away for without meaning to be. */
const jumpMs = 60_000

export function createIdleWatch(times: IdleTimes, acts: IdleActs): IdleWatch {
  const everyMs = Math.max(20, Math.min(checkEveryMs, times.lockMs / 4, times.identitiesMs / 4))
  let timer: NodeJS.Timeout | undefined
  let used = read()
  let seen = used
  let closing: Promise<void> | undefined

  function touch(): void {
    if (!acts.isOpen()) {
      stop()
      return
    }
    if (timer === undefined) {
      seen = read()
      timer = setInterval(() => void check(), everyMs)
      timer.unref()
    }
    used = read()
  }

  function check(): Promise<void> | undefined {
    if (timer === undefined) return undefined
    if (!acts.isOpen()) {
      stop()
      return undefined
    }
    const now = read()
    const last = seen
    seen = now
    if (
      elapsedMs(last, now) > everyMs + jumpMs ||
      now.steady - last.steady - (now.wall - last.wall) > jumpMs
    ) {
      stop()
      acts.lock('suspend')
      return undefined
    }
    const idleMs = elapsedMs(used, now)
    if (idleMs >= times.lockMs) {
      stop()
      acts.lock('idle')
      return undefined
    }
    if (idleMs >= times.identitiesMs) {
      closing ??= acts
        .closeIdentities()
        .catch(ignoreLocked)
        .finally(() => {
          closing = undefined
        })
    }
    return closing
  }

  function stop(): void {
    clearInterval(timer)
    timer = undefined
  }

  return { touch, check, stop }
}

function read(): Reading {
  return { wall: Date.now(), steady: performance.now() }
}

function elapsedMs(from: Reading, to: Reading): number {
  return Math.max(to.wall - from.wall, to.steady - from.steady)
}

/** A lock, or the end of the vault process, came in between: identities is closed with everything else. */
function ignoreLocked(thrown: unknown): void {
  if (!(thrown instanceof GuicangError)) throw thrown
}
