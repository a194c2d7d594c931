// The dashboard's numbers: counts only, from masked data, for everybody.
import { z } from 'zod'
import { pathSchema } from '../types/common.ts'
import { statsSchema } from '../types/stats.ts'
import { channel, everybody } from './define.ts'

const daySchema = z.iso.date()

const range = {
  /** First and last day of the range, both included, in the company's zone. */
  from: daySchema,
  to: daySchema,
  /** Without names, and without any cell under five or what would give one away. */
  shareable: z.boolean().default(false),
}

export const statsContract = {
  'stats.get': channel({
    input: z.strictObject(range),
    output: statsSchema,
    target: 'vault',
    access: everybody,
  }),
  /** The same numbers into a new file; the log says so. */
  'stats.save': channel({
    input: z.strictObject({ ...range, out: pathSchema, format: z.enum(['json', 'csv']) }),
    output: z.strictObject({ path: z.string(), bytes: z.number().int() }),
    target: 'vault',
    access: everybody,
    writes: true,
  }),
} as const
