// A case's clocks as a replay of what happened: nothing of a clock is stored, so that nothing of it can be lost.
import type { Clock, ClockPack, ClockReading, ClockState } from '../../../shared/types/clock.ts'
import { type ComplaintStatus, isOpen } from '../case-states.ts'
import type { LetterEffect } from '../letters/effect.ts'
import { type Counting, dueAfter, type Stretch, unitsLeft } from './count.ts'
import { wallTime } from './zone.ts'

/** What of a line of history matters to a clock. */
export interface ClockEvent {
  /** Milliseconds. */
  at: number
  /** As in the history; of a letter what it is to the case. */
  kind: string
  from: ComplaintStatus | null
  to: ComplaintStatus | null
}

export interface ClockCase {
  /** Wall time in the company's zone. */
  receivedAt: string
  /** As the complaint stands, and since when it is closed, where that is known. */
  status: ComplaintStatus
  closedAt: string
  /** In the order in which they happened. */
  events: readonly ClockEvent[]
}

/** A stop whose time nobody knows: the file that brought the complaint didn't say. */
const unknown = Symbol('unknown')
type Moment = number | typeof unknown

/** What a case has seen so far, as far as clocks ask. */
interface Course {
  received: number
  escalated: number | undefined
  acknowledged: Moment | undefined
  answered: Moment | undefined
  resolved: Moment | undefined
  /** Since when resolving counts: the receipt, or the last reopening. */
  resolving: number
  pauses: Stretch[]
}

/** Lines of history that answer the complainant. */
const answering: ReadonlySet<string> = new Set([
  'email-out',
  'call',
  'visit',
  'answer' satisfies LetterEffect,
])

/** The status that a complaint came with. */
function initialOf({ events, status }: ClockCase): ComplaintStatus {
  return withoutUndone(events).find(({ kind, from }) => kind === 'status' && from !== null)?.from ?? status
}

function courseOf(facts: ClockCase, received: number, at: number, counting: Counting): Course {
  const events = withoutUndone(facts.events)
  const initial = initialOf(facts)
  const closed = wallTime(facts.closedAt)
  // What stands there is the last end: of a case that was reopened since, nobody knows the one that its file told of.
  const again = events.some(({ kind, to }) => kind === 'status' && to === 'reopened')
  const ended: Moment =
    closed === undefined || again ? unknown : Math.max(received, counting.zone.instantOf(closed))
  // Asked of a moment before the end, nothing has ended yet.
  const over = isOpen(initial) ? undefined : ended !== unknown && ended > at ? undefined : ended
  const course: Course = {
    received,
    escalated: initial === 'escalated' ? received : undefined,
    acknowledged: initial === 'received' ? undefined : isOpen(initial) ? unknown : over,
    answered: over,
    resolved: over,
    resolving: received,
    pauses: [],
  }
  // Two reasons to stand still, either is enough: the complainant is waited for, or somebody has paused the case.
  const since: { waiting: number | undefined; byHand: number | undefined } = {
    waiting: initial === 'awaiting-customer' ? received : undefined,
    byHand: undefined,
  }
  const goOn = (reason: keyof typeof since, when: number): void => {
    const from = since[reason]
    since[reason] = undefined
    if (from !== undefined && when > from) course.pauses.push({ from, to: when })
  }
  for (const { at: happened, kind, from, to } of events) {
    if (happened > at) break
    const when = Math.max(happened, received)
    if (answering.has(kind)) {
      course.acknowledged ??= when
      course.answered ??= when
    }
    if (kind === ('acknowledgement' satisfies LetterEffect)) course.acknowledged ??= when
    if (kind === 'paused') since.byHand ??= when
    if (kind === 'resumed') goOn('byHand', when)
    if (kind !== 'status' || to === null) continue
    if (from === 'received') course.acknowledged ??= when
    if (to === 'escalated') course.escalated ??= when
    if (to === 'reopened') {
      course.resolved = undefined
      course.resolving = when
    }
    if (to === 'awaiting-customer') since.waiting ??= when
    else goOn('waiting', when)
    if (!isOpen(to)) {
      course.acknowledged ??= when
      course.answered ??= when
      course.resolved ??= when
      goOn('byHand', when)
    }
  }
  goOn('waiting', Infinity)
  goOn('byHand', Infinity)
  return { ...course, pauses: joined(course.pauses) }
}

/** An act that was taken back counts as never done: its step and the step back are left out. */
export function withoutUndone<T extends Pick<ClockEvent, 'kind' | 'from' | 'to'>>(
  events: readonly T[],
): readonly T[] {
  if (events.every(({ kind }) => kind !== 'undone')) return events
  const left: T[] = []
  for (const event of events) {
    if (event.kind !== 'undone') left.push(event)
    else {
      const step = left.findLastIndex(
        ({ kind, from, to }) => kind === 'status' && from === event.to && to === event.from,
      )
      if (step >= 0) left.splice(step, 1)
    }
  }
  return left
}

/** Stretches in order, those that touch made one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = []
  for (const stretch of stretches.toSorted((one, other) => one.from - other.from)) {
    const last = all.at(-1)
    if (last !== undefined && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to)
    else all.push({ ...stretch })
  }
  return all
}

interface Run {
  clock: Clock
  start: number
  end: Moment | undefined
  pauses: readonly Stretch[]
}

function runsOf(pack: ClockPack, course: Course): Run[] {
  return pack.clocks.flatMap((clock) => {
    const begin = clock.starts === 'escalated' ? course.escalated : course.received
    if (begin === undefined) return []
    const start = clock.ends === 'resolved' ? Math.max(begin, course.resolving) : begin
    const end = course[clock.ends]
    const pauses = clock.pauses
      ? course.pauses
          .filter(({ to }) => to > start)
          .map(({ from, to }) => ({ from: Math.max(from, start), to }))
      : []
    return [{ clock, start, end, pauses }]
  })
}

/** Milliseconds stood still between start and `until`. */
function pausedUntil(pauses: readonly Stretch[], until: number): number {
  return pauses.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, until) - from), 0)
}

/**
 * What each clock of a pack says of a case at a moment. A case whose receipt can't be read has none, nor one not yet received.
 * @param at milliseconds
 */
export function readClocks(
  pack: ClockPack,
  facts: ClockCase,
  at: number,
  counting: Counting,
): ClockReading[] {
  const wall = wallTime(facts.receivedAt)
  const received = wall === undefined ? undefined : counting.zone.instantOf(wall)
  if (received === undefined || received > at) return []
  const course = courseOf(facts, received, at, counting)
  return runsOf(pack, course).map((run) => {
    const { clock, start, end, pauses } = run
    const stopped = end === undefined || end === unknown ? undefined : end
    const paused = end === undefined && pauses.at(-1)?.to === Infinity
    const until = stopped ?? at
    const stood = pauses.map(({ from, to }) => ({ from, to: Math.min(to, Math.max(from, until)) }))
    const due = dueAfter(clock, start, stood, counting)
    const late = until > due.at
    const state: ClockState =
      end === unknown
        ? 'met'
        : end !== undefined
          ? late
            ? 'missed'
            : 'met'
          : paused
            ? 'paused'
            : late
              ? 'overdue'
              : 'running'
    return {
      clock: clock.id,
      label: clock.label,
      pack: pack.id,
      startedAt: new Date(start).toISOString(),
      dueAt: new Date(due.at).toISOString(),
      pausedMs: pausedUntil(pauses, end === unknown ? start : until),
      state,
      endedAt: stopped === undefined ? null : new Date(stopped).toISOString(),
      left: end === undefined ? unitsLeft(clock.unit, at, due.at, counting) : null,
      length: clock.length,
      unit: clock.unit,
      pauses: clock.pauses,
      watch: clock.watch,
      provisional: due.provisional,
      source: clock.source,
    }
  })
}

/**
 * The next thing that is owed: the earliest end of a clock that runs. It doesn't depend on when it is asked; undefined where
 * none runs, as of a case that waits for its complainant.
 */
export function nextDue(
  pack: ClockPack,
  facts: ClockCase,
  counting: Counting,
): { clock: string; at: string } | undefined {
  const wall = wallTime(facts.receivedAt)
  if (wall === undefined || (facts.events.length === 0 && !isOpen(facts.status))) return undefined
  const course = courseOf(facts, counting.zone.instantOf(wall), Infinity, counting)
  let next: { clock: string; at: number } | undefined
  for (const { clock, start, end, pauses } of runsOf(pack, course)) {
    if (end !== undefined || clock.watch || pauses.at(-1)?.to === Infinity) continue
    const { at } = dueAfter(clock, start, pauses, counting)
    if (next === undefined || at < next.at) next = { clock: clock.id, at }
  }
  return next === undefined ? undefined : { clock: next.clock, at: new Date(next.at).toISOString() }
}

/**
 * Whether a case that has ended let a clock run out: of a file that only says when it ended, the clocks that end with that.
 * Undefined for a case that goes on, or where nothing of it is known.
 */
export function hasMissed(pack: ClockPack, facts: ClockCase, counting: Counting): boolean | undefined {
  const wall = wallTime(facts.receivedAt)
  if (wall === undefined || isOpen(facts.status)) return undefined
  const course = courseOf(facts, counting.zone.instantOf(wall), Infinity, counting)
  const told = runsOf(pack, course).flatMap(({ clock, start, end, pauses }) => {
    const judged = isOpen(initialOf(facts)) || clock.ends === 'resolved'
    if (clock.watch || !judged || end === undefined || end === unknown) return []
    const stood = pauses.map(({ from, to }) => ({ from, to: Math.min(to, Math.max(from, end)) }))
    return [end > dueAfter(clock, start, stood, counting).at]
  })
  return told.length === 0 ? undefined : told.includes(true)
}
