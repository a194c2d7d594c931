// An unclosed quote costs one line and never swallows the rest of the file.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fileOf, readTable } from './support.ts'

describe('quotes that are not closed', () => {
  test('only the first line is rejected, whatever follows', async () => {
    const read = await readTable(fileOf('a,b,c\n1,2,3\n4,"open,6\n7,8,9\n10,"x ""y"" z","p\nq"\n'))
    expect(read.events).toEqual([
      { kind: 'row', line: 2, rowNumber: 1, cells: ['1', '2', '3'] },
      { kind: 'rejected', line: 3, rowNumber: 2, reason: 'unclosed-quote', raw: '4,"open,6' },
      { kind: 'row', line: 4, rowNumber: 3, cells: ['7', '8', '9'] },
      { kind: 'row', line: 5, rowNumber: 4, cells: ['10', 'x "y" z', 'p\nq'] },
    ])
  })

  test('on the last line, with and without a line end', async () => {
    for (const end of ['', '\n', '\r\n']) {
      const read = await readTable(fileOf(`a,b\n1,2\n3,"open${end}`))
      expect(read.cells).toEqual([['1', '2']])
      expect(read.rejected).toEqual([
        { kind: 'rejected', line: 3, rowNumber: 2, reason: 'unclosed-quote', raw: '3,"open' },
      ])
    }
  })

  test('text behind a closing quote is malformed', async () => {
    const read = await readTable(fileOf('a,b,c\n1,"x"y,3\n4,5,6\n'))
    expect(read.rejected).toEqual([
      { kind: 'rejected', line: 2, rowNumber: 1, reason: 'malformed-quote', raw: '1,"x"y,3' },
    ])
    expect(read.cells).toEqual([['4', '5', '6']])
  })

  test('a later quote that closes it by chance gives no row back, and takes none', async () => {
    const read = await readTable(fileOf('a,b,c\n1,"open,3\n4,5,6\n7,8,9"\n10,11,12\n'))
    expect(read.rejected.map(({ line, reason }) => [line, reason])).toEqual([[2, 'unclosed-quote']])
    expect(read.cells).toEqual([
      ['4', '5', '6'],
      ['7', '8', '9"'],
      ['10', '11', '12'],
    ])
  })

  test('a quote inside of an unquoted cell is a character', async () => {
    const read = await readTable(fileOf('a,b\n1,5" screen\n2,say "hi"\n'))
    expect(read.cells).toEqual([
      ['1', '5" screen'],
      ['2', 'say "hi"'],
    ])
  })

  test('one open quote before 100,000 clean rows', async () => {
    const clean = Array.from({ length: 100_000 }, (_, index) => `${index},b,c`).join('\n')
    const read = await readTable(fileOf(`a,b,c\n1,"open,3\n${clean}\n`))
    expect(read.rejected).toHaveLength(1)
    expect(read.cells).toHaveLength(100_000)
  })

  test.each([
    ['unclosed', (index: number) => `${index},"open,x`, 'unclosed-quote'],
    ['malformed', (index: number) => `${index},"x" y,z`, 'malformed-quote'],
    ['tripled', (index: number) => `${index},"""open,x`, 'unclosed-quote'],
    [
      'unclosed every tenth line',
      (index: number) => (index % 10 === 0 ? `${index},"open,x` : `${index},b,c`),
      'unclosed-quote',
    ],
  ])(
    '20,000 and 60,000 lines, %s: time grows with the file, not with its square',
    async (_, lineOf, reason) => {
      const time = async (count: number): Promise<number> => {
        const lines = Array.from({ length: count }, (__, index) => lineOf(index))
        const path = fileOf(`a,b,c\n${lines.join('\n')}\n`)
        const started = performance.now()
        const read = await readTable(path)
        const took = performance.now() - started
        expect(read.events).toHaveLength(count)
        expect(new Set(read.rejected.map((event) => event.reason))).toEqual(new Set([reason]))
        expect(read.events.every((event, index) => event.line === index + 2)).toBe(true)
        return took
      }
      const small = await time(20_000)
      const large = await time(60_000)
      expect(small).toBeLessThan(10_000)
      expect(large).toBeLessThan(Math.max(small * 12, 4_000))
    },
  )

  test('no line is lost and none is invented, whatever the quotes', async () => {
    const line = fc.string({ unit: fc.constantFrom('"', ',', 'a', 'b', ' '), minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), async (lines) => {
        const read = await readTable(fileOf(`h1,h2,h3\n${lines.join('\n')}\n`))
        let next = 2
        for (const event of read.events) {
          expect(event.line).toBeGreaterThanOrEqual(next)
          next = event.line + 1
          if (event.kind === 'rejected') {
            const span = event.raw.split('\n')
            expect(span).toEqual(lines.slice(event.line - 2, event.line - 2 + span.length))
          }
        }
        expect(next).toBeLessThanOrEqual(lines.length + 2)
        const characters = (text: string): string => text.replace(/[", \n]/g, '')
        const kept = read.events
          .map((event) => (event.kind === 'row' ? event.cells.join('') : event.raw))
          .join('')
        expect(characters(kept)).toBe(characters(lines.join('')))
      }),
      { numRuns: 200 },
    )
  })
})
