// The only place where the import touches the file system: bytes in, and system errors become codes.
import type { Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { GuicangError } from '../../../shared/errors.ts'

/** Refuses with `job.cancelled` once the signal was raised. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new GuicangError('job.cancelled')
}

function errorCode(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
}

/** `import.fileNotFound` for a missing file, `import.unreadable` for any other trouble; a code of ours stays as it is. */
export function asReadError(cause: unknown): GuicangError {
  if (cause instanceof GuicangError) return cause
  const missing = errorCode(cause) === 'ENOENT' || errorCode(cause) === 'ENOTDIR'
  return new GuicangError(missing ? 'import.fileNotFound' : 'import.unreadable', { cause })
}

/** What tells two states of a file apart without reading it. */
export interface FileState {
  bytes: number
  modifiedMs: number
}

/** Size and time of a regular file. Refuses with `import.fileNotFound`, `import.unreadable` (a folder, a device), `import.empty`. */
export async function fileState(path: string): Promise<FileState> {
  try {
    const found = await stat(path)
    if (!found.isFile()) throw new GuicangError('import.unreadable')
    if (found.size === 0) throw new GuicangError('import.empty')
    return { bytes: found.size, modifiedMs: found.mtimeMs }
  } catch (cause) {
    throw asReadError(cause)
  }
}

/**
 * The file's bytes in chunks of up to 256 KiB, each one fed to `hash` on its way.
 * Refuses with `import.fileNotFound`, `import.unreadable`, `job.cancelled`.
 */
export async function* readChunks(path: string, signal?: AbortSignal, hash?: Hash): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 })
  try {
    for await (const chunk of stream) {
      throwIfCancelled(signal)
      if (!Buffer.isBuffer(chunk)) throw new GuicangError('internal')
      hash?.update(chunk)
      yield chunk
    }
  } catch (cause) {
    throw asReadError(cause)
  } finally {
    stream.destroy()
  }
}
