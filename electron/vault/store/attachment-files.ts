// Files of attachments in the vault's folder. Identities name each before it is written and until it is gone, so that what a
// crash leaves is known by name: nothing is ever removed because it looks strange.
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { errnoOf } from '../../exchange/export/output-error.ts'
import type { Blob } from './repositories/blobs.ts'
import type { IdentitiesStore } from './store.ts'

export const attachmentsFolder = 'attachments'

/** A file under its own name, relative to the vault, `/` between parts. What is still being written has another ending. */
export const blobPath = /^attachments\/([0-9a-f]{2})\/(\1[0-9a-f]{30})\.age$/

function folderOf(dir: string, id: string): string {
  return join(dir, attachmentsFolder, id.slice(0, 2))
}

export function blobFile(dir: string, id: string): string {
  return join(folderOf(dir, id), `${id}.age`)
}

/** Where a file is written until it is whole. */
export function incomingFile(dir: string, id: string): string {
  return `${blobFile(dir, id)}.part`
}

/** Makes the folder that a file goes to. */
export function makeBlobFolder(dir: string, id: string): void {
  for (const folder of [join(dir, attachmentsFolder), folderOf(dir, id)]) makeFolder(folder)
}

/** One level at a time: asked for several, Node tells a failing disk as a folder that is missing. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (thrown) {
    if (errnoOf(thrown) !== 'EEXIST') throw thrown
  }
}

/** Gives a whole, flushed file its name. In one tick, so that no copy of the vault is taken in between. */
export function placeBlob(dir: string, id: string): void {
  renameSync(incomingFile(dir, id), blobFile(dir, id))
  for (const folder of [folderOf(dir, id), join(dir, attachmentsFolder), dir]) flushFolder(folder)
}

/** Whether a blob's file is there, as long as it was written. */
export function isStored(dir: string, { id, stored }: Blob): boolean {
  const path = blobFile(dir, id)
  return existsSync(path) && statSync(path).size === stored
}

/** Windows has no such call, and some file systems refuse it: their rename is as durable as it gets. */
function flushFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } catch (thrown) {
    if (!['EINVAL', 'ENOTSUP', 'EBADF'].includes(errnoOf(thrown) ?? '')) throw thrown
  } finally {
    closeSync(folder)
  }
}

/**
 * Looks at a file that was marked: it stays where a version names it, and goes with its key where none does. A file that
 * can't be removed stays marked for the next opening.
 */
export function settleBlob(identities: IdentitiesStore, dir: string, id: string): void {
  const used = identities.db.transaction(() => identities.blobs.dropUnused(id))()
  try {
    rmSync(incomingFile(dir, id), { force: true })
    if (!used) rmSync(blobFile(dir, id), { force: true })
  } catch (thrown) {
    if (errnoOf(thrown) === undefined) throw thrown
    return
  }
  identities.blobs.markSettled(id)
}

/** The same for all that a crash left, or a commit in doubt. Only while nothing is being written. */
export function settleBlobs(identities: IdentitiesStore, dir: string): void {
  const { blobs } = identities
  for (const id of new Set([...blobs.listUnsettled(), ...blobs.listUnused()])) settleBlob(identities, dir, id)
}
