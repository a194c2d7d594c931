// The archive around a workbook: its parts as text, within limits that hold whatever sizes the archive claims.
import { posix } from 'node:path'
import { TextDecoder } from 'node:util'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import { GuicangError } from '../../../shared/errors.ts'
import { bombFloorBytes, bombRatio, maxArchiveEntries } from './limits.ts'
import { throwIfCancelled } from './read-file.ts'

/** Anything a broken archive or broken XML throws is one and the same to a person: the workbook is damaged. */
export function asXlsxError(cause: unknown): GuicangError {
  return cause instanceof GuicangError ? cause : new GuicangError('import.xlsxDamaged', { cause })
}

export class XlsxPackage {
  readonly #zip: ZipFile
  readonly #entries: ReadonlyMap<string, Entry>
  readonly #signal: AbortSignal | undefined

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>, signal: AbortSignal | undefined) {
    this.#zip = zip
    this.#entries = entries
    this.#signal = signal
  }

  /**
   * Reads the archive's table of contents; call `close` afterwards. Refuses with `import.xlsxDamaged`,
   * `import.xlsxProtected` (encrypted entries), `import.tooLarge` (more than 10,000 entries), `job.cancelled`.
   */
  static async open(path: string, signal?: AbortSignal): Promise<XlsxPackage> {
    let zip: ZipFile | undefined
    try {
      zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true })
      if (zip.entryCount > maxArchiveEntries) throw new GuicangError('import.tooLarge')
      const entries = new Map<string, Entry>()
      for await (const entry of zip.eachEntry()) {
        throwIfCancelled(signal)
        if (entry.isEncrypted()) throw new GuicangError('import.xlsxProtected')
        entries.set(entry.fileName.toLowerCase(), entry)
      }
      return new XlsxPackage(zip, entries, signal)
    } catch (cause) {
      zip?.close()
      throw asXlsxError(cause)
    }
  }

  close(): void {
    this.#zip.close()
  }

  /** Part names are compared without case (ECMA-376 part 2). */
  has(part: string): boolean {
    return this.#entries.has(part.toLowerCase())
  }

  /**
   * Text of a part in pieces. Refuses with `import.xlsxDamaged` (missing, broken), `import.tooLarge` (more than `maxBytes`
   * unpacked, or an archive bomb), `job.cancelled`.
   */
  async *read(part: string, maxBytes: number): AsyncGenerator<string> {
    const entry = this.#entries.get(part.toLowerCase())
    if (entry === undefined) throw new GuicangError('import.xlsxDamaged')
    if (entry.uncompressedSize > maxBytes) throw new GuicangError('import.tooLarge')
    try {
      const stream = await this.#zip.openReadStreamPromise(entry)
      let decoder: TextDecoder | undefined
      let bytes = 0
      for await (const chunk of stream) {
        throwIfCancelled(this.#signal)
        if (!Buffer.isBuffer(chunk)) throw new GuicangError('internal')
        bytes += chunk.length
        const bomb = bytes > bombFloorBytes && bytes > entry.compressedSize * bombRatio
        if (bytes > maxBytes || bomb) throw new GuicangError('import.tooLarge')
        decoder ??= new TextDecoder(xmlEncoding(chunk), { fatal: true })
        yield decoder.decode(chunk, { stream: true })
      }
      if (decoder !== undefined) yield decoder.decode()
    } catch (cause) {
      throw asXlsxError(cause)
    }
  }
}

/** XML parts are UTF-8 or UTF-16 with a byte order mark (ECMA-376 part 2). */
function xmlEncoding(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
}

/** Name of the part that a relationship's target means, seen from the part that has the relationship. */
export function resolvePart(from: string, target: string): string {
  return target.startsWith('/') ? posix.normalize(target.slice(1)) : posix.join(posix.dirname(from), target)
}
