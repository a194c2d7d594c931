// Asks as it is typed: 200 ms after the last key, and an answer to an older question is thrown away.
import { useEffect, useState } from 'react'
import type { Output } from '../../../shared/contract/index.ts'
import type { AppError } from '../../../shared/errors.ts'
import { call, toAppError } from '../../api/client.ts'

export interface Search {
  hits: Output<'search.all'> | undefined
  /** A role without entitlement asked for a clear value. */
  refused: boolean
  searching: boolean
  error: AppError | undefined
}

const nothing: Search = { hits: undefined, refused: false, searching: false, error: undefined }

export function useSearch(typed: string): Search {
  const query = typed.trim()
  const [answer, setAnswer] = useState<{ query: string; search: Search }>({ query: '', search: nothing })
  useEffect(() => {
    if (query === '') return
    let wanted = true
    const timer = setTimeout(() => {
      call('search.all', { query })
        .then((hits) => {
          if (wanted) setAnswer({ query, search: { ...nothing, hits } })
        })
        .catch((thrown: unknown) => {
          const error = toAppError(thrown)
          const refused = error.code === 'access.denied'
          if (wanted)
            setAnswer({ query, search: { ...nothing, refused, error: refused ? undefined : error } })
        })
    }, 200)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [query])
  if (query === '') return nothing
  // What was found last stays while the next is looked for, so that the list doesn't flicker.
  return answer.query === query ? answer.search : { ...answer.search, refused: false, searching: true }
}
