// One sheet's rows, streamed. Cells are placed by their `r` attribute: a sheet leaves empty ones out.
import { GuicangError } from '../../../shared/errors.ts'
import { maxSheetBytes } from './limits.ts'
import { serialToIso } from './xlsx-dates.ts'
import type { XlsxPackage } from './xlsx-package.ts'
import type { Workbook } from './xlsx-workbook.ts'
import { unescapeXstring, xmlParser, type XmlHandler } from './xlsx-xml.ts'

export interface SheetRow {
  /** 1-based row of the sheet. */
  line: number
  /** From column A to the last one that holds something. */
  cells: string[]
}

const widestSheet = 16_384

/** 0-based column of a reference such as `AB12`. Refuses with `import.xlsxDamaged` what is none, or lies beyond column XFD. */
function columnOf(reference: string): number {
  const letters = /^([A-Za-z]{1,3})\d+$/.exec(reference)?.[1]?.toUpperCase()
  if (letters === undefined) throw new GuicangError('import.xlsxDamaged')
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  if (column > widestSheet) throw new GuicangError('import.xlsxDamaged')
  return column - 1
}

/** Gathers rows from SAX events; `take` hands out those that are complete. */
class SheetHandler implements XmlHandler {
  readonly #workbook: Workbook
  #rows: SheetRow[] = []
  #line = 0
  #cells: string[] = []
  #column = -1
  #type = ''
  #style = 0
  #text = ''
  #inValue = false
  #inCell = false
  #inPhonetic = false

  constructor(workbook: Workbook) {
    this.#workbook = workbook
  }

  take(): SheetRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') this.#openRow(attributes['r'])
    else if (name === 'c') this.#openCell(attributes)
    else if (name === 'rPh') this.#inPhonetic = true
    // `v` holds a value, `t` a run of an inline string; a formula (`f`) is never read.
    this.#inValue = this.#inCell && !this.#inPhonetic && (name === 'v' || name === 't')
  }

  text(text: string): void {
    if (this.#inValue) this.#text += text
  }

  close(name: string): void {
    this.#inValue = false
    if (name === 'rPh') this.#inPhonetic = false
    else if (name === 'c') this.#closeCell()
    else if (name === 'row') this.#rows.push({ line: this.#line, cells: this.#cells })
  }

  #openRow(reference: string | undefined): void {
    const line = reference === undefined ? this.#line + 1 : Number(reference)
    if (!Number.isSafeInteger(line) || line < 1) throw new GuicangError('import.xlsxDamaged')
    this.#line = line
    this.#cells = []
    this.#column = -1
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const reference = attributes['r']
    this.#column = reference === undefined ? this.#column + 1 : columnOf(reference)
    this.#type = attributes['t'] ?? 'n'
    this.#style = Number(attributes['s'] ?? 0)
    this.#text = ''
    this.#inCell = true
  }

  #closeCell(): void {
    this.#inCell = false
    const value = this.#value()
    if (value === '') return
    while (this.#cells.length < this.#column) this.#cells.push('')
    this.#cells[this.#column] = value
  }

  #value(): string {
    const text = this.#text
    if (this.#type === 'b')
      return text.trim() === '1' || text.trim() === 'true' ? 'TRUE' : text === '' ? '' : 'FALSE'
    if (this.#type === 's') return this.#sharedString(text)
    if (this.#type === 'inlineStr' || this.#type === 'str') return unescapeXstring(text)
    const format = this.#type === 'n' ? this.#workbook.dateFormats[this.#style] : undefined
    return format === undefined ? text : serialToIso(text, format, this.#workbook.date1904)
  }

  #sharedString(index: string): string {
    if (index === '') return ''
    const shared = this.#workbook.sharedStrings[Number(index)]
    if (shared === undefined) throw new GuicangError('import.xlsxDamaged')
    return shared
  }
}

/**
 * The sheet's rows in the order of the file, a few hundred at a time; empty ones may be missing or without cells.
 * Refuses with `import.xlsxDamaged`, `import.tooLarge`, `job.cancelled`.
 */
export async function* readSheet(
  archive: XlsxPackage,
  part: string,
  workbook: Workbook,
): AsyncGenerator<SheetRow[]> {
  const handler = new SheetHandler(workbook)
  const parser = xmlParser(handler)
  for await (const piece of archive.read(part, maxSheetBytes)) {
    parser.write(piece)
    const rows = handler.take()
    if (rows.length > 0) yield rows
  }
  parser.end()
  const rows = handler.take()
  if (rows.length > 0) yield rows
}
