// A workbook as a table: the first visible sheet that holds something.
import { basename } from 'node:path'
import Papa from 'papaparse'
import { GuicangError } from '../../../shared/errors.ts'
import { assertHeader, uniqueColumns } from './header.ts'
import type { Inspection } from './inspect.ts'
import { fileState, type FileState } from './read-file.ts'
import { findRejectReason, isBlank, RowBatcher } from './rows.ts'
import type { RowEvent, Table, TableOptions } from './types.ts'
import { asXlsxError, XlsxPackage } from './xlsx-package.ts'
import { readSheet, type SheetRow } from './xlsx-sheet.ts'
import { readWorkbook, type Sheet, type Workbook } from './xlsx-workbook.ts'

interface Found {
  sheet: Sheet
  header: SheetRow
}

/**
 * Opens a file that was inspected as an archive. Shared strings stay in memory as long as the table is used.
 * Refuses with `import.binary`, `import.xlsxDamaged`, `import.xlsxProtected`, `import.empty`, `import.headerMissing`,
 * `import.tooManyColumns`, `import.tooLarge`, `input.invalid` (no such sheet), `job.cancelled`.
 */
export async function openXlsx(path: string, inspection: Inspection, options: TableOptions): Promise<Table> {
  const archive = await XlsxPackage.open(path, options.signal)
  try {
    const workbook = await readWorkbook(archive)
    const { sheet, header } = await findSheet(archive, workbook, options.sheet)
    assertHeader(header.cells, header.line)
    const columns = uniqueColumns(header.cells)
    let blank = 0
    return {
      meta: {
        format: 'xlsx',
        encoding: 'xlsx',
        delimiter: null,
        columns,
        sha256: inspection.sha256,
        bytes: inspection.state.bytes,
        fileName: basename(path),
        sheet: sheet.name,
        sheets: workbook.sheets.filter((other) => other.visible).map((other) => other.name),
      },
      async *rows() {
        const batcher = new RowBatcher()
        await assertUnchanged(path, inspection.state)
        yield* readRows(path, workbook, { sheet, header }, columns.length, batcher, options.signal)
        await assertUnchanged(path, inspection.state)
        blank = batcher.blank
      },
      blankCount: () => blank,
    }
  } catch (cause) {
    throw asXlsxError(cause)
  } finally {
    archive.close()
  }
}

async function findSheet(
  archive: XlsxPackage,
  workbook: Workbook,
  wanted: string | undefined,
): Promise<Found> {
  const named = workbook.sheets.filter((sheet) => sheet.name === wanted)
  if (wanted !== undefined && named.length === 0) {
    throw new GuicangError('input.invalid', { fields: [{ field: 'sheet', rule: 'unknown' }] })
  }
  const candidates = wanted === undefined ? workbook.sheets.filter((sheet) => sheet.visible) : named
  for (const sheet of candidates) {
    const header = await findHeader(archive, workbook, sheet)
    if (header !== undefined) return { sheet, header }
  }
  throw new GuicangError('import.empty')
}

async function findHeader(
  archive: XlsxPackage,
  workbook: Workbook,
  sheet: Sheet,
): Promise<SheetRow | undefined> {
  for await (const rows of readSheet(archive, sheet.part, workbook)) {
    const header = rows.find((row) => !isBlank(row.cells))
    if (header !== undefined) return header
  }
  return undefined
}

async function assertUnchanged(path: string, before: FileState): Promise<void> {
  const now = await fileState(path)
  if (now.bytes !== before.bytes || now.modifiedMs !== before.modifiedMs)
    throw new GuicangError('import.fileChanged')
}

async function* readRows(
  path: string,
  workbook: Workbook,
  { sheet, header }: Found,
  width: number,
  batcher: RowBatcher,
  signal: AbortSignal | undefined,
): AsyncGenerator<RowEvent[]> {
  const archive = await XlsxPackage.open(path, signal)
  let inBody = false
  try {
    for await (const rows of readSheet(archive, sheet.part, workbook)) {
      for (const row of rows) {
        if (inBody) take(row, width, batcher)
        else inBody = row.line === header.line && !isBlank(row.cells)
        const batch = batcher.take()
        if (batch !== undefined) yield batch
      }
    }
    const rest = batcher.take(true)
    if (rest !== undefined) yield rest
  } catch (cause) {
    throw asXlsxError(cause)
  } finally {
    archive.close()
  }
}

/** A sheet leaves out what is empty at a row's end, so a short row is a whole one here; what stands beyond the header isn't. */
function take({ line, cells }: SheetRow, width: number, batcher: RowBatcher): void {
  if (isBlank(cells)) {
    batcher.blank++
    return
  }
  while (cells.length < width) cells.push('')
  const reason = findRejectReason(cells, width)
  if (reason === undefined) batcher.accept(line, cells)
  else batcher.reject(line, reason, Papa.unparse([cells]))
}
