// A long list by pages: only what is looked at is asked for, what was looked at long ago is forgotten.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { AppError } from '../../shared/errors.ts'
import { toAppError } from '../api/client.ts'
import { PageCache } from '../lib/page-cache.ts'
import { useDataStore } from '../stores/data.ts'

export interface RowsAnswer<T> {
  items: T[]
  total: number
  searched: 'none' | 'records' | 'identities'
}

export interface PagedRows<T> {
  /** Undefined until the first page is here. */
  total: number | undefined
  searched: RowsAnswer<T>['searched']
  rowAt: (index: number) => T | undefined
  /** The table tells which rows it shows (both ends inclusive). */
  onRange: (first: number, last: number) => void
  error: AppError | undefined
  reload: () => void
}

const pageSize = 100
const maxPages = 40
/** Pages passed by while dragging the scroll bar aren't worth asking for. */
const settleMs = 60

/** `key` names the question (query, filters): when it or the data change, everything is asked anew. */
export function usePagedRows<T>(
  key: string,
  load: (offset: number, limit: number) => Promise<RowsAnswer<T>>,
): PagedRows<T> {
  const version = useDataStore((state) => state.version)
  const [total, setTotal] = useState<number>()
  const [searched, setSearched] = useState<RowsAnswer<T>['searched']>('none')
  const [error, setError] = useState<AppError>()
  const [again, setAgain] = useState(0)
  const [, redraw] = useState(0)
  const cache = useRef(new PageCache<T>(pageSize, maxPages))
  const turn = useRef(0)
  const asked = useRef(new Set<number>())
  const range = useRef({ first: 0, last: pageSize - 1 })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const loader = useRef(load)
  loader.current = load

  const fetchPage = useCallback(async (page: number) => {
    if (asked.current.has(page)) return
    asked.current.add(page)
    const mine = turn.current
    try {
      const answer = await loader.current(page * pageSize, pageSize)
      if (turn.current !== mine) return
      cache.current.put(page, answer.items)
      setTotal(answer.total)
      setSearched(answer.searched)
      setError(undefined)
      redraw((n) => n + 1)
    } catch (thrown) {
      if (turn.current === mine) setError(toAppError(thrown))
    } finally {
      if (turn.current === mine) asked.current.delete(page)
    }
  }, [])

  const ask = useCallback(() => {
    const { first, last } = range.current
    cache.current.touch(first, last)
    for (const page of cache.current.missing(first, last)) void fetchPage(page)
  }, [fetchPage])

  useEffect(() => {
    turn.current++
    cache.current = new PageCache<T>(pageSize, maxPages)
    asked.current = new Set()
    range.current = { first: 0, last: pageSize - 1 }
    ask()
    return () => {
      turn.current++
      clearTimeout(timer.current)
    }
  }, [key, version, again, ask])

  const onRange = useCallback(
    (first: number, last: number) => {
      range.current = { first, last }
      clearTimeout(timer.current)
      if (cache.current.missing(first, last).length === 0) {
        cache.current.touch(first, last)
        return
      }
      timer.current = setTimeout(ask, settleMs)
    },
    [ask],
  )
  const rowAt = useCallback((index: number) => cache.current.at(index), [])
  const reload = useCallback(() => setAgain((n) => n + 1), [])
  return { total, searched, rowAt, onRange, error, reload }
}
