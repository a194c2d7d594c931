// What a file `test/bench/<name>.bench.ts` exports as its default.
import { z } from 'zod'

const rowSchema = z.strictObject({
  what: z.string(),
  value: z.number(),
  /** `ms`, `rows/s`, `×`, `MB`, … */
  unit: z.string(),
  note: z.string().optional(),
})

export type Row = z.infer<typeof rowSchema>

export interface Measurement {
  title: string
  /** One or two sentences: what is measured against what, on which data. */
  about: string
  run(): Promise<Row[]>
}

export const measurementSchema = z.object({
  default: z.object({
    title: z.string(),
    about: z.string(),
    run: z.custom<() => Promise<Row[]>>((value) => typeof value === 'function'),
  }),
})
