// From a record that a reader found to the event that its caller gets: the same rules for CSV and workbooks.
import { batchLength, batchRows, maxCellLength } from './limits.ts'
import type { RejectReason, RowEvent } from './types.ts'

/** Whether a record is wholly blank: no cell holds anything but white space. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}

/** Why these cells are no row of a table with `columns` columns, or undefined when they are. */
export function findRejectReason(cells: readonly string[], columns: number): RejectReason | undefined {
  if (cells.some((cell) => cell.length > maxCellLength)) return 'cell-too-long'
  if (cells.some((cell) => cell.includes('\0'))) return 'nul-character'
  if (cells.length < columns) return 'too-few-cells'
  if (cells.length > columns) return 'too-many-cells'
  return undefined
}

/** Numbers the data rows and gathers their events into batches. */
export class RowBatcher {
  #batch: RowEvent[] = []
  #length = 0
  #rowNumber = 0
  blank = 0

  accept(line: number, cells: string[]): void {
    this.#push({ kind: 'row', line, rowNumber: ++this.#rowNumber, cells }, lengthOf(cells))
  }

  reject(line: number, reason: RejectReason, raw: string): void {
    this.#push({ kind: 'rejected', line, rowNumber: ++this.#rowNumber, reason, raw }, raw.length)
  }

  #push(event: RowEvent, length: number): void {
    this.#batch.push(event)
    this.#length += length
  }

  /** The gathered events when they fill a batch, or all there are when `rest` is asked for; undefined when there is nothing. */
  take(rest = false): RowEvent[] | undefined {
    const full = this.#batch.length >= batchRows || this.#length >= batchLength
    if (this.#batch.length === 0 || (!full && !rest)) return undefined
    const batch = this.#batch
    this.#batch = []
    this.#length = 0
    return batch
  }
}

function lengthOf(cells: readonly string[]): number {
  let length = 0
  for (const cell of cells) length += cell.length
  return length
}
