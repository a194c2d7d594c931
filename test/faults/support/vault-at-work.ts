// A real vault process at work on a vault, to be stopped in the middle of it.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createVaultClient, type VaultClient } from '../../../electron/vault/process/client.ts'
import type { VaultTransport } from '../../../electron/vault/process/transport.ts'
import { freshPath } from '../../support/vault.ts'

const entry = fileURLToPath(new URL('../../../electron/vault/process/entry.ts', import.meta.url))

export interface VaultAtWork {
  client: VaultClient
  pid: number
  /** Resolves when the process is gone. */
  gone: Promise<void>
  /** Ends it at once, without a chance to tidy up. */
  kill(): void
}

/** Only to be quicker: hundreds of processes read the same sources. */
const compiled = freshPath('compiled')
let warm: Promise<void> | undefined

/** A first process that ends by itself: only then does Node keep what it has compiled. */
async function warmUp(): Promise<void> {
  const child = forkEntry()
  const transport = transportOf(child)
  await createVaultClient(transport, () => 'none').call('session.info', { path: compiled })
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
}

function forkEntry(): ChildProcess {
  return fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--experimental-strip-types', '--disable-warning=ExperimentalWarning'],
    env: { UV_THREADPOOL_SIZE: '1', NODE_COMPILE_CACHE: compiled },
  })
}

/** Starts the vault process as the product does under Node; one pool thread, so that file operations come in one order. */
export async function startVaultProcess(): Promise<VaultAtWork> {
  warm ??= warmUp()
  await warm
  const child = forkEntry()
  const transport = transportOf(child)
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  if (child.pid === undefined) throw new Error('the vault process did not start')
  return {
    client: createVaultClient(transport, () => 'none'),
    pid: child.pid,
    gone,
    kill: transport.kill,
  }
}

function transportOf(child: ChildProcess): VaultTransport {
  return {
    post: (message) => {
      if (child.connected) child.send(message)
    },
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      child.once('exit', listener)
    },
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}

/** Opens a vault in the process. */
export async function unlockIn({ client }: VaultAtWork, path: string, passphrase: string): Promise<void> {
  const result = await client.call('session.unlock', { path, passphrase, failedUnlocks: [] })
  if (!result.ok) throw new Error(`the vault could not be opened: ${result.error.code}`)
}
