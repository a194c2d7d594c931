// The dashboard's numbers, as a screen shows them and a file carries them.
import { z } from 'zod'
import { instantSchema } from './common.ts'

/** What may be counted and shared at the least: smaller cells are left out of shareable statistics. */
export const smallestShared = 5

/** Days since receipt, both ends included; the last one is open. */
export const ageBands = ['0-7', '8-15', '16-30', '31-60', '61+'] as const
export type AgeBand = (typeof ageBands)[number]

/** Key of the cell in which everything stands that a long list has no line of its own for. */
export const otherKey = '*'

const countSchema = z.number().int().min(0).nullable()

export const statsCellSchema = z.strictObject({
  /** '' is the cell of those of whom it isn't said. */
  key: z.string(),
  /** Received in the range; null where it is suppressed. */
  count: countSchema,
  /** Of these, still open; null where it isn't counted or not shared. */
  open: countSchema,
  suppressed: z.boolean(),
})
export type StatsCell = z.infer<typeof statsCellSchema>

export const durationSchema = z.strictObject({
  /** How many complaints have one. */
  count: countSchema,
  /** Nearest rank, hours with two decimals. */
  medianHours: z.number().nullable(),
  p90Hours: z.number().nullable(),
})
export type Duration = z.infer<typeof durationSchema>

export const reliefCellSchema = z.strictObject({
  /** '' : no relief was given. */
  kind: z.string(),
  currency: z.string(),
  count: countSchema,
  /** Exact decimal sum; '' where nothing is paid, null where it is suppressed. */
  amount: z.string().nullable(),
  suppressed: z.boolean(),
})
export type ReliefCell = z.infer<typeof reliefCellSchema>

export const trendSchema = z.strictObject({
  /** `YYYY-MM` */
  month: z.string(),
  received: countSchema,
  closed: countSchema,
})
export type TrendMonth = z.infer<typeof trendSchema>

export const statsSchema = z.strictObject({
  from: z.string(),
  to: z.string(),
  timeZone: z.string(),
  generatedAt: instantSchema,
  shareable: z.boolean(),
  /** Cells under this are suppressed; null where none is. */
  threshold: z.number().int().nullable(),
  /** Complaints received in the range, and of these the open ones; `closed`: those that ended in the range, whenever received. */
  received: countSchema,
  closed: countSchema,
  open: countSchema,
  /** Complaints without a date of receipt: they are in no range. Not shared. */
  undated: countSchema,
  openByAge: z.array(statsCellSchema),
  byStatus: z.array(statsCellSchema),
  byCategory: z.array(statsCellSchema),
  byChannel: z.array(statsCellSchema),
  bySeverity: z.array(statsCellSchema),
  /** Whose cases these are; null in shareable statistics, which name nobody. */
  byPerson: z.array(statsCellSchema.extend({ name: z.string() })).nullable(),
  /** Keys `met`, `missed`, `running`, and '' where no clock is kept. */
  deadlines: z.array(statsCellSchema),
  firstAnswer: durationSchema,
  resolution: durationSchema,
  relief: z.array(reliefCellSchema),
  rootCauses: z.array(statsCellSchema),
  satisfaction: z.strictObject({
    /** Two decimals; null where nobody rated, or it would tell of a suppressed cell. */
    mean: z.number().nullable(),
    /** Keys `1` to `5`, and '' for not rated. */
    distribution: z.array(statsCellSchema),
  }),
  trend: z.array(trendSchema),
})
export type Stats = z.infer<typeof statsSchema>
