// Working days of a country: Monday to Friday, but for what its yearly tables say. Years without a table are provisional.
import type { WorkdayTable } from '../../../shared/types/clock.ts'
import { dayNumber, weekdayOf, yearOf } from './zone.ts'

export interface Workdays {
  isWorking(day: number): boolean
  /** Whether a table says so, or only the weekend is known. */
  isKnown(day: number): boolean
}

/** @param tables of one country */
export function workdaysOf(tables: readonly WorkdayTable[]): Workdays {
  const exceptions = new Map<number, boolean>()
  const years = new Set<number>()
  for (const { year, off, work } of tables) {
    years.add(year)
    for (const [first, last] of off) {
      for (let day = dayNumber(first); day <= dayNumber(last); day += 1) exceptions.set(day, false)
    }
    for (const day of work) exceptions.set(dayNumber(day), true)
  }
  return {
    isWorking: (day) => exceptions.get(day) ?? !isWeekend(day),
    isKnown: (day) => years.has(yearOf(day)),
  }
}

export function isWeekend(day: number): boolean {
  const weekday = weekdayOf(day)
  return weekday === 0 || weekday === 6
}
