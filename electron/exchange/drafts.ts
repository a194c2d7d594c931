// Names of what is still being written, and the removal of what a killed process left: drafts hold clear values.
import { randomBytes } from 'node:crypto'
import { lstat, readdir, realpath, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

/** A draft without its process's number, or whose number went to another process: left over once nothing was written for so long. */
const staleAfterMs = 60 * 60 * 1000

const ending = /^(?:(\d{1,10})-)?[0-9a-f]{12}$/

/**
 * What the drafts of a bag have in common: they lie beside the place where it will stand.
 * @param name where that place is named anew each time, what earlier tries are known by
 * @throws Node's own error where there is no such folder
 */
export async function bagDraftStem(outDir: string, name?: string): Promise<string> {
  const target = resolve(outDir)
  const short = Array.from(name ?? basename(target)).slice(0, 40)
  return join(await realpath(dirname(target)), `.${short.join('')}.partial`)
}

/** The same for letters: one name for all that go into a folder, which says nothing of any. */
export function letterDraftStem(out: string): Promise<string> {
  return bagDraftStem(out, 'guicang-letter')
}

/** The same for a single table. */
export function tableDraftStem(path: string): string {
  return `${path}.partial`
}

/** The same for a file that is taken out of the vault. */
export function savedFileStem(out: string): string {
  return join(dirname(resolve(out)), '.guicang-saving.partial')
}

/**
 * A new name for a draft: `stem`, this process's number, and a random part.
 * @param stem absolute or relative path with all that the drafts of one target have in common, such as `/to/.NAME.partial`
 */
export function draftPath(stem: string): string {
  return `${stem}-${process.pid}-${randomBytes(6).toString('hex')}`
}

/**
 * Removes the drafts of the same target that a killed process left: its process is gone, or nothing was written into it for
 * an hour. Anything else by a similar name stays. Never throws: what can't be removed is left to the next opportunity.
 * @param stem as for {@link draftPath}
 */
export async function removeStaleDrafts(stem: string): Promise<void> {
  const folder = dirname(stem)
  const prefix = `${basename(stem)}-`
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const found = name.startsWith(prefix) ? ending.exec(name.slice(prefix.length)) : null
    if (found === null) continue
    const path = join(folder, name)
    try {
      if (isGone(found[1]) || Date.now() - (await lastWritten(path)) > staleAfterMs)
        await rm(path, { recursive: true, force: true })
    } catch (thrown) {
      // Another account's draft, a medium that is read-only: what comes next says so in its own words.
      if (!(thrown instanceof Error)) throw thrown
    }
  }
}

/** Whether the process of this number has ended. */
function isGone(pid: string | undefined): boolean {
  if (pid === undefined) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH'
  }
}

/** When something in it was last written, milliseconds of the epoch: a long export is alive as long as its files grow. */
async function lastWritten(path: string): Promise<number> {
  const own = await lstat(path)
  if (!own.isDirectory()) return own.mtimeMs
  const inside = await readdir(path, { recursive: true })
  const times = await Promise.all(inside.map(async (name) => (await lstat(join(path, name))).mtimeMs))
  return Math.max(own.mtimeMs, ...times)
}
