import { useMemo } from 'react'
import { useCall } from '../../api/use-call.ts'
import type { PersonNames } from './detail-text.ts'

/** The names for entries about people; none while they aren't known, and the entries then show ids. */
export function usePersonNames(): PersonNames {
  const { data } = useCall('users.list', {})
  return useMemo(() => Object.fromEntries((data?.items ?? []).map(({ id, name }) => [id, name])), [data])
}
