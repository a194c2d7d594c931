// What the clocks of a case say, pausing them, and changing the packs that count.
import { isDeepStrictEqual } from 'node:util'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { clockFileSchema, type ClockSettings, type ClockReading } from '../../../shared/types/clock.ts'
import { complaintStatusSchema } from '../../../shared/types/complaint.ts'
import { isOpen } from '../../domain/case-states.ts'
import { noSettings, withFile } from '../../domain/clocks/packs.ts'
import { readClocks, withoutUndone } from '../../domain/clocks/replay.ts'
import { readFileWithin } from './read-small-file.ts'
import { type Context, logAct, released } from '../session.ts'
import { recordWork } from './case-work.ts'
import { type Clocks, clockSetting, clocksOf, clocksWith, isShipped } from './clock-book.ts'
import { getComplaint, requireComplaint } from './complaints.ts'
import { clockCaseOf, dueOf, isDuePending, renewAllDue } from './due.ts'
import { keepSetting } from './keep-setting.ts'
import { readProfile } from './profile.ts'

/** @throws GuicangError `record.notFound` */
export function getClocks(context: Context, { id, at }: Input<'complaints.clocks'>): ClockReading[] {
  const { session, now } = context
  const { seq } = requireComplaint(context, id)
  const row = session.store.records.due.findClocked(seq)
  if (row === undefined) throw new GuicangError('record.notFound')
  const clocks = clocksOf(session)
  const pack = clocks.book.packOf(row.clock_pack ?? '')
  const moment = at === undefined ? now().getTime() : Date.parse(at)
  return readClocks(pack, clockCaseOf(session.store.records, row), moment, clocks.countingOf(pack))
}

/**
 * @throws GuicangError `record.notFound`; `input.invalid` when the case has no clock that may stand still (rule `noClock`), or is
 * paused (or not) already (rule `same`)
 */
export async function pauseClock(
  context: Context,
  { id, paused, note }: Input<'complaints.pauseClock'>,
): Promise<Output<'complaints.pauseClock'>> {
  const complaint = requireComplaint(context, id)
  const refuse = (rule: string): GuicangError =>
    new GuicangError('input.invalid', { fields: [{ field: 'paused', rule }] })
  const open = isOpen(complaintStatusSchema.parse(complaint.status))
  const stoppable = getClocks(context, { id }).some(
    ({ pauses, endedAt, left }) => pauses && endedAt === null && left !== null,
  )
  if (!open || (paused && !stoppable)) throw refuse('noClock')
  if (isPausedByHand(context, id) === paused) throw refuse('same')
  const kind = paused ? 'paused' : 'resumed'
  await recordWork(context, id, `complaints.${kind}`, { note, kind, patch: {} })
  return getComplaint(context, { id })
}

/** The end of a case ends a pause too. */
function isPausedByHand(context: Context, id: string): boolean {
  let paused = false
  const { records } = context.session.store
  const row = records.due.findClocked(requireComplaint(context, id).seq)
  for (const { kind, to } of row === undefined ? [] : withoutUndone(clockCaseOf(records, row).events)) {
    if (kind === 'paused') paused = true
    const ended = kind === 'status' && to !== null && !isOpen(to)
    if (kind === 'resumed' || ended) paused = false
  }
  return paused
}

export function getClockSettings({ session }: Context): Output<'clocks.get'> {
  const { book } = clocksOf(session)
  return {
    defaultPack: book.defaultPack.id,
    packs: book.packs.map((pack) => ({ ...pack, own: !isShipped('packs', pack) })),
    workdays: book.workdays.map((table) => ({ ...table, own: !isShipped('workdays', table) })),
    pending: isDuePending(session),
  }
}

/** Largest file of packs that is read: a thousand times the longest that ships. */
const mostBytes = 4 * 1024 * 1024

/** @throws GuicangError `file.notFound`, `file.unreadable`, `file.tooLarge`; `clocks.invalid`, naming what is wrong */
async function settingsAfter(context: Context, change: Input<'clocks.preview'>): Promise<ClockSettings> {
  const before = change.reset ? noSettings : clocksOf(context.session).settings
  const chosen = { ...before, defaultPack: change.defaultPack ?? before.defaultPack }
  if (change.path === undefined) return chosen
  const text = await readFileWithin(change.path, mostBytes)
  const parsed = clockFileSchema.safeParse(jsonOf(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new GuicangError('clocks.invalid', {
      fields: [{ field: issue?.path.join('.') ?? 'file', rule: issue?.code ?? 'format' }],
    })
  }
  return withFile(chosen, parsed.data)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    throw new GuicangError('clocks.invalid', { fields: [{ field: 'file', rule: 'json' }], cause: thrown })
  }
}

async function effectOf(context: Context, clocks: Clocks): Promise<Output<'clocks.preview'>> {
  const { session, job } = context
  const { records } = session.store
  const now = context.now().toISOString()
  const effect = { open: 0, changed: 0, overdueBefore: 0, overdueAfter: 0 }
  const before = clocksOf(session)
  let seen = 0
  for (let after = 0; ;) {
    const rows = records.due.clockedAfter(after, 500)
    const last = rows.at(-1)
    if (last === undefined) return effect
    const notLive = new Set(records.batches.listNotLive().map(({ no }) => no))
    for (const row of rows) {
      if (!isOpen(complaintStatusSchema.parse(row.status)) || notLive.has(row.batch_no)) continue
      const { due: is } = dueOf(records, before, row)
      const { due: will } = dueOf(records, clocks, row)
      effect.open += 1
      if (is?.due_at !== will?.due_at || is?.clock !== will?.clock) effect.changed += 1
      if (is !== undefined && is.due_at < now) effect.overdueBefore += 1
      if (will !== undefined && will.due_at < now) effect.overdueAfter += 1
    }
    after = last.seq
    seen += rows.length
    job.report('due', seen, null, 'rows')
    await job.pause()
  }
}

function clocksAfter(context: Context, settings: ClockSettings): Clocks {
  return clocksWith(settings, readProfile(context.session.store).company.timeZone)
}

/**
 * What a change of packs, tables or the vault's own choice would do to the open cases. Changes nothing.
 * @throws GuicangError what reading and checking refuses: `clocks.invalid`, `file.notFound`, …
 */
export async function previewClocks(
  context: Context,
  change: Input<'clocks.preview'>,
): Promise<Output<'clocks.preview'>> {
  return effectOf(context, clocksAfter(context, await settingsAfter(context, change)))
}

/**
 * Makes the change count: one commit; then all due times are made anew.
 * @throws GuicangError as {@link previewClocks}; `record.changed` when somebody else has changed clocks meanwhile
 */
export async function applyClocks(
  context: Context,
  change: Input<'clocks.apply'>,
): Promise<Output<'clocks.apply'>> {
  const { session } = context
  const { records } = session.store
  const { settings: counted } = clocksOf(session)
  const settings = await settingsAfter(context, change)
  const clocks = clocksAfter(context, settings)
  const effect = await effectOf(context, clocks)
  await released(session)
  // Somebody else's change meanwhile would be lost.
  if (!isDeepStrictEqual(clocksOf(session).settings, counted)) throw new GuicangError('record.changed')
  records.db.transaction(() => {
    const changed = [keepSetting(context, clockSetting, settings)]
    const detail = {
      defaultPack: settings.defaultPack,
      packs: settings.packs.map(({ id }) => id),
      workdays: settings.workdays.map(({ calendar, year }) => `${calendar} ${year}`),
      ...effect,
    }
    logAct(context, 'clocks.changed', clockSetting, detail, { changed })
  })()
  await renewAllDue(session, (done) => {
    context.job.report('due', done, null, 'rows')
  })
  return effect
}
