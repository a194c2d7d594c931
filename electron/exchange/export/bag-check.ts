// What the parts of the bag check share: the bag as it was found, and the list of what is wrong with it.
import { constants, open } from 'node:fs/promises'
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import type { FolderContent } from './bag-folder.ts'
import { printableName } from './bag-paths.ts'
import { asOutputError } from './output-error.ts'

export interface BagFinding {
  /** Stable, `what.howItIsWrong`: `payload.missing`, `checksum.mismatch`, … */
  code: string
  /** Path in the bag, made safe to show, with `:line` where a line is meant; `.` for the bag itself. */
  where: string
  /** One plain English sentence or the two values that differ. */
  detail: string
}

export interface BagCheck {
  root: string
  content: FolderContent
  files: ReadonlySet<string>
  errors: BagFinding[]
  warnings: BagFinding[]
  signal: AbortSignal | undefined
}

/** Adds an error. `where` is escaped here, so that a hostile file name can't play with a terminal. */
export function fault(check: BagCheck, code: string, where: string, detail: string): void {
  check.errors.push({ code, where: printableName(where), detail: printableName(detail) })
}

/** Adds a warning: worth knowing, doesn't make the bag invalid. */
export function warn(check: BagCheck, code: string, where: string, detail: string): void {
  check.warnings.push({ code, where: printableName(where), detail: printableName(detail) })
}

// Node can't hold a longer string than 512 MB; a manifest of that size names millions of files.
const maxTagBytes = 256 * 1024 * 1024

/**
 * Reads a tag file whole. Answers undefined, with a finding, where it can't be read; undefined without one where it isn't there.
 * @param maxBytes what is bigger is refused with a finding
 */
export async function readTag(
  check: BagCheck,
  path: string,
  maxBytes = maxTagBytes,
): Promise<Buffer | undefined> {
  if (!check.files.has(path)) return undefined
  try {
    const file = await open(join(check.root, path), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      const { size } = await file.stat()
      if (size > maxBytes) {
        fault(check, 'tag.tooLarge', path, `${size} bytes, ${maxBytes} are read at most`)
        return undefined
      }
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    noteUnreadable(check, path, error)
    return undefined
  }
}

/** A file that can't be read is a finding; a cancelled job or a fault of ours is not. */
export function noteUnreadable(check: BagCheck, path: string, error: unknown): void {
  const known = asOutputError(error)
  if (known.code === 'job.cancelled') throw new GuicangError('job.cancelled')
  fault(check, 'file.unreadable', path, 'the file is there, but can’t be read')
}

/** Decodes a tag file in the bag's encoding; a finding and undefined where the bytes don't fit. */
export function decodeTag(
  check: BagCheck,
  path: string,
  bytes: Buffer,
  encoding: string,
): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
    if (!text.startsWith('\uFEFF')) return text
    warn(check, 'tag.byteOrderMark', path, 'the file begins with a byte order mark')
    return text.slice(1)
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    fault(check, 'tag.encoding', path, 'the bytes are not text in the encoding that the bag names')
    return undefined
  }
}
