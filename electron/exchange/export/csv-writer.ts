// Table files for people: what a spreadsheet opens by a double click, and what no spreadsheet runs as a formula.
import { createHash } from 'node:crypto'
import { open, rm, type FileHandle } from 'node:fs/promises'
import papaparse from 'papaparse'
import { GuicangError } from '../../../shared/errors.ts'
import { guardFormula } from '../formula-guard.ts'
import { asOutputError, throwIfCancelled } from './output-error.ts'

export interface CsvWritten {
  /** Data rows, without the header. */
  rows: number
  bytes: number
  /** Of the whole file, byte order mark included; lower-case hex. */
  sha256: string
}

export interface CsvWriteOptions {
  /** Called after each batch with the number of data rows written so far. */
  onRows?: (rows: number) => void
  signal?: AbortSignal
}

/**
 * Writes a CSV file, batch by batch: UTF-8 with a byte order mark (without it Excel reads Chinese as the system's code
 * page), comma, CRLF (RFC 4180), quoted where needed, every cell guarded against being read as a formula:
 * the names of columns came in from a file too.
 * The file is made fresh (mode 0600), flushed to the disk before this returns, and removed again if anything fails.
 *
 * @param columns header cells; by our rule the first is `guicang_id`, which tells the importer that cells are guarded
 * @param batches rows of cells, each as long as `columns`; memory use is one batch
 * @throws GuicangError `file.exists` (the path is taken), `file.notFound` (no such folder), `disk.full`, `job.cancelled`,
 *   `file.unreadable` (may not write there), `internal` (a row of another length, or no `guicang_id`)
 */
export async function writeCsv(
  path: string,
  columns: string[],
  batches: AsyncIterable<string[][]>,
  options: CsvWriteOptions = {},
): Promise<CsvWritten> {
  if (columns[0] !== 'guicang_id') throw new GuicangError('internal')
  const file = await openNew(path)
  try {
    const written = await writeBatches(file, columns, batches, options)
    await file.sync()
    await file.close()
    return written
  } catch (error) {
    await file.close().catch(ignoreSecondFailure)
    await rm(path, { force: true }).catch(ignoreSecondFailure)
    throw asOutputError(error)
  }
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600)
  } catch (error) {
    throw asOutputError(error)
  }
}

async function writeBatches(
  file: FileHandle,
  columns: string[],
  batches: AsyncIterable<string[][]>,
  options: CsvWriteOptions,
): Promise<CsvWritten> {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  const put = async (text: string): Promise<void> => {
    const chunk = Buffer.from(text, 'utf8')
    await file.writeFile(chunk)
    hash.update(chunk)
    bytes += chunk.length
  }

  await put(`\uFEFF${toCsv([columns.map(guardFormula)])}`)
  for await (const batch of batches) {
    throwIfCancelled(options.signal)
    if (batch.length === 0) continue
    const guarded = batch.map((row) => {
      if (row.length !== columns.length) throw new GuicangError('internal')
      return row.map(guardFormula)
    })
    await put(toCsv(guarded))
    rows += batch.length
    options.onRows?.(rows)
  }
  throwIfCancelled(options.signal)
  return { rows, bytes, sha256: hash.digest('hex') }
}

function toCsv(rows: string[][]): string {
  return `${papaparse.unparse(rows, { newline: '\r\n' })}\r\n`
}

// The first failure is the one to report: closing or removing what is broken already may fail for the same reason.
function ignoreSecondFailure(): void {}
