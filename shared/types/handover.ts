// The record of a handover: whose cases went to whom, and who has confirmed it.
import { z } from 'zod'
import { personRefSchema } from './case.ts'
import { instantSchema } from './common.ts'
import { handoverIdSchema } from './ids.ts'

/** In whose session it was confirmed, and when. */
const confirmedSchema = z.strictObject({ at: instantSchema, by: z.string() }).nullable()

export const handoverSchema = z.strictObject({
  id: handoverIdSchema,
  from: personRefSchema,
  to: personRefSchema,
  at: instantSchema,
  /** Who did it. */
  user: z.string(),
  /** Redacted as every text is. */
  note: z.string(),
  cases: z.number().int(),
  /** SHA-256 over the ids of the cases, sorted, each with a line feed behind it; hex. */
  digest: z.string(),
  confirmedFrom: confirmedSchema,
  confirmedTo: confirmedSchema,
})
export type Handover = z.infer<typeof handoverSchema>
