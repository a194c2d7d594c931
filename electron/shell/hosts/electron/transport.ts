// The vault process as Electron's utilityProcess: the same four verbs as Node's fork.
import { utilityProcess } from 'electron'
import type { AppOptions } from '../../../gate/app.ts'

type VaultTransport = ReturnType<AppOptions['startVaultProcess']>

/**
 * Starts the vault process from its built `entry` (an absolute path), with no output and an empty environment, but for
 * the one variable without which Windows loads no system library.
 */
export function utilityTransport(entry: string): VaultTransport {
  const systemRoot = process.env['SystemRoot']
  const env = systemRoot === undefined ? {} : { SystemRoot: systemRoot }
  const child = utilityProcess.fork(entry, [], { serviceName: 'guicang-vault', stdio: 'ignore', env })
  return {
    post: (message) => {
      child.postMessage(message)
    },
    onMessage: (listener) => {
      child.on('message', listener)
    },
    onExit: (listener) => {
      child.once('exit', () => {
        listener()
      })
    },
    kill: () => {
      child.kill()
    },
  }
}
