// Starts the checking thread. When the job is cancelled its answer is no longer waited for; the thread reads to its end
// (this SQLite build has no interrupt) or dies with the process at lock.
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { runInThread } from './thread.ts'

const answerSchema = z.union([
  z.strictObject({ lines: z.array(z.string()) }),
  z.strictObject({ busy: z.literal(true) }),
])

export interface ThreadCheck {
  /**
   * The lines that SQLite complains with; none when healthy. Rejects with `job.cancelled` when the signal fires,
   * `vault.busy` when another connection didn't let go of the file, `process.gone` when the thread died without an answer.
   */
  lines: Promise<string[]>
  /** Resolves when the thread is gone and with it its lock on the file: after a cancel that can be later. */
  ended: Promise<void>
}

/** SQLite's quick_check of a compartment file, beside the process's own work. */
export function checkInThread(path: string, key: string, signal: AbortSignal): ThreadCheck {
  const entry = { source: 'check-entry.ts', built: 'check.js' }
  const { answer, ended } = runInThread(entry, { path, key }, answerSchema, signal)
  const lines = answer.then((found) => {
    if ('busy' in found) throw new GuicangError('vault.busy')
    return found.lines
  })
  return { lines, ended }
}
