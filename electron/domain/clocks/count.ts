// Counting: when a length of time has run out, with stretches left out in which it stood still.
import type { Clock } from '../../../shared/types/clock.ts'
import type { Workdays } from './workdays.ts'
import { monthsLater, type Zone } from './zone.ts'

/** A stretch of standing still, in milliseconds; `to` excluded. Stretches of a list are in order and don't overlap. */
export interface Stretch {
  from: number
  to: number
}

export interface Counting {
  zone: Zone
  workdays: Workdays
}

export interface Due {
  /** Last millisecond in which the clock is kept. */
  at: number
  provisional: boolean
}

const hourMs = 3_600_000
const dayMs = 86_400_000
/** No clock runs longer than this many days, pauses and all: beyond it a case is due at the end of the last of them. */
const mostDays = 200_000

/**
 * When a clock that began at `start` has run out. Hours run on from the start; days are whole days, the first of them the day
 * after (GB: 民法典 201; the same in 1182/71/EEC), and the clock is kept until the last one ends. What lies in `pauses` isn't
 * counted, to the millisecond, and so never lost: paused in the middle of a day, the other half of it is still there afterwards.
 */
export function dueAfter(
  { length, unit }: Pick<Clock, 'length' | 'unit'>,
  start: number,
  pauses: readonly Stretch[],
  counting: Counting,
): Due {
  if (unit === 'hour') return { at: runOut(start, length * hourMs, pauses), provisional: false }
  const { zone, workdays } = counting
  const first = zone.dayOf(start)
  const working = unit === 'workingDay'
  const days = unit === 'month' ? monthsLater(first, length) - first : length
  const begin = zone.startOf(first + 1)
  const counted = pauses.filter(({ to }) => to > begin)
  if (counted.length === 0 && !working) return { at: zone.startOf(first + days + 1) - 1, provisional: false }
  let left = days * dayMs
  let provisional = false
  for (let day = first + 1; day < first + mostDays; day += 1) {
    if (working) {
      if (!workdays.isKnown(day)) provisional = true
      if (!workdays.isWorking(day)) continue
    }
    if (counted.length === 0) {
      left -= dayMs
      if (left <= 0) return { at: zone.startOf(day + 1) - 1, provisional }
      continue
    }
    const from = zone.startOf(day)
    const to = zone.startOf(day + 1)
    // A day of 23 or 25 hours is one day all the same.
    const scale = dayMs / (to - from)
    const ran = ranBetween(from, to, counted) * scale
    if (ran < left) {
      left -= ran
      continue
    }
    return { at: Math.min(runOut(from, Math.round(left / scale), counted), to) - 1, provisional }
  }
  return { at: zone.startOf(first + mostDays) - 1, provisional }
}

/** The instant at which `length` milliseconds outside of the pauses have gone by. */
function runOut(start: number, length: number, pauses: readonly Stretch[]): number {
  let at = start
  let left = length
  for (const { from, to } of pauses) {
    if (to <= at) continue
    if (from - at >= left) break
    left -= Math.max(0, from - at)
    at = to
  }
  return at + left
}

/** Milliseconds of a stretch that lie outside of the pauses. */
export function ranBetween(from: number, to: number, pauses: readonly Stretch[]): number {
  let ran = to - from
  for (const pause of pauses) ran -= Math.max(0, Math.min(to, pause.to) - Math.max(from, pause.from))
  return ran
}

/** Whole units between now and the due time: days that still begin, or hours; negative when late. */
export function unitsLeft(
  unit: Clock['unit'],
  now: number,
  due: number,
  { zone, workdays }: Counting,
): number {
  if (unit === 'hour') return due >= now ? Math.floor((due - now) / hourMs) : -Math.ceil((now - due) / hourMs)
  const today = zone.dayOf(now)
  const last = zone.dayOf(due)
  if (unit !== 'workingDay') return last - today
  const [first, end] = today <= last ? [today, last] : [last, today]
  let days = 0
  for (let day = first + 1; day <= end && days < mostDays; day += 1) if (workdays.isWorking(day)) days += 1
  return today <= last ? days : -Math.max(1, days)
}
