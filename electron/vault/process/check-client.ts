// Starts the checking thread. When the job is cancelled its answer is no longer waited for; the thread reads to its end
// (this SQLite build has no interrupt) or dies with the process at lock.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'

const answerSchema = z.array(z.string())

/** Beside this file when run from source, beside the built vault process when packaged. */
function entryPath(): string {
  const source = fileURLToPath(new URL('check-entry.ts', import.meta.url))
  return existsSync(source) ? source : fileURLToPath(new URL('check.js', import.meta.url))
}

/**
 * SQLite's quick_check of a compartment file, beside the process's own work.
 * @returns the lines it complains with; none when healthy
 * @throws GuicangError `job.cancelled` when the signal fires, `process.gone` when the thread dies without an answer
 */
export function checkInThread(path: string, key: string, signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(entryPath(), { workerData: { path, key }, env: {}, stdout: true, stderr: true })
    const stop = (): void => {
      void worker.terminate()
      reject(new GuicangError('job.cancelled'))
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.once('message', (message) => {
      resolve(answerSchema.parse(message))
    })
    worker.once('error', () => {
      reject(new GuicangError('process.gone'))
    })
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop)
      reject(new GuicangError('process.gone'))
    })
  })
}
