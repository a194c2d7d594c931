// Cuts decoded text into CSV records with papaparse, so that one stray quote costs one line and never the rest of the file.
//
// papaparse reads a window of whole physical lines. Whether a quote closes its cell is decided by what follows on the same
// line, so within such a window papaparse's `InvalidQuotes` is final and `MissingQuotes` means: look further, or unclosed.
// After trouble the window shrinks to a few lines and grows back by doubling. A second unclosed quote inside the stretch
// that is being searched always ends the search (its opening quote is an invalid one there), so no line is read more
// than a few times however many quotes are left open.
import Papa from 'papaparse'
import { GuicangError } from '../../../shared/errors.ts'
import { maxLineLength, maxRecordLength } from './limits.ts'

export type CsvRecord =
  | { kind: 'record'; line: number; cells: string[]; raw: () => string }
  | { kind: 'broken'; line: number; reason: 'unclosed-quote' | 'malformed-quote'; raw: () => string }

/** What papaparse's core parser hands to `step`; its own types call the step's results `any`. */
interface StepResults {
  data: string[][]
  errors: { code: string }[]
  meta: { cursor: number }
}

interface Stop {
  /** Where the record begins that stopped the window, as an index of the buffer. */
  at: number
  reason: 'incomplete' | 'broken'
}

const smallWindow = 256
const largeWindow = 64 * 1024

export class CsvRecordReader {
  readonly #delimiter: string
  readonly #newline: '\n' | '\r'
  #text = ''
  #position = 0
  #line = 1
  #window = largeWindow
  #needed = 0
  #expectedCells = 0

  /** `newline`: `\n`, which also serves `\r\n` and mixed files, or `\r` for a file without any `\n`. */
  constructor(delimiter: string, newline: '\n' | '\r') {
    this.#delimiter = delimiter
    this.#newline = newline
  }

  /** Number of columns, once the header is known: it tells a stray quote that closes by chance from a long cell. */
  expectCells(count: number): void {
    this.#expectedCells = count
  }

  /**
   * The records that are complete with this piece of text, in order; call with `final` once at the end of the file.
   * Refuses with `import.tooLarge` for a physical line of more than 64 Mi characters.
   */
  *read(piece: string, final = false): Generator<CsvRecord> {
    this.#text = this.#position === 0 ? this.#text + piece : this.#text.slice(this.#position) + piece
    this.#position = 0
    if (final && this.#text !== '' && !this.#text.endsWith(this.#newline)) this.#text += this.#newline
    if (!final && this.#text.length < this.#needed) return
    this.#needed = 0
    const limit = final ? this.#text.length : this.#text.lastIndexOf(this.#newline) + 1
    if (limit === 0 && this.#text.length > 0) {
      if (this.#text.length > maxLineLength) {
        throw new GuicangError('import.tooLarge', {
          fields: [{ field: 'line', rule: 'length', line: this.#line }],
        })
      }
      this.#needed = this.#text.length * 2
      return
    }
    while (this.#position < limit) {
      const end = this.#windowEnd(limit)
      const stop = yield* this.#readWindow(end)
      if (stop === undefined) {
        this.#window = Math.min(largeWindow, this.#window * 2)
        continue
      }
      if (stop.reason === 'incomplete' && end < limit && end - stop.at < maxRecordLength) {
        this.#window = (end - stop.at) * 2
        continue
      }
      if (stop.reason === 'incomplete' && !final && limit - stop.at < maxRecordLength) {
        this.#needed = (this.#text.length - stop.at) * 2
        return
      }
      yield this.#breakFirstLine()
      this.#window = smallWindow
    }
  }

  #windowEnd(limit: number): number {
    const target = this.#position + this.#window
    if (target >= limit) return limit
    return this.#text.indexOf(this.#newline, target) + 1
  }

  /** Yields the window's records and moves behind them; stops at the first that isn't one. */
  *#readWindow(end: number): Generator<CsvRecord, Stop | undefined> {
    const base = this.#position
    const windowText = this.#text.slice(base, end)
    const records: CsvRecord[] = []
    let stop: Stop | undefined
    const parser = new Papa.Parser({
      delimiter: this.#delimiter,
      newline: this.#newline,
      step: (results: StepResults) => {
        const at = this.#position
        // Behind the last line end papaparse finds one more, empty, record.
        if (at >= end) return
        const after = base + results.meta.cursor
        const cells = results.data[0] ?? []
        const lines = countOf(windowText, this.#newline, at - base, after - base)
        if (results.errors.some((error) => error.code !== 'MissingQuotes')) stop = { at, reason: 'broken' }
        else if (results.errors.length > 0) stop = { at, reason: 'incomplete' }
        else if (lines > 1 && this.#swallowsRows(cells, at, after)) stop = { at, reason: 'broken' }
        if (stop !== undefined) {
          parser.abort()
          return
        }
        const raw = (): string => this.#withoutLineEnd(windowText.slice(at - base, after - base))
        records.push({ kind: 'record', line: this.#line, cells: this.#withoutReturn(cells, at, after), raw })
        this.#line += lines
        this.#position = after
      },
    })
    parser.parse(windowText, 0, false)
    yield* records
    return stop
  }

  /**
   * Whether a record of several lines with a wrong number of cells has swallowed rows: a later quote closed it by chance.
   * Told by a line inside of it that is, read alone, a row of the right width.
   */
  #swallowsRows(cells: readonly string[], at: number, after: number): boolean {
    if (this.#expectedCells < 2 || cells.length === this.#expectedCells) return false
    const lines = this.#text.slice(at, after).split(this.#newline)
    return lines.slice(1).some((line) => {
      const alone = Papa.parse<string[]>(line, { delimiter: this.#delimiter, newline: this.#newline })
      return alone.errors.length === 0 && alone.data[0]?.length === this.#expectedCells
    })
  }

  /** Gives up the first physical line of the record that begins here, and goes on behind it. */
  #breakFirstLine(): CsvRecord {
    const end = this.#text.indexOf(this.#newline, this.#position) + 1
    const raw = this.#withoutLineEnd(this.#text.slice(this.#position, end))
    const alone = Papa.parse<string[]>(raw, { delimiter: this.#delimiter, newline: this.#newline })
    const malformed = alone.errors.some((error) => error.code === 'InvalidQuotes')
    const line = this.#line
    this.#line += 1
    this.#position = end
    return { kind: 'broken', line, reason: malformed ? 'malformed-quote' : 'unclosed-quote', raw: () => raw }
  }

  /** In a `\r\n` file read by its `\n`, papaparse leaves the `\r` on an unquoted last cell; in a quoted one it is a value. */
  #withoutReturn(cells: string[], at: number, after: number): string[] {
    const last = cells.at(-1)
    if (this.#newline !== '\n' || last === undefined || !last.endsWith('\r')) return cells
    const cellAt = after - 1 - last.length
    const unquoted =
      this.#text.startsWith(last, cellAt) &&
      (cellAt === at || this.#text.startsWith(this.#delimiter, cellAt - 1))
    if (unquoted) cells[cells.length - 1] = last.slice(0, -1)
    return cells
  }

  #withoutLineEnd(text: string): string {
    const end = text.endsWith(this.#newline) ? text.length - 1 : text.length
    return text.slice(0, this.#newline === '\n' && text.charAt(end - 1) === '\r' ? end - 1 : end)
  }
}

function countOf(text: string, sought: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf(sought, from); at !== -1 && at < to; at = text.indexOf(sought, at + 1)) count++
  return count
}
