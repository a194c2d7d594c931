// First pass over a file: its digest, what kind of file it is, which encoding it has. Refuses what is no table.
import { createHash } from 'node:crypto'
import { GuicangError, type ErrorCode } from '../../../shared/errors.ts'
import {
  findByteOrderMark,
  findLegacyEncoding,
  findUtf16ByNuls,
  StrictCheck,
  type FoundEncoding,
} from './encoding.ts'
import { fileState, readChunks, type FileState } from './read-file.ts'

export interface Inspection {
  state: FileState
  sha256: string
  /** `zip` may be a workbook: its reader decides. */
  content: { kind: 'text'; found: FoundEncoding } | { kind: 'zip' }
}

const headBytes = 64 * 1024

// Beginnings of files that people pick by mistake. Source: the formats' own specifications.
const magics: readonly (readonly [string, number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['sqlite', [...Buffer.from('SQLite format 3\0', 'latin1')]],
  ['elf', [0x7f, 0x45, 0x4c, 0x46]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['age', [...Buffer.from('age-encryption.org/', 'latin1')]],
]
const oleMagic = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

const startsWith = (head: Buffer, bytes: readonly number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte)
const isZip = (head: Buffer): boolean =>
  startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])

/** Control characters that no text has, as a share of the head. A few are a row's trouble, many are a binary file. */
function isBinary(head: Buffer): boolean {
  let controls = 0
  for (const byte of head) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) controls++
  }
  return controls >= 10 && controls > head.length / 20
}

/** An OLE container: an encrypted workbook (MS-OFFCRYPTO names its stream `EncryptedPackage`) or an old .xls. */
async function oleErrorCode(path: string, signal?: AbortSignal): Promise<ErrorCode> {
  const sought = Buffer.from('EncryptedPackage', 'utf16le')
  let tail = Buffer.alloc(0)
  for await (const chunk of readChunks(path, signal)) {
    const joined = Buffer.concat([tail, chunk])
    if (joined.includes(sought)) return 'import.xlsxProtected'
    tail = joined.subarray(-sought.length)
  }
  return 'import.legacyXls'
}

/**
 * Reads a file once (twice or more for legacy encodings). Refuses with `import.fileNotFound`, `import.unreadable`,
 * `import.empty` (no bytes), `import.binary`, `import.xlsxProtected`, `import.legacyXls`, `import.encodingUnknown`,
 * `job.cancelled`.
 */
export async function inspectFile(path: string, signal?: AbortSignal): Promise<Inspection> {
  const state = await fileState(path)
  const head = await readHead(path, signal)
  if (startsWith(head, oleMagic)) throw new GuicangError(await oleErrorCode(path, signal))
  if (magics.some(([, bytes]) => startsWith(head, bytes))) throw new GuicangError('import.binary')
  const zip = isZip(head)
  const marked = zip ? undefined : (findByteOrderMark(head) ?? findUtf16ByNuls(head))
  if (!zip && marked !== 'utf-16le' && marked !== 'utf-16be' && isBinary(head))
    throw new GuicangError('import.binary')

  const hash = createHash('sha256')
  const strict = zip ? undefined : new StrictCheck(marked ?? 'utf-8')
  for await (const chunk of readChunks(path, signal, hash)) strict?.write(chunk)
  strict?.write()
  const sha256 = hash.digest('hex')
  if (strict === undefined) return { state, sha256, content: { kind: 'zip' } }
  const found =
    strict.valid || marked !== undefined
      ? { encoding: marked ?? 'utf-8', strict: strict.valid }
      : await findLegacyEncoding(path, head, signal)
  return { state, sha256, content: { kind: 'text', found } }
}

async function readHead(path: string, signal?: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const chunk of readChunks(path, signal)) {
    parts.push(chunk)
    length += chunk.length
    if (length >= headBytes) break
  }
  return Buffer.concat(parts).subarray(0, headBytes)
}
