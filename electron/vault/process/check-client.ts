// Starts the checking child and kills it when the job is cancelled.
import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'

const answerSchema = z.array(z.string())

/** Beside this file when run from source, beside the built vault process when packaged. */
function entryPath(): string {
  const source = fileURLToPath(new URL('check-entry.ts', import.meta.url))
  return existsSync(source) ? source : fileURLToPath(new URL('check.js', import.meta.url))
}

/**
 * SQLite's quick_check of a compartment file, in a process of its own.
 * @returns the lines it complains with; none when healthy
 * @throws GuicangError `job.cancelled` when the signal fires, `process.gone` when the child dies without an answer
 */
export function checkInChild(path: string, key: string, signal: AbortSignal): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = fork(entryPath(), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'],
      env: process.versions['electron'] === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' },
    })
    const stop = (): void => {
      child.kill('SIGKILL')
      reject(new GuicangError('job.cancelled'))
    }
    signal.addEventListener('abort', stop, { once: true })
    child.once('message', (message) => {
      resolve(answerSchema.parse(message))
    })
    child.once('error', () => {
      reject(new GuicangError('process.gone'))
    })
    child.once('exit', () => {
      signal.removeEventListener('abort', stop)
      reject(new GuicangError('process.gone'))
    })
    child.send({ path, key })
  })
}
