// Shareable statistics, attacked: whoever has them, knows how they are made, and adds up every margin can't tell of any small cell
// that it is small, nor which it is.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { complaintStatuses } from '../../shared/types/complaint.ts'
import type { Stats } from '../../shared/types/stats.ts'
import { isOpen } from '../../electron/domain/case-states.ts'
import { renewDue } from '../../electron/vault/usecases/due.ts'
import { addMadeUp, type MadeUpCase } from '../support/made-up-cases.ts'
import { aVault } from '../support/vault.ts'

const range = { from: '2024-02-01', to: '2024-04-30' }

const madeUp: fc.Arbitrary<MadeUpCase> = fc
  .record({
    day: fc.integer({ min: 0, max: 80 }),
    status: fc.oneof(fc.constant('received' as const), fc.constantFrom(...complaintStatuses)),
    category: fc.oneof(fc.constant('退款'), fc.constantFrom('预付卡', '物流', '')),
    channel: fc.oneof({ weight: 9, arbitrary: fc.constant('电话') }, fc.constantFrom('web', '来访')),
    assignee: fc.constantFrom('', 'a-person'),
    severity: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, fc.constantFrom('low', 'high')),
    rootCause: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, fc.constantFrom('系统', '员工')),
    satisfaction: fc.constantFrom('', '', '2', '4', '5'),
    relief: fc.constantFrom(
      { kind: '', amount: '', currency: '' },
      { kind: '', amount: '', currency: '' },
      { kind: 'refund', amount: '12.5', currency: 'CNY' },
    ),
  })
  .map(({ day, ...made }) => {
    const receivedAt = new Date(Date.UTC(2024, 1, 1 + day)).toISOString().slice(0, 10)
    return { ...made, receivedAt, closedAt: isOpen(made.status) ? '' : `${receivedAt}T10:00` }
  })

/** Few kinds of cases, many of each: of those more can be told. */
const alike: fc.Arbitrary<MadeUpCase[]> = fc
  .array(fc.tuple(madeUp, fc.integer({ min: 3, max: 25 })), { minLength: 1, maxLength: 4, size: 'max' })
  .map((groups) => groups.flatMap(([made, times]) => Array.from({ length: times }, () => made)))

interface Bounds {
  least: number
  most: number
}

/** Numbers that are published nowhere. */
const deadlineParts = ['missed open', 'missed ended', 'none open', 'none ended']

/** How many of these parts there are. */
function partsOf({ deadlines }: Stats): Map<string, number> {
  const parts = new Map<string, number>()
  for (const { key, count, open } of deadlines) {
    const name = key === '' ? 'none' : key
    parts.set(`${name} open`, open ?? 0)
    parts.set(`${name} ended`, (count ?? 0) - (open ?? 0))
  }
  return parts
}

/** What the published numbers say of every number, by repeating each margin until nothing gets narrower. */
function solve(stats: Stats): Map<string, Bounds> {
  const known = new Map<string, Bounds>()
  const put = (name: string, value: number | null, least: number) =>
    known.set(name, value === null ? { least, most: 10_000 } : { least: value, most: value })
  put('received', stats.received, 0)
  put('open', stats.open, 0)
  put('ended', null, 0)
  put('closed', stats.closed, 0)
  const sums: { parts: string[]; whole: string }[] = [{ parts: ['open', 'ended'], whole: 'received' }]
  const table = (name: string, whole: string, cells: readonly { key: string; count: number | null }[]) => {
    // A suppressed cell isn't empty: empty ones are published.
    for (const { key, count } of cells) put(`${name} ${key}`, count, 1)
    if (cells.length > 0) sums.push({ parts: cells.map(({ key }) => `${name} ${key}`), whole })
  }
  const isOpenKey = ({ key }: { key: string }) =>
    complaintStatuses.some((status) => status === key && isOpen(status))
  table('open status', 'open', stats.byStatus.filter(isOpenKey))
  table(
    'ended status',
    'ended',
    stats.byStatus.filter((cell) => !isOpenKey(cell)),
  )
  table('age', 'open', stats.openByAge)
  table('category', 'received', stats.byCategory)
  table('channel', 'received', stats.byChannel)
  table('severity', 'received', stats.bySeverity)
  table('deadline', 'received', stats.deadlines)
  // What runs is open, what was kept has ended; the rest is of both kinds.
  if (stats.deadlines.length > 0) {
    for (const part of deadlineParts) put(part, null, 0)
    sums.push(
      { parts: ['deadline running', 'missed open', 'none open'], whole: 'open' },
      { parts: ['deadline met', 'missed ended', 'none ended'], whole: 'ended' },
      { parts: ['missed open', 'missed ended'], whole: 'deadline missed' },
      { parts: ['none open', 'none ended'], whole: 'deadline ' },
    )
  }
  table('cause', 'received', stats.rootCauses)
  table('rating', 'received', stats.satisfaction.distribution)
  table(
    'relief',
    'received',
    stats.relief.map(({ kind, currency, count }) => ({ key: kind + currency, count })),
  )
  // A month may be blank as a whole: then nothing is known of it, not even that it isn't empty.
  for (const what of ['received', 'closed'] as const) {
    const months = stats.trend.map((month) => ({ key: month.month, count: month[what] }))
    const blank = months.every(({ count }) => count === null)
    table(`month ${what}`, what, months)
    if (blank) for (const { key } of months) put(`month ${what} ${key}`, null, 0)
  }
  const boundsOf = (name: string): Bounds => known.get(name) ?? { least: 0, most: 10_000 }
  for (let again = true; again;) {
    again = false
    const narrow = (name: string, least: number, most: number) => {
      const old = boundsOf(name)
      const now = { least: Math.max(old.least, least), most: Math.min(old.most, most) }
      if (now.least === old.least && now.most === old.most) return
      known.set(name, now)
      again = true
    }
    for (const { parts, whole } of sums) {
      const all = parts.map(boundsOf)
      const least = all.reduce((sum, one) => sum + one.least, 0)
      const most = all.reduce((sum, one) => sum + one.most, 0)
      narrow(whole, least, most)
      const total = boundsOf(whole)
      for (const [at, part] of parts.entries()) {
        const own = all[at] ?? { least: 0, most: 0 }
        narrow(part, total.least - (most - own.most), total.most - (least - own.least))
      }
    }
  }
  return known
}

/** Every count that is published. */
function publishedCounts(stats: Stats): (number | null)[] {
  const lists = [
    stats.openByAge,
    stats.byStatus,
    stats.byCategory,
    stats.byChannel,
    stats.bySeverity,
    stats.deadlines,
    stats.rootCauses,
    stats.relief,
    stats.satisfaction.distribution,
  ]
  return [
    stats.received,
    stats.open,
    stats.closed,
    stats.undated,
    ...lists.flatMap((cells) => cells.map(({ count }) => count)),
    ...lists.flatMap((cells) => cells.map((cell) => ('open' in cell ? cell.open : null))),
    ...stats.trend.flatMap(({ received, closed }) => [received, closed]),
  ]
}

describe('shareable statistics', () => {
  test('publish no small cell, and no margin narrows a suppressed one to less than one to five', async () => {
    const vault = await aVault()
    const { records } = vault.session.store
    let suppressed = 0
    let told = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.array(madeUp, { maxLength: 90, size: 'max' }), alike), async (cases) => {
        records.db.exec('SAVEPOINT trial')
        try {
          for (const made of cases) addMadeUp(records, made)
          for (const { seq } of records.due.clockedAfter(0, 100)) renewDue(vault.context, seq)
          const parts = partsOf(await vault.call('stats.get', range))
          const stats = await vault.call('stats.get', { ...range, shareable: true })
          expect(publishedCounts(stats).filter((count) => count !== null && count > 0 && count < 5)).toEqual(
            [],
          )
          expect(stats.byPerson).toBeNull()
          if (stats.deadlines.length > 0) told += 1
          for (const [name, { least, most }] of solve(stats)) {
            // Of a part that is large or empty anything may be told.
            const part = deadlineParts.includes(name) ? (parts.get(name) ?? 0) : 1
            if (part === 0 || part >= 5) continue
            if (least === most) expect(least === 0 || least >= 5, name).toBe(true)
            else {
              suppressed += 1
              expect(least, name).toBeLessThanOrEqual(1)
              expect(most, name).toBeGreaterThanOrEqual(5)
            }
          }
        } finally {
          records.db.exec('ROLLBACK TO trial; RELEASE trial')
        }
      }),
      { numRuns: 80 },
    )
    // An attack on nothing proves nothing.
    expect(told).toBeGreaterThan(0)
    expect(suppressed).toBeGreaterThan(100)
  })

  test('tell nothing at all of fewer than five, and no time that is one of few', async () => {
    const vault = await aVault()
    const { records } = vault.session.store
    const one: MadeUpCase = {
      receivedAt: '2024-02-10T09:00',
      status: 'closed',
      closedAt: '2024-02-12T09:00',
      category: '退款',
      satisfaction: '2',
      relief: { kind: 'refund', amount: '320.50', currency: 'CNY' },
      events: [{ at: '2024-02-11T01:00:00.000Z', kind: 'status', to: 'closed' }],
    }
    for (let n = 0; n < 4; n++) addMadeUp(records, one)
    const few = await vault.call('stats.get', { ...range, shareable: true })
    expect([few.received, few.open, few.closed, few.byCategory, few.relief, few.trend]).toEqual([
      null,
      null,
      null,
      [],
      [],
      [],
    ])
    addMadeUp(records, one)
    const five = await vault.call('stats.get', { ...range, shareable: true })
    expect(five).toMatchObject({
      received: 5,
      relief: [{ kind: 'refund', count: 5, amount: '1602.50' }],
      satisfaction: { mean: 2 },
      firstAnswer: { count: null, medianHours: null, p90Hours: null },
    })
    for (let n = 0; n < 50; n++) addMadeUp(records, one)
    const many = await vault.call('stats.get', { ...range, shareable: true })
    expect(many.firstAnswer).toEqual({ count: null, medianHours: 24, p90Hours: 24 })
  })
})
