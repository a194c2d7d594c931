// A CSV or TSV file as a table: newline and delimiter found by themselves, header, rows.
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import { CsvRecordReader, type CsvRecord } from './csv-records.ts'
import { decodeFile, showUndecodable } from './decode.ts'
import type { FoundEncoding } from './encoding.ts'
import { assertHeader, uniqueColumns } from './header.ts'
import { maxCellLength, maxColumns, maxHeaderLength } from './limits.ts'
import type { Inspection } from './inspect.ts'
import { findRejectReason, isBlank, RowBatcher } from './rows.ts'
import type { RejectReason, RowEvent, Table } from './types.ts'

const delimiters = [',', '\t', ';', '|'] as const
const sampleLength = 256 * 1024
const sampleRecords = 100

interface Dialect {
  delimiter: string
  newline: '\n' | '\r'
}

interface Header {
  columns: string[]
  /** Physical line on which the header starts. */
  line: number
}

/** Excel's own way to name the delimiter: a first line `sep=;`. It is no row and no header. */
const sepLine = /^sep=([,\t;|])\r?(?:\n|$)/i

/** Text from the first line on that holds something, at most 256 Ki characters, so that blank lines cost nothing. */
async function readSample(path: string, found: FoundEncoding, signal?: AbortSignal): Promise<string> {
  let sample = ''
  for await (const text of decodeFile(path, found, signal)) {
    sample = fromFirstLine(sample + text)
    if (sample.length >= sampleLength) break
  }
  return sample.slice(0, sampleLength)
}

function fromFirstLine(text: string): string {
  const at = text.search(/\S/)
  if (at === -1) return ''
  return text.slice(Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1)
}

/**
 * The delimiter that gives the header at least two cells and most records as many; of two equally good ones the one with
 * more cells. A file with one column has none: it is read with a comma.
 */
function findDelimiter(sample: string, newline: '\n' | '\r'): string {
  const named = sepLine.exec(sample)?.[1]
  if (named !== undefined) return named
  let best = { delimiter: ',', share: 0, cells: 0 }
  for (const delimiter of delimiters) {
    const { cells, share } = tryDelimiter(sample, delimiter, newline)
    if (cells < 2) continue
    if (share > best.share || (share === best.share && cells > best.cells)) best = { delimiter, share, cells }
  }
  return best.delimiter
}

function tryDelimiter(
  sample: string,
  delimiter: string,
  newline: '\n' | '\r',
): { cells: number; share: number } {
  const reader = new CsvRecordReader(delimiter, newline)
  let cells = 0
  let records = 0
  let fitting = 0
  for (const record of reader.read(sample, true)) {
    if (record.kind === 'broken') continue
    if (isBlank(record.cells)) continue
    if (cells === 0) cells = record.cells.length
    records++
    if (record.cells.length === cells) fitting++
    if (records >= sampleRecords) break
  }
  return { cells, share: records === 0 ? 0 : fitting / records }
}

/** Looks at the longest header there may be; a longer one is refused before it is cut into cells. */
function assertHeaderSize(sample: string, dialect: Dialect): void {
  const end = sample.indexOf(dialect.newline)
  const line = end === -1 ? sample : sample.slice(0, end)
  if (line.length < sampleLength / 4) return
  // Quoted delimiters are counted too, hence the margin; the exact count follows when the header has been read.
  if (line.split(dialect.delimiter).length > maxColumns * 2) throw new GuicangError('import.tooManyColumns')
}

/**
 * Opens a file that was inspected as text. Refuses with `import.empty` (only blank records), `import.headerMissing`,
 * `import.tooManyColumns`, `import.tooLarge`, `import.unreadable`, `job.cancelled`.
 */
export async function openCsv(
  path: string,
  inspection: Inspection,
  found: FoundEncoding,
  signal?: AbortSignal,
): Promise<Table> {
  const sample = await readSample(path, found, signal)
  if (sample === '') throw new GuicangError('import.empty')
  const newline = sample.includes('\n') || !sample.includes('\r') ? '\n' : '\r'
  const dialect: Dialect = { delimiter: findDelimiter(sample, newline), newline }
  assertHeaderSize(sample, dialect)
  const header = await readHeader(path, found, dialect, signal)
  let blank = 0
  return {
    meta: {
      format: 'csv',
      encoding: found.encoding,
      delimiter: dialect.delimiter,
      columns: header.columns,
      sha256: inspection.sha256,
      bytes: inspection.state.bytes,
      fileName: basename(path),
    },
    async *rows() {
      const hash = createHash('sha256')
      const batcher = new RowBatcher()
      yield* readRows(path, found, dialect, header, batcher, signal, hash)
      if (hash.digest('hex') !== inspection.sha256) throw new GuicangError('import.fileChanged')
      blank = batcher.blank
    },
    blankCount: () => blank,
  }
}

async function readHeader(
  path: string,
  found: FoundEncoding,
  dialect: Dialect,
  signal?: AbortSignal,
): Promise<Header> {
  const reader = new CsvRecordReader(dialect.delimiter, dialect.newline)
  let unread = 0
  for await (const text of withEnd(decodeFile(path, found, signal))) {
    unread += text?.length ?? 0
    for (const record of reader.read(text ?? '', text === undefined)) {
      unread = 0
      if (isPreamble(record)) continue
      if (record.kind === 'broken') throw headerError(record.reason, record.line)
      if (record.cells.length <= maxColumns && record.cells.some((cell) => cell.length > maxCellLength)) {
        throw headerError('cell-too-long', record.line)
      }
      if (record.cells.some((cell) => cell.includes('\0'))) throw headerError('nul-character', record.line)
      if (!found.strict && record.cells.some((cell) => !cell.isWellFormed()))
        throw headerError('undecodable', record.line)
      assertHeader(record.cells, record.line)
      return { columns: uniqueColumns(record.cells), line: record.line }
    }
    if (unread > maxHeaderLength * 4) throw headerError('cell-too-long', 1)
  }
  throw new GuicangError('import.empty')
}

function headerError(rule: RejectReason, line: number): GuicangError {
  return new GuicangError('import.headerMissing', { fields: [{ field: 'header', rule, line }] })
}

/** Blank records, and Excel's `sep=` line, stand before the header and are none. */
function isPreamble(record: CsvRecord): boolean {
  return record.kind === 'record' && (isBlank(record.cells) || sepLine.test(record.raw()))
}

async function* readRows(
  path: string,
  found: FoundEncoding,
  dialect: Dialect,
  header: Header,
  batcher: RowBatcher,
  signal: AbortSignal | undefined,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<RowEvent[]> {
  const reader = new CsvRecordReader(dialect.delimiter, dialect.newline)
  const width = header.columns.length
  reader.expectCells(width)
  for await (const text of withEnd(decodeFile(path, found, signal, hash))) {
    for (const record of reader.read(text ?? '', text === undefined)) {
      if (record.line <= header.line) continue
      take(record, width, batcher, found.strict)
      const batch = batcher.take()
      if (batch !== undefined) yield batch
    }
  }
  const rest = batcher.take(true)
  if (rest !== undefined) yield rest
}

function take(record: CsvRecord, width: number, batcher: RowBatcher, strict: boolean): void {
  if (record.kind === 'broken') {
    batcher.reject(record.line, record.reason, showUndecodable(record.raw()))
    return
  }
  const { cells, line } = record
  if (isBlank(cells)) {
    batcher.blank++
    return
  }
  const undecodable = !strict && cells.some((cell) => !cell.isWellFormed())
  const reason = undecodable ? 'undecodable' : findRejectReason(cells, width)
  if (reason === undefined) batcher.accept(line, cells)
  else batcher.reject(line, reason, undecodable ? showUndecodable(record.raw()) : record.raw())
}

/** The pieces, and undefined behind the last, so that one loop also sees the end. */
async function* withEnd(pieces: AsyncIterable<string>): AsyncGenerator<string | undefined> {
  yield* pieces
  yield undefined
}
