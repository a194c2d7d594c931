// What a reader gives: a table's description, and its rows as events.

/** Encodings as the file has them; `xlsx` for a workbook. */
export type TableEncoding = 'utf-8' | 'utf-8-bom' | 'gb18030' | 'utf-16le' | 'utf-16be' | 'big5' | 'xlsx'

export interface TableMeta {
  format: 'csv' | 'xlsx'
  encoding: TableEncoding
  /** `,` tab `;` or `|`; null for a workbook. */
  delimiter: string | null
  /** Unique names, see `uniqueColumns`. */
  columns: string[]
  /** Of the file's bytes, lower-case hex. */
  sha256: string
  /** Size of the file. */
  bytes: number
  /** Base name, without any folder. */
  fileName: string
  /** Workbooks only: the sheet that was read, and the visible ones in order. */
  sheet?: string
  sheets?: string[]
}

/**
 * Why something can't be read as a row. `undecodable`: bytes that are no text in the file's encoding.
 * `nul-character`: a NUL, which no text has and which cuts values short in other programs.
 */
export type RejectReason =
  | 'too-few-cells'
  | 'too-many-cells'
  | 'unclosed-quote'
  | 'malformed-quote'
  | 'nul-character'
  | 'cell-too-long'
  | 'undecodable'

/**
 * `line`: 1-based physical line (CSV) or sheet row (XLSX) where the record starts. `rowNumber`: 1-based data row, rejected
 * rows counted, blank ones not. `cells`: exactly the file's, as many as columns. `raw`: the record's text as in the file,
 * without its last line end; undecodable bytes are written `\xNN`. A workbook's row is given as a CSV line.
 */
export type RowEvent =
  | { kind: 'row'; line: number; rowNumber: number; cells: string[] }
  | { kind: 'rejected'; line: number; rowNumber: number; reason: RejectReason; raw: string }

export interface TableOptions {
  /** Stops reading with `job.cancelled`. */
  signal?: AbortSignal
  /** Workbooks only: read this sheet (a hidden one too) instead of the first visible one with data. */
  sheet?: string
}

export interface Table {
  meta: TableMeta
  /**
   * Batches of about 500 events. Each call reads the file again from the start, so it may be called more than once.
   * Refuses with `import.fileChanged` when the file is not the one that was opened, `import.unreadable`, `job.cancelled`.
   */
  rows(): AsyncIterable<RowEvent[]>
  /** Blank records that the last complete pass of `rows()` left out. */
  blankCount(): number
}
