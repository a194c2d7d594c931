// The files of which a vault consists, and copies of them byte for byte: what is encrypted stays as it is.
import { constants, readdirSync, statSync } from 'node:fs'
import { copyFile, lstat, mkdir, open, readdir, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import { listFolder, syncFolder } from '../../exchange/export/bag-folder.ts'
import { asOutputError, errnoOf, throwIfCancelled } from '../../exchange/export/output-error.ts'
import { attachmentsFolder, blobPath } from './attachment-files.ts'
import { translateError } from './sqlite-errors.ts'

export const keyFile = 'vault.json'
export const compartmentFiles = ['records.db', 'identities.db'] as const

export interface StoredFile {
  /** Relative to the vault, `/` between parts. */
  path: string
  bytes: number
}

/**
 * The files of a vault: key file, both databases, attachments. What belongs to a running program (the lease, a file that is
 * being written) or was left over isn't among them.
 * @throws GuicangError `vault.incomplete` when one is missing, `vault.damaged` for a link or a special file in its place
 */
export async function listVaultFiles(dir: string): Promise<StoredFile[]> {
  const files: StoredFile[] = []
  for (const path of [keyFile, ...compartmentFiles, ...(await attachmentsIn(dir))]) {
    const stat = await lstat(join(dir, path)).catch((thrown: unknown) => {
      throw withPlace(translateError(thrown, path), path)
    })
    if (!stat.isFile()) throw new GuicangError('vault.damaged', { fields: [{ field: path, rule: 'file' }] })
    files.push({ path, bytes: stat.size })
  }
  return files
}

async function attachmentsIn(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(join(dir, attachmentsFolder), { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(dir.length + 1)
          .replaceAll('\\', '/'),
      )
      .filter((path) => blobPath.test(path))
      .toSorted()
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return []
    throw translateError(thrown, attachmentsFolder)
  }
}

function withPlace(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof GuicangError) || thrown.code !== 'vault.incomplete') return thrown
  return new GuicangError('vault.incomplete', { fields: [{ field: path, rule: 'missing' }] })
}

/**
 * Refuses while a journal says that a commit is under way or was cut short: the bytes of the file alone are then not the
 * last commit.
 * @throws GuicangError `vault.busy`
 */
export function requireNoJournal(dir: string): void {
  for (const name of compartmentFiles) {
    if (journalBytes(dir, name) > 0)
      throw new GuicangError('vault.busy', { fields: [{ field: name, rule: 'journal' }] })
  }
}

/** Size of a file's rollback journal: 0 where there is none, and after each commit (`journal_mode=TRUNCATE`). */
function journalBytes(dir: string, name: string): number {
  const journal = `${name}-journal`
  return readdirSync(dir).includes(journal) ? statSync(join(dir, journal)).size : 0
}

const chunkBytes = 1024 * 1024

export interface CopyOptions {
  signal: AbortSignal
  /** Called with the number of bytes just copied. */
  onBytes: (bytes: number) => void
}

/**
 * Copies one file to a new one; where the file system can share blocks (Btrfs, XFS, APFS, ReFS) that takes no time and no
 * room. Not flushed.
 * @param name of the file for an error: never a path of this computer
 * @throws GuicangError what the vault's side answers (`vault.unreadable`, `vault.incomplete`) or the target's (`disk.full`,
 * `file.unreadable`, `file.notFound`), `job.cancelled`
 */
export async function copyVaultFile(
  source: string,
  target: string,
  name: string,
  { signal, onBytes }: CopyOptions,
): Promise<void> {
  throwIfCancelled(signal)
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  } catch (thrown) {
    throw asOutputError(thrown)
  }
  if (await cloned(source, target)) {
    onBytes(await sizeOf(target))
    return
  }
  const from = await open(source, 'r').catch((thrown: unknown) => {
    throw translateError(thrown, name)
  })
  try {
    const to = await open(target, 'wx', 0o600).catch((thrown: unknown) => {
      throw asOutputError(thrown)
    })
    try {
      await pump(from, to, name, { signal, onBytes })
    } finally {
      await to.close()
    }
  } finally {
    // By the book of POSIX this also lets go of the locks that this process holds on the file for other processes; those are
    // kept out by the lease. SQLite's own book of who may write within this process isn't touched.
    await from.close()
  }
}

async function pump(
  from: FileHandle,
  to: FileHandle,
  name: string,
  { signal, onBytes }: CopyOptions,
): Promise<void> {
  const buffer = Buffer.allocUnsafe(chunkBytes)
  for (;;) {
    throwIfCancelled(signal)
    const { bytesRead } = await from.read(buffer, 0, buffer.length, null).catch((thrown: unknown) => {
      throw translateError(thrown, name)
    })
    if (bytesRead === 0) return
    try {
      await to.writeFile(buffer.subarray(0, bytesRead))
    } catch (thrown) {
      throw asOutputError(thrown)
    }
    onBytes(bytesRead)
  }
}

async function cloned(source: string, target: string): Promise<boolean> {
  try {
    await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE)
    return true
  } catch (thrown) {
    // Not this file system, or not between these two: the other way says what is wrong, if something is.
    if (errnoOf(thrown) === undefined) throw thrown
    return false
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await lstat(path)).size
}

/** Flushes every file of a folder and the folders themselves. */
export async function flushTree(dir: string): Promise<void> {
  const content = await listFolder(dir)
  for (const path of content.files) await flushFile(join(dir, path))
  for (const path of content.folders) await syncFolder(join(dir, path))
  await syncFolder(dir)
}

async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
