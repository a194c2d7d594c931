// Locks when nobody touches pointer or keys. Main guards the same time by itself, counting calls: so a person who only
// reads or types calls in once a minute.
import { useEffect } from 'react'
import { call, toAppError } from '../api/client.ts'
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
    let last = Date.now()
    let told = last
    const touch = () => {
      last = Date.now()
      if (last - told < callInMs) return
      told = last
      call('app.getInfo', {}).catch(ignoreGone)
    }
    const timer = setInterval(
      () => {
        if (Date.now() - last < idleLockMs) return
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
