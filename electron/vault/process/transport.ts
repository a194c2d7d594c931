// How main reaches the vault process: the same four verbs over Node's fork and Electron's utilityProcess.
import { fork } from 'node:child_process'

export interface VaultTransport {
  /** Sends one structured-cloneable message. */
  post(message: object): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, when the process is gone for whatever reason. */
  onExit(listener: () => void): void
  /** Ends the process at once, and with it every key it held. */
  kill(): void
}

/** From its first instruction on; `hardenProcess` does it for a Node that is too old to know the flag. */
const noDebugger = process.allowedNodeEnvironmentFlags.has('--disable-sigusr1') ? ['--disable-sigusr1'] : []

/**
 * Starts the vault process under Node. Its environment is emptied, so that no passphrase given to the command line in a
 * variable is inherited, and its output goes nowhere: nothing that it could print belongs on a terminal.
 */
export function forkTransport(entry: string): VaultTransport {
  const child = fork(entry, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', process.env['GUICANG_DEBUG'] === '1' ? 'inherit' : 'ignore', 'ipc'],
    execArgv: ['--experimental-strip-types', '--disable-warning=ExperimentalWarning', ...noDebugger],
    env: childEnvironment(),
  })
  return {
    post: (message) => {
      if (child.connected) child.send(message)
    },
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      child.once('exit', listener)
      child.once('error', listener)
    },
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}

/** Nothing of the environment but what the system itself needs to start a process, and where compiled code lies. */
function childEnvironment(): NodeJS.ProcessEnv {
  const kept = ['SystemRoot', 'GUICANG_DEBUG', 'NODE_COMPILE_CACHE'] as const
  return Object.fromEntries(
    kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}
