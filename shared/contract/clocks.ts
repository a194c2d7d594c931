// Deadlines: what the clocks of a case say, and which packs and tables of working days count in this vault.
import { z } from 'zod'
import { clockChangeSchema, clockPackSchema, clockReadingSchema, workdayTableSchema } from '../types/clock.ts'
import { instantSchema, textSchema } from '../types/common.ts'
import { complaintDetailSchema } from '../types/complaint.ts'
import { complaintIdSchema } from '../types/ids.ts'
import { channel, everybody, owners, workers } from './define.ts'

/** What a change of packs would do, or did, to the cases that are open. */
const effectSchema = z.strictObject({
  open: z.number().int(),
  /** Whose next due time is another one. */
  changed: z.number().int(),
  overdueBefore: z.number().int(),
  overdueAfter: z.number().int(),
})

export const clocksContract = {
  'complaints.clocks': channel({
    input: z.strictObject({ id: complaintIdSchema, at: instantSchema.optional() }),
    output: z.array(clockReadingSchema),
    target: 'vault',
    access: everybody,
  }),
  /** Stops the clocks of a case that may stand still, or lets them go on. A line of its history either way. */
  'complaints.pauseClock': channel({
    input: z.strictObject({ id: complaintIdSchema, paused: z.boolean(), note: textSchema.default('') }),
    output: complaintDetailSchema,
    target: 'vault',
    access: workers,
    writes: true,
  }),
  'clocks.get': channel({
    input: z.strictObject({}),
    output: z.strictObject({
      defaultPack: z.string(),
      packs: z.array(clockPackSchema.extend({ own: z.boolean() })),
      workdays: z.array(workdayTableSchema.extend({ own: z.boolean() })),
      /** Due times are still being made anew. */
      pending: z.boolean(),
    }),
    target: 'vault',
    access: everybody,
  }),
  'clocks.preview': channel({
    input: clockChangeSchema,
    output: effectSchema,
    target: 'vault',
    access: owners,
    job: true,
  }),
  'clocks.apply': channel({
    input: clockChangeSchema,
    output: effectSchema,
    target: 'vault',
    access: owners,
    job: true,
    writes: true,
  }),
} as const
