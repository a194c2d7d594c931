// Runs one of the vault process's own threads to its one answer. No key leaves the process, and what can't be interrupted
// (this SQLite build has no interrupt) doesn't stop the process from answering others.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'

export interface ThreadRun<T> {
  /** Rejects with `job.cancelled` when the signal fires, `process.gone` when the thread died without an answer. */
  answer: Promise<T>
  /** Resolves when the thread is gone and with it its locks: after a cancel that can be later. */
  ended: Promise<void>
}

/** Beside this file when run from source, beside the built vault process when packaged. */
function entryPath(source: string, built: string): string {
  const path = fileURLToPath(new URL(source, import.meta.url))
  return existsSync(path) ? path : fileURLToPath(new URL(built, import.meta.url))
}

/**
 * @param entry names of the thread's source beside this file, and of its built file beside the built process
 * @param data what the thread gets as `workerData`
 */
export function runInThread<T>(
  entry: { source: string; built: string },
  data: object,
  schema: z.ZodType<T>,
  signal: AbortSignal,
): ThreadRun<T> {
  const path = entryPath(entry.source, entry.built)
  const worker = new Worker(path, { workerData: data, env: {}, stdout: true, stderr: true })
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      resolve()
    })
  })
  const answer = new Promise<T>((resolve, reject) => {
    const stop = (): void => {
      void worker.terminate()
      reject(new GuicangError('job.cancelled'))
    }
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    worker.once('message', (message) => {
      resolve(schema.parse(message))
    })
    worker.once('error', () => {
      reject(new GuicangError('process.gone'))
    })
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop)
      reject(new GuicangError('process.gone'))
    })
  })
  return { answer, ended }
}
