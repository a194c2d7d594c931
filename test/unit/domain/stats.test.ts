// The rules behind the dashboard: ages, ranks, sums without rounding, zones; and suppression, tried as somebody would who wants to know.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageBandOf, nearestRank } from '../../../electron/domain/stats/counts.ts'
import { sumTerms } from '../../../electron/domain/decimals.ts'
import { suppressedCells } from '../../../electron/domain/stats/shareable.ts'
import { daysBetween, zoneSpans } from '../../../electron/domain/stats/zone.ts'

describe('ages, ranks and sums', () => {
  test('an age belongs to exactly one band, both ends included', () => {
    expect([0, 7, 8, 15, 16, 30, 31, 60, 61, 4000].map(ageBandOf)).toEqual([
      '0-7',
      '0-7',
      '8-15',
      '8-15',
      '16-30',
      '16-30',
      '31-60',
      '31-60',
      '61+',
      '61+',
    ])
  })

  test('the nearest rank is the first value with that share at or below it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(500), { minLength: 1, maxLength: 60 }),
        fc.constantFrom(50, 90),
        (values, percent) => {
          const sorted = values.toSorted((a, b) => a - b)
          const naive = sorted.find(
            (value) => sorted.filter((other) => other <= value).length * 100 >= percent * sorted.length,
          )
          expect(sorted[nearestRank(sorted.length, percent) - 1]).toBe(naive)
        },
      ),
    )
  })

  test('money adds up exactly, where floating point would not', () => {
    expect(
      sumTerms([
        { amount: '0.1', times: 1 },
        { amount: '0.2', times: 1 },
      ]),
    ).toBe('0.3')
    expect(
      sumTerms([
        { amount: '90071992547409.93', times: 3 },
        { amount: '', times: 9 },
      ]),
    ).toBe('270215977642229.79')
    expect(sumTerms([{ amount: '', times: 2 }])).toBe('0')
    expect(sumTerms([{ amount: '-0.50', times: 3 }])).toBe('-1.50')
  })

  test('days between two days are whole, also over a summer time', () => {
    expect(daysBetween('2024-03-30', '2024-04-01')).toBe(2)
  })
})

describe('zones', () => {
  test('Shanghai has one offset, Berlin changes twice a year at the minute', () => {
    expect(zoneSpans('Asia/Shanghai', '2024-01-01', '2024-12-31').map(({ minutes }) => minutes)).toEqual([
      480,
    ])
    expect(zoneSpans('Europe/Berlin', '2024-01-01', '2024-12-31')).toEqual([
      { since: '', until: '2024-03-31T03:00', minutes: 60 },
      { since: '2024-03-31T03:00', until: '2024-10-27T02:00', minutes: 120 },
      { since: '2024-10-27T02:00', until: '~', minutes: 60 },
    ])
  })
})

/** What a reader can work out of one table: of each suppressed cell the least and the most that it can be. */
function attack(published: readonly (number | null)[], sum: number): { least: number; most: number }[] {
  const missing = sum - published.reduce<number>((total, count) => total + (count ?? 0), 0)
  const unknown = published.filter((count) => count === null).length
  // The reader knows the rule: zeros are published, so that each of the others is at least 1.
  return published.flatMap((count) =>
    count === null
      ? [{ least: Math.max(1, unknown === 1 ? missing : 1), most: missing - (unknown - 1) }]
      : [],
  )
}

/** Every way to fill the suppressed cells that sums up and that the same rule would have published like this. */
function fillings(published: readonly (number | null)[], sum: number): number[][] {
  const gaps = published.flatMap((count, at) => (count === null ? [at] : []))
  const missing = sum - published.reduce<number>((total, count) => total + (count ?? 0), 0)
  const found: number[][] = []
  const fill = (values: number[], left: number): void => {
    if (values.length === gaps.length - 1) {
      const whole = published.map((count, at) => count ?? [...values, left][gaps.indexOf(at)] ?? 0)
      const again = suppressedCells(whole)
      if (again?.every((hidden, at) => hidden === (published[at] === null)) === true)
        found.push([...values, left])
      return
    }
    for (let value = 1; value <= left - (gaps.length - 1 - values.length); value++)
      fill([...values, value], left - value)
  }
  if (gaps.length > 0) fill([], missing)
  return found
}

describe('suppression in one table', () => {
  const tables = fc.array(fc.oneof(fc.nat(6), fc.nat(40)), { minLength: 1, maxLength: 7 })

  test('leaves a table alone that has no small cell, and zeros in any', () => {
    expect(suppressedCells([0, 5, 12])).toEqual([false, false, false])
    expect(suppressedCells([0, 2, 12, 40])).toEqual([false, true, true, false])
  })

  test('takes a table away whose sum gives all its cells away', () => {
    expect(suppressedCells([1, 1, 1, 2])).toBeUndefined()
    expect(suppressedCells([3])).toBeUndefined()
  })

  test('never publishes a small cell, and the margin tells of a suppressed one nothing under five', () => {
    fc.assert(
      fc.property(tables, (counts) => {
        const hidden = suppressedCells(counts)
        if (hidden === undefined) return
        const published = counts.map((count, at) => (hidden[at] === true ? null : count))
        expect(published.filter((count) => count !== null && count > 0 && count < 5)).toEqual([])
        const sum = counts.reduce((total, count) => total + count, 0)
        for (const { least, most } of attack(published, sum)) {
          expect(least).toBe(1)
          expect(most).toBeGreaterThanOrEqual(5)
        }
      }),
      { numRuns: 1500 },
    )
  })

  test('a reader who knows the rule itself can still not tell any suppressed cell', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 2, maxLength: 5 }), (counts) => {
        const hidden = suppressedCells(counts)
        if (hidden?.includes(true) !== true) return
        const published = counts.map((count, at) => (hidden[at] === true ? null : count))
        const ways = fillings(
          published,
          counts.reduce((total, count) => total + count, 0),
        )
        expect(ways.length).toBeGreaterThan(1)
        for (const at of (ways[0] ?? []).keys())
          expect(new Set(ways.map((way) => way[at])).size).toBeGreaterThan(1)
      }),
      { numRuns: 1500 },
    )
  })
})
