// Small workbooks for the tests, written part by part so that each can be as odd as it must be.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { temporaryPath } from './support.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships'

export interface SheetSource {
  name?: string
  state?: 'hidden' | 'veryHidden'
  /** Content of `sheetData`. */
  rows: string | Iterable<string>
}

export interface WorkbookSource {
  sheets: SheetSource[]
  sharedStrings?: string
  /** Number formats of the cell styles 0, 1, 2, …: a built-in id or a code. */
  formats?: (number | string)[]
  date1904?: boolean
  /** Further parts, or replacements for the made ones. */
  parts?: Record<string, string>
}

function* sheetXml(rows: string | Iterable<string>): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${main}"><sheetData>`
  if (typeof rows === 'string') yield rows
  else yield* rows
  yield '</sheetData></worksheet>'
}

function relationships(entries: [id: string, type: string, target: string][]): string {
  const list = entries.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`,
  )
  return `<Relationships xmlns="${packageRelations}">${list.join('')}</Relationships>`
}

function stylesXml(formats: (number | string)[]): string {
  const custom = formats.map((format, index) =>
    typeof format === 'string'
      ? `<numFmt numFmtId="${200 + index}" formatCode="${format.replaceAll('"', '&quot;')}"/>`
      : '',
  )
  const cells = formats.map(
    (format, index) => `<xf numFmtId="${typeof format === 'number' ? format : 200 + index}"/>`,
  )
  return `<styleSheet xmlns="${main}"><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${cells.join('')}</cellXfs></styleSheet>`
}

/** Writes a workbook, returns its path. */
export async function workbookOf(source: WorkbookSource): Promise<string> {
  const list = source.sheets.map(({ name, state }, index) => {
    const hidden = state === undefined ? '' : ` state="${state}"`
    return `<sheet name="${name ?? `Sheet${index + 1}`}" sheetId="${index + 1}"${hidden} r:id="rId${index + 1}"/>`
  })
  const parts: Record<string, string> = {
    '_rels/.rels': relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${source.date1904 === true ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ...source.sheets.map((_, index): [string, string, string] => [
        `rId${index + 1}`,
        'worksheet',
        `worksheets/sheet${index + 1}.xml`,
      ]),
      ['rId90', 'sharedStrings', 'sharedStrings.xml'],
      ['rId91', 'styles', '/xl/styles.xml'],
    ]),
    'xl/sharedStrings.xml': `<sst xmlns="${main}">${source.sharedStrings ?? ''}</sst>`,
    'xl/styles.xml': stylesXml(source.formats ?? [0]),
    ...source.parts,
  }
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name)
  for (const [index, sheet] of source.sheets.entries()) {
    const name = `xl/worksheets/sheet${index + 1}.xml`
    if (parts[name] === undefined) zip.addReadStream(Readable.from(sheetXml(sheet.rows)), name)
  }
  return writeZip(zip)
}

/** Writes an archive with these parts and nothing else. */
export async function archiveOf(parts: Record<string, string>): Promise<string> {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name)
  return writeZip(zip)
}

async function writeZip(zip: ZipFile): Promise<string> {
  const path = temporaryPath('table.xlsx')
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
  return path
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** A row of inline strings from column A on. */
export function inlineRow(line: number, cells: readonly string[]): string {
  const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const list = cells.map(
    (cell, index) =>
      `<c r="${letters.charAt(index)}${line}" t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>`,
  )
  return `<row r="${line}">${list.join('')}</row>`
}
