// One call as state: kept while it reloads, an outdated answer never replaces a newer one.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ChannelName, Output, Request } from '../../shared/contract/index.ts'
import type { AppError } from '../../shared/errors.ts'
import { useDataStore } from '../stores/data.ts'
import { call, toAppError } from './client.ts'

export interface CallState<T> {
  data: T | undefined
  error: AppError | undefined
  loading: boolean
  reload: () => void
  setData: (value: T) => void
}

/** Calls `channel` when `input` changes and when anything was written; `null` doesn't call. */
export function useCall<C extends ChannelName>(channel: C, input: Request<C> | null): CallState<Output<C>> {
  const [data, setData] = useState<Output<C>>()
  const [error, setError] = useState<AppError>()
  const [loading, setLoading] = useState(input !== null)
  const [again, setAgain] = useState(0)
  const version = useDataStore((state) => state.version)
  const latest = useRef(input)
  useLayoutEffect(() => {
    latest.current = input
  })
  const key = input === null ? null : JSON.stringify(input)

  useEffect(() => {
    const current = latest.current
    if (key === null || current === null) return
    let alive = true
    setLoading(true)
    call(channel, current)
      .then((value) => {
        if (!alive) return
        setData(value)
        setError(undefined)
        setLoading(false)
      })
      .catch((thrown: unknown) => {
        if (!alive) return
        setError(toAppError(thrown))
        setLoading(false)
      })
    return () => {
      alive = false
    }
  }, [channel, key, again, version])

  const reload = useCallback(() => setAgain((n) => n + 1), [])
  return { data, error, loading, reload, setData }
}
