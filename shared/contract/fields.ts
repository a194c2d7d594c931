// Classes of the columns that no field of the product takes.
import { z } from 'zod'
import { recordKindSchema } from '../types/exchange.ts'
import { classedColumnSchema, columnClassesSchema, fieldClassSchema } from '../types/field-class.ts'
import { channel, everybody, owners } from './define.ts'

export const fieldsContract = {
  /** Classes as they were set; nothing is counted. */
  'fields.getClasses': channel({
    input: z.strictObject({}),
    output: columnClassesSchema,
    target: 'vault',
    access: everybody,
  }),
  /** Every column that any record has. */
  'fields.list': channel({
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(classedColumnSchema) }),
    target: 'vault',
    access: everybody,
  }),
  /** Gives a column a class, and brings every record that has it to that. Said again, it goes on where it was cut short. */
  'fields.setClass': channel({
    input: z.strictObject({
      kind: recordKindSchema,
      column: z.string().min(1).max(1000),
      class: fieldClassSchema,
    }),
    output: z.strictObject({ changed: z.number().int() }),
    target: 'vault',
    access: owners,
    identities: true,
    job: true,
    writes: true,
  }),
} as const
