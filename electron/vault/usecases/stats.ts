// The dashboard's numbers, to look at and to take along.
import papaparse from 'papaparse'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { Stats } from '../../../shared/types/stats.ts'
import { type StatsCounts, statsOf } from '../../domain/stats/counts.ts'
import { shareableStats } from '../../domain/stats/shareable.ts'
import { statsRows } from '../../domain/stats/rows.ts'
import { zoneSpans, type ZoneSpan } from '../../domain/stats/zone.ts'
import { guardFormula } from '../../exchange/formula-guard.ts'
import { dropDraft } from '../../exchange/give-name.ts'
import { placeFile } from '../../exchange/place-file.ts'
import { type Context, logAct, released } from '../session.ts'
import { localMinute } from './complaints.ts'
import { readProfile } from './profile.ts'

/**
 * Numbers over the complaints received in the range; only `closed` and its months go by the date of closing.
 * @throws GuicangError `input.invalid` for a range that ends before it begins
 */
export async function getStats(context: Context, input: Input<'stats.get'>): Promise<Output<'stats.get'>> {
  const { from, to, shareable } = input
  if (from > to) throw new GuicangError('input.invalid', { fields: [{ field: 'to', rule: 'order' }] })
  const { store } = context.session
  const { timeZone } = readProfile(store).company
  const today = localMinute(context).slice(0, 10)
  const now = context.now().toISOString()
  // Closing may come long after receipt: today at the latest, except in files that say otherwise.
  const spans = zoneSpans(timeZone, from, today)
  const counts = await countInSteps(context, { from, until: `${to}~` }, spans, now)
  const stats = statsOf(counts, {
    from,
    to,
    timeZone,
    generatedAt: now,
    today,
    nameOf: (personId) => context.session.store.records.people.find(personId)?.name ?? '',
  })
  return shareable ? shareableStats(stats) : stats
}

/**
 * Counts, and lets others in between two steps; numbers that somebody wrote into meanwhile are counted anew, and the third time
 * without letting anybody in.
 */
async function countInSteps(
  context: Context,
  range: { from: string; until: string },
  spans: readonly ZoneSpan[],
  now: string,
): Promise<StatsCounts> {
  for (let round = 1; ; round += 1) {
    const { records } = context.session.store
    const before = records.stats.changes()
    const counting = records.stats.counting(range, spans, now)
    let step = counting.next()
    while (step.done !== true) {
      if (round < 3) await context.job.pause()
      // Renewed keys come with files, and a store, of their own.
      if (context.session.store.records !== records || records.stats.changes() !== before) break
      step = counting.next()
    }
    if (step.done === true) return step.value
  }
}

/**
 * Writes the numbers into a new file, which the log tells of.
 * @throws GuicangError as {@link getStats}; `file.exists`, `file.notFound`, `file.unreadable`, `disk.full`; nothing
 * stands at `out` then
 */
export async function saveStats(context: Context, input: Input<'stats.save'>): Promise<Output<'stats.save'>> {
  const { out, format, ...range } = input
  const stats = await getStats(context, range)
  const text = format === 'json' ? `${JSON.stringify(stats, undefined, 2)}\n` : csvOf(stats)
  const bytes = Buffer.from(text, 'utf8')
  const file = await placeFile(out, bytes)
  try {
    await file.publish()
  } catch (thrown) {
    await file.abort()
    throw thrown
  }
  try {
    // Files of the vault may have begun to be copied meanwhile.
    await released(context.session)
    const { records } = context.session.store
    records.db.transaction(() => {
      const { from, to, shareable } = range
      logAct(context, 'stats.saved', '', { from, to, shareable, format })
    })()
  } catch (thrown) {
    await dropDraft(out)
    throw thrown
  }
  return { path: out, bytes: bytes.length }
}

function csvOf(stats: Stats): string {
  const rows = statsRows(stats).map((row) => row.map(guardFormula))
  return `\uFEFF${papaparse.unparse(rows, { newline: '\r\n' })}\r\n`
}
