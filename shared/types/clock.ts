// Deadlines of complaints: packs of clocks, tables of working days, and what a clock says of a case.
import { z } from 'zod'
import { instantSchema, pathSchema } from './common.ts'

/** `hour` counts on; the others count whole days (or months), the first of them the day after the start. */
export const clockUnits = ['hour', 'calendar', 'month', 'workingDay'] as const
export const clockUnitSchema = z.enum(clockUnits)

/** From which a clock runs: the receipt, or the moment at which the case went to an authority. */
export const clockStartSchema = z.enum(['received', 'escalated'])

/** What stops a clock: a sign to the complainant that it is there, a first answer, the end of the case. */
export const clockEndSchema = z.enum(['acknowledged', 'answered', 'resolved'])

/** One line of text that a pack's author wrote. */
const packLine = z.string().trim().min(1).max(300)
export const packLabelSchema = z.strictObject({ 'zh-CN': packLine, en: packLine })

/** An id that stands in records and log: letters, digits, dashes. */
export const clockIdSchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,39}$/)

export const clockSchema = z.strictObject({
  id: clockIdSchema,
  label: packLabelSchema,
  starts: clockStartSchema,
  ends: clockEndSchema,
  length: z.number().int().min(1).max(3660),
  unit: clockUnitSchema,
  /** Stands still while the complainant is waited for, and while somebody has paused the case. */
  pauses: z.boolean(),
  /** Somebody else's deadline: shown with the case, owed by nobody here. */
  watch: z.boolean().default(false),
  source: packLine,
})
export type Clock = z.infer<typeof clockSchema>

/** Whose working days: a country's, in two letters. */
export const calendarSchema = z.string().regex(/^[A-Z]{2}$/)

export const clockPackSchema = z.strictObject({
  id: clockIdSchema,
  label: packLabelSchema,
  calendar: calendarSchema,
  source: packLine,
  clocks: z.array(clockSchema).min(1).max(20),
})
export type ClockPack = z.infer<typeof clockPackSchema>

const daySchema = z.iso.date()

/** A year's departures from Monday to Friday. */
export const workdayTableSchema = z.strictObject({
  calendar: calendarSchema,
  year: z.number().int().min(1990).max(2200),
  source: packLine,
  /** Days off, as first and last day. */
  off: z.array(z.tuple([daySchema, daySchema])).max(60),
  /** Days of weekends that are worked on. */
  work: z.array(daySchema).max(60),
})
export type WorkdayTable = z.infer<typeof workdayTableSchema>

/** A file of packs or tables, as `resources/clock-packs` holds them and as a person brings one. */
export const clockFileSchema = z.strictObject({
  format: z.literal('guicang-clocks-1'),
  packs: z.array(clockPackSchema).max(50).default([]),
  workdays: z.array(workdayTableSchema).max(200).default([]),
})
export type ClockFile = z.infer<typeof clockFileSchema>

/** What a vault adds to the packs and tables of this program, or puts in their place. */
export const clockSettingsSchema = z.strictObject({
  defaultPack: clockIdSchema,
  packs: z.array(clockPackSchema).max(200),
  workdays: z.array(workdayTableSchema).max(1000),
})
export type ClockSettings = z.infer<typeof clockSettingsSchema>

/** What the settings are to become; what isn't named stays. */
export const clockChangeSchema = z.strictObject({
  /** A file with packs or tables: each takes the place of the one with its id, or its country and year. */
  path: pathSchema.optional(),
  defaultPack: clockIdSchema.optional(),
  /** Takes the vault's own packs and tables away again. */
  reset: z.boolean().default(false),
})

/**
 * `running` and `overdue` are owed (in time, and late), `paused` waits; `met` was kept, `missed` was done too late.
 */
export const clockStateSchema = z.enum(['running', 'paused', 'met', 'overdue', 'missed'])
export type ClockState = z.infer<typeof clockStateSchema>

export const clockReadingSchema = z.strictObject({
  clock: z.string(),
  label: packLabelSchema,
  pack: z.string(),
  startedAt: instantSchema,
  /** Of a paused clock: as if it went on at once. */
  dueAt: instantSchema,
  pausedMs: z.number().int(),
  state: clockStateSchema,
  /** When it stopped; null while it runs, and where a file didn't say. */
  endedAt: instantSchema.nullable(),
  /** How much is left in whole units of the clock (for days: those that still begin), negative when late; null once it stopped. */
  left: z.number().int().nullable(),
  length: z.number().int(),
  unit: clockUnitSchema,
  pauses: z.boolean(),
  watch: z.boolean(),
  /** A year without a table of working days was counted: weekends alone were taken out. */
  provisional: z.boolean(),
  source: z.string(),
})
export type ClockReading = z.infer<typeof clockReadingSchema>
