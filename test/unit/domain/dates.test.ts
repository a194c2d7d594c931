import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isCalendarDate, parseAmount, parseDate } from '../../../electron/domain/dates.ts'

describe('parseDate', () => {
  it.each([
    ['2024-01-28', '2024-01-28'],
    ['2024/1/8', '2024-01-08'],
    ['2024.01.28', '2024-01-28'],
    ['2024年1月28日', '2024-01-28'],
    ['２０２４年１月２８号', '2024-01-28'],
    ['20240128', '2024-01-28'],
    ['2025-09-15 10:16', '2025-09-15T10:16'],
    ['2025-09-15 10:16:05', '2025-09-15T10:16:05'],
    ['2025-09-15T10:16:05.123Z', '2025-09-15T10:16:05'],
    ['2025-09-15T10:16:05+08:00', '2025-09-15T10:16:05'],
    ['2024年1月28日 下午3:05', '2024-01-28T15:05'],
    ['2024年1月28日10时16分', '2024-01-28T10:16'],
    ['2024年1月28日 10时16分05秒', '2024-01-28T10:16:05'],
    ['2024年1月28日 上午12:05', '2024-01-28T12:05'],
    ['01/28/2024', '2024-01-28'],
    ['28/01/2024', '2024-01-28'],
    ['Jan 28, 2024', '2024-01-28'],
    ['28 January 2024', '2024-01-28'],
    ['September 5, 2024 3:05 pm', '2024-09-05T15:05'],
    ['2024-01-28 12:00 am', '2024-01-28T00:00'],
    ['2024-02-29', '2024-02-29'],
  ])('%s → %s', (raw, value) => {
    expect(parseDate(raw)).toEqual({ value })
  })

  it.each([
    '',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-01-28 25:00',
    '2024-01-28 10:61',
    '45000',
    'XX/XX/2019',
    '明天',
    '2024',
    '2024-01',
    '1234567890',
    '2024-01-28 garbage',
    'x'.repeat(100),
  ])('refuses %s', (raw) => {
    expect(parseDate(raw)).toBeUndefined()
  })

  it('reads Excel serials only when asked', () => {
    expect(parseDate('45319', { excelSerials: true })).toEqual({ value: '2024-01-28' })
    expect(parseDate('45319.5', { excelSerials: true })).toEqual({ value: '2024-01-28T12:00' })
    expect(parseDate('1', { excelSerials: true })).toEqual({ value: '1900-01-01' })
    expect(parseDate('60', { excelSerials: true })).toBeUndefined()
    expect(parseDate('61', { excelSerials: true })).toEqual({ value: '1900-03-01' })
    expect(parseDate('45319')).toBeUndefined()
  })

  it('gives back every day of the calendar, and only those', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const iso = [
            String(year).padStart(4, '0'),
            String(month).padStart(2, '0'),
            String(day).padStart(2, '0'),
          ].join('-')
          const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
          const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
          expect(isCalendarDate(iso)).toBe(day <= length)
          expect(parseDate(iso)?.value).toBe(day <= length ? iso : undefined)
        },
      ),
    )
  })
})

describe('parseAmount', () => {
  it.each([
    ['9551.54', '9551.54'],
    ['¥1,234.50', '1234.50'],
    ['￥１，２３４．５０', '1234.50'],
    ['1,234.50', '1234.50'],
    ['1234.5元', '1234.5'],
    ['RMB 100', '100'],
    ['US$1,000,000', '1000000'],
    ['{$21.00}', '21.00'],
    ['-12.50', '-12.50'],
    ['¥-12.50', '-12.50'],
    ['(12.50)', '-12.50'],
    ['1.234,50', '1234.50'],
    ['1.2万元', '12000'],
    ['1.23456万', '12345.6'],
    ['0', '0'],
    ['12345678901234567890.12', '12345678901234567890.12'],
  ])('%s → %s', (raw, value) => {
    expect(parseAmount(raw)).toBe(value)
  })

  it.each(['', 'abc', '1,23', '12,34.5', '1.2.3', '1E5', '--5', '元', '5 6', '9'.repeat(80)])(
    'refuses %s',
    (raw) => {
      expect(parseAmount(raw)).toBeUndefined()
    },
  )
})
