// Cells come back exactly, whatever they hold; rows that are none are named and kept.
import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { openTable, previewTable } from '../../../../electron/exchange/import/index.ts'
import { codeOf, fileOf, readTable } from './support.ts'

describe('cells', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom('"', ',', ';', '\t', '|', '\n', '\r', ' ', "'", '=', '龘', '😀', 'a', '\uFEFF'),
    }),
  )
  const rows = fc
    .integer({ min: 2, max: 6 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
    )

  test.each([
    [',', '\r\n'],
    [',', '\n'],
    ['\t', '\r\n'],
    [';', '\n'],
    ['|', '\n'],
  ])('random tables come back exactly (delimiter %j, line end %j)', async (delimiter, newline) => {
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        const header = (table[0] ?? []).map((_, index) => `h${index}`)
        const path = fileOf(Papa.unparse([header, ...table], { delimiter, newline }))
        const filled = table.filter((row) => row.some((value) => value.trim() !== ''))
        const read = await readTable(path)
        expect(read.rejected).toEqual([])
        expect(read.cells).toEqual(filled)
        expect(read.blank).toBe(table.length - filled.length)
      }),
      { numRuns: 150 },
    )
  })

  test('a large table of long quoted cells is the same across all internal borders', async () => {
    const table = Array.from({ length: 3000 }, (_, index) => [
      `KH${index}`,
      index % 7 === 0 ? `第一行\r\n${'说"明"，'.repeat(index % 300)}\n末行` : `x${'y'.repeat(index % 90)}`,
      index % 11 === 0 ? '' : '=1+1',
    ])
    const read = await readTable(fileOf(Papa.unparse([['a', 'b', 'c'], ...table])))
    expect(read.rejected).toEqual([])
    expect(read.cells).toEqual(table)
  })

  test.each([
    ['a tab in front', '\t6217001860913909966'],
    ['a formula', '=HYPERLINK("http://example.com","点我")'],
    ['a mangled number', '1.1E+17'],
    ['an astral name', '𠮷野😀'],
    ['zero width', '1\u200B2'],
    ['spaces around', '  x  '],
    ['a replacement character of the file itself', 'a\uFFFDb'],
  ])('keeps %s', async (_, value) => {
    const read = await readTable(
      fileOf(`name,value,other\r\nx,"${value.replaceAll('"', '""')}",z\r\ny,b,c\r\n`),
    )
    expect(read.cells).toEqual([
      ['x', value, 'z'],
      ['y', 'b', 'c'],
    ])
  })

  test('line ends: mixed ones, the old Mac one, none at the end', async () => {
    const expected = [
      ['1', '2'],
      ['3', '4'],
    ]
    expect((await readTable(fileOf('a,b\r\n1,2\n3,"4"\r\n'))).cells).toEqual(expected)
    expect((await readTable(fileOf('a,b\r1,2\r3,"4"'))).cells).toEqual(expected)
    expect((await readTable(fileOf('a,b\n1,2\n3,"4"'))).cells).toEqual(expected)
    expect((await readTable(fileOf('a,b\r\n1,2\r\n3,"4"\r'))).cells).toEqual(expected)
  })
})

describe('delimiter and header', () => {
  test.each([
    ['a;b;c\n1,5;2;3\n1,6;2;3\n', ';'],
    ['a\tb\n1,2\t3\n', '\t'],
    ['a|b|c\n1|2|3\n', '|'],
    ['name,card\n张三,\t6217\n李四,\t6218\n', ','],
    ['name\n张三\n', ','],
    ['姓名,地址\n"a;b;c","d;e"\n', ','],
    ['a,b,c\n1,2\n1,2,3,4\n1\n1,2,3\n', ','],
  ])('%j is read with %j', async (text, delimiter) => {
    expect((await previewTable(fileOf(text), 0)).meta.delimiter).toBe(delimiter)
  })

  test("Excel's sep= line names the delimiter and is no row", async () => {
    const read = await readTable(fileOf('sep=;\r\na;b\r\n1;2\r\n'))
    expect(read.meta).toMatchObject({ delimiter: ';', columns: ['a', 'b'] })
    expect(read.events).toEqual([{ kind: 'row', line: 3, rowNumber: 1, cells: ['1', '2'] }])
  })

  test('empty and repeated names are made unique, predictably', async () => {
    const read = await readTable(fileOf('name,,name,name_2, \n1,2,3,4,5\n'))
    expect(read.meta.columns).toEqual(['name', 'column_2', 'name_3', 'name_2', 'column_5'])
  })

  test('a table with a header and no rows is a table', async () => {
    expect(await previewTable(fileOf('a,b\n'), 5)).toMatchObject({ rowCount: 0, rejected: 0, rows: [] })
  })

  test('digest, size and name are the file’s', async () => {
    const path = fileOf('a,b\n1,2\n', '客户.csv')
    const { meta } = await readTable(path)
    expect(meta.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'))
    expect(meta).toMatchObject({ bytes: 8 })
    expect(meta.fileName).toMatch(/^\d+-客户\.csv$/)
  })
})

describe('rows that are none', () => {
  test('ragged rows are rejected one by one, with their text', async () => {
    const read = await readTable(fileOf('a,b,c\r\n1,2\r\n1,2,3\r\n1,2,3,4\r\n"x\r\ny",2,3\r\n'))
    expect(read.events).toEqual([
      { kind: 'rejected', line: 2, rowNumber: 1, reason: 'too-few-cells', raw: '1,2' },
      { kind: 'row', line: 3, rowNumber: 2, cells: ['1', '2', '3'] },
      { kind: 'rejected', line: 4, rowNumber: 3, reason: 'too-many-cells', raw: '1,2,3,4' },
      { kind: 'row', line: 5, rowNumber: 4, cells: ['x\r\ny', '2', '3'] },
    ])
  })

  test('a NUL rejects its row and no other', async () => {
    const read = await readTable(fileOf('a,b\n1,x\0y\n3,4\n'))
    expect(read.rejected).toEqual([
      { kind: 'rejected', line: 2, rowNumber: 1, reason: 'nul-character', raw: '1,x\0y' },
    ])
    expect(read.cells).toEqual([['3', '4']])
  })

  test.each([
    ['plain', 'y'.repeat(10 * 1024 * 1024)],
    ['quoted over many lines', `"${`${'y'.repeat(99)}\n`.repeat(100 * 1024)}"`],
  ])('a 10 MB cell (%s) rejects its row, whole', async (_, value) => {
    const read = await readTable(fileOf(`a,b\n1,${value}\n3,4\n`))
    expect(read.rejected).toHaveLength(1)
    expect(read.rejected[0]).toMatchObject({ line: 2, reason: 'cell-too-long', raw: `1,${value}` })
    expect(read.cells).toEqual([['3', '4']])
  })

  test('blank records are skipped and counted, rows keep their line', async () => {
    const read = await readTable(fileOf('\n\na,b\n\n,\n  , \n1,2\n\n'))
    expect(read.events).toEqual([{ kind: 'row', line: 7, rowNumber: 1, cells: ['1', '2'] }])
    expect(read.blank).toBe(4)
  })

  test('a million empty rows pass quickly and in little memory', async () => {
    const path = fileOf(`a,b\n${'\n'.repeat(1_000_000)}1,2\n`)
    const before = process.memoryUsage().rss
    const started = performance.now()
    const preview = await previewTable(path, 5)
    expect(preview).toMatchObject({ rowCount: 1, blank: 1_000_000, rows: [['1', '2']] })
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
  })
})

describe('reading', () => {
  test('rows can be read again, in batches', async () => {
    const table = await openTable(fileOf(`a,b\n${'1,2\n'.repeat(1201)}`))
    for (let pass = 0; pass < 2; pass++) {
      const sizes: number[] = []
      for await (const batch of table.rows()) sizes.push(batch.length)
      expect(sizes).toEqual([500, 500, 201])
    }
  })

  test('a file that changed since it was opened is refused', async () => {
    const path = fileOf('a,b\n1,2\n')
    const table = await openTable(path)
    appendFileSync(path, '3,4\n')
    const drain = async (): Promise<void> => {
      for await (const batch of table.rows()) expect(batch.length).toBeGreaterThan(0)
    }
    expect(await codeOf(drain())).toBe('import.fileChanged')
  })

  test('a raised signal stops opening and reading', async () => {
    const path = fileOf(`a,b\n${'1,2\n'.repeat(300_000)}`)
    expect(await codeOf(openTable(path, { signal: AbortSignal.abort() }))).toBe('job.cancelled')
    const controller = new AbortController()
    const table = await openTable(path, { signal: controller.signal })
    const drain = async (): Promise<void> => {
      for await (const batch of table.rows()) {
        expect(batch.length).toBeGreaterThan(0)
        controller.abort()
      }
    }
    expect(await codeOf(drain())).toBe('job.cancelled')
  })
})
