// Contents of attachments: taken in from a file, given out again, each byte checked on its way.
import { createHash, createHmac, type Hash, randomBytes } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { GuicangError } from '../../../shared/errors.ts'
import type { AttachmentType } from '../../../shared/types/attachment.ts'
import { fileType, headBytes } from '../../exchange/file-kinds.ts'
import { asOutputError, errnoOf, throwIfCancelled } from '../../exchange/export/output-error.ts'
import { damagedAttachment, decryptPieces, encryptPieces, generateFileKey } from '../keys/age-stream.ts'
import type { Job } from '../process/jobs.ts'
import { blobFile, incomingFile, makeBlobFolder } from '../store/attachment-files.ts'
import { metaKeys } from '../store/meta-keys.ts'
import type { Blob } from '../store/repositories/blobs.ts'
import { translateError, translating } from '../store/sqlite-errors.ts'
import type { IdentitiesStore } from '../store/store.ts'

/** A larger file is refused before a byte of it is read. */
export const mostAttachmentBytes = 200 * 1024 * 1024

const pieceBytes = 256 * 1024

/** A new random name for a file. */
export function newBlobId(): string {
  return randomBytes(16).toString('hex')
}

/** Key of the hashes by which the same content is known again; made when the first attachment comes. */
export function contentKeyOf(identities: IdentitiesStore): string {
  const known = identities.meta.find(metaKeys.contentKey)
  if (known !== undefined) return known
  const key = randomBytes(32).toString('hex')
  identities.meta.set(metaKeys.contentKey, key)
  return key
}

export interface TakenIn {
  blob: Blob
  type: AttachmentType
}

/**
 * Encrypts a file of the person's own into the vault's folder, flushed, under the name of what is still being written. The
 * caller marks `id` before and settles it afterwards, whatever happens.
 * @throws GuicangError `file.notFound`, `file.unreadable` (a folder, a device, no permission), `file.tooLarge`,
 * `file.changed` (while it was read), `disk.full`, `disk.failed`, `job.cancelled`
 */
export async function takeIn(
  path: string,
  { dir, id, contentKey }: { dir: string; id: string; contentKey: string },
  job: Job,
): Promise<TakenIn> {
  const { file, state } = await openSource(path)
  try {
    const secret = await generateFileKey()
    const reading = { hash: createHash('sha256'), head: Buffer.alloc(0), bytes: 0 }
    const stored = await writeIncoming(dir, id, encryptPieces(readSource(file, state, reading, job), secret))
    if (reading.bytes !== state.size || !(await isStill(path, file, state)))
      throw new GuicangError('file.changed', { fields: [{ field: 'path', rule: 'changed' }] })
    const digest = reading.hash.digest()
    const content = createHmac('sha256', Buffer.from(contentKey, 'hex')).update(digest).digest('hex')
    return {
      blob: { id, content, secret, sha256: digest.toString('hex'), bytes: reading.bytes, stored },
      type: fileType(reading.head),
    }
  } finally {
    await file.close()
  }
}

async function openSource(path: string): Promise<{ file: FileHandle; state: Stats }> {
  try {
    // Asked before it is opened: opening a pipe would wait for somebody to write into it.
    requireSize(requireFile(await stat(path)))
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      return { file, state: requireSize(requireFile(await file.stat())) }
    } catch (thrown) {
      await file.close()
      throw thrown
    }
  } catch (thrown) {
    throw asOutputError(thrown)
  }
}

function requireFile(state: Stats): Stats {
  if (!state.isFile()) throw new GuicangError('file.unreadable')
  return state
}

function requireSize(state: Stats): Stats {
  if (state.size <= mostAttachmentBytes) return state
  const value = String(mostAttachmentBytes / 1024 / 1024)
  throw new GuicangError('file.tooLarge', { fields: [{ field: 'path', rule: 'mostMegabytes', value }] })
}

interface Reading {
  hash: Hash
  head: Buffer
  bytes: number
}

/** The file's bytes to its end; stops where it has grown. */
async function* readSource(
  file: FileHandle,
  state: Stats,
  reading: Reading,
  job: Job,
): AsyncGenerator<Uint8Array> {
  for (;;) {
    throwIfCancelled(job.signal)
    // A buffer of its own for each piece: the cipher may still look at the one before.
    const { buffer, bytesRead } = await file
      .read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, null)
      .catch((thrown: unknown) => {
        throw asOutputError(thrown)
      })
    if (bytesRead === 0) return
    const piece = buffer.subarray(0, bytesRead)
    reading.hash.update(piece)
    if (reading.head.length < headBytes)
      reading.head = Buffer.concat([reading.head, piece.subarray(0, headBytes - reading.head.length)])
    reading.bytes += bytesRead
    if (reading.bytes > state.size) throw new GuicangError('file.changed')
    job.report('attach', reading.bytes, state.size, 'bytes')
    yield piece
  }
}

/**
 * Whether the file, and what stands at its path, is the one that was opened, as it then was.
 * @throws GuicangError `file.unreadable`, `disk.failed` where that can't be told
 */
async function isStill(path: string, file: FileHandle, before: Stats): Promise<boolean> {
  const same = (now: Stats): boolean =>
    now.size === before.size &&
    now.mtimeMs === before.mtimeMs &&
    now.ctimeMs === before.ctimeMs &&
    now.ino === before.ino &&
    now.dev === before.dev
  try {
    return same(await file.stat()) && same(await stat(path))
  } catch (thrown) {
    if (errnoOf(thrown) !== 'ENOENT') throw asOutputError(thrown)
    return false
  }
}

async function writeIncoming(dir: string, id: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  translating('attachments', () => makeBlobFolder(dir, id))
  const file = await open(incomingFile(dir, id), 'wx', 0o600).catch((thrown: unknown) => {
    throw translateError(thrown, 'attachments')
  })
  let stored = 0
  try {
    for await (const piece of pieces) {
      await file.writeFile(piece)
      stored += piece.length
    }
    await file.sync()
  } catch (thrown) {
    throw translateError(thrown, 'attachments')
  } finally {
    await file.close()
  }
  return stored
}

/** The encrypted file's bytes. */
async function* storedPieces(dir: string, id: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const file = await open(blobFile(dir, id), 'r').catch((thrown: unknown) => {
    throw errnoOf(thrown) === 'ENOENT' ? damagedAttachment('missing') : translateError(thrown, 'attachments')
  })
  try {
    for (;;) {
      throwIfCancelled(signal)
      const { buffer, bytesRead } = await file
        .read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, null)
        .catch((thrown: unknown) => {
          throw translateError(thrown, 'attachments')
        })
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** What a content must be, as the log vouches for it. */
export interface Expected {
  sha256: string
  bytes: number
}

/**
 * A content in pieces. Nothing of it may be trusted before the end has come: only then is its hash the one that the log
 * vouches for.
 * @throws GuicangError `attachment.damaged` (rule `missing` or `changed`), `vault.unreadable`, `job.cancelled`
 */
export async function* contentPieces(
  dir: string,
  blob: Pick<Blob, 'id' | 'secret'>,
  expected: Expected,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of decryptPieces(storedPieces(dir, blob.id, signal), blob.secret)) {
    hash.update(piece)
    bytes += piece.length
    yield piece
  }
  if (bytes !== expected.bytes || hash.digest('hex') !== expected.sha256) throw damagedAttachment('changed')
}
