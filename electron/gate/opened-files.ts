// Clear copies that other programs were given: each in a private folder of its own, wiped when identities closes, at every lock,
// at the end, and at the next start where a run was killed.
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, lstat, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { GuicangError } from '../../shared/errors.ts'
import { isRunning, startedAt } from './processes.ts'

export interface OpenedFiles {
  /**
   * Runs `work` on a new, empty folder (0700) that stays until the next {@link OpenedFiles.wipe}. Where `work` fails, or a wipe
   * came while it ran, the folder is wiped at once.
   * @throws GuicangError `identities.closed` where a wipe came in between; `file.unreadable` where no folder can be made; what
   * `work` throws
   */
  keep<T>(work: (folder: string) => Promise<T>): Promise<T>
  /** Overwrites and removes all that is kept. Never rejects: what another program holds shut is tried again the next time. */
  wipe(): Promise<void>
  /** Resolves when no work runs any more and nothing is being wiped. */
  settled(): Promise<unknown>
}

/** The process's number and its start, then chance. */
const folderName = /^(\d{1,10})-(\d{1,20}|-)-[0-9a-f]{32}$/

const zerosBytes = 1024 * 1024

/** @param appDataDir the program's own private folder; what killed runs left in it is wiped */
export function openedFiles(appDataDir: string): OpenedFiles {
  const parent = join(appDataDir, 'opened')
  const kept = new Set<string>()
  const running = new Set<Promise<unknown>>()
  let generation = 0

  async function newFolder(): Promise<string> {
    const name = `${process.pid}-${startedAt(process.pid)}-${randomBytes(16).toString('hex')}`
    try {
      await mkdir(parent, { recursive: true, mode: 0o700 })
      await chmod(parent, 0o700)
      await mkdir(join(parent, name), { mode: 0o700 })
    } catch (thrown) {
      // No `cause`: Node's message holds the path.
      if (!(thrown instanceof Error)) throw thrown
      throw new GuicangError('file.unreadable')
    }
    return join(parent, name)
  }

  async function keepOne<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const mine = generation
    const folder = await newFolder()
    try {
      const result = await work(folder)
      if (mine !== generation) throw new GuicangError('identities.closed')
      kept.add(folder)
      return result
    } catch (thrown) {
      if (!(await wipeFolder(folder))) kept.add(folder)
      throw thrown
    }
  }

  function counted<T>(work: Promise<T>): Promise<T> {
    running.add(work)
    const forget = (): void => void running.delete(work)
    work.then(forget, forget)
    return work
  }

  async function wipeKept(): Promise<void> {
    generation += 1
    const folders = [...kept]
    kept.clear()
    for (const folder of folders) if (!(await wipeFolder(folder))) kept.add(folder)
  }

  void counted(wipeLeft(parent))
  return {
    keep: (work) => counted(keepOne(work)),
    wipe: () => counted(wipeKept()),
    settled: () => Promise.allSettled(running),
  }
}

/** Wipes what runs left that are gone; another window of this person that is open keeps its own. */
async function wipeLeft(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => [])
  for (const name of names) {
    const [, pid, started] = folderName.exec(name) ?? []
    if (pid === undefined) continue
    const lives = isRunning(Number(pid)) && startedAt(Number(pid)) === started
    if (!lives) await wipeFolder(join(parent, name))
  }
}

/** Overwrites every file in the folder with zeros, flushed, and removes it. Answers whether it is gone. */
async function wipeFolder(folder: string): Promise<boolean> {
  try {
    // Not through a link that somebody put in the folder's place.
    if (!(await lstat(folder)).isDirectory()) return true
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) await overwrite(join(entry.parentPath, entry.name))
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    return true
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('code' in thrown)) throw thrown
    return thrown.code === 'ENOENT'
  }
}

/**
 * Once with zeros. A file that has another name elsewhere is left as it is: what that name stands for isn't ours to destroy.
 */
async function overwrite(path: string): Promise<void> {
  const file = await open(path, constants.O_WRONLY | constants.O_NOFOLLOW)
  try {
    const { size, nlink } = await file.stat()
    if (nlink > 1) return
    const zeros = Buffer.alloc(Math.min(size, zerosBytes))
    for (let at = 0; at < size; at += zeros.length)
      await file.write(zeros, 0, Math.min(zeros.length, size - at), at)
    await file.sync()
  } finally {
    await file.close()
  }
}
