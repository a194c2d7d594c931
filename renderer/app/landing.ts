import type { Session } from '../../shared/types/vault.ts'
import type { OpenRoute } from '../stores/navigation.ts'

/** The page to start on: where there is something to see. */
export function landingRoute(session: Session): OpenRoute {
  if (session.counts.customers === 0 && session.counts.complaints > 0) return { name: 'complaints' }
  return { name: 'customers' }
}
