// Letters: written from templates, clear only on paper and in identities, recorded in the history of their complaint.
import { z } from 'zod'
import { lineSchema, localeSchema, pathSchema } from '../types/common.ts'
import { complaintStatusSchema } from '../types/complaint.ts'
import { complaintIdSchema, letterIdSchema } from '../types/ids.ts'
import {
  letterDocumentSchema,
  letterFieldSchema,
  letterSchema,
  listedTemplateSchema,
  templateIdSchema,
  templateSchema,
  typedFieldsSchema,
} from '../types/letter.ts'
import { channel, everybody, identityHolders, owners } from './define.ts'

const draft = {
  complaintId: complaintIdSchema,
  templateId: templateIdSchema,
  lang: localeSchema,
  fields: typedFieldsSchema,
}
const preview = z.strictObject({
  document: letterDocumentSchema,
  /** Fields that the letter needs and that are empty: it would be refused. */
  missing: z.array(letterFieldSchema),
})
/** sha256 of the PDF; `boxes`: characters that no bundled font has, printed as □. */
const written = {
  sha256: z.string(),
  size: z.number().int(),
  pages: z.number().int(),
  boxes: z.array(z.string()),
}

export const lettersContract = {
  'letters.templates': channel({
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(listedTemplateSchema) }),
    target: 'vault',
    access: everybody,
  }),
  /** A template of one's own, or other words for one that comes with the program. */
  'templates.put': channel({
    input: templateSchema,
    output: listedTemplateSchema,
    target: 'vault',
    access: owners,
    writes: true,
  }),
  /** Takes a template of one's own away; the program's words come back where it had replaced them. */
  'templates.remove': channel({
    input: z.strictObject({ id: templateIdSchema, lang: localeSchema }),
    output: z.strictObject({ ok: z.literal(true) }),
    target: 'vault',
    access: owners,
    writes: true,
  }),
  /** How a template that isn't kept yet would look, with made-up values; says what is wrong with it by an error. */
  'templates.preview': channel({
    input: templateSchema,
    output: letterDocumentSchema,
    target: 'vault',
    access: everybody,
  }),
  /** The letter with masked and redacted values. */
  'letters.preview': channel({
    input: z.strictObject(draft),
    output: preview,
    target: 'vault',
    access: everybody,
  }),
  /** The letter as it would go out. */
  'letters.previewClear': channel({
    input: z.strictObject({ ...draft, reason: lineSchema }),
    output: preview,
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
  /**
   * Writes the letter as a PDF. With `send` it is recorded as sent; without, it is a draft that the log alone tells of, and
   * wants a reason.
   */
  'letters.render': channel({
    input: z.strictObject({
      ...draft,
      out: pathSchema,
      send: z.boolean().default(true),
      /** Characters that no font has are printed as □ rather than refused. */
      allowBoxes: z.boolean().default(false),
      reason: lineSchema.default(''),
    }),
    output: z.strictObject({ letterId: letterIdSchema.nullable(), ...written }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    job: true,
    writes: true,
  }),
  'letters.list': channel({
    input: z.strictObject({ complaintId: complaintIdSchema }),
    output: z.strictObject({ items: z.array(letterSchema) }),
    target: 'vault',
    access: everybody,
  }),
  /** The text of a letter as it went out. */
  'letters.reveal': channel({
    input: z.strictObject({ id: letterIdSchema, reason: lineSchema }),
    output: z.strictObject({ text: z.string(), sha256: z.string() }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
  /** Another file of a letter that went out; `same`: byte for byte the first one. */
  'letters.copy': channel({
    input: z.strictObject({ id: letterIdSchema, out: pathSchema, reason: lineSchema }),
    output: z.strictObject({ ...written, same: z.boolean() }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
  /** Hands the letter as it went out, in a private folder, to the program that the system has for PDF: to be printed. Wiped as in `attachments.open`. */
  'letters.open': channel({
    input: z.strictObject({ id: letterIdSchema, reason: lineSchema }),
    output: z.strictObject({ ok: z.literal(true) }),
    target: 'main',
    access: identityHolders,
    identities: true,
    job: true,
    writes: true,
  }),
  /** One letter for each of these complaints, in a new folder. */
  'letters.batch': channel({
    input: z.strictObject({
      /** Instead of a filter. */
      ids: z.array(complaintIdSchema).min(1).max(5000).optional(),
      status: complaintStatusSchema.optional(),
      category: z.string().max(500).optional(),
      templateId: templateIdSchema,
      lang: localeSchema,
      fields: typedFieldsSchema,
      folder: pathSchema,
      allowBoxes: z.boolean().default(false),
    }),
    output: z.strictObject({
      sent: z.number().int(),
      refused: z.array(
        z.strictObject({
          complaintNo: z.string(),
          id: complaintIdSchema,
          code: z.string(),
          field: z.string(),
        }),
      ),
      /** Code of what stopped the batch before its end (`job.cancelled`, `disk.full`, …); empty: nothing did. */
      stopped: z.string(),
      total: z.number().int(),
    }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    job: true,
    writes: true,
  }),
} as const
