// The browser's profile: a private folder for one run. It goes at exit, and what a killed run left goes at the next start.
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isRunning, startedAt } from '../../../gate/processes.ts'

const prefix = 'guicang-window-'
const ownerFile = 'owner'
const releaseMs = 5000
const releaseCheckMs = 100

export interface Profile {
  /** The private folder (0700). */
  folder: string
  /** The browser's own folder in it. */
  userData: string
  /** Where the driver puts its scratch files. */
  scratch: string
  /** Removes the folder once the browser has let go of it, which it does a little after its last word. */
  remove(): Promise<void>
}

/** Makes a profile below `parent` (the system's temporary folder by default). */
export function createProfile(parent: string = tmpdir()): Profile {
  const folder = mkdtempSync(join(parent, prefix))
  writeFileSync(join(folder, ownerFile), `${process.pid} ${startedAt(process.pid)}`, { mode: 0o600 })
  const userData = join(folder, 'profile')
  const scratch = join(folder, 'scratch')
  mkdirSync(userData, { mode: 0o700 })
  mkdirSync(scratch, { mode: 0o700 })
  return {
    folder,
    userData,
    scratch,
    remove: async () => {
      await released(userData)
      removeFolder(folder)
      // A browser that wrote once more while it ended has made the folder anew.
      await sleep(releaseCheckMs)
      removeFolder(folder)
    },
  }
}

/** Removes profiles whose owner is gone, and answers how many. Folders of other users are left alone. */
export function sweepProfiles(parent: string = tmpdir()): number {
  const stale = readdirSync(parent)
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(parent, name))
    .filter((folder) => isOurs(folder) && !ownerLives(folder))
  for (const folder of stale) removeFolder(folder)
  return stale.length
}

/** Waits until the browser has taken its lock away (a link, or a file on Windows), or for five seconds at most. */
async function released(userData: string): Promise<void> {
  const locks = ['SingletonLock', 'lockfile'].map((name) => join(userData, name))
  const isHeld = (): boolean => locks.some((lock) => lstatSync(lock, { throwIfNoEntry: false }) !== undefined)
  for (const startedMs = Date.now(); isHeld() && Date.now() - startedMs < releaseMs;)
    await sleep(releaseCheckMs)
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

function isOurs(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false })
  if (stats === undefined || !stats.isDirectory()) return false
  return process.getuid === undefined || stats.uid === process.getuid()
}

/** A folder without a readable owner was left in the middle of being made; a minute is ample for that. */
function ownerLives(folder: string): boolean {
  const [pid, started] = (readText(join(folder, ownerFile)) ?? '').split(' ')
  if (pid === undefined || pid === '' || started === undefined) return ageMs(folder) < 60_000
  return isRunning(Number(pid)) && startedAt(Number(pid)) === started
}

function ageMs(folder: string): number {
  return Date.now() - (lstatSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0)
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Gone meanwhile.
    return undefined
  }
}
