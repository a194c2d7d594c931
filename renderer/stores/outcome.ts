// How the last act over people, keys or kits ended. Such acts run long and go on while another page is looked at, so their
// end is kept here until it has been read, and not in the page that started them.
import { create } from 'zustand'
import type { AppError } from '../../shared/errors.ts'
import { toAppError } from '../api/client.ts'
import { useDataStore } from './data.ts'
import { refreshSession, useSessionStore } from './session.ts'

export type ActKind = 'add' | 'disable' | 'enable' | 'remove' | 'role' | 'reset' | 'rotate' | 'revoke'

interface Outcome {
  act: ActKind
  /** Whom or what it was about. */
  name: string
  error: AppError | undefined
}

interface OutcomeState {
  /** Acts that are still running: the next one waits for them. */
  running: number
  outcome: Outcome | undefined
  begin: () => void
  end: (outcome: Outcome) => void
  /** Says how a short act ended that its own dialog waited for. */
  tell: (outcome: Outcome) => void
  clear: () => void
  /** At a lock: the next session hears nothing of what ran. */
  reset: () => void
}

export const useOutcome = create<OutcomeState>()((set) => ({
  running: 0,
  outcome: undefined,
  begin: () => set((state) => ({ running: state.running + 1, outcome: undefined })),
  end: (outcome) => set((state) => ({ running: Math.max(0, state.running - 1), outcome })),
  tell: (outcome) => set({ outcome }),
  clear: () => set({ outcome: undefined }),
  reset: () => set({ running: 0, outcome: undefined }),
}))

/** Runs an act to its end, keeps how it ended, and has every list and the session asked again. Never rejects. */
export async function runAct(act: ActKind, name: string, run: () => Promise<unknown>): Promise<void> {
  const { begin, end } = useOutcome.getState()
  let error: AppError | undefined
  begin()
  try {
    await run()
    useDataStore.getState().bump()
    await refreshSession()
  } catch (thrown) {
    error = toAppError(thrown)
  }
  // A lock while it ran: the next session hears nothing of it.
  if (useSessionStore.getState().session === undefined) useOutcome.setState({ running: 0 })
  else end({ act, name, error })
}
