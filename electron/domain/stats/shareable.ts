// Statistics that may be given away: cells under five are suppressed, and with each as many others as it takes that no sum gives
// it away. Primary and secondary (complementary) suppression as statistical offices do it: A. Hundepool et al., Statistical
// Disclosure Control, Wiley 2012, chapter 4; Eurostat/ESSnet Handbook on SDC, 2.4 and 4.3; J. Fischetti and J. J. Salazar, Solving
// the Cell Suppression Problem, Management Science 47 (2001). What is suppressed first and what for its protection isn't told apart.
import {
  type Duration,
  smallestShared,
  type Stats,
  type StatsCell,
  type TrendMonth,
} from '../../../shared/types/stats.ts'
import { complaintStatusSchema } from '../../../shared/types/complaint.ts'
import { isOpen } from '../case-states.ts'
import { meanOf } from './counts.ts'

const isSmall = (count: number): boolean => count > 0 && count < smallestShared

/**
 * Which cells of one table with a known sum are left out. Zeros stay. Whoever knows the sum and every other cell knows of a
 * suppressed one only that it is at least 1 and at most `S − m + 1` (S: sum of the m suppressed): that must not be under five.
 * Cells of one size go together, so that their order says nothing; and a cell of five or more is always among them where there
 * is one, so that who knows this rule as well can't tell from what is left how the missing ones must be.
 * @returns undefined where not even leaving out all of them hides a small cell: the table has to go as a whole
 */
export function suppressedCells(counts: readonly number[]): boolean[] | undefined {
  if (!counts.some(isSmall)) return counts.map(() => false)
  const sizes = [...new Set(counts.filter((count) => count >= smallestShared))].toSorted((a, b) => a - b)
  for (let limit = sizes.shift() ?? Infinity; ; limit = sizes.shift() ?? Infinity) {
    const hidden = counts.filter((count) => count > 0 && count <= limit)
    const sum = hidden.reduce((total, count) => total + count, 0)
    if (hidden.length > 1 && sum - hidden.length + 1 >= smallestShared)
      return counts.map((count) => count > 0 && count <= limit)
    if (limit === Infinity) return undefined
  }
}

interface Table<Cell> {
  cells: Cell[]
  /** Some cell, or the table as a whole, is left out. */
  hides: boolean
}

/** The cells of a table, suppressed ones blanked by `blank`. */
function protectedTable<Cell extends { count: number | null }>(
  cells: readonly Cell[],
  blank: (cell: Cell) => Cell,
  show: (cell: Cell) => Cell,
): Table<Cell> {
  const hidden = suppressedCells(cells.map(({ count }) => count ?? 0))
  if (hidden === undefined) return { cells: [], hides: true }
  return {
    cells: cells.map((cell, at) => (hidden[at] === true ? blank(cell) : show(cell))),
    hides: hidden.includes(true),
  }
}

const blankCell = (cell: StatsCell): StatsCell => ({
  key: cell.key,
  count: null,
  open: null,
  suppressed: true,
})
/** How many are open isn't told cell by cell: with the other margin it would make a table of two dimensions. */
const plainCell = (cell: StatsCell): StatsCell => ({ ...cell, open: null })
const protectedCells = (cells: readonly StatsCell[]) => protectedTable(cells, blankCell, plainCell)

/** A rank among few is one person's time: it is told where at least five lie at or below it and five at or above. */
function protectedDuration({ count, medianHours, p90Hours }: Duration): Duration {
  const n = count ?? 0
  const tells = (percent: number) => {
    const rank = Math.ceil((n * percent) / 100)
    return rank >= smallestShared && n - rank + 1 >= smallestShared
  }
  return { count: null, medianHours: tells(50) ? medianHours : null, p90Hours: tells(90) ? p90Hours : null }
}

/**
 * Whether a complaint is open is told by its status as well: the two kinds of status have sums of their own. Where one kind is
 * small itself, nothing of this is told: even a status that isn't empty says how many there are at the least.
 */
function protectedStates(stats: Stats): {
  open: number | null
  byStatus: Table<StatsCell>
  /** A status that is open, or the table, is left out. */
  hidesOpen: boolean
  openByAge: Table<StatsCell>
} {
  const open = stats.open ?? 0
  const ended = (stats.received ?? 0) - open
  const nothing = { cells: [], hides: true }
  if (isSmall(open) || isSmall(ended))
    return { open: null, byStatus: nothing, hidesOpen: true, openByAge: nothing }
  const isOpenCell = ({ key }: StatsCell) => isOpen(complaintStatusSchema.parse(key))
  const opened = protectedCells(stats.byStatus.filter(isOpenCell))
  const closed = protectedCells(stats.byStatus.filter((cell) => !isOpenCell(cell)))
  const whole = opened.cells.length > 0 && closed.cells.length > 0
  const cells = new Map([...opened.cells, ...closed.cells].map((cell) => [cell.key, cell]))
  return {
    open,
    byStatus: whole
      ? {
          cells: stats.byStatus.flatMap(({ key }) => cells.get(key) ?? []),
          // Only of those that ended: their number by date of closing may be the same number.
          hides: closed.hides,
        }
      : nothing,
    hidesOpen: !whole || opened.hides,
    openByAge: protectedCells(stats.openByAge),
  }
}

/**
 * Whether the table of deadlines would tell of states what their own tables hide: what runs is open, what was kept has ended, and
 * what waits for its complainant has no deadline.
 */
function tellsOfStates(stats: Stats, hides: boolean): boolean {
  const parts = stats.deadlines.flatMap(({ count, open }) => [open ?? 0, (count ?? 0) - (open ?? 0)])
  return hides || parts.some(isSmall)
}

function protectedMonths(
  trend: readonly TrendMonth[],
  what: 'received' | 'closed',
): (number | null)[] | undefined {
  const hidden = suppressedCells(trend.map((month) => month[what] ?? 0))
  return hidden && trend.map((month, at) => (hidden[at] === true ? null : month[what]))
}

/** Nothing but the range: so few complaints can't be counted without telling of them. */
function emptyStats(stats: Stats): Stats {
  const nothing = { count: null, medianHours: null, p90Hours: null }
  return {
    ...stats,
    ...shared,
    received: null,
    closed: null,
    open: null,
    openByAge: [],
    byStatus: [],
    byCategory: [],
    byChannel: [],
    bySeverity: [],
    deadlines: [],
    firstAnswer: nothing,
    resolution: nothing,
    relief: [],
    rootCauses: [],
    satisfaction: { mean: null, distribution: [] },
    trend: [],
  }
}

const shared = { shareable: true, threshold: smallestShared, undated: null, byPerson: null } as const

/**
 * The same statistics without names and without what would tell of fewer than five. Tables that share a margin are seen
 * together: status with open and age, closed with its months. What it can't know of are statistics of another range: two that
 * differ by a day give away the day.
 */
export function shareableStats(stats: Stats): Stats {
  if ((stats.received ?? 0) < smallestShared) return emptyStats(stats)
  const { open, byStatus, hidesOpen, openByAge } = protectedStates(stats)
  const distribution = protectedCells(stats.satisfaction.distribution)
  const received = protectedMonths(stats.trend, 'received')
  const hidesClosed = byStatus.hides || isSmall(stats.closed ?? 0)
  const closed = hidesClosed ? undefined : protectedMonths(stats.trend, 'closed')
  // With nothing ended, age and month are two views of one date: where either hides something, the ages go.
  const oneDate = open === stats.received && (openByAge.hides || received?.includes(null) !== false)
  return {
    ...stats,
    ...shared,
    closed: hidesClosed ? null : stats.closed,
    open,
    openByAge: oneDate ? [] : openByAge.cells,
    byStatus: byStatus.cells,
    byCategory: protectedCells(stats.byCategory).cells,
    byChannel: protectedCells(stats.byChannel).cells,
    bySeverity: protectedCells(stats.bySeverity).cells,
    deadlines: tellsOfStates(stats, byStatus.hides || hidesOpen) ? [] : protectedCells(stats.deadlines).cells,
    firstAnswer: protectedDuration(stats.firstAnswer),
    resolution: protectedDuration(stats.resolution),
    relief: protectedTable(
      stats.relief,
      (cell) => ({ ...cell, count: null, amount: null, suppressed: true }),
      (cell) => cell,
    ).cells,
    rootCauses: protectedCells(stats.rootCauses).cells,
    satisfaction: {
      mean: distribution.hides ? null : meanOf(distribution.cells),
      distribution: distribution.cells,
    },
    trend: stats.trend.map(({ month }, at) => ({
      month,
      received: received?.[at] ?? null,
      closed: closed?.[at] ?? null,
    })),
  }
}
