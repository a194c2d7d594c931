// Which packs and tables count: this program's, with the vault's own in their place. And what a pack must be to count.
import { GuicangError } from '../../../shared/errors.ts'
import {
  type Clock,
  type ClockFile,
  type ClockPack,
  type ClockSettings,
  clockSettingsSchema,
  type WorkdayTable,
} from '../../../shared/types/clock.ts'
import { type Workdays, isWeekend, workdaysOf } from './workdays.ts'
import { dayNumber, yearOf } from './zone.ts'

/** The pack that counts where nobody has chosen one. */
export const firstPack = 'iso10002'

export interface ClockBook {
  packs: readonly ClockPack[]
  workdays: readonly WorkdayTable[]
  defaultPack: ClockPack
  /** The pack of a case; one that is gone, or none, is the vault's own. */
  packOf(id: string): ClockPack
  calendar(country: string): Workdays
}

export const noSettings: ClockSettings = { defaultPack: firstPack, packs: [], workdays: [] }

const tableKey = ({ calendar, year }: WorkdayTable): string => `${calendar} ${year}`

/** Later ones take the place of earlier ones with the same key; the order stays. */
function overlaid<T>(base: readonly T[], over: readonly T[], keyOf: (item: T) => string): T[] {
  const all = new Map([...base, ...over].map((item) => [keyOf(item), item] as const))
  return [...all.values()]
}

/** @param shipped what comes with this program @throws GuicangError `clocks.invalid` */
export function clockBook(shipped: readonly ClockFile[], settings: ClockSettings): ClockBook {
  const packs = overlaid(
    shipped.flatMap((file) => file.packs),
    settings.packs,
    ({ id }) => id,
  )
  const workdays = overlaid(
    shipped.flatMap((file) => file.workdays),
    settings.workdays,
    tableKey,
  ).toSorted((one, other) => (tableKey(one) < tableKey(other) ? -1 : 1))
  requireYears(workdays)
  const byId = new Map(packs.map((pack) => [pack.id, pack]))
  const defaultPack = byId.get(settings.defaultPack)
  if (defaultPack === undefined) throw invalid('defaultPack', 'unknown', settings.defaultPack)
  const calendars = new Map<string, Workdays>()
  return {
    packs,
    workdays,
    defaultPack,
    packOf: (id) => byId.get(id) ?? defaultPack,
    calendar: (country) => {
      const known = calendars.get(country)
      if (known !== undefined) return known
      const made = workdaysOf(workdays.filter(({ calendar }) => calendar === country))
      calendars.set(country, made)
      return made
    },
  }
}

/** The settings with a file's packs and tables in them. @throws GuicangError `clocks.invalid` */
export function withFile(settings: ClockSettings, file: ClockFile): ClockSettings {
  requireSound(file)
  const made = clockSettingsSchema.safeParse({
    ...settings,
    packs: overlaid(settings.packs, file.packs, ({ id }) => id),
    workdays: overlaid(settings.workdays, file.workdays, tableKey),
  })
  // Each is sound: together they are more than a vault keeps.
  if (!made.success) throw invalid('file', 'tooMany', '')
  return made.data
}

/**
 * What a schema can't say of a file: ids once, years once, a table's days in its year and each once, days off in order, days
 * worked on a weekend.
 * @throws GuicangError `clocks.invalid`, naming pack or table and the rule
 */
export function requireSound(file: ClockFile): void {
  requireOnce('packs', file.packs, ({ id }: ClockPack) => id, 'twice')
  for (const pack of file.packs) requireOnce(`packs.${pack.id}`, pack.clocks, ({ id }: Clock) => id, 'twice')
  requireOnce('workdays', file.workdays, tableKey, 'yearTwice')
  for (const table of file.workdays) requireTable(table)
}

function requireOnce<T>(field: string, items: readonly T[], keyOf: (item: T) => string, rule: string): void {
  const seen = new Set<string>()
  for (const item of items) {
    const key = keyOf(item)
    if (seen.has(key)) throw invalid(field, rule, key)
    seen.add(key)
  }
}

function requireTable(table: WorkdayTable): void {
  const field = `workdays.${table.calendar}.${table.year}`
  const seen = new Set<number>()
  const take = (day: number): void => {
    if (yearOf(day) !== table.year) throw invalid(field, 'otherYear', isoOf(day))
    if (seen.has(day)) throw invalid(field, 'dayTwice', isoOf(day))
    seen.add(day)
  }
  for (const [first, last] of table.off) {
    const [from, to] = [dayNumber(first), dayNumber(last)]
    if (to < from) throw invalid(field, 'order', first)
    // A stretch of years would be walked through day by day: its ends are looked at first.
    if (yearOf(from) !== table.year || yearOf(to) !== table.year) throw invalid(field, 'otherYear', first)
    for (let day = from; day <= to; day += 1) take(day)
  }
  for (const text of table.work) {
    const day = dayNumber(text)
    take(day)
    if (!isWeekend(day)) throw invalid(field, 'notWeekend', text)
  }
}

/** Between the first and the last table of a country no year is missing. */
function requireYears(tables: readonly WorkdayTable[]): void {
  const years = Map.groupBy(tables, ({ calendar }) => calendar)
  for (const [calendar, own] of years) {
    const all = own.map(({ year }) => year).toSorted((one, other) => one - other)
    for (const [index, year] of all.entries()) {
      const next = all[index + 1]
      if (next !== undefined && next !== year + 1)
        throw invalid(`workdays.${calendar}`, 'yearMissing', String(year + 1))
    }
  }
}

function isoOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

function invalid(field: string, rule: string, value: string): GuicangError {
  return new GuicangError('clocks.invalid', { fields: [{ field, rule, value }] })
}
