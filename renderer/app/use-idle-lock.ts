// Locks when nobody touches pointer or keys. Main guards the same time by itself, counting calls: so a person who only
// reads or types calls in once a minute.
import { useEffect } from 'react'
import { call, toAppError } from '../api/client.ts'
import { startStopwatch } from '../lib/stopwatch.ts'
import { lockVault } from '../stores/lock.ts'
import { useNotice } from '../stores/notice.ts'
import { useSessionStore } from '../stores/session.ts'

const callInMs = 60_000
const events = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** Watches while a vault is open. */
export function useIdleLock(): void {
  const open = useSessionStore((state) => state.session !== undefined)
  const idleLockMs = useSessionStore((state) => state.info?.idleLockMs)
  useEffect(() => {
    if (!open || idleLockMs === undefined || idleLockMs <= 0) return
    let untouched = startStopwatch()
    let untold = untouched
    const touch = () => {
      // Whoever comes back after the time is up doesn't prolong it.
      if (untouched() >= idleLockMs) return
      untouched = startStopwatch()
      if (untold() < callInMs) return
      untold = untouched
      call('app.getInfo', {}).catch(ignoreGone)
    }
    const timer = setInterval(
      () => {
        if (untouched() < idleLockMs) return
        useNotice.getState().setLocked('idle')
        void lockVault()
      },
      Math.min(5_000, idleLockMs),
    )
    for (const name of events) window.addEventListener(name, touch, { capture: true, passive: true })
    return () => {
      clearInterval(timer)
      for (const name of events) window.removeEventListener(name, touch, { capture: true })
    }
  }, [open, idleLockMs])
}

/** Main that is gone has locked, and the window goes with it; anything else is a fault, and may be seen. */
function ignoreGone(thrown: unknown): void {
  if (toAppError(thrown).code !== 'process.gone') throw thrown
}
