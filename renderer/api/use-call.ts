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
  const [answered, setAnswered] = useState<string>()
  const [again, setAgain] = useState(0)
  const version = useDataStore((state) => state.version)
  const latest = useRef(input)
  useLayoutEffect(() => {
    latest.current = input
  })
  const key = input === null ? null : JSON.stringify(input)
  // Told by the question, not by an effect behind it: what was answered before is never taken for the answer to this.
  const question = key === null ? undefined : JSON.stringify([channel, key, again, version])

  useEffect(() => {
    const current = latest.current
    if (question === undefined || current === null) return
    let alive = true
    call(channel, current)
      .then((value) => {
        if (!alive) return
        setData(value)
        setError(undefined)
        setAnswered(question)
      })
      .catch((thrown: unknown) => {
        if (!alive) return
        setError(toAppError(thrown))
        setAnswered(question)
      })
    return () => {
      alive = false
    }
  }, [channel, question])

  const reload = useCallback(() => setAgain((n) => n + 1), [])
  return { data, error, loading: question !== undefined && answered !== question, reload, setData }
}
