// Counting time: whole days, working days of China as published, hours, months; and pauses that lose nothing.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Counting,
  dueAfter,
  ranBetween,
  type Stretch,
} from '../../../../electron/domain/clocks/count.ts'
import { clockBook, noSettings, requireSound, withFile } from '../../../../electron/domain/clocks/packs.ts'
import { workdaysOf } from '../../../../electron/domain/clocks/workdays.ts'
import { dayNumber, weekdayOf, zoneOf } from '../../../../electron/domain/clocks/zone.ts'
import { GuicangError } from '../../../../shared/errors.ts'
import {
  type Clock,
  type ClockFile,
  clockFileSchema,
  type WorkdayTable,
} from '../../../../shared/types/clock.ts'

const folder = fileURLToPath(new URL('../../../../resources/clock-packs/', import.meta.url))
const shipped: ClockFile[] = readdirSync(folder).map((name) =>
  clockFileSchema.parse(JSON.parse(readFileSync(folder + name, 'utf8'))),
)
const tables = shipped.flatMap(({ workdays }) => workdays)
const shanghai = zoneOf('Asia/Shanghai')
const china: Counting = { zone: shanghai, workdays: workdaysOf(tables) }

const local = (text: string): number => Date.parse(`${text}+08:00`)
const dueOn = (length: number, unit: Clock['unit'], start: string, pauses: Stretch[] = []) => {
  const { at, provisional } = dueAfter({ length, unit }, local(start), pauses, china)
  return `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}${provisional ? ' ?' : ''}`
}

describe('working days of China', () => {
  const working = (day: string): boolean => china.workdays.isWorking(dayNumber(day))

  test.each([
    ['2024-02-04', true],
    ['2024-02-09', true],
    ['2024-02-10', false],
    ['2024-02-16', false],
    ['2024-02-18', true],
    ['2024-09-14', true],
    ['2024-10-12', true],
    ['2025-01-01', false],
    ['2025-01-02', true],
    ['2025-01-26', true],
    ['2025-01-27', true],
    ['2025-01-28', false],
    ['2025-02-04', false],
    ['2025-02-05', true],
    ['2025-02-08', true],
    ['2025-02-09', false],
    ['2025-10-08', false],
    ['2025-10-11', true],
    ['2026-01-02', false],
    ['2026-01-04', true],
    ['2026-02-14', true],
    ['2026-02-23', false],
    ['2026-02-28', true],
    ['2026-09-20', true],
    ['2026-10-07', false],
    ['2026-10-10', true],
  ])('%s is worked on: %s', (day, expected) => {
    expect(working(day)).toBe(expected)
  })

  // The law gives eleven days off a year since 2025, thirteen before shifts: what is shifted is worked elsewhere.
  test.each([
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('%i has %i of them', (year, expected) => {
    let count = 0
    for (let day = dayNumber(`${year}-01-01`); day < dayNumber(`${year + 1}-01-01`); day += 1)
      if (china.workdays.isWorking(day)) count += 1
    expect(count).toBe(expected)
  })

  test('every table names its source, and none is of a year that nobody has published', () => {
    expect(tables.map(({ year }) => year)).toEqual([2024, 2025, 2026])
    for (const { year, source } of tables) expect(source).toContain(`关于 ${year} 年部分节假日安排的通知`)
  })
})

describe('a clock runs out', () => {
  test('on the last of its days, the day of the start not counted', () => {
    expect(dueOn(15, 'calendar', '2025-03-03T10:16:00')).toBe('2025-03-18T23:59:59')
    expect(dueOn(1, 'workingDay', '2025-03-07T18:00:00')).toBe('2025-03-10T23:59:59')
  })

  test('after the working Sunday and past the Spring Festival', () => {
    expect(dueOn(1, 'workingDay', '2025-01-25T09:00:00')).toBe('2025-01-26T23:59:59')
    expect(dueOn(5, 'workingDay', '2025-01-24T09:00:00')).toBe('2025-02-07T23:59:59')
    expect(dueOn(6, 'workingDay', '2025-01-24T09:00:00')).toBe('2025-02-08T23:59:59')
  })

  test('provisionally in a year without a table', () => {
    expect(dueOn(3, 'workingDay', '2026-12-30T09:00:00')).toBe('2027-01-04T23:59:59 ?')
    expect(dueOn(1, 'workingDay', '2026-12-30T09:00:00')).toBe('2026-12-31T23:59:59')
  })

  test('after hours, and after months to the same date or the last of the month', () => {
    expect(dueOn(72, 'hour', '2025-03-03T10:16:00')).toBe('2025-03-06T10:16:00')
    expect(dueOn(1, 'month', '2025-01-31T10:00:00')).toBe('2025-02-28T23:59:59')
    expect(dueOn(3, 'month', '2025-11-30T10:00:00')).toBe('2026-02-28T23:59:59')
  })

  test('at the end of a day of 23 hours as of any other', () => {
    const berlin = { zone: zoneOf('Europe/Berlin'), workdays: workdaysOf([]) }
    const { at } = dueAfter(
      { length: 1, unit: 'calendar' },
      Date.parse('2025-03-29T12:00:00+01:00'),
      [],
      berlin,
    )
    expect(new Date(at + 1).toISOString()).toBe('2025-03-30T22:00:00.000Z')
  })
})

/** Pauses in order, from some hours after the start. */
const stretches = fc
  .array(
    fc.tuple(fc.integer({ min: 1, max: 90 * 3_600_000 }), fc.integer({ min: 1, max: 400 * 3_600_000 })),
    {
      maxLength: 6,
    },
  )
  .map((steps) => {
    let at = local('2025-01-20T10:00:00')
    return steps.map(([gap, length]) => {
      const from = at + gap
      at = from + length
      return { from, to: at }
    })
  })

describe('a pause', () => {
  const start = local('2025-01-20T10:00:00')

  test('moves a clock of hours by exactly its length', () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1, max: 500 }), (pauses, length) => {
        const { at } = dueAfter({ length, unit: 'hour' }, start, pauses, china)
        expect(ranBetween(start, at, pauses)).toBe(length * 3_600_000)
      }),
    )
  })

  test('loses no millisecond of a day: what ran outside of pauses is the whole length', () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1, max: 40 }), (pauses, length) => {
        const { at } = dueAfter({ length, unit: 'calendar' }, start, pauses, china)
        const begin = shanghai.startOf(shanghai.dayOf(start) + 1)
        expect(ranBetween(begin, at + 1, pauses)).toBe(length * 86_400_000)
      }),
    )
  })

  test('loses nothing of a working day either, and costs nothing on a day off', () => {
    fc.assert(
      fc.property(stretches, fc.integer({ min: 1, max: 30 }), (pauses, length) => {
        const { at } = dueAfter({ length, unit: 'workingDay' }, start, pauses, china)
        let ran = 0
        for (let day = shanghai.dayOf(start) + 1; shanghai.startOf(day) <= at; day += 1) {
          if (!china.workdays.isWorking(day)) continue
          ran += ranBetween(shanghai.startOf(day), Math.min(shanghai.startOf(day + 1), at + 1), pauses)
        }
        expect(ran).toBe(length * 86_400_000)
      }),
    )
    const saturday = { from: local('2025-03-08T09:00:00'), to: local('2025-03-09T21:00:00') }
    expect(dueOn(2, 'workingDay', '2025-03-06T09:00:00', [saturday])).toBe('2025-03-10T23:59:59')
  })
})

describe('packs', () => {
  const rule = (work: () => unknown): string => {
    try {
      work()
    } catch (thrown) {
      if (thrown instanceof GuicangError)
        return `${thrown.code} ${thrown.fields?.[0]?.rule ?? ''} ${thrown.fields?.[0]?.value ?? ''}`
      throw thrown
    }
    return 'accepted'
  }
  const table = (more: Partial<WorkdayTable>): WorkdayTable => ({
    calendar: 'CN',
    year: 2027,
    source: 's',
    off: [],
    work: [],
    ...more,
  })
  const file = (workdays: WorkdayTable[]): ClockFile => ({ format: 'guicang-clocks-1', packs: [], workdays })
  const booked = (workdays: WorkdayTable[]) => clockBook(shipped, withFile(noSettings, file(workdays)))

  test('all that ship are sound, each clock with a source and both names', () => {
    for (const one of shipped) requireSound(one)
    const book = clockBook(shipped, noSettings)
    expect(book.defaultPack.id).toBe('iso10002')
    expect(book.packs.map(({ id }) => id).toSorted()).toEqual([
      'cfpb',
      'cn-bank',
      'cn-bank-complex',
      'cn-bank-extended',
      'cn-market',
      'fca-disp',
      'fca-payments',
      'fca-payments-exceptional',
      'gbt35273-rights',
      'gdpr-rights',
      'gdpr-rights-extended',
      'iso10002',
      'pipl-rights',
    ])
  })

  test('a table of the next year is taken; one that leaves a year out, or stands twice, is refused by name', () => {
    expect(
      booked([table({})])
        .calendar('CN')
        .isKnown(dayNumber('2027-06-01')),
    ).toBe(true)
    expect(rule(() => booked([table({ year: 2028 })]))).toBe('clocks.invalid yearMissing 2027')
    expect(rule(() => booked([table({}), table({})]))).toBe('clocks.invalid yearTwice CN 2027')
  })

  test.each([
    [{ off: [['2028-01-01', '2028-01-02']] }, 'otherYear 2028-01-01'],
    [{ off: [['2027-12-30', '2028-01-02']] }, 'otherYear 2027-12-30'],
    [{ off: [['2027-02-03', '2027-02-01']] }, 'order 2027-02-03'],
    [
      {
        off: [
          ['2027-02-01', '2027-02-05'],
          ['2027-02-05', '2027-02-08'],
        ],
      },
      'dayTwice 2027-02-05',
    ],
    [{ work: ['2027-02-03'] }, 'notWeekend 2027-02-03'],
    [{ off: [['2027-02-06', '2027-02-07']], work: ['2027-02-07'] }, 'dayTwice 2027-02-07'],
  ] satisfies [Partial<WorkdayTable>, string][])('a table with %j is refused', (more, expected) => {
    expect(rule(() => booked([table(more)]))).toBe(`clocks.invalid ${expected}`)
  })

  test('the days of a week are those of the calendar', () => {
    expect([weekdayOf(dayNumber('2026-11-27')), weekdayOf(dayNumber('1969-12-28'))]).toEqual([5, 0])
  })
})
