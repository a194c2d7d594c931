// Keeping the table of due times: a line renewed with each act on its case, all of them when packs, tables or zone change.
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { complaintStatusSchema } from '../../../shared/types/complaint.ts'
import { hasMissed, nextDue } from '../../domain/clocks/replay.ts'
import type { ClockCase, ClockEvent } from '../../domain/clocks/replay.ts'
import { effectOf } from '../../domain/letters/effect.ts'
import type { Findings } from '../audit/findings.ts'
import type { Job } from '../process/jobs.ts'
import { type Context, released, type VaultSession } from '../session.ts'
import { metaKeys } from '../store/meta-keys.ts'
import type { ClockedRow, DueState } from '../store/repositories/due.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import type { RecordsStore } from '../store/store.ts'
import { trace } from '../trace.ts'
import { type Clocks, clocksOf } from './clock-book.ts'

/** Cases in one go: some tens of milliseconds, so that requests are answered in between. */
const slice = 500

/** What clocks ask of a case. */
export function clockCaseOf(records: RecordsStore, row: ClockedRow): ClockCase {
  const events = row.has_events === 0 ? [] : records.due.eventsOf(row.id)
  return {
    receivedAt: row.received_at,
    status: complaintStatusSchema.parse(row.status),
    closedAt: row.closed_at,
    events: events.map(({ at, kind, template, from_status: from, to_status: to }): ClockEvent => ({
      at: Date.parse(at),
      kind: kind === 'letter' ? effectOf(template ?? '') : kind,
      from: from === null ? null : complaintStatusSchema.parse(from),
      to: to === null ? null : complaintStatusSchema.parse(to),
    })),
  }
}

const nothingDue: DueState = { due: undefined, missed: undefined }

/** What its clocks say of a case now. */
export function dueOf(records: RecordsStore, clocks: Clocks, row: ClockedRow): DueState {
  const pack = clocks.book.packOf(row.clock_pack ?? '')
  const facts = clockCaseOf(records, row)
  const counting = clocks.countingOf(pack)
  const next = nextDue(pack, facts, counting)
  return {
    due: next === undefined ? undefined : { seq: row.seq, due_at: next.at, clock: next.clock },
    missed: hasMissed(pack, facts, counting),
  }
}

/** Makes the due time of a case anew. Belongs to every act that a clock may see, inside its transaction on records. */
export function renewDue({ session }: Pick<Context, 'session'>, complaintSeq: number): void {
  const { records } = session.store
  const row = records.due.findClocked(complaintSeq)
  records.due.put(complaintSeq, row === undefined ? nothingDue : dueOf(records, clocksOf(session), row))
}

/** The same for a complaint that has just come in: nothing has happened to it yet. */
export function firstDue(
  { session }: Pick<Context, 'session'>,
  seq: number,
  row: Omit<ComplaintRow, 'seq'>,
): void {
  const due = dueOf(session.store.records, clocksOf(session), {
    ...row,
    seq,
    clock_pack: null,
    has_events: 0,
  })
  if (!isDeepStrictEqual(due, nothingDue)) session.store.records.due.put(seq, due)
}

/** Whether the table is made from other packs, tables or another zone than those that count. */
export function isDuePending(session: VaultSession): boolean {
  return session.store.records.meta.find(metaKeys.dueStamp) !== clocksOf(session).stamp
}

type Report = (done: number) => void
const running = new WeakMap<VaultSession, Promise<void>>()

/** Resolves when nobody makes the table anew any more, well or not. */
export async function dueSettled(session: VaultSession): Promise<void> {
  await running.get(session)
}

/**
 * Makes all due times anew where they are pending, a slice a transaction, while other requests go on. What is cut short by a
 * lock, a crash or a full disk begins again at the next opening: until then the table says so (see {@link isDuePending}).
 */
export async function renewAllDue(session: VaultSession, report: Report = () => {}): Promise<void> {
  await running.get(session)
  const work = renewSlices(session, report)
  // Its own caller hears of a failure; who waits for its end only waits.
  const settled = work.then(ended, ended)
  running.set(session, settled)
  try {
    await work
    const warned = session.warnings.indexOf('clocks.pending')
    if (warned >= 0 && !isDuePending(session)) session.warnings.splice(warned, 1)
  } finally {
    if (running.get(session) === settled) running.delete(session)
  }
}

function ended(): void {}

/**
 * Starts it behind an opening, or a change that isn't waited for. Where it fails, the session is warned (`clocks.pending`), and
 * the next opening begins again.
 */
export function startDue(session: VaultSession): void {
  if (!isDuePending(session)) return
  renewAllDue(session).catch((thrown: unknown) => {
    trace('due times', thrown)
    if (!session.warnings.includes('clocks.pending')) session.warnings.push('clocks.pending')
  })
}

async function renewSlices(session: VaultSession, report: Report): Promise<void> {
  let { stamp } = clocksOf(session)
  let done = 0
  for (let after = 0; ;) {
    await quiet(session)
    if (!session.store.records.db.open) return
    const { records } = session.store
    const clocks = clocksOf(session)
    // Changed under way: what was made is made again.
    if (clocks.stamp !== stamp) {
      stamp = clocks.stamp
      after = 0
    }
    if (records.meta.find(metaKeys.dueStamp) === stamp) return
    const last = records.db.transaction(() => {
      const rows = records.due.clockedAfter(after, slice)
      for (const row of rows) records.due.put(row.seq, dueOf(records, clocks, row))
      if (rows.length === 0) records.meta.set(metaKeys.dueStamp, stamp)
      done += rows.length
      return rows.at(-1)?.seq
    })()
    report(done)
    if (last === undefined) return
    after = last
  }
}

/** After a breath: when neither a copy nor a check nor a batch has the files. */
async function quiet(session: VaultSession): Promise<void> {
  await delay(0)
  for (;;) {
    await released(session)
    if (!session.writingBatch || !session.store.records.db.open) return
    await delay(20)
  }
}

/** Holds each due time against its recomputation; while they are still being made there is nothing to hold. */
export async function verifyDue(session: VaultSession, findings: Findings, job: Job): Promise<void> {
  await dueSettled(session)
  const { records } = session.store
  if (isDuePending(session)) return
  for (let after = 0; ;) {
    const clocks = clocksOf(session)
    const rows = records.due.clockedAfter(after, slice)
    const last = rows.at(-1)
    if (last === undefined) break
    for (const row of rows) {
      if (!isDeepStrictEqual(records.due.find(row.seq), dueOf(records, clocks, row)))
        findings.add(
          'due.changed',
          `case_due ${row.seq}`,
          'not the due time that the clocks of this case give',
        )
    }
    after = last.seq
    await job.pause()
  }
  for (const seq of records.due.listStray())
    findings.add('due.changed', `case_due ${seq}`, 'the due time of a complaint that is not there')
}
