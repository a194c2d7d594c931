// One deliberate act of the person: busy while it runs, its refusal kept to be shown.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import { toAppError } from './client.ts'

export interface Action<A extends unknown[]> {
  run: (...args: A) => void
  busy: boolean
  error: AppError | undefined
  clear: () => void
}

/** Wraps an asynchronous act; a second press while it runs is ignored. */
export function useAction<A extends unknown[]>(act: (...args: A) => Promise<void>): Action<A> {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError>()
  const running = useRef(false)
  const alive = useRef(true)
  const latest = useRef(act)
  useLayoutEffect(() => {
    latest.current = act
  })

  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
    }
  }, [])

  const run = useCallback((...args: A) => {
    if (running.current) return
    running.current = true
    setBusy(true)
    setError(undefined)
    latest
      .current(...args)
      .catch((thrown: unknown) => {
        if (alive.current) setError(toAppError(thrown))
      })
      .finally(() => {
        running.current = false
        if (alive.current) setBusy(false)
      })
  }, [])
  const clear = useCallback(() => setError(undefined), [])
  return { run, busy, error, clear }
}
