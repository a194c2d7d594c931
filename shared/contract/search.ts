// One box over everything: a few hits of each kind, as they are typed for.
import { z } from 'zod'
import { searchedSchema } from '../types/common.ts'
import { complaintStatusSchema } from '../types/complaint.ts'
import { complaintIdSchema, customerIdSchema, personIdSchema } from '../types/ids.ts'
import { memberRoleSchema } from '../types/vault.ts'
import { channel, everybody } from './define.ts'

/** Text with the parts that were asked for: from and to in UTF-16 units, in order, without overlap. Never markup. */
const markedSchema = z.strictObject({
  text: z.string(),
  marks: z.array(z.tuple([z.number().int(), z.number().int()])),
})
export type Marked = z.infer<typeof markedSchema>

const caseHitSchema = z.strictObject({
  id: complaintIdSchema,
  number: markedSchema,
  status: complaintStatusSchema,
  category: z.string(),
  /** Masked. */
  customerName: z.string(),
})

export const searchContract = {
  'search.all': channel({
    input: z.strictObject({
      query: z.string().max(200),
      /** Of each kind. */
      limit: z.number().int().min(1).max(50).default(6),
    }),
    output: z.strictObject({
      /** With `records` only masked and redacted data were searched. */
      searched: searchedSchema,
      /** By their number. */
      cases: z.array(caseHitSchema),
      customers: z.array(
        z.strictObject({
          id: customerIdSchema,
          number: markedSchema,
          name: markedSchema,
          mobile: markedSchema,
        }),
      ),
      /** By the words of narrative, outcome, category. */
      texts: z.array(
        caseHitSchema.extend({
          /** Of the redacted text, around the first mark. */
          excerpt: markedSchema,
          /** The words stand in what was taken out of it, or in a column that isn't shown. */
          hidden: z.boolean(),
        }),
      ),
      people: z.array(z.strictObject({ id: personIdSchema, name: markedSchema, role: memberRoleSchema })),
    }),
    target: 'vault',
    access: everybody,
  }),
} as const
