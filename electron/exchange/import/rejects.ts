// The rejects file: rows that could not be read as rows, with reason and line, as they stood.
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, open as openFile, readFile, rename, rm, stat } from 'node:fs/promises'
import Papa from 'papaparse'
import { GuicangError } from '../../../shared/errors.ts'

const header = ['line', 'row', 'reason', 'raw']
const headerLine = `\ufeff${header.join(',')}\r\n`

export interface Reject {
  row: number
  line: number
  reason: string
  raw: string
}

export interface RejectsFile {
  add(rows: readonly Reject[]): Promise<void>
  /** Puts the file in its place, also when it has no rows. */
  finish(): Promise<void>
  /** Leaves nothing behind. */
  abandon(): Promise<void>
}

const nowhere: RejectsFile = {
  add: async () => {},
  finish: async () => {},
  abandon: async () => {},
}

/**
 * Opens the rejects file beside its place; it appears there whole, when the import has gone through.
 * @param path undefined: nothing is written
 * @throws GuicangError `file.exists` when something else than an earlier rejects file is there, `file.unreadable` when the
 * place can't be written
 */
export async function rejectsFile(path: string | undefined): Promise<RejectsFile> {
  if (path === undefined) return nowhere
  if (existsSync(path) && !(await isRejectsFile(path))) throw new GuicangError('file.exists')
  const draft = `${path}.partial-${randomBytes(6).toString('hex')}`
  const file = await openDraft(draft)
  await file.writeFile(headerLine)
  let open = true
  const close = async (): Promise<void> => {
    if (!open) return
    open = false
    await file.close()
  }
  return {
    add: async (rows) => {
      if (rows.length === 0) return
      const data = rows.map(({ line, row, reason, raw }) => [line, row, reason, raw])
      await file.appendFile(`${Papa.unparse(data, { newline: '\r\n', escapeFormulae: true })}\r\n`)
    },
    finish: async () => {
      await file.sync()
      await close()
      await rename(draft, path)
    },
    abandon: async () => {
      await close()
      await rm(draft, { force: true })
    },
  }
}

async function isRejectsFile(path: string): Promise<boolean> {
  return (await stat(path)).isFile() && (await readFile(path, 'utf8')).startsWith(headerLine)
}

async function openDraft(path: string): Promise<FileHandle> {
  try {
    return await openFile(path, 'wx', 0o600)
  } catch (thrown) {
    throw new GuicangError('file.unreadable', { cause: thrown })
  }
}
