// Work on many complaints: saved views, and acts on a selection that can be taken back.
import { z } from 'zod'
import { casePatchSchema } from '../types/case.ts'
import { instantSchema, lineSchema, textSchema } from '../types/common.ts'
import { complaintStatusSchema, complaintViewQuerySchema } from '../types/complaint.ts'
import { complaintIdSchema } from '../types/ids.ts'
import { channel, everybody, workers } from './define.ts'

export const viewSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  shared: z.boolean(),
  /** Whether the person who asks may change it. */
  own: z.boolean(),
  query: complaintViewQuerySchema,
  at: instantSchema,
})

/** What may be set in many cases at once: nothing that is told of one case alone. */
export const bulkPatchSchema = casePatchSchema.pick({
  assignee: true,
  category: true,
  subcategory: true,
  severity: true,
  rootCause: true,
  closingReason: true,
  clockPack: true,
})

export const viewsContract = {
  'views.list': channel({
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(viewSchema) }),
    target: 'vault',
    access: everybody,
  }),
  'views.save': channel({
    input: z.strictObject({
      /** Of the view that is changed; a new one without. */
      id: z.uuid().optional(),
      name: lineSchema.min(1),
      shared: z.boolean().default(false),
      query: complaintViewQuerySchema,
    }),
    output: viewSchema,
    target: 'vault',
    access: workers,
    writes: true,
  }),
  'views.remove': channel({
    input: z.strictObject({ id: z.uuid() }),
    output: z.strictObject({ ok: z.literal(true) }),
    target: 'vault',
    access: workers,
    writes: true,
  }),
  /** The same in many cases: all of them or none, in one commit. */
  'complaints.bulk': channel({
    input: z.strictObject({
      ids: z.array(complaintIdSchema).min(1).max(5000),
      status: complaintStatusSchema.optional(),
      note: textSchema.default(''),
      patch: bulkPatchSchema.default({}),
    }),
    output: z.strictObject({ bulkId: z.uuid(), changed: z.number().int() }),
    target: 'vault',
    access: workers,
    job: true,
    writes: true,
  }),
  /** Takes it back where nothing has changed since; answers where it couldn't. */
  'complaints.undoBulk': channel({
    input: z.strictObject({ bulkId: z.uuid() }),
    output: z.strictObject({
      undone: z.number().int(),
      skipped: z.array(z.strictObject({ id: complaintIdSchema, complaintNo: z.string() })),
    }),
    target: 'vault',
    access: workers,
    job: true,
    writes: true,
  }),
} as const
