// Handing all open cases of one person to another, with a record that both confirm.
import { z } from 'zod'
import { handoverSchema } from '../types/handover.ts'
import { lineSchema } from '../types/common.ts'
import { handoverIdSchema, personIdSchema } from '../types/ids.ts'
import { channel, everybody, workers } from './define.ts'

export const handoversContract = {
  /** By an owner, or by whoever leaves. Every open case of `from` goes to `to` in one commit. */
  'handover.create': channel({
    input: z.strictObject({ from: personIdSchema, to: personIdSchema, note: lineSchema.default('') }),
    output: handoverSchema,
    target: 'vault',
    access: workers,
    writes: true,
  }),
  /** Each of the two for themselves. */
  'handover.confirm': channel({
    input: z.strictObject({ id: handoverIdSchema }),
    output: handoverSchema,
    target: 'vault',
    access: workers,
    writes: true,
  }),
  /** Newest first; and how many open cases each person has. */
  'handover.list': channel({
    input: z.strictObject({}),
    output: z.strictObject({
      items: z.array(handoverSchema),
      openCases: z.array(z.strictObject({ personId: personIdSchema, count: z.number().int() })),
    }),
    target: 'vault',
    access: everybody,
  }),
} as const
