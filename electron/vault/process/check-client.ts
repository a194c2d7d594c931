// Starts the checking thread. When the job is cancelled its answer is no longer waited for; the thread reads to its end
// (this SQLite build has no interrupt) or dies with the process at lock.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'

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

/** Beside this file when run from source, beside the built vault process when packaged. */
function entryPath(): string {
  const source = fileURLToPath(new URL('check-entry.ts', import.meta.url))
  return existsSync(source) ? source : fileURLToPath(new URL('check.js', import.meta.url))
}

/** SQLite's quick_check of a compartment file, beside the process's own work. */
export function checkInThread(path: string, key: string, signal: AbortSignal): ThreadCheck {
  const worker = new Worker(entryPath(), { workerData: { path, key }, env: {}, stdout: true, stderr: true })
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      resolve()
    })
  })
  const lines = new Promise<string[]>((resolve, reject) => {
    const stop = (): void => {
      void worker.terminate()
      reject(new GuicangError('job.cancelled'))
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.once('message', (message) => {
      const answer = answerSchema.parse(message)
      if ('busy' in answer) reject(new GuicangError('vault.busy'))
      else resolve(answer.lines)
    })
    worker.once('error', () => {
      reject(new GuicangError('process.gone'))
    })
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop)
      reject(new GuicangError('process.gone'))
    })
  })
  return { lines, ended }
}
