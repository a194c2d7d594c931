// The folder of a bag: is its name free, what is in it, is it on the disk.
import { lstat, open, readdir, rename, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import { errnoOf } from './output-error.ts'

/** Refuses with `file.exists` where the path is anything but free or an empty folder. Answers whether the folder is there. */
export async function refuseTaken(target: string): Promise<boolean> {
  try {
    const stat = await lstat(target)
    if (!stat.isDirectory() || (await readdir(target)).length > 0) throw new GuicangError('file.exists')
    return true
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false
    throw error
  }
}

/** Gives the finished folder its name. An empty folder of that name makes way; anything else is `file.exists`. */
export async function publish(folder: string, target: string): Promise<void> {
  // Windows doesn't rename over a folder, not even over an empty one; rmdir takes only an empty one.
  if (await refuseTaken(target)) await rmdir(target)
  try {
    await rename(folder, target)
  } catch (error) {
    const taken = ['EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EPERM'].includes(errnoOf(error) ?? '')
    throw taken ? new GuicangError('file.exists') : error
  }
  await syncFolder(dirname(target))
}

/** Writes a small file and flushes it. Refuses to replace one. */
export async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(path, content, { flag: 'wx', mode: 0o600, flush: true })
}

/** Flushes a folder's entries. Windows has no such thing, and no need of it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } catch (error) {
    // Some network and FUSE file systems can't flush a folder; their rename is as safe as it gets.
    if (!['EINVAL', 'ENOTSUP', 'EBADF'].includes(errnoOf(error) ?? '')) throw error
  } finally {
    await folder.close()
  }
}

export interface FolderContent {
  /** Paths of plain files relative to the start, `/` between parts, in no order. */
  files: string[]
  /** Folders below the start, deepest last. */
  folders: string[]
  /** Links, devices, sockets, pipes: never followed, never opened. */
  others: { path: string; kind: 'link' | 'special' }[]
  /** Folders that could not be listed. */
  unreadable: string[]
}

/** Lists a folder and all below it without following links. */
export async function listFolder(root: string): Promise<FolderContent> {
  const content: FolderContent = { files: [], folders: [], others: [], unreadable: [] }
  const waiting = ['']
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    let entries
    try {
      entries = await readdir(join(root, folder), { withFileTypes: true })
    } catch (error) {
      if (errnoOf(error) === undefined) throw error
      content.unreadable.push(folder)
      continue
    }
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) {
        content.folders.push(path)
        waiting.push(path)
      } else if (entry.isFile()) content.files.push(path)
      else content.others.push({ path, kind: entry.isSymbolicLink() ? 'link' : 'special' })
    }
  }
  return content
}
