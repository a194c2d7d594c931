// The dashboard's numbers over a real vault: the same as a plain recomputation from the complaints themselves, and shareable ones
// that give nobody away.
import { readFileSync, statSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { complaintStatuses } from '../../shared/types/complaint.ts'
import type { Stats } from '../../shared/types/stats.ts'
import { isOpen } from '../../electron/domain/case-states.ts'
import { ageBandOf } from '../../electron/domain/stats/counts.ts'
import { renewDue } from '../../electron/vault/usecases/due.ts'
import { addMadeUp, type MadeUpCase } from '../support/made-up-cases.ts'
import { aVault, codeOf, freshPath, type TestVault } from '../support/vault.ts'

const range = { from: '2024-02-01', to: '2024-03-31' }

async function withCases(cases: readonly MadeUpCase[]): Promise<TestVault> {
  const vault = await aVault()
  const { records } = vault.session.store
  records.db.transaction(() => {
    for (const made of cases) addMadeUp(records, made)
  })()
  return vault
}

const day = fc
  .integer({ min: 0, max: 89 })
  .map((n) => new Date(Date.UTC(2024, 0, 15 + n)).toISOString().slice(0, 10))
const minute = fc.integer({ min: 0, max: 1439 }).map((n) => new Date(n * 60_000).toISOString().slice(11, 16))
const clock = fc.tuple(day, minute).map(([date, time]) => `${date}T${time}`)
const instant = fc
  .tuple(clock, fc.nat(59_999))
  .map(([at, ms]) => new Date(Date.parse(`${at}Z`) + ms).toISOString())
const some = fc.option(fc.constantFrom('1', '3', '5'), { nil: undefined })

const madeUp: fc.Arbitrary<MadeUpCase> = fc
  .record({
    receivedAt: fc.oneof(clock, clock, day, fc.constant('')),
    closing: clock,
    status: fc.constantFrom(...complaintStatuses),
    category: fc.constantFrom('退款', '预付卡', '物流', ''),
    channel: fc.constantFrom('电话', 'web'),
    assignee: fc.constantFrom('', 'a-person', 'b-person'),
    severity: fc.constantFrom('', 'low', 'high'),
    rootCause: fc.constantFrom('', '系统未同步', '员工失误'),
    satisfaction: some,
    relief: fc.constantFrom(
      { kind: '', amount: '', currency: '' },
      { kind: 'refund', amount: '0.1', currency: 'CNY' },
      { kind: 'refund', amount: '20.205', currency: 'CNY' },
      { kind: 'refund', amount: '7', currency: 'USD' },
      { kind: 'apology', amount: '', currency: '' },
    ),
    events: fc.array(
      fc.oneof(
        fc.record({ at: instant, kind: fc.constantFrom('note', 'call', 'letter', 'edit') }),
        fc.record({
          at: instant,
          kind: fc.constant('status'),
          to: fc.constantFrom('acknowledged', 'awaiting-customer', 'resolved', 'closed', 'reopened'),
        }),
      ),
      { maxLength: 5 },
    ),
  })
  .map(({ closing, satisfaction, ...made }) => ({
    ...made,
    ...(satisfaction === undefined ? {} : { satisfaction }),
    closedAt: isOpen(made.status) ? '' : closing,
    events: made.events.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
  }))

/** Milliseconds of a clock time in Shanghai, which is 8 hours ahead all the year. */
const shanghai = (at: string): number =>
  Date.parse(at.length === 10 ? `${at}T00:00Z` : `${at}Z`) - 8 * 3_600_000

function ranked(hours: readonly number[], percent: number): number | null {
  const sorted = hours.toSorted((a, b) => a - b)
  return (
    sorted.find(
      (value) => sorted.filter((other) => other <= value).length * 100 >= percent * sorted.length,
    ) ?? null
  )
}

/** The hours, to two decimals of whole seconds. */
const hoursBetween = (from: number, to: number): number =>
  Math.round(Math.max(0, Math.floor(to / 1000) - from / 1000) / 36) / 100

function firstAnswerOf({ events = [] }: MadeUpCase): number | undefined {
  return events
    .filter(
      ({ kind, to }) =>
        ['call', 'email-out', 'visit', 'letter'].includes(kind) || ['resolved', 'closed'].includes(to ?? ''),
    )
    .map(({ at }) => Date.parse(at))
    .at(0)
}

function resolutionOf({ events = [], closedAt = '', status }: MadeUpCase): number | undefined {
  if (status !== 'resolved' && status !== 'closed') return undefined
  const since = events.findLastIndex(({ to }) => to === 'reopened') + 1
  const step = events.slice(since).find(({ to }) => to === 'resolved' || to === 'closed')
  if (step !== undefined) return Date.parse(step.at)
  return closedAt === '' ? undefined : shanghai(closedAt)
}

const within = (at: string) => at !== '' && at.slice(0, 10) >= range.from && at.slice(0, 10) <= range.to

/** What must agree with the vault's answer, counted one by one. */
function recomputed(cases: readonly MadeUpCase[], today: string) {
  const received = cases.filter(({ receivedAt }) => within(receivedAt))
  const count = (matches: (made: MadeUpCase) => boolean) => received.filter(matches).length
  const closed = cases.filter(({ closedAt = '', status }) => within(closedAt) && !isOpen(status))
  const answers = received.flatMap((made) => {
    const at = firstAnswerOf(made)
    return at === undefined ? [] : [hoursBetween(shanghai(made.receivedAt), at)]
  })
  const resolutions = received.flatMap((made) => {
    const at = resolutionOf(made)
    return at === undefined ? [] : [hoursBetween(shanghai(made.receivedAt), at)]
  })
  const ratings = received.flatMap(({ satisfaction }) =>
    satisfaction === undefined ? [] : [Number(satisfaction)],
  )
  const ages: string[] = received
    .filter(({ status }) => isOpen(status))
    .map(({ receivedAt }) =>
      ageBandOf(
        Math.round(
          (Date.parse(`${today}T00:00Z`) - Date.parse(`${receivedAt.slice(0, 10)}T00:00Z`)) / 86_400_000,
        ),
      ),
    )
  return {
    received: received.length,
    closed: closed.length,
    open: count(({ status }) => isOpen(status)),
    undated: cases.filter(({ receivedAt }) => receivedAt === '').length,
    ages,
    byStatus: complaintStatuses.map((status) => count((made) => made.status === status)),
    refund: count(({ category }) => category === '退款'),
    byPhone: count(({ channel }) => channel === '电话'),
    high: count(({ severity }) => severity === 'high'),
    ofB: count(({ assignee }) => assignee === 'b-person'),
    cause: count(({ rootCause }) => rootCause === '员工失误'),
    firstAnswer: { count: answers.length, medianHours: ranked(answers, 50), p90Hours: ranked(answers, 90) },
    resolution: {
      count: resolutions.length,
      medianHours: ranked(resolutions, 50),
      p90Hours: ranked(resolutions, 90),
    },
    refunds: count(({ relief }) => relief?.kind === 'refund' && relief.currency === 'CNY'),
    refundedThousandths: received
      .filter(({ relief }) => relief?.kind === 'refund' && relief.currency === 'CNY')
      .reduce((sum, { relief }) => sum + (relief?.amount === '0.1' ? 100 : 20_205), 0),
    mean:
      ratings.length === 0
        ? null
        : Math.round((ratings.reduce((a, b) => a + b, 0) / ratings.length) * 100) / 100,
    march: [
      received.filter(({ receivedAt }) => receivedAt.startsWith('2024-03')).length,
      closed.filter(({ closedAt = '' }) => closedAt.startsWith('2024-03')).length,
    ],
  }
}

/** The same from the vault's answer. */
function answered(stats: Stats, today: string): ReturnType<typeof recomputed> {
  const at = (cells: readonly { key: string; count: number | null }[], key: string) =>
    cells.find((cell) => cell.key === key)?.count ?? 0
  const refunds = stats.relief.find(({ kind, currency }) => kind === 'refund' && currency === 'CNY')
  const march = stats.trend.find(({ month }) => month === '2024-03')
  expect(stats.generatedAt.slice(0, 4)).toBe(today.slice(0, 4))
  return {
    received: stats.received ?? -1,
    closed: stats.closed ?? -1,
    open: stats.open ?? -1,
    undated: stats.undated ?? -1,
    ages: stats.openByAge.flatMap(({ key, count }) => Array.from({ length: count ?? 0 }, () => key)),
    byStatus: stats.byStatus.map(({ count }) => count ?? -1),
    refund: at(stats.byCategory, '退款'),
    byPhone: at(stats.byChannel, '电话'),
    high: at(stats.bySeverity, 'high'),
    ofB: at(stats.byPerson ?? [], 'b-person'),
    cause: at(stats.rootCauses, '员工失误'),
    firstAnswer: { ...stats.firstAnswer, count: stats.firstAnswer.count ?? -1 },
    resolution: { ...stats.resolution, count: stats.resolution.count ?? -1 },
    refunds: refunds?.count ?? 0,
    refundedThousandths: Math.round(Number(refunds?.amount ?? '0') * 1000),
    mean: stats.satisfaction.mean,
    march: [march?.received ?? 0, march?.closed ?? 0],
  }
}

describe('statistics', () => {
  test('are what a plain recomputation of the complaints gives', async () => {
    const vault = await aVault()
    const { records } = vault.session.store
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
    await fc.assert(
      fc.asyncProperty(fc.array(madeUp, { maxLength: 40 }), async (cases) => {
        records.db.exec('SAVEPOINT trial')
        try {
          for (const made of cases) addMadeUp(records, made)
          const stats = await vault.call('stats.get', range)
          const wanted = recomputed(cases, today)
          const got = answered(stats, today)
          expect({ ...got, ages: got.ages.toSorted() }).toEqual({ ...wanted, ages: wanted.ages.toSorted() })
        } finally {
          records.db.exec('ROLLBACK TO trial; RELEASE trial')
        }
      }),
      { numRuns: 60 },
    )
  })

  test('are the same over many, which are counted a stretch at a time; and fit, whoever writes meanwhile', async () => {
    const cases = fc.sample(madeUp, { numRuns: 6000, seed: 7 })
    const vault = await withCases(cases)
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
    const wanted = recomputed(cases, today)
    expect(wanted.received).toBeGreaterThan(2000)
    const sorted = <T extends { ages: string[] }>(all: T): T => ({ ...all, ages: all.ages.toSorted() })
    const ended: string[] = []
    const asked = vault.call('stats.get', range).finally(() => ended.push('numbers'))
    const draft = { narrative: '预付卡', receivedAt: '2024-02-10', category: '退款' }
    const added = vault.call('complaints.add', draft).finally(() => ended.push('complaint'))
    const stats = await asked
    await added
    // The complaint came in between two stretches, and is in all of the numbers.
    expect(ended).toEqual(['complaint', 'numbers'])
    expect([stats.received, stats.byStatus[0]?.count]).toEqual([
      wanted.received + 1,
      (wanted.byStatus[0] ?? 0) + 1,
    ])
    const before = { ...range, to: '2024-02-09' }
    const early = cases.filter(({ receivedAt }) => receivedAt !== '' && receivedAt.slice(0, 10) <= before.to)
    const { firstAnswer, resolution } = recomputed(early, today)
    const got = await vault.call('stats.get', before)
    expect([got.firstAnswer, got.resolution]).toEqual([firstAnswer, resolution])
    await vault.call('complaints.update', {
      id: (await added).id,
      revision: 1,
      patch: { receivedAt: '2020-01-01' },
    })
    expect(sorted(answered(await vault.call('stats.get', range), today))).toEqual(sorted(wanted))
  })

  test('count an edge once: first and last minute of the range, a day without a time, nothing beside it', async () => {
    const at = (receivedAt: string): MadeUpCase => ({ receivedAt, status: 'received', category: '退款' })
    const vault = await withCases([
      at('2024-01-31T23:59'),
      at('2024-02-01T00:00'),
      at('2024-03-31'),
      at('2024-03-31T23:59:59'),
      at('2024-04-01'),
    ])
    expect((await vault.call('stats.get', range)).received).toBe(3)
    // From the first day that can be written to the last.
    for (const [from, to, received] of [
      ['0001-01-01', '9999-12-31', 5],
      ['9999-12-31', '9999-12-31', 0],
      ['2024-01-31', '2024-02-01', 2],
    ] as const)
      expect((await vault.call('stats.get', { from, to })).received).toBe(received)
    expect(await codeOf(vault.call('stats.get', { from: range.to, to: range.from }))).toBe('input.invalid')
  })

  test('tell deadlines by what is owed: kept, missed, running, and no clock', async () => {
    const today = new Date().toISOString().slice(0, 10)
    const at = (made: Partial<MadeUpCase>): MadeUpCase => ({
      receivedAt: '2024-02-10T09:00',
      status: 'received',
      category: '',
      ...made,
    })
    const vault = await withCases([
      at({}),
      at({ receivedAt: `${today}T00:00` }),
      // Waiting for its complainant, nothing is owed.
      at({ status: 'awaiting-customer' }),
      at({ status: 'closed', closedAt: '2024-02-19T10:00' }),
      at({ status: 'closed', closedAt: '2024-03-21T10:00' }),
      at({ status: 'closed' }),
    ])
    for (const row of vault.session.store.records.due.clockedAfter(0, 100)) renewDue(vault.context, row.seq)
    const { deadlines } = await vault.call('stats.get', { from: range.from, to: today })
    expect(deadlines.map(({ key, count, open }) => [key, count, open])).toEqual([
      ['met', 1, 0],
      ['missed', 2, 1],
      ['running', 1, 1],
      ['', 2, 1],
    ])
  })

  test('are saved as JSON and CSV into new files only, and the log says so without a number of them', async () => {
    const vault = await withCases([{ receivedAt: '2024-02-10', status: 'received', category: '=cmd' }])
    const out = freshPath('numbers.json')
    const saved = await vault.call('stats.save', { ...range, out, format: 'json' })
    expect(saved.bytes).toBe(statSync(out).size)
    const read: unknown = JSON.parse(readFileSync(out, 'utf8'))
    expect(read).toMatchObject({ received: 1, byCategory: [{ key: '=cmd', count: 1 }] })
    const csv = freshPath('numbers.csv')
    await vault.call('stats.save', { ...range, out: csv, format: 'csv' })
    expect(readFileSync(csv, 'utf8')).toContain("byCategory,'=cmd,1,1,,")
    expect(await codeOf(vault.call('stats.save', { ...range, out, format: 'json' }))).toBe('file.exists')
    const { items } = await vault.call('audit.list', {})
    expect(items.filter(({ action }) => action === 'stats.saved').map(({ detail }) => detail)).toEqual([
      { ...range, shareable: false, format: 'csv' },
      { ...range, shareable: false, format: 'json' },
    ])
  })
})
