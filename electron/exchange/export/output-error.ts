import { GuicangError, type ErrorCode } from '../../../shared/errors.ts'

const codeByErrno: ReadonlyMap<string, ErrorCode> = new Map([
  ['ENOSPC', 'disk.full'],
  ['EDQUOT', 'disk.full'],
  // A file bigger than the file system takes (FAT32) or the account may write: for the person it is the same wall.
  ['EFBIG', 'disk.full'],
  ['EEXIST', 'file.exists'],
  ['ENOTEMPTY', 'file.exists'],
  // A folder stands there, or is meant.
  ['EISDIR', 'file.exists'],
  ['ENOTDIR', 'file.notFound'],
  ['ENOENT', 'file.notFound'],
  ['EACCES', 'file.unreadable'],
  ['EPERM', 'file.unreadable'],
  ['EROFS', 'file.unreadable'],
  ['EIO', 'disk.failed'],
  ['ENAMETOOLONG', 'file.unreadable'],
])

/**
 * Turns whatever a write, read or rename threw into one of our codes, without the path that Node puts into its message.
 * @returns the same error where it is a GuicangError already; `internal` where the cause is unknown.
 */
export function asOutputError(error: unknown): GuicangError {
  if (error instanceof GuicangError) return error
  const code = errnoOf(error)
  // No `cause`: Node's message holds the path, which may hold a customer's or a company's name.
  return new GuicangError((code !== undefined && codeByErrno.get(code)) || 'internal')
}

/** The system's error name (`ENOENT`, …) of a thrown value, or undefined where there is none. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Refuses with `job.cancelled` once the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new GuicangError('job.cancelled')
}
