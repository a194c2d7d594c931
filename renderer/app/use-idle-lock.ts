// Locks when nobody touches pointer or keys. Main guards the same time by itself; this one knows of movements that call
// nothing.
import { useEffect } from 'react'
import { lockVault } from '../stores/lock.ts'
import { useNotice } from '../stores/notice.ts'
import { useSessionStore } from '../stores/session.ts'

const events = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** Watches while a vault is open. */
export function useIdleLock(): void {
  const open = useSessionStore((state) => state.session !== undefined)
  const idleLockMs = useSessionStore((state) => state.info?.idleLockMs)
  useEffect(() => {
    if (!open || idleLockMs === undefined || idleLockMs <= 0) return
    let last = Date.now()
    const touch = () => {
      last = Date.now()
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
