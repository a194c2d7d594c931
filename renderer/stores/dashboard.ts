// Which range the dashboard shows, kept while the vault is open.
import { create } from 'zustand'

interface DashboardState {
  /** Undefined: a year to this day. */
  range: { from: string; to: string } | undefined
  shareable: boolean
  set: (patch: Partial<Pick<DashboardState, 'range' | 'shareable'>>) => void
  reset: () => void
}

const initial = { range: undefined, shareable: false }

export const useDashboard = create<DashboardState>()((set) => ({
  ...initial,
  set: (patch) => set(patch),
  reset: () => set(initial),
}))
