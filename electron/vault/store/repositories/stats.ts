// Counting complaints where they lie: SQL answers sums, never complaints.
import { z } from 'zod'
import {
  type ComplaintStatus,
  complaintStatuses,
  complaintStatusSchema,
} from '../../../../shared/types/complaint.ts'
import { isOpen } from '../../../domain/case-states.ts'
import { unansweringTemplates } from '../../../domain/letters/effect.ts'
import { durationCounts, type StatsCounts } from '../../../domain/stats/counts.ts'
import type { ZoneSpan } from '../../../domain/stats/zone.ts'
import type { Db } from '../driver.ts'
import { liveRows } from './rows.ts'

/** Clock times of receipt: from `from`, before `until`. */
export interface Range {
  from: string
  until: string
}

const listed = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')
const openStatuses = listed(complaintStatuses.filter(isOpen))
const endedStatuses = listed(complaintStatuses.filter((status) => !isOpen(status)))

/**
 * Lines of history by which the customer hears from us, as the clock of the first answer sees them (clocks/replay.ts), and the
 * steps that say that they did. Waiting for the customer is no answer: that clock stands still meanwhile.
 */
const answerKinds = listed(['call', 'email-out', 'visit', 'letter'])
const resolvedSteps = listed(['resolved', 'closed'] satisfies ComplaintStatus[])

/** The plus before a status keeps the planner on the narrow indexes that were made for counting. */
const inRange = `c.received_at >= @from AND c.received_at < @until AND c.${liveRows}`
const counted = `count(*) AS n, sum(c.status IN (${openStatuses})) AS open`
const withCases = `FROM complaints c LEFT JOIN cases k ON k.seq = c.seq WHERE ${inRange}`

/** Seconds of UTC at a clock time of the zone. */
const instantOf = (column: string): string =>
  `(unixepoch(${column}) - 60 * (SELECT s.minutes FROM spans s WHERE s.since <= ${column} AND ${column} < s.until))`

/** A step that was taken: not one that an undone act takes back later, nor the way back itself. */
const stepped = (
  line: string,
): string => `${line}.kind = 'status' AND NOT EXISTS (SELECT 1 FROM complaint_events u
  WHERE u.complaint_id = ${line}.complaint_id AND u.seq > ${line}.seq AND u.kind = 'undone'
  AND u.from_status = ${line}.to_status AND u.to_status = ${line}.from_status AND NOT EXISTS (
    SELECT 1 FROM complaint_events b WHERE b.complaint_id = u.complaint_id AND b.seq > ${line}.seq AND b.seq < u.seq
    AND b.kind = 'status' AND b.from_status = ${line}.from_status AND b.to_status = ${line}.to_status))`

/** When a complaint was answered for good: the first such step since it was last reopened; where none is kept, its date of closing. */
const resolvedAt = `coalesce(
  (SELECT unixepoch(min(e.at)) FROM complaint_events e WHERE e.complaint_id = c.id AND e.to_status IN (${resolvedSteps})
   AND ${stepped('e')} AND e.seq > coalesce((SELECT max(r.seq) FROM complaint_events r WHERE r.complaint_id = c.id
     AND r.to_status = 'reopened' AND ${stepped('r')}), 0)),
  CASE WHEN c.closed_at <> '' THEN ${instantOf('c.closed_at')} END)`
/** A letter whose file never came to be told nobody anything, and not every letter answers. */
const answeredAt = `(SELECT unixepoch(min(e.at)) FROM complaint_events e WHERE e.complaint_id = c.id
  AND ((e.kind IN (${answerKinds}) AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.event_seq = e.seq
      AND (l.state = 'failed' OR l.template IN (${listed(unansweringTemplates)}))))
    OR (e.to_status IN (${resolvedSteps}) AND ${stepped('e')})))`

const spansTable = `spans (since, until, minutes) AS MATERIALIZED
  (SELECT value ->> 'since', value ->> 'until', value ->> 'minutes' FROM json_each(@spans))`

/** Seconds from receipt to `end`, a complaint a row; null where it hasn't come. */
const secondsTo = (end: string, also: string): string =>
  `WITH ${spansTable} SELECT ${end} - ${instantOf('c.received_at')} FROM complaints c WHERE ${inRange} ${also}`

/** Complaints that are counted in one go: some tens of milliseconds. */
const stretch = 1000

const factSchema = z.array(
  z.object({ category: z.string(), channel: z.string(), status: complaintStatusSchema, n: z.number().int() }),
)

/** From the first to the last time of receipt, cut where months begin; in one where a time can't be read. */
function* monthsOf(first: string, last: string): Generator<Range> {
  const until = `${last}~`
  let from = first
  for (;;) {
    const next = monthAfter(from)
    if (next === undefined || next >= until) break
    yield { from, until: next }
    from = next
  }
  yield { from, until }
}

/** `YYYY-MM`, which stands before every day of its month; none behind the last one that can be written. */
function monthAfter(day: string): string | undefined {
  const [, year = '', month = ''] = /^(\d{4})-(0[1-9]|1[0-2])/u.exec(day) ?? []
  if (year === '' || `${year}-${month}` === '9999-12') return undefined
  if (month === '12') return `${String(Number(year) + 1).padStart(4, '0')}-01`
  return `${year}-${String(Number(month) + 1).padStart(2, '0')}`
}

/** How many were received at one time, as it stands there: with a minute, or a day alone. */
interface Moment {
  at: string
  n: number
  open: number
}

/** Takes moments in their order: sums them by days, and cuts the range into stretches of some complaints each. */
function ruler({ from, until }: Range) {
  const days = new Map<string, { day: string; n: number; open: number }>()
  const stretches: Range[] = []
  let start = from
  let sum = 0
  return {
    add: ({ at, n, open }: Moment): void => {
      if (sum > 0 && sum + n > stretch) {
        stretches.push({ from: start, until: at })
        start = at
        sum = 0
      }
      sum += n
      const day = at.slice(0, 10)
      const before = days.get(day) ?? { day, n: 0, open: 0 }
      days.set(day, { day, n: before.n + n, open: before.open + open })
    },
    days: () => [...days.values()],
    stretches: (): readonly Range[] => [...stretches, { from: start, until }],
  }
}

/** One by one: a crowded day has more than a call has room for arguments. */
function addTo<T>(all: T[], some: readonly T[]): void {
  for (const one of some) all.push(one)
}

export function statsRepository(db: Db) {
  const dated = 'FROM complaints WHERE received_at >= @from AND received_at < @until'
  const ends = db.prepare<[Range], { first: string | null; last: string | null }>(
    `SELECT (SELECT min(received_at) ${dated}) AS first, (SELECT max(received_at) ${dated}) AS last`,
  )
  const times = db.prepare<[Range], Moment>(
    `SELECT c.received_at AS at, ${counted} FROM complaints c WHERE ${inRange} GROUP BY at ORDER BY at`,
  )
  const facts = db.prepare<[Range], { category: string; channel: string; status: string; n: number }>(
    `SELECT c.category, c.channel, c.status, count(*) AS n FROM complaints c WHERE ${inRange} GROUP BY 1, 2, 3`,
  )
  const people = db.prepare<[Range], StatsCounts['people'][number]>(
    `SELECT coalesce(k.assignee, '') AS assignee, coalesce(k.severity, '') AS severity,
       coalesce(k.satisfaction, '') AS satisfaction, ${counted} ${withCases} GROUP BY 1, 2, 3`,
  )
  const rootCauses = db.prepare<[Range], { key: string; n: number; open: number }>(
    `SELECT coalesce(k.root_cause, '') AS key, ${counted} ${withCases} GROUP BY 1`,
  )
  const relief = db.prepare<[Range], StatsCounts['relief'][number]>(
    `SELECT coalesce(k.relief_kind, '') AS kind, coalesce(k.relief_currency, '') AS currency,
       coalesce(k.relief_amount, '') AS amount, count(*) AS n ${withCases} GROUP BY 1, 2, 3`,
  )
  const closedMonths = db.prepare<[Range], { month: string; n: number }>(
    `SELECT substr(closed_at, 1, 7) AS month, count(*) AS n FROM complaints
     WHERE closed_at <> '' AND closed_at >= @from AND closed_at < @until AND +status IN (${endedStatuses}) AND ${liveRows}
     GROUP BY month`,
  )
  const undated = db.prepare<[], { n: number }>(
    `SELECT count(*) AS n FROM complaints WHERE received_at = '' AND ${liveRows}`,
  )
  const firstAnswers = db
    .prepare<[Range & { spans: string }], number | null>(secondsTo(answeredAt, ''))
    .pluck()
  const resolutions = db
    .prepare<[Range & { spans: string }], number | null>(
      secondsTo(resolvedAt, `AND +c.status IN (${resolvedSteps})`),
    )
    .pluck()
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck()
  const deadlines = db.prepare<[Range & { now: string }], { key: string; n: number; open: number }>(
    `SELECT CASE WHEN k.missed = 1 OR d.due_at < @now THEN 'missed' WHEN k.missed = 0 THEN 'met'
       WHEN d.due_at IS NOT NULL THEN 'running' ELSE '' END AS key, ${counted}
     FROM complaints c LEFT JOIN case_due d ON d.seq = c.seq LEFT JOIN case_kept k ON k.seq = c.seq
     WHERE ${inRange} GROUP BY 1`,
  )

  return {
    /** How much this connection has written: numbers that were counted before it grew may not fit those counted after. */
    changes: (): number => changes.get() ?? 0,
    /**
     * Counts everything that the dashboard shows, a stretch of some thousand complaints at a time: whoever runs it may let
     * others in between two steps.
     * @param zone spans of the company's zone, over everything from the range's first day on
     */
    *counting(range: Range, zone: readonly ZoneSpan[], now: string): Generator<void, StatsCounts, void> {
      const spans = JSON.stringify(zone)
      const { add, days, stretches } = ruler(range)
      const { first, last } = ends.get(range) ?? { first: null, last: null }
      for (const month of first === null || last === null ? [] : monthsOf(first, last)) {
        for (const moment of times.all(month)) add(moment)
        yield
      }
      const counts = {
        undated: undated.get()?.n ?? 0,
        days: days(),
        facts: new Array<StatsCounts['facts'][number]>(),
        people: new Array<StatsCounts['people'][number]>(),
        rootCauses: new Array<StatsCounts['rootCauses'][number]>(),
        relief: new Array<StatsCounts['relief'][number]>(),
        deadlines: new Array<StatsCounts['deadlines'][number]>(),
        closedMonths: closedMonths.all(range),
      }
      yield
      const answered: number[] = []
      const resolved: number[] = []
      for (const part of stretches()) {
        addTo(counts.facts, factSchema.parse(facts.all(part)))
        addTo(counts.people, people.all(part))
        addTo(counts.rootCauses, rootCauses.all(part))
        addTo(counts.relief, relief.all(part))
        addTo(counts.deadlines, deadlines.all({ ...part, now }))
        addTo(
          answered,
          firstAnswers.all({ ...part, spans }).filter((seconds) => seconds !== null),
        )
        addTo(
          resolved,
          resolutions.all({ ...part, spans }).filter((seconds) => seconds !== null),
        )
        yield
      }
      return { ...counts, firstAnswer: durationCounts(answered), resolution: durationCounts(resolved) }
    },
  }
}
