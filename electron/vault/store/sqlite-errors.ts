// What SQLite and the file system say, in the product's own words.
import { z } from 'zod'
import { GuicangError, type ErrorCode } from '../../../shared/errors.ts'

const bySystemCode: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'disk.full',
  EDQUOT: 'disk.full',
  EROFS: 'vault.readOnly',
  EACCES: 'vault.unreadable',
  EPERM: 'vault.unreadable',
  EIO: 'disk.failed',
  ENOENT: 'vault.incomplete',
  ENOTDIR: 'vault.notFound',
  ENAMETOOLONG: 'file.unreadable',
  // Node's answer to a path with a NUL in it.
  ERR_INVALID_ARG_VALUE: 'input.invalid',
}

function sqliteCode(code: string): ErrorCode | undefined {
  if (code === 'SQLITE_FULL') return 'disk.full'
  if (code.startsWith('SQLITE_READONLY')) return 'vault.readOnly'
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'vault.damaged'
  // No use case breaks a constraint of its own tables: rows that stand where none may are damage, or a page put back.
  if (code.startsWith('SQLITE_CONSTRAINT')) return 'vault.damaged'
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'vault.busy'
  if (code.startsWith('SQLITE_IOERR')) return 'disk.failed'
  if (code.startsWith('SQLITE_CANTOPEN')) return 'vault.unreadable'
  return undefined
}

function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}

/**
 * Turns an error of SQLite or the file system into one of ours; `where` names the file (a constant such as `records.db`,
 * never a path). Ours and unknown ones come back unchanged: the boundary makes `internal` of the latter.
 */
export function translateError(thrown: unknown, where?: string): unknown {
  if (thrown instanceof GuicangError) return thrown
  const code = codeOf(thrown)
  if (code === undefined) return thrown
  const own = sqliteCode(code) ?? bySystemCode[code]
  if (own === undefined) return thrown
  const fields = where === undefined ? {} : { fields: [{ field: where, rule: code.toLowerCase() }] }
  return new GuicangError(own, { ...fields, cause: thrown })
}

/**
 * The same for what was read back from a vault's own files: stored text that doesn't parse any more is damage
 * (`vault.damaged`), since nothing that couldn't be read back was ever written.
 */
export function asDamage(thrown: unknown, where?: string): unknown {
  if (!(thrown instanceof z.ZodError || thrown instanceof SyntaxError)) return translateError(thrown, where)
  const fields = where === undefined ? {} : { fields: [{ field: where, rule: 'content' }] }
  return new GuicangError('vault.damaged', { ...fields, cause: thrown })
}

/** Whether the disk had no room: what was tried can wait for one that has. */
export function isDiskFull(thrown: unknown): boolean {
  const translated = translateError(thrown)
  return translated instanceof GuicangError && translated.code === 'disk.full'
}

/** Runs `work` and translates what it throws. */
export function translating<T>(where: string, work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    throw translateError(thrown, where)
  }
}
