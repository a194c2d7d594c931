// Ranges that people ask for, by days of the company's zone.
import { clockNow } from '../../lib/format.ts'

export const presets = ['month', 'quarter', 'year', 'all'] as const
export type Preset = (typeof presets)[number]

export interface Range {
  from: string
  to: string
}

export function todayIn(timeZone: string | undefined): string {
  return clockNow(timeZone).slice(0, 10)
}

/** The first day of the month that lies so many months before this one. */
function monthsBack(today: string, months: number): string {
  const [year = 0, month = 1] = today.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10)
}

/** Whole months, the present one so far. */
export function rangeOf(preset: Preset, today: string): Range {
  const months: Record<Preset, number | undefined> = { month: 0, quarter: 2, year: 11, all: undefined }
  const back = months[preset]
  return { from: back === undefined ? '1970-01-01' : monthsBack(today, back), to: today }
}
