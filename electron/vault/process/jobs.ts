// Long work in the vault process: it reports, it can be cancelled, and between slices other requests are answered.
import { setImmediate } from 'node:timers/promises'
import { GuicangError } from '../../../shared/errors.ts'
import type { JobProgress } from '../../../shared/events.ts'

export interface Job {
  readonly signal: AbortSignal
  /** Says how far the work is; `total` null while unknown. Calls in quick succession are thinned out. */
  report(phase: string, done: number, total: number | null, unit: JobProgress['unit']): void
  /** Lets other requests in. @throws GuicangError `job.cancelled` when somebody asked for it meanwhile */
  pause(): Promise<void>
}

const reportEveryMs = 100

/** @param send receives progress without its job id */
export function createJob(signal: AbortSignal, send: (progress: Omit<JobProgress, 'jobId'>) => void): Job {
  let last = 0
  let lastPhase = ''
  return {
    signal,
    report: (phase, done, total, unit) => {
      const now = performance.now()
      if (phase === lastPhase && now - last < reportEveryMs && done !== total) return
      last = now
      lastPhase = phase
      send({ phase, done, total, unit })
    },
    pause: async () => {
      await setImmediate()
      if (signal.aborted) throw new GuicangError('job.cancelled')
    },
  }
}
