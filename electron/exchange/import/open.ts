// Opening a table whatever its format, and looking at its beginning.
import { inspectFile } from './inspect.ts'
import { openCsv } from './csv.ts'
import type { Table, TableMeta, TableOptions } from './types.ts'
import { openXlsx } from './xlsx.ts'

/**
 * Opens a CSV, TSV or XLSX file: reads it once for digest and encoding, and its header. Nothing is written, nothing is kept
 * open. Refuses with `import.fileNotFound`, `import.unreadable`, `import.empty`, `import.binary`, `import.xlsxProtected`,
 * `import.legacyXls`, `import.xlsxDamaged`, `import.encodingUnknown`, `import.tooManyColumns`, `import.headerMissing`,
 * `import.tooLarge`, `input.invalid` (no such sheet), `job.cancelled`.
 */
export async function openTable(path: string, options: TableOptions = {}): Promise<Table> {
  const inspection = await inspectFile(path, options.signal)
  if (inspection.content.kind === 'zip') return openXlsx(path, inspection, options)
  return openCsv(path, inspection, inspection.content.found, options.signal)
}

export interface TablePreview {
  meta: TableMeta
  /** Data rows, rejected ones too, without header and blank ones. */
  rowCount: number
  rejected: number
  blank: number
  /** The first rows that can be read: the file's cells, exactly. */
  rows: string[][]
}

/** Reads the whole table, keeps its first `limit` rows. Refuses like `openTable` and `rows()`. */
export async function previewTable(
  path: string,
  limit: number,
  options: TableOptions = {},
): Promise<TablePreview> {
  const table = await openTable(path, options)
  const preview: TablePreview = { meta: table.meta, rowCount: 0, rejected: 0, blank: 0, rows: [] }
  for await (const batch of table.rows()) {
    preview.rowCount += batch.length
    for (const event of batch) {
      if (event.kind === 'rejected') preview.rejected++
      else if (preview.rows.length < limit) preview.rows.push(event.cells)
    }
  }
  preview.blank = table.blankCount()
  return preview
}
