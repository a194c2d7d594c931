// Starts the child of vault-child.ts and waits for what it says.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ChildRequest } from './vault-child.ts'

export interface VaultChild {
  process: ChildProcess
  /** Resolves with the signal that ended the process, or null when it ended by itself. */
  ended: Promise<string | null>
  kill(): Promise<void>
}

/** Opens the vault in a second process; resolves once it is open there. */
export async function startChild(
  dir: string,
  passphrase: string,
  request: ChildRequest,
): Promise<VaultChild> {
  const child = fork(
    fileURLToPath(new URL('vault-child.ts', import.meta.url)),
    [dir, passphrase, JSON.stringify(request)],
    { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  )
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += String(chunk)
  })
  const ended = new Promise<string | null>((resolve) => {
    child.once('exit', (_code, signal) => {
      resolve(signal)
    })
  })
  const ready = once(child, 'message')
  await Promise.race([
    ready,
    ended.then(() => {
      throw new Error(`the child ended before it had opened the vault: ${said}`)
    }),
  ])
  return {
    process: child,
    ended,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
