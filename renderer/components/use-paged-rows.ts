// A long list by pages: only what is looked at is asked for, what was looked at long ago is forgotten.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
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

/** Everything that belongs to one question: an answer to an older one finds `alive` false. */
interface Question<T> {
  cache: PageCache<T>
  asked: Set<number>
  first: number
  last: number
  timer: ReturnType<typeof setTimeout> | undefined
  alive: boolean
}

function newQuestion<T>(): Question<T> {
  return {
    cache: new PageCache<T>(pageSize, maxPages),
    asked: new Set(),
    first: 0,
    last: pageSize - 1,
    timer: undefined,
    alive: true,
  }
}

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
  const asking = useRef(newQuestion<T>())
  const loader = useRef(load)
  useLayoutEffect(() => {
    loader.current = load
  })

  const fetchPage = useCallback(async (page: number) => {
    const question = asking.current
    if (question.asked.has(page)) return
    question.asked.add(page)
    try {
      const answer = await loader.current(page * pageSize, pageSize)
      if (!question.alive) return
      question.cache.put(page, answer.items)
      setTotal(answer.total)
      setSearched(answer.searched)
      setError(undefined)
      redraw((n) => n + 1)
    } catch (thrown) {
      if (question.alive) setError(toAppError(thrown))
    } finally {
      question.asked.delete(page)
    }
  }, [])

  const ask = useCallback(() => {
    const { cache, first, last } = asking.current
    cache.touch(first, last)
    for (const page of cache.missing(first, last)) void fetchPage(page)
  }, [fetchPage])

  useEffect(() => {
    const question = newQuestion<T>()
    asking.current = question
    ask()
    return () => {
      question.alive = false
      clearTimeout(question.timer)
    }
  }, [key, version, again, ask])

  const onRange = useCallback(
    (first: number, last: number) => {
      const question = asking.current
      Object.assign(question, { first, last })
      clearTimeout(question.timer)
      if (question.cache.missing(first, last).length === 0) question.cache.touch(first, last)
      else question.timer = setTimeout(ask, settleMs)
    },
    [ask],
  )
  const rowAt = useCallback((index: number) => asking.current.cache.at(index), [])
  const reload = useCallback(() => setAgain((n) => n + 1), [])
  return { total, searched, rowAt, onRange, error, reload }
}
