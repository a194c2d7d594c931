// From what the database counted to the dashboard's numbers. Nothing here knows of a single complaint.
import { type ComplaintStatus, complaintStatuses } from '../../../shared/types/complaint.ts'
import { severities } from '../../../shared/types/case.ts'
import {
  type AgeBand,
  ageBands,
  type Duration,
  otherKey,
  type ReliefCell,
  type Stats,
  type StatsCell,
  type TrendMonth,
} from '../../../shared/types/stats.ts'
import { isOpen } from '../case-states.ts'
import { isDecimal, sumTerms, type Term } from '../decimals.ts'
import { daysBetween } from './zone.ts'

/** Durations: how many, and those at the ranks of the median and of nine tenths. */
export interface DurationCounts {
  count: number
  medianSeconds: number | null
  p90Seconds: number | null
}

/** Counts over the complaints received in the range; `n` of them, `open` of these still open. */
export interface StatsCounts {
  undated: number
  /** One a day of receipt (`YYYY-MM-DD`). */
  days: readonly { day: string; n: number; open: number }[]
  facts: readonly { category: string; channel: string; status: ComplaintStatus; n: number }[]
  /** '' where there is none. */
  people: readonly { assignee: string; severity: string; satisfaction: string; n: number; open: number }[]
  rootCauses: readonly { key: string; n: number; open: number }[]
  relief: readonly { kind: string; currency: string; amount: string; n: number }[]
  deadlines: readonly { key: string; n: number; open: number }[]
  firstAnswer: DurationCounts
  resolution: DurationCounts
  /** Ended in the range, by month, whenever they were received. */
  closedMonths: readonly { month: string; n: number }[]
}

export interface StatsRange {
  from: string
  to: string
  timeZone: string
  generatedAt: string
  /** The present day in the company's zone. */
  today: string
  nameOf: (personId: string) => string
}

/** Lines of a list that people typed; the rest stands together in one line. */
const mostLines = 50

/** Rank of the share `percent` among `count` sorted values, from 1: the smallest with at least that share at or below it. */
export function nearestRank(count: number, percent: number): number {
  return Math.ceil((count * percent) / 100)
}

/** Of durations in any order. One that would be negative is none at all: 0. */
export function durationCounts(seconds: readonly number[]): DurationCounts {
  const sorted = Float64Array.from(seconds, (one) => Math.max(one, 0)).sort()
  const at = (percent: number): number | null => sorted[nearestRank(sorted.length, percent) - 1] ?? null
  return { count: sorted.length, medianSeconds: at(50), p90Seconds: at(90) }
}

export function ageBandOf(days: number): AgeBand {
  if (days <= 7) return '0-7'
  if (days <= 15) return '8-15'
  if (days <= 30) return '16-30'
  return days <= 60 ? '31-60' : '61+'
}

interface Count {
  n: number
  open: number
}

/** Adds up by key. */
function tally<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  countOf: (item: T) => Count,
): Map<string, Count> {
  const sums = new Map<string, Count>()
  for (const item of items) {
    const key = keyOf(item)
    const sum = sums.get(key) ?? { n: 0, open: 0 }
    const { n, open } = countOf(item)
    sums.set(key, { n: sum.n + n, open: sum.open + open })
  }
  return sums
}

const cellOf = (key: string, { n, open }: Count): StatsCell => ({ key, count: n, open, suppressed: false })

/** Cells of a list that is closed: every key has its line, also an empty one. */
function fixedCells(keys: readonly string[], sums: ReadonlyMap<string, Count>): StatsCell[] {
  return keys.map((key) => cellOf(key, sums.get(key) ?? { n: 0, open: 0 }))
}

/** Cells of a list that people typed: the largest first; behind the fiftieth all in one. */
function typedCells(sums: ReadonlyMap<string, Count>): StatsCell[] {
  const sorted = [...sums].toSorted(([a, x], [b, y]) => y.n - x.n || (a < b ? -1 : 1))
  const rest = sorted.slice(mostLines)
  const lines = sorted.slice(0, mostLines).map(([key, sum]) => cellOf(key, sum))
  if (rest.length === 0) return lines
  const n = rest.reduce((sum, [, one]) => sum + one.n, 0)
  const open = rest.reduce((sum, [, one]) => sum + one.open, 0)
  return [...lines, cellOf(otherKey, { n, open })]
}

const hoursOf = (seconds: number | null): number | null =>
  seconds === null ? null : Math.round(seconds / 36) / 100

const durationOf = ({ count, medianSeconds, p90Seconds }: DurationCounts): Duration => ({
  count,
  medianHours: hoursOf(medianSeconds),
  p90Hours: hoursOf(p90Seconds),
})

function reliefCells(relief: StatsCounts['relief']): ReliefCell[] {
  const groups = new Map<string, { kind: string; currency: string; terms: Term[] }>()
  for (const { kind, currency, amount, n } of relief) {
    const key = `${kind} ${currency}`
    const group = groups.get(key) ?? { kind, currency, terms: [] }
    group.terms.push({ amount, times: n })
    groups.set(key, group)
  }
  return [...groups.values()]
    .map(({ kind, currency, terms }) => ({
      kind,
      currency,
      count: terms.reduce((sum, { times }) => sum + times, 0),
      amount: terms.some(({ amount }) => isDecimal(amount)) ? sumTerms(terms) : '',
      suppressed: false,
    }))
    .toSorted((a, b) => b.count - a.count || (`${a.kind} ${a.currency}` < `${b.kind} ${b.currency}` ? -1 : 1))
}

function trendOf(counts: StatsCounts): TrendMonth[] {
  const received = tally(
    counts.days,
    ({ day }) => day.slice(0, 7),
    (day) => day,
  )
  const closed = new Map(counts.closedMonths.map(({ month, n }) => [month, n]))
  return [...new Set([...received.keys(), ...closed.keys()])]
    .toSorted()
    .map((month) => ({ month, received: received.get(month)?.n ?? 0, closed: closed.get(month) ?? 0 }))
}

/** The mean of ratings, two decimals; null where nobody rated. */
export function meanOf(ratings: readonly { key: string; count: number | null }[]): number | null {
  const rated = ratings.filter(({ key }) => key !== '')
  const number = rated.reduce((sum, { count }) => sum + (count ?? 0), 0)
  const points = rated.reduce((sum, { key, count }) => sum + Number(key) * (count ?? 0), 0)
  return number === 0 ? null : Math.round((points / number) * 100) / 100
}

/** Everything, nothing left out. */
export function statsOf(counts: StatsCounts, range: StatsRange): Stats {
  const { days, facts, people } = counts
  const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)
  const openFact = ({ status, n }: StatsCounts['facts'][number]): Count => ({
    n,
    open: isOpen(status) ? n : 0,
  })
  const ages = tally(
    days,
    ({ day }) => ageBandOf(daysBetween(day, range.today)),
    ({ open }) => ({ n: open, open }),
  )
  const distribution = fixedCells(
    ['1', '2', '3', '4', '5', ''],
    tally(
      people,
      ({ satisfaction }) => satisfaction,
      (one) => one,
    ),
  )
  return {
    from: range.from,
    to: range.to,
    timeZone: range.timeZone,
    generatedAt: range.generatedAt,
    shareable: false,
    threshold: null,
    received: sum(days.map(({ n }) => n)),
    closed: sum(counts.closedMonths.map(({ n }) => n)),
    open: sum(days.map(({ open }) => open)),
    undated: counts.undated,
    openByAge: fixedCells(ageBands, ages),
    byStatus: fixedCells(
      complaintStatuses,
      tally(facts, ({ status }) => status, openFact),
    ),
    byCategory: typedCells(tally(facts, ({ category }) => category, openFact)),
    byChannel: typedCells(tally(facts, ({ channel }) => channel, openFact)),
    bySeverity: fixedCells(
      [...severities, ''],
      tally(
        people,
        ({ severity }) => severity,
        (one) => one,
      ),
    ),
    byPerson: typedCells(
      tally(
        people,
        ({ assignee }) => assignee,
        (one) => one,
      ),
    ).map((cell) => ({
      ...cell,
      name: cell.key === '' || cell.key === otherKey ? '' : range.nameOf(cell.key),
    })),
    deadlines: fixedCells(
      ['met', 'missed', 'running', ''],
      tally(
        counts.deadlines,
        ({ key }) => key,
        (one) => one,
      ),
    ),
    firstAnswer: durationOf(counts.firstAnswer),
    resolution: durationOf(counts.resolution),
    relief: reliefCells(counts.relief),
    rootCauses: typedCells(
      tally(
        counts.rootCauses,
        ({ key }) => key,
        (one) => one,
      ),
    ),
    satisfaction: { mean: meanOf(distribution), distribution },
    trend: trendOf(counts),
  }
}
