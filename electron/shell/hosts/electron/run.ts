// Runs the built program in the Electron that is installed beside it.
import { spawn } from 'node:child_process'
import { fromRoot } from '../paths.ts'
import { note } from '../say.ts'

/** A start that ends badly within this time never showed a window. */
const startMs = 15_000

/** Resolves when the window was closed: true, or false when Electron failed before it can have shown one. */
export async function runElectron(path: string, openPath: string | undefined): Promise<boolean> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (asRoot) note('Running as root: Electron starts without its sandbox, which it refuses to root.')
  const args = [
    fromRoot('.'),
    ...(asRoot ? ['--no-sandbox'] : []),
    ...(openPath === undefined ? [] : [`--open=${openPath}`]),
  ]
  const startedMs = Date.now()
  const child = spawn(path, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  const status = await new Promise<number>((resolve) => {
    child.once('exit', (code) => {
      resolve(code ?? 1)
    })
    child.once('error', () => {
      resolve(1)
    })
  })
  return status === 0 || Date.now() - startedMs > startMs
}
