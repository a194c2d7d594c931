import { describe, expect, it } from 'vitest'
import { luhnHolds, residentIdCheckHolds, usccCheckHolds } from '../../../electron/domain/checksums.ts'
import {
  digitsOf,
  normaliseMobile,
  normaliseName,
  normaliseResidentId,
  stripInvisible,
  toHalfWidth,
  writtenForms,
} from '../../../electron/domain/normalise.ts'

describe('characters', () => {
  it('half width, invisible marks, digits', () => {
    expect(toHalfWidth('Ａ１　（x）')).toBe('A1 (x)')
    expect(stripInvisible('a\u200b\ufeff\u00ad\u202eb\tc\n\u0000')).toBe('ab\tc\n')
    expect(digitsOf('＋８６ 138-①')).toBe('861381')
  })
})

describe('normal forms', () => {
  it('mobile', () => {
    expect(normaliseMobile('+86 138-1234-5678（本人）')).toBe('13812345678')
    expect(normaliseMobile('12345678901')).toBeUndefined()
    expect(normaliseMobile('1-800-555-1234')).toBeUndefined()
  })
  it('resident ID', () => {
    expect(normaliseResidentId('110105 19491231 002x')).toBe('11010519491231002X')
    expect(normaliseResidentId('110105194912310021')).toBeUndefined()
    expect(normaliseResidentId('110105490231002')).toBeUndefined()
  })
  it('name', () => {
    expect(normaliseName(' 张　 三 ')).toBe('张三')
    expect(normaliseName('Mary   Ann\tLee')).toBe('Mary Ann Lee')
    expect(normaliseName('阿依古丽 • 买买提')).toBe('阿依古丽·买买提')
  })
})

describe('check digits (examples of the standards)', () => {
  it('GB 11643, GB 32100, ISO/IEC 7812', () => {
    expect(residentIdCheckHolds('11010519491231002X')).toBe(true)
    expect(residentIdCheckHolds('440524188001010014')).toBe(true)
    expect(usccCheckHolds('91350100M000100Y43')).toBe(true)
    expect(luhnHolds('79927398713')).toBe(true)
    expect(luhnHolds('79927398710')).toBe(false)
  })
})

describe('written forms', () => {
  it('cover the ways people write them, longest first, and nothing too short', () => {
    expect(writtenForms('mobile', '13812345678')).toEqual(
      expect.arrayContaining(['13812345678', '138 1234 5678', '138-1234-5678', '+8613812345678']),
    )
    expect(writtenForms('name', '欧阳娜娜')).toEqual(expect.arrayContaining(['欧阳娜娜', '欧阳女士']))
    expect(writtenForms('name', 'John Smith')).toEqual(expect.arrayContaining(['John Smith', 'Smith, John']))
    expect(writtenForms('address', '浙江省杭州市西湖区文三路193号')).toEqual(
      expect.arrayContaining(['杭州市西湖区文三路193号', '文三路193号']),
    )
    for (const kind of ['name', 'mobile', 'email', 'address', 'resident-id', 'bank-card'] as const) {
      expect(writtenForms(kind, '')).toEqual([])
      expect(writtenForms(kind, '客')).toEqual([])
    }
  })
})
