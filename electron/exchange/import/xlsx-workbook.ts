// The parts of a workbook that its sheets refer to: the list of sheets, shared strings, styles.
import { GuicangError } from '../../../shared/errors.ts'
import { maxSharedStringsBytes, maxSmallPartBytes } from './limits.ts'
import { findDateFormat, type DateFormat } from './xlsx-dates.ts'
import { resolvePart, type XlsxPackage } from './xlsx-package.ts'
import { localName, parseXml, unescapeXstring } from './xlsx-xml.ts'

export interface Sheet {
  name: string
  part: string
  visible: boolean
}

export interface Workbook {
  sheets: Sheet[]
  date1904: boolean
  sharedStrings: readonly string[]
  /** By the index in a cell's `s` attribute; undefined for what is no date. */
  dateFormats: readonly (DateFormat | undefined)[]
}

interface Relationship {
  id: string
  /** Last segment of the type's URI, which strict and transitional workbooks share. */
  type: string
  part: string
}

async function readRelationships(archive: XlsxPackage, from: string): Promise<Relationship[]> {
  const slash = from.lastIndexOf('/') + 1
  const part = `${from.slice(0, slash)}_rels/${from.slice(slash)}.rels`
  const found: Relationship[] = []
  if (!archive.has(part)) return found
  await parseXml(archive.read(part, maxSmallPartBytes), {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return
      const type = attributes['Type'] ?? ''
      found.push({
        id: attributes['Id'] ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        part: resolvePart(from, attributes['Target'] ?? ''),
      })
    },
  })
  return found
}

/**
 * Reads everything but the sheets. Refuses with `import.binary` (an archive without a workbook, also .xlsb and .ods),
 * `import.xlsxDamaged`, `import.tooLarge`, `job.cancelled`.
 */
export async function readWorkbook(archive: XlsxPackage): Promise<Workbook> {
  const root = await readRelationships(archive, '')
  const part = root.find((relationship) => relationship.type === 'officeDocument')?.part ?? 'xl/workbook.xml'
  if (!archive.has(part) || !part.endsWith('.xml')) throw new GuicangError('import.binary')
  const relationships = await readRelationships(archive, part)
  const partOf = (type: string): string | undefined =>
    relationships.find((relationship) => relationship.type === type && archive.has(relationship.part))?.part
  const { sheets, date1904, isWorkbook } = await readSheetList(archive, part, relationships)
  if (!isWorkbook) throw new GuicangError('import.binary')
  return {
    sheets,
    date1904,
    sharedStrings: await readSharedStrings(archive, partOf('sharedStrings')),
    dateFormats: await readDateFormats(archive, partOf('styles')),
  }
}

async function readSheetList(archive: XlsxPackage, part: string, relationships: readonly Relationship[]) {
  const sheets: Sheet[] = []
  let date1904 = false
  let isWorkbook = false
  await parseXml(archive.read(part, maxSmallPartBytes), {
    open(name, attributes) {
      if (name === 'workbook') isWorkbook = true
      if (name === 'workbookPr') date1904 = isTrue(attributes['date1904'])
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key.includes(':') && localName(key) === 'id')?.[1]
      const target = relationships.find((relationship) => relationship.id === id)
      if (target?.type !== 'worksheet') return
      const visible = (attributes['state'] ?? 'visible') === 'visible'
      sheets.push({ name: unescapeXstring(attributes['name'] ?? ''), part: target.part, visible })
    },
  })
  return { sheets, date1904, isWorkbook }
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true'

/** Each string once, its rich text runs joined, without phonetic guides. */
async function readSharedStrings(archive: XlsxPackage, part: string | undefined): Promise<string[]> {
  const strings: string[] = []
  if (part === undefined) return strings
  let current = ''
  let inText = false
  let inPhonetic = false
  await parseXml(archive.read(part, maxSharedStringsBytes), {
    open(name) {
      if (name === 'si') current = ''
      if (name === 'rPh') inPhonetic = true
      inText = name === 't' && !inPhonetic
    },
    close(name) {
      if (name === 'si') strings.push(unescapeXstring(current))
      if (name === 'rPh') inPhonetic = false
      inText = false
    },
    text(text) {
      if (inText) current += text
    },
  })
  return strings
}

async function readDateFormats(
  archive: XlsxPackage,
  part: string | undefined,
): Promise<(DateFormat | undefined)[]> {
  const formats: (DateFormat | undefined)[] = []
  if (part === undefined) return formats
  const codes = new Map<number, string>()
  let inCellFormats = false
  await parseXml(archive.read(part, maxSmallPartBytes), {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      if (name === 'cellXfs') inCellFormats = true
      if (name !== 'xf' || !inCellFormats) return
      const id = Number(attributes['numFmtId'] ?? 0)
      formats.push(findDateFormat(id, codes.get(id)))
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
  })
  return formats
}
