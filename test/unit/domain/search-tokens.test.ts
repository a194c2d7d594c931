// Index and query against the real FTS5 table of the design, in a file in memory.

import Database from 'better-sqlite3-multiple-ciphers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexTokens, numberTokens, queryExpression } from '../../../electron/domain/search-tokens.ts'

interface Row {
  name: string
  number: string
  body: string
}

function search(rows: readonly Row[], query: string): unknown[] {
  const database = new Database(':memory:')
  database.exec(
    "CREATE VIRTUAL TABLE t USING fts5(name, nums, body, tokenize='unicode61 remove_diacritics 0', content='', contentless_delete=1, prefix='5 7')",
  )
  const insert = database.prepare('INSERT INTO t(rowid, name, nums, body) VALUES (?, ?, ?, ?)')
  for (const [index, row] of rows.entries())
    insert.run(index, indexTokens(row.name), numberTokens(row.number), indexTokens(row.body))
  const expression = queryExpression(query)
  const found =
    expression === undefined
      ? []
      : database.prepare('SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid').pluck().all(expression.match)
  database.close()
  return found
}

const rows: Row[] = [
  { name: '张三丰', number: '13812345678', body: '要求退款，态度恶劣' },
  { name: '𠮷田花', number: '11010519491231002X', body: '快递丢失 VIP客户' },
  { name: 'Mary Ann Lee', number: '+1 415 555 2686', body: 'Charged twice on Monday' },
]

describe('search', () => {
  it.each<[string, number[]]>([
    ['张三', [0]],
    ['三丰', [0]],
    ['张三丰', [0]],
    ['张', [0]],
    ['丰', [0]],
    ['田', [1]],
    ['𠮷田', [1]],
    ['𠮷', [1]],
    ['张丰', []],
    ['退款', [0]],
    ['vip', [1]],
    ['VIP客户', [1]],
    ['ｍａｒｙ', [2]],
    ['mar lee', [2]],
    ['138 1234', [0]],
    ['1381234', [0]],
    ['+86 138-1234-5678', [0]],
    ['5678', [0]],
    ['002X', [1]],
    ['2686', [2]],
    ['张三 5678', [0]],
    ['张三 9999', []],
    ['2345', []],
    ['"张三" OR (退款)', []],
    ['', []],
    ['，。！', []],
  ])('%s finds %j', (query, expected) => {
    expect(search(rows, query)).toEqual(expected)
  })

  it('any piece of two characters or more of a Han text finds it', () => {
    const han = fc.array(fc.constantFrom(...'张三李四王五赵六田𠮷一丁'), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(han, fc.nat(), fc.nat(), (characters, a, b) => {
        const from = a % (characters.length - 1)
        const to = from + 2 + (b % (characters.length - from - 1))
        expect(
          search([{ name: characters.join(''), number: '', body: '' }], characters.slice(from, to).join('')),
        ).toEqual([0])
      }),
      { numRuns: 200 },
    )
  })

  it('no query is a syntax error or reaches past the quotes', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc
        .array(
          fc.constantFrom(
            '"',
            '*',
            'NEAR(',
            ')',
            ' OR ',
            ' AND ',
            'NOT ',
            'name:',
            '^',
            '-',
            '张',
            '1',
            'a',
            '\0',
            "'",
          ),
          { maxLength: 12 },
        )
        .map((list) => list.join('')),
    )
    fc.assert(
      fc.property(hostile, (query) => void search(rows, query)),
      { numRuns: 500 },
    )
  })
})
