// Workbooks: every kind of cell as text, each in its column, and nothing that an archive claims is believed.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openTable, previewTable } from '../../../../electron/exchange/import/index.ts'
import { codeOf, fileOf, readTable } from './support.ts'
import { archiveOf, inlineRow, workbookOf } from './workbook.ts'

const header = inlineRow(1, ['a', 'b', 'c'])

describe('cells', () => {
  test('half a character, as an escape can spell it, is read as the sign for one that can’t be read', async () => {
    const cells = ['a_xD800_b', '_xD83D__xDE00_', 'a_xDC00_']
    const path = await workbookOf({
      sheets: [{ rows: `${inlineRow(1, ['一', '二', '三'])}${inlineRow(2, cells)}` }],
    })
    expect((await readTable(path)).cells).toEqual([['a\ufffdb', '😀', 'a\ufffd']])
  })

  test('each kind of cell is its text', async () => {
    const path = await workbookOf({
      sharedStrings:
        '<si><t>张三</t></si><si><r><t xml:space="preserve">粗 </t></r><r><t>体</t></r><rPh sb="0" eb="1"><t>CU</t></rPh></si>',
      sheets: [
        {
          rows: `${inlineRow(1, ['shared', 'rich', 'number', 'bool', 'formula', 'error', 'escaped'])}
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2"><v>1.1E+17</v></c><c r="D2" t="b"><v>1</v></c>
            <c r="E2" t="str"><f>A2&amp;"x"</f><v>张三x</v></c><c r="F2" t="e"><v>#N/A</v></c><c r="G2" t="inlineStr"><is><t>a_x000D_b</t></is></c></row>`,
        },
      ],
    })
    const read = await readTable(path)
    expect(read.meta).toMatchObject({
      format: 'xlsx',
      encoding: 'xlsx',
      delimiter: null,
      sheet: 'Sheet1',
      sheets: ['Sheet1'],
    })
    expect(read.cells).toEqual([['张三', '粗 体', '1.1E+17', 'TRUE', '张三x', '#N/A', 'a\rb']])
  })

  test('cells stand where their reference says, missing ones are empty', async () => {
    const path = await workbookOf({
      sheets: [
        { rows: `${header}<row r="5"><c r="C5"><v>3</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>` },
      ],
    })
    const read = await readTable(path)
    expect(read.events).toEqual([
      { kind: 'row', line: 5, rowNumber: 1, cells: ['', '', '3'] },
      { kind: 'row', line: 6, rowNumber: 2, cells: ['1', '2', ''] },
    ])
  })

  test.each([
    [14, '45000', '2023-03-15'],
    [14, '45000.5', '2023-03-15T12:00'],
    [22, '45000.25', '2023-03-15T06:00'],
    [22, '45000', '2023-03-15T00:00'],
    [21, '0.5', '12:00:00'],
    [20, '0.75', '18:00'],
    [31, '36526', '2000-01-01'],
    [14, '1', '1900-01-01'],
    [14, '59', '1900-02-28'],
    [14, '60', '60'],
    [14, '61', '1900-03-01'],
    [14, '-1', '-1'],
    [14, '1E+300', '1E+300'],
    ['yyyy"年"m"月"d"日"', '45000', '2023-03-15'],
    ['yyyy/mm/dd hh:mm:ss', '45000.123456', '2023-03-15T02:57:47'],
    ['[$-409]d-mmm-yy;@', '45000', '2023-03-15'],
    ['[Red]0.00', '45000', '45000'],
    ['0.00" day"', '45000', '45000'],
    ['[h]:mm', '1.5', '1.5'],
    ['General', '45000', '45000'],
    ['0.00E+00', '45000', '45000'],
    [0, '45000', '45000'],
    [2, '0.30000000000000004', '0.30000000000000004'],
  ])('number format %j shows %s as %s', async (format, stored, shown) => {
    const path = await workbookOf({
      formats: [0, format],
      sheets: [{ rows: `${header}<row r="2"><c r="A2" s="1"><v>${stored}</v></c></row>` }],
    })
    expect((await readTable(path)).cells).toEqual([[shown, '', '']])
  })

  test('the 1904 date system', async () => {
    const rows = `${header}<row r="2"><c r="A2" s="0"><v>43538</v></c><c r="B2" s="0"><v>0</v></c></row>`
    const path = await workbookOf({ formats: [14], date1904: true, sheets: [{ rows }] })
    expect((await readTable(path)).cells).toEqual([['2023-03-15', '1904-01-01', '']])
  })

  test('random texts come back exactly', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '张', '😀', '&', '<', '"', "'", '=', '\n', '\t', ' ', ',', ']'),
    })
    const table = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const path = await workbookOf({
          sheets: [{ rows: header + rows.map((row, index) => inlineRow(index + 2, row)).join('') }],
        })
        const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''))
        expect((await readTable(path)).cells).toEqual(filled)
      }),
      { numRuns: 40 },
    )
  })
})

describe('rows and sheets', () => {
  test('a cell beyond the header rejects its row, an empty styled one does not', async () => {
    const path = await workbookOf({
      sheets: [
        {
          rows: `${header}<row r="2"><c r="A2"><v>1</v></c><c r="D2" t="inlineStr"><is><t>x,y</t></is></c></row><row r="3"><c r="A3"><v>2</v></c><c r="XFD3" s="0"/></row>`,
        },
      ],
    })
    const read = await readTable(path)
    expect(read.rejected).toEqual([
      { kind: 'rejected', line: 2, rowNumber: 1, reason: 'too-many-cells', raw: '1,,,"x,y"' },
    ])
    expect(read.cells).toEqual([['2', '', '']])
  })

  test('blank rows are counted and left out', async () => {
    const rows = `<row r="1"/>${inlineRow(2, ['a', 'b'])}<row r="3"/>${inlineRow(4, [' ', ''])}${inlineRow(5, ['1', '2'])}`
    expect(await readTable(await workbookOf({ sheets: [{ rows }] }))).toMatchObject({
      cells: [['1', '2']],
      blank: 2,
    })
  })

  test('hidden and empty sheets are passed over, a named one is taken', async () => {
    const sheet = (cell: string) => ({ rows: inlineRow(1, ['name']) + inlineRow(2, [cell]) })
    const path = await workbookOf({
      sheets: [
        { name: '隐藏', state: 'hidden', ...sheet('hidden') },
        { name: 'empty', rows: '' },
        { name: '客户', ...sheet('first') },
        { name: 'more', ...sheet('second') },
      ],
    })
    const read = await readTable(path)
    expect(read.meta).toMatchObject({ sheet: '客户', sheets: ['empty', '客户', 'more'] })
    expect(read.cells).toEqual([['first']])
    expect((await readTable(path, { sheet: 'more' })).cells).toEqual([['second']])
    expect((await readTable(path, { sheet: '隐藏' })).cells).toEqual([['hidden']])
    expect(await codeOf(openTable(path, { sheet: 'none' }))).toBe('input.invalid')
  })

  test('a prefix for the namespace changes nothing', async () => {
    const path = await workbookOf({
      sheets: [{ rows: '' }],
      parts: {
        'xl/worksheets/sheet1.xml':
          '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>name</x:t></x:is></x:c></x:row><x:row r="2"><x:c r="A2"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      },
    })
    expect((await readTable(path)).cells).toEqual([['7']])
  })

  test('50,000 rows in bounded memory', async () => {
    function* rows(): Generator<string> {
      yield inlineRow(1, ['编号', '姓名', '地址', '备注'])
      for (let line = 2; line <= 50_001; line++)
        yield inlineRow(line, [`KH${line}`, '张三', `文三路${line}号`, 'x'.repeat(50)])
    }
    const path = await workbookOf({ sheets: [{ rows: rows() }] })
    const before = process.memoryUsage().rss
    const preview = await previewTable(path, 1)
    expect(preview).toMatchObject({
      rowCount: 50_000,
      rejected: 0,
      rows: [['KH2', '张三', '文三路2号', 'x'.repeat(50)]],
    })
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1024 * 1024)
  })
})

describe('refused workbooks', () => {
  test('an archive without a workbook is a binary file', async () => {
    expect(await codeOf(openTable(await archiveOf({ 'readme.txt': 'hello' })))).toBe('import.binary')
    expect(await codeOf(openTable(await archiveOf({ 'word/document.xml': '<w/>' })))).toBe('import.binary')
    expect(await codeOf(openTable(await archiveOf({ 'xl/workbook.xml': '<html/>' })))).toBe('import.binary')
  })

  test('one without data, without a header, with too many columns', async () => {
    expect(await codeOf(openTable(await workbookOf({ sheets: [{ rows: '' }] })))).toBe('import.empty')
    const person = inlineRow(1, ['张三', '13800001234'])
    expect(await codeOf(openTable(await workbookOf({ sheets: [{ rows: person }] })))).toBe(
      'import.headerMissing',
    )
    const wide = '<row r="1"><c r="A1"><v>1</v></c><c r="CZZ1"><v>1</v></c></row>'
    expect(await codeOf(openTable(await workbookOf({ sheets: [{ rows: wide }] })))).toBe(
      'import.tooManyColumns',
    )
  })

  test.each([
    ['broken XML', '<row r="1"><c r="A1"><v>1</c></row>'],
    ['a reference that is none', '<row r="1"><c r="1A"><v>1</v></c></row>'],
    ['a shared string that is none', '<row r="1"><c r="A1" t="s"><v>9</v></c></row>'],
    ['an entity of a DTD', '<row r="1"><c r="A1" t="inlineStr"><is><t>&bomb;</t></is></c></row>'],
  ])('damaged: %s', async (_, rows) => {
    expect(await codeOf(openTable(await workbookOf({ sheets: [{ rows }] })))).toBe('import.xlsxDamaged')
  })

  test('damaged: cut off, flipped bits', async () => {
    const bytes = readFileSync(
      await workbookOf({ sheets: [{ rows: header + inlineRow(2, ['1', '2', '3']).repeat(50) }] }),
    )
    expect(await codeOf(openTable(fileOf(bytes.subarray(0, bytes.length / 2), 'cut.xlsx')))).toBe(
      'import.xlsxDamaged',
    )
    const flipped = Buffer.from(bytes)
    const at = bytes.lastIndexOf('xl/worksheets/sheet1.xml', bytes.indexOf('PK\x01\x02')) + 40
    for (let index = 0; index < 40; index++) flipped[at + index] = (flipped[at + index] ?? 0) ^ 0xff
    expect(await codeOf(readTable(fileOf(flipped, 'flipped.xlsx')))).toBe('import.xlsxDamaged')
  })

  test('an archive bomb is stopped while it unpacks', async () => {
    function* bomb(): Generator<string> {
      yield header
      for (let piece = 0; piece < 1200; piece++) yield ' '.repeat(1024 * 1024)
    }
    const path = await workbookOf({ sheets: [{ rows: bomb() }] })
    const started = performance.now()
    expect(await codeOf(previewTable(path, 1))).toBe('import.tooLarge')
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  test('a raised signal stops it', async () => {
    const path = await workbookOf({ sheets: [{ rows: header }] })
    expect(await codeOf(openTable(path, { signal: AbortSignal.abort() }))).toBe('job.cancelled')
  })
})
