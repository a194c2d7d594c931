// Long work, as the status line shows it.
import { v7 as uuidv7 } from 'uuid'
import { create } from 'zustand'
import type { ChannelName, Output, Request } from '../../shared/contract/index.ts'
import type { JobProgress } from '../../shared/events.ts'
import { call } from '../api/client.ts'

export type JobKind =
  | 'sample'
  | 'preview'
  | 'dryRun'
  | 'import'
  | 'undo'
  | 'export'
  | 'attach'
  | 'openAttachment'
  | 'openLetter'
  | 'saveAttachment'
  | 'letter'
  | 'letters'
  | 'bagVerify'
  | 'auditVerify'
  | 'vaultVerify'
  | 'userDisable'
  | 'userRemove'
  | 'userRole'
  | 'userReset'
  | 'rotate'
  | 'kitRevoke'
  | 'bulk'
  | 'clocks'
  | 'fields'
  | 'backupCreate'
  | 'backupVerify'
  | 'backupRestore'

export interface Job {
  id: string
  kind: JobKind
  startedAt: number
  /** How much there is to do, where the caller knows and the job itself can't. */
  total: number | undefined
  progress: JobProgress | undefined
  cancelling: boolean
}

interface JobsState {
  jobs: Job[]
  start: (job: Job) => void
  progress: (progress: JobProgress) => void
  cancelling: (id: string) => void
  end: (id: string) => void
  reset: () => void
}

export const useJobs = create<JobsState>()((set) => ({
  jobs: [],
  start: (job) => set((state) => ({ jobs: [...state.jobs, job] })),
  progress: (progress) =>
    set((state) => ({
      jobs: state.jobs.map((job) => (job.id === progress.jobId ? { ...job, progress } : job)),
    })),
  cancelling: (id) =>
    set((state) => ({ jobs: state.jobs.map((job) => (job.id === id ? { ...job, cancelling: true } : job)) })),
  end: (id) => set((state) => ({ jobs: state.jobs.filter((job) => job.id !== id) })),
  reset: () => set({ jobs: [] }),
}))

/** Runs a long call with a line in the status bar. Throws like `call`; a cancelled job throws `job.cancelled`. */
export async function runJob<C extends ChannelName>(
  kind: JobKind,
  channel: C,
  input: Request<C>,
  total?: number,
): Promise<Output<C>> {
  const id = uuidv7()
  const { start, end } = useJobs.getState()
  start({ id, kind, startedAt: Date.now(), total, progress: undefined, cancelling: false })
  try {
    return await call(channel, input, id)
  } finally {
    end(id)
  }
}

/** Asks main to stop a job; it ends by its own call's refusal. */
export async function cancelJob(id: string): Promise<void> {
  useJobs.getState().cancelling(id)
  await call('jobs.cancel', { jobId: id })
}
