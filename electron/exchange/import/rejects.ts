// The rejects file: rows that could not be read as rows, with reason and line, as they stood.
import { existsSync } from 'node:fs'
import { type FileHandle, open as openFile, rename, rm, stat } from 'node:fs/promises'
import Papa from 'papaparse'
import { GuicangError } from '../../../shared/errors.ts'
import { draftPath, removeStaleDrafts, tableDraftStem } from '../drafts.ts'

const header = ['line', 'row', 'reason', 'raw']
const headerLine = `\ufeff${header.join(',')}\r\n`
/** More than the header line takes: enough to know our own. */
const headBytes = 64

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
  /** Leaves nothing behind, also after `finish`: then the file in its place goes again. */
  abandon(): Promise<void>
}

const nowhere: RejectsFile = {
  add: async () => {},
  finish: async () => {},
  abandon: async () => {},
}

/**
 * Opens the rejects file beside its place; it appears there whole, when the import has gone through. An earlier rejects file,
 * known by its header, makes way. What a killed process left of one is removed.
 * @param path undefined: nothing is written
 * @throws GuicangError `file.exists` when anything else is there, `file.unreadable` when the place can't be written
 */
export async function rejectsFile(path: string | undefined): Promise<RejectsFile> {
  if (path === undefined) return nowhere
  if (existsSync(path) && !(await isRejectsFile(path))) throw new GuicangError('file.exists')
  const stem = tableDraftStem(path)
  await removeStaleDrafts(stem)
  const draft = draftPath(stem)
  const file = await openDraft(draft)
  let open = true
  let placed = false
  const close = async (): Promise<void> => {
    if (!open) return
    open = false
    await file.close()
  }
  const abandon = async (): Promise<void> => {
    await close()
    await rm(placed ? path : draft, { force: true })
  }
  try {
    await file.writeFile(headerLine)
  } catch (thrown) {
    await abandon()
    throw thrown
  }
  return {
    add: async (rows) => {
      if (rows.length === 0) return
      const data = rows.map(({ line, row, reason, raw }) => [line, row, reason, raw])
      // Without a guard against formulas, unlike every export: these are lines of the person's own file, to be put right and
      // imported again, and each has to come out exactly as it stood.
      await file.appendFile(`${Papa.unparse(data, { newline: '\r\n' })}\r\n`)
    },
    finish: async () => {
      await file.sync()
      await close()
      await rename(draft, path)
      placed = true
    },
    abandon,
  }
}

async function isRejectsFile(path: string): Promise<boolean> {
  if (!(await stat(path)).isFile()) return false
  const file = await openFile(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.toString('utf8', 0, bytesRead).startsWith(headerLine)
  } finally {
    await file.close()
  }
}

async function openDraft(path: string): Promise<FileHandle> {
  try {
    return await openFile(path, 'wx', 0o600)
  } catch (thrown) {
    throw new GuicangError('file.unreadable', { cause: thrown })
  }
}
