// Letters: templates with places to fill, what fills them, and what is kept of a letter that went out.
import { z } from 'zod'
import { instantSchema, localeSchema } from './common.ts'
import { letterIdSchema } from './ids.ts'

/** Everything that a template may name between `{{` and `}}`. */
export const letterFields = [
  'company',
  'companyAddress',
  'companyCode',
  'custodianName',
  'custodianCapacity',
  'custodianAuthority',
  'custodianContact',
  'personName',
  'today',
  'complaintNo',
  'receivedDate',
  'category',
  'amount',
  'outcome',
  'decision',
  'relief',
  'customerName',
  'customerAddress',
  'regulatorName',
  'regulatorReference',
  'request',
  'answerBy',
  'progress',
  'reasons',
  'remedy',
] as const
export const letterFieldSchema = z.enum(letterFields)
export type LetterField = z.infer<typeof letterFieldSchema>

const typed = z.string().max(10_000).exactOptional()

/** What a person may type for a letter. Where the case has the value, what is typed goes before it. */
const typedShape = z.strictObject({
  customerName: typed,
  customerAddress: typed,
  category: typed,
  amount: typed,
  outcome: typed,
  decision: typed,
  relief: typed,
  regulatorName: typed,
  regulatorReference: typed,
  request: typed,
  answerBy: typed,
  progress: typed,
  reasons: typed,
  remedy: typed,
})
export const typedFieldsSchema = typedShape.default({})
export const typedFields = typedShape.keyof().options
export type TypedField = (typeof typedFields)[number]

/** Small letters, digits and dashes: it is typed on command lines. */
export const templateIdSchema = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9-]*$/)

/** The shape of a template; what stands in its texts is looked at by `parseTemplate`. */
export const templateSchema = z.strictObject({
  id: templateIdSchema,
  lang: localeSchema,
  title: z.string().min(1).max(120),
  paragraphs: z
    .array(
      z.strictObject({
        text: z.string().min(1).max(4000),
        /** Left out while one of its fields is empty; any other paragraph holds the letter back. */
        optional: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(60),
})
export type Template = z.infer<typeof templateSchema>

/** A template as it is listed. */
export const listedTemplateSchema = z.strictObject({
  ...templateSchema.shape,
  /** Comes with the program, and nobody has put other words in its place. */
  builtIn: z.boolean(),
  /** Fields without which the letter isn't written. */
  needs: z.array(letterFieldSchema),
  /** Fields that it uses where they are there. */
  uses: z.array(letterFieldSchema),
})
export type ListedTemplate = z.infer<typeof listedTemplateSchema>

/** A letter, part by part, top to bottom. */
export const letterDocumentSchema = z.strictObject({
  lang: localeSchema,
  sender: z.array(z.string()),
  reference: z.array(z.string()),
  title: z.string(),
  addressee: z.array(z.string()),
  salutation: z.string(),
  paragraphs: z.array(z.string()),
  signOff: z.array(z.string()),
})
export type LetterDocument = z.infer<typeof letterDocumentSchema>

/** A letter as everybody sees it: the text is redacted. `failed`: it was recorded, but its file could not be put in place. */
export const letterSchema = z.strictObject({
  id: letterIdSchema,
  at: instantSchema,
  user: z.string(),
  template: z.string(),
  lang: localeSchema,
  title: z.string(),
  text: z.string(),
  state: z.enum(['sent', 'failed']),
})
export type Letter = z.infer<typeof letterSchema>
