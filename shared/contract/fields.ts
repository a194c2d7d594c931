// Classes of the columns that no field of the product takes, and of its own fields that are usual trade secrets.
import { z } from 'zod'
import { recordKindSchema } from '../types/exchange.ts'
import {
  classedColumnSchema,
  classedFieldSchema,
  columnClassesSchema,
  fieldClassSchema,
} from '../types/field-class.ts'
import { channel, everybody, owners } from './define.ts'

export const fieldsContract = {
  /** Classes as they were set; nothing is counted. */
  'fields.getClasses': channel({
    input: z.strictObject({}),
    output: columnClassesSchema,
    target: 'vault',
    access: everybody,
  }),
  /** Every column that any record has, and the own fields whose class can be set. */
  'fields.list': channel({
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(classedColumnSchema), own: z.array(classedFieldSchema) }),
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
  /** Classes an own field as a trade secret, or gives it its own class back. No record changes: it counts over what goes out. */
  'fields.setOwnClass': channel({
    input: z.strictObject({
      kind: recordKindSchema,
      field: z.string().min(1).max(100),
      class: fieldClassSchema,
    }),
    output: classedFieldSchema,
    target: 'vault',
    access: owners,
    writes: true,
  }),
} as const
