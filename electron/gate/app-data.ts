// Where the program keeps what is its own and not a vault's: recents, language, queued failed unlocks.
import { chmodSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

export interface AppDataPlace {
  env?: NodeJS.ProcessEnv
  platform?: NodeJS.Platform
  home?: string
}

/**
 * The folder's path, without touching the disk: `XDG_STATE_HOME/guicang` (a relative value is ignored, as the XDG Base
 * Directory Specification asks) or `~/.local/state/guicang`; `~/Library/Application Support/Guicang` on macOS;
 * `%LOCALAPPDATA%\Guicang` on Windows.
 */
export function appDataPath(place: AppDataPlace = {}): string {
  const env = place.env ?? process.env
  const platform = place.platform ?? process.platform
  const home = place.home ?? homedir()
  const state = env['XDG_STATE_HOME']
  if (state !== undefined && isAbsolute(state)) return join(state, 'guicang')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Guicang')
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Guicang')
  return join(home, '.local', 'state', 'guicang')
}

/**
 * Makes the folder, closed to other users of the machine (0700, also where it stood before), and answers its path.
 * At once, because Electron wants its paths set before anything is awaited. Throws Node's own error where it can't be made.
 */
export function makeAppDataFolder(place: AppDataPlace = {}): string {
  const path = appDataPath(place)
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chmodSync(path, 0o700)
  return path
}
