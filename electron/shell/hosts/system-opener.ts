// Hands a file to the program that the desktop has for its kind, without a shell: for the host whose window is a browser.
import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { FileOpener } from '../../gate/app.ts'

/** A starter that hasn't ended by then shows the file itself. */
const patienceMs = 3000

export interface OpenerPlace {
  env?: NodeJS.ProcessEnv
  platform?: NodeJS.Platform
}

/** `xdg-open` on Linux, `open` on macOS, Explorer on Windows; looked for at each use. */
export function systemOpener({
  env = process.env,
  platform = process.platform,
}: OpenerPlace = {}): FileOpener {
  return {
    available: () => Promise.resolve(findStarter(env, platform) !== undefined),
    open: (path) => {
      const starter = findStarter(env, platform)
      return starter === undefined ? Promise.resolve(false) : start(starter, path, env, platform)
    },
  }
}

function findStarter(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
  if (platform === 'darwin') return '/usr/bin/open'
  if (platform === 'win32') {
    const root = env['SystemRoot']
    return root === undefined ? undefined : join(root, 'explorer.exe')
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder))
  return folders.map((folder) => join(folder, 'xdg-open')).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // Not there, or not ours to run.
    return false
  }
}

/** The path is one argument, never words of a shell. It is absolute, so that no starter takes it for an option. */
function start(
  starter: string,
  path: string,
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): Promise<boolean> {
  const own = Object.entries(env).filter(([name]) => !name.startsWith('GUICANG_'))
  const child = spawn(starter, [path], { detached: true, stdio: 'ignore', env: Object.fromEntries(own) })
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), patienceMs)
    timer.unref()
    child.once('error', () => {
      clearTimeout(timer)
      resolve(false)
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      // Explorer answers 1 also when all went well.
      resolve(code === 0 || platform === 'win32')
    })
    child.unref()
  })
}
