// Days of a time zone as instants. A day is a whole number: days since 1970-01-01.

import { offsetsOf } from '../time-zone.ts'

const dayMs = 86_400_000
/** Days whose midnights are kept: deadlines of a vault fall on few days. */
const mostKept = 20_000

export interface Zone {
  /** The instant, in milliseconds, at which a day begins. */
  startOf(day: number): number
  /** The day on which an instant falls. */
  dayOf(instantMs: number): number
  /** The instant of a wall time, milliseconds since 1970-01-01T00:00 of the wall. */
  instantOf(wallMs: number): number
}

/** @param timeZone an IANA name; one that this machine doesn't know is taken for UTC */
export function zoneOf(timeZone: string): Zone {
  const offsetAt = offsetsOf(timeZone)
  const kept = new Map<number, number>()

  function instantOf(wallMs: number): number {
    const first = wallMs - offsetAt(wallMs)
    // The offset at the guess may differ from the one before it, around a change of clocks.
    return wallMs - offsetAt(first)
  }

  /** Where clocks go forward at midnight, the day begins with the first instant that it has. */
  function firstOf(day: number): number {
    const instant = instantOf(day * dayMs)
    return instant + offsetAt(instant) < day * dayMs ? day * dayMs - offsetAt(instant) : instant
  }

  function startOf(day: number): number {
    const known = kept.get(day)
    if (known !== undefined) return known
    const instant = firstOf(day)
    if (kept.size >= mostKept) kept.clear()
    kept.set(day, instant)
    return instant
  }

  return {
    startOf,
    instantOf,
    dayOf: (instantMs) => {
      let day = Math.floor(instantMs / dayMs)
      while (startOf(day) > instantMs) day -= 1
      while (startOf(day + 1) <= instantMs) day += 1
      return day
    },
  }
}

/** Files write "never" as a date at the end of time: no clock runs to there, and instants have no room for what lies beyond. */
const lastYear = 9000

const wallPattern = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?$/u

/** A wall time as complaints carry it, in milliseconds of the wall; undefined for what is none. */
export function wallTime(text: string): number | undefined {
  const match = wallPattern.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? '0'))
  if ((year ?? 0) > lastYear) return undefined
  const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0)
  return new Date(wall).toISOString().startsWith(text.slice(0, 10)) ? wall : undefined
}

/** Number of a day written `YYYY-MM-DD`. */
export function dayNumber(iso: string): number {
  return Math.floor(Date.parse(`${iso}T00:00:00Z`) / dayMs)
}

/** Year of a day's number. */
export function yearOf(day: number): number {
  return new Date(day * dayMs).getUTCFullYear()
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** The day `months` later: the same of its month, or that month's last (30 January and one month: end of February). */
export function monthsLater(day: number, months: number): number {
  const from = new Date(day * dayMs)
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0))
  const date = Math.min(from.getUTCDate(), last.getUTCDate())
  return Math.floor(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), date) / dayMs)
}
