import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanText } from '../../../electron/domain/recognisers/index.ts'

const found = (text: string): string[] => scanText(text).map(({ type, value }) => `${type}:${value}`)

describe('scanText', () => {
  it('counts in code points and gives the exact source text', () => {
    expect(scanText('𠮷𠮷：１３８\u200b１２３４５６７８。')).toEqual([
      { type: 'mobile', start: 3, end: 15, value: '１３８\u200b１２３４５６７８' },
    ])
  })

  it.each([
    ['full width', '１３８１２３４５６７８'],
    ['spaces', '138 1234 5678'],
    ['every digit apart', '1 3 8 1 2 3 4 5 6 7 8'],
    ['dashes', '138-1234-5678'],
    ['long dashes', '138–1234—5678'],
    ['a line break', '138\n12345678'],
    ['a Windows line break', '138\r\n12345678'],
    ['zero-width characters', '1\u200b3\u200c8\u200d1\ufeff2345678'],
    ['a soft hyphen', '138\u00ad12345678'],
    ['a country code', '+8613812345678'],
    ['a country code apart', '0086 13812345678'],
    ['mathematical digits', '𝟏𝟑𝟖12345678'],
  ])('a mobile is found behind %s', (_, written) => {
    expect(found(`电话${written}，谢谢`)).toEqual([`mobile:${written}`])
  })

  it.each([
    '13812345678901',
    '2024013812345678',
    'a13812345678',
    'wx_13812345678',
    '13812345678.50',
    '¥13812345678',
    '13812345678元',
    '138123456789',
    '1381234567',
  ])('nothing is found in %s', (text) => {
    expect(found(text)).toEqual([])
  })

  it('takes numbers apart that a comma or 、 parts', () => {
    expect(found('13812345678,13912345678、13712345678')).toHaveLength(3)
  })

  it('keeps the longest of what overlaps', () => {
    expect(found('13812345678@example.com')).toEqual(['email:13812345678@example.com'])
    expect(found('身份证11010519491231002X')).toEqual(['resident-id:11010519491231002X'])
  })

  it.each([
    ['resident-id', '11010519491231002X', '110105194912310021'],
    ['uscc', '91350100M000100Y43', '91350100M000100Y44'],
    ['bank-card', '6217001860913909966', '6217001860913909967'],
  ])('%s needs its check digit', (type, right, wrong) => {
    expect(found(`号码${right}。`)).toEqual([`${type}:${right}`])
    expect(found(`号码${wrong}。`)).toEqual([])
  })

  it('finds a name again where no cue announces it', () => {
    expect(found('客户范伟来电。下午范伟又来了。')).toEqual(['name:范伟', 'name:范伟'])
  })

  it.each([
    ['申请人王刚、李强到场', ['name:王刚', 'name:李强']],
    ['客户张先生反映问题', []],
    ['客户扎西次仁（身份证遗失）', ['name:扎西次仁']],
    ['向周明女士核实', ['name:周明']],
    ['联系人不详，姓名不详', []],
    ['客户有新证据，用户有异议', []],
    ['客户有才来电', ['name:有才']],
  ])('names: %s', (text, expected) => {
    expect(found(text)).toEqual(expected)
  })

  it('holds its promises for any text', () => {
    const piece = fc.constantFrom(
      '客户',
      '张三丰',
      '先生',
      '13812345678',
      '138 1234',
      '5678',
      '𠮷',
      '\u200b',
      '，',
      '浙江省杭州市',
      '文三路',
      '3号',
      '@',
      'a.b',
      'example.com',
      '+1 415 555 2686',
      ' ',
      '\n',
      'Mr. ',
      'John Smith',
      '11010519491231002X',
      '１',
      '0571-',
      '87654321',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(text, (source) => {
        const points = [...source]
        let last = 0
        for (const { start, end, value } of scanText(source)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(points.slice(start, end).join('')).toBe(value)
          last = end
        }
      }),
      { numRuns: 3000 },
    )
  })

  const hostile = [
    '1 ',
    '1',
    '1-',
    '13812345678 ',
    'a@',
    '@',
    'a.',
    '文三路',
    '浙江省',
    '客户',
    '先生',
    '客户张',
    '张',
    'A ',
    '1 A ',
    'Mr ',
    '+1 (',
    '0571-',
    'X',
    '\n',
    '\u200b',
    ' ',
    '·',
    '1号',
    '00441632 ',
    'E1',
    '客户张伟，',
    'P.O. Box ',
    '320102195505258089 ',
  ]
  it.each(hostile)('one megabyte of %j takes linear time', (unit) => {
    const ofSize = (size: number): number => {
      const text = unit.repeat(Math.ceil(size / unit.length))
      const before = performance.now()
      scanText(text)
      return performance.now() - before
    }
    ofSize(50_000)
    const quarter = ofSize(250_000)
    const whole = ofSize(1_000_000)
    // Four times the text: quadratic time would be sixteen times as long. The constant is for noise on a busy machine.
    expect(whole).toBeLessThan(quarter * 10 + 1500)
  })
})
