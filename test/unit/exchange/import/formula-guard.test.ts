import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { guardFormula, isOwnExport, stripFormulaGuard } from '../../../../electron/exchange/formula-guard.ts'

describe('formula guard', () => {
  test.each([
    '=1+1',
    '+86 138',
    '-5',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1+1',
    '＋86',
    '－5',
    '＠SUM(A1)',
    "'quoted",
  ])('guards %j and gives it back', (value) => {
    expect(guardFormula(value)).toBe(`'${value}`)
    expect(stripFormulaGuard(guardFormula(value))).toBe(value)
  })

  test.each(['', '张三', '138', 'a=b', ' =1'])('leaves %j alone', (value) => {
    expect(guardFormula(value)).toBe(value)
    expect(stripFormulaGuard(value)).toBe(value)
  })

  test('every text survives the round trip, and no guarded one can start a formula', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', 'a'),
      }),
    )
    fc.assert(
      fc.property(text, (value) => {
        expect(stripFormulaGuard(guardFormula(value))).toBe(value)
        expect(guardFormula(value)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
      }),
    )
  })

  test('an own export is known by its first column only', () => {
    expect(isOwnExport(['guicang_id', 'name'])).toBe(true)
    expect(isOwnExport(['name', 'guicang_id'])).toBe(false)
    expect(isOwnExport([])).toBe(false)
  })
})
