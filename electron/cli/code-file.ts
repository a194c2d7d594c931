// A file for recovery codes. Its place is taken, with room for them on the disk, before there is anything to lose: nobody else
// has these codes.
import { closeSync, fsyncSync, ftruncateSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { type ErrorCode, GuicangError } from '../../shared/errors.ts'

export interface CodeFile {
  /** Writes the codes into the reserved file, one a line. @throws GuicangError `disk.full`, `file.unreadable` */
  keep(codes: readonly string[]): void
  /** Removes the file again: there will be no codes. Never throws. */
  giveUp(): void
}

/** More than any number of codes takes. */
const roomBytes = 4096

const bySystemCode: Readonly<Record<string, ErrorCode>> = {
  EEXIST: 'file.exists',
  ENOSPC: 'disk.full',
  EDQUOT: 'disk.full',
}

/** @throws GuicangError `file.exists`, `disk.full`, `file.unreadable` */
export function reserveCodeFile(path: string): CodeFile {
  const giveUp = (): void => {
    try {
      rmSync(path, { force: true })
    } catch (thrown) {
      // A medium that went away took the file along; what is reported is why there are no codes.
      if (!(thrown instanceof Error)) throw thrown
    }
  }
  try {
    writeFileSync(path, ' '.repeat(roomBytes), { mode: 0o600, flag: 'wx', flush: true })
  } catch (thrown) {
    const refusal = inOurWords(thrown)
    if (refusal.code !== 'file.exists') giveUp()
    throw refusal
  }
  return {
    giveUp,
    keep: (codes) => {
      try {
        // Never a new file: one that has vanished meanwhile is no place that somebody chose.
        const file = openSync(path, 'r+')
        try {
          const bytes = Buffer.from(`${codes.join('\n')}\n`)
          writeSync(file, bytes)
          ftruncateSync(file, bytes.length)
          fsyncSync(file)
        } finally {
          closeSync(file)
        }
      } catch (thrown) {
        throw inOurWords(thrown)
      }
    },
  }
}

function inOurWords(thrown: unknown): GuicangError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  return new GuicangError(bySystemCode[code] ?? 'file.unreadable', { cause: thrown })
}
