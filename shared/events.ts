// What main tells the window without being asked.
import { z } from 'zod'
import { jobIdSchema } from './types/ids.ts'

/** Progress of a job. `done` and `total` are in `unit`; total is null while unknown. */
export const jobProgressSchema = z.strictObject({
  jobId: jobIdSchema,
  phase: z.string(),
  done: z.number().int(),
  total: z.number().int().nullable(),
  unit: z.enum(['rows', 'bytes', 'pages', 'entries', 'steps']),
})
export type JobProgress = z.infer<typeof jobProgressSchema>

/** Why a vault was locked. `panic`: at once, by the person's chord, without a checkpoint. */
export const lockReasonSchema = z.enum(['user', 'panic', 'idle', 'suspend', 'screen', 'crash', 'quit'])
export type LockReason = z.infer<typeof lockReasonSchema>

export const appEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('job.progress'), progress: jobProgressSchema }),
  /** The vault process is gone and with it every key; the window must forget what it shows. */
  z.strictObject({
    type: z.literal('session.locked'),
    reason: lockReasonSchema,
  }),
  /** Identities closed (idle) or opened again. */
  z.strictObject({ type: z.literal('session.identities'), open: z.boolean() }),
])
export type AppEvent = z.infer<typeof appEventSchema>
