// Files that belong to complaints: taken in encrypted, listed by redacted names, given out with a reason.
import { z } from 'zod'
import { attachmentSchema, attachmentTypeSchema } from '../types/attachment.ts'
import { lineSchema, pathSchema, textSchema } from '../types/common.ts'
import { attachmentIdSchema, complaintIdSchema, previewIdSchema } from '../types/ids.ts'
import { channel, everybody, identityHolders } from './define.ts'

const begun = {
  /** The first part of the bytes, and all of them where `rest` is null. */
  base64: z.string(),
  /** By which the further parts are asked for, before anything else is looked at. */
  rest: previewIdSchema.nullable(),
}

export const attachmentsContract = {
  'attachments.list': channel({
    input: z.strictObject({ complaintId: complaintIdSchema }),
    output: z.strictObject({ items: z.array(attachmentSchema) }),
    target: 'vault',
    access: everybody,
  }),
  'attachments.add': channel({
    input: z.strictObject({ complaintId: complaintIdSchema, path: pathSchema, note: textSchema.default('') }),
    output: z.strictObject({
      attachmentId: attachmentIdSchema,
      /** Of the content, for whoever has the file. */
      sha256: z.string(),
      size: z.number().int(),
    }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    job: true,
    writes: true,
  }),
  /** Writes the content to a new file of the person's own. */
  'attachments.save': channel({
    input: z.strictObject({ id: attachmentIdSchema, out: pathSchema, reason: lineSchema }),
    output: z.strictObject({ out: z.string(), sha256: z.string(), size: z.number().int() }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    job: true,
    writes: true,
  }),
  /**
   * Pictures and PDFs as they are, texts as text; whole and checked against what was stored before the first byte goes out,
   * also where the content is so large that it comes in parts. Closes the preview before it.
   */
  'attachments.preview': channel({
    input: z.strictObject({ id: attachmentIdSchema, reason: lineSchema }),
    output: z.strictObject({
      /** As the file was called. */
      name: z.string(),
      type: attachmentTypeSchema,
      size: z.number().int(),
      content: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('image'), ...begun }),
        /** Drawn page by page by the window, which runs nothing of it. */
        z.strictObject({ kind: z.literal('pdf'), ...begun }),
        z.strictObject({ kind: z.literal('text'), text: z.string(), truncated: z.boolean() }),
      ]),
    }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
  /** The next part of a preview that the person gave a reason for. Each goes out once, in order; nothing is kept after the last. */
  'attachments.previewPart': channel({
    /** `from`: how many bytes have come. */
    input: z.strictObject({ preview: previewIdSchema, from: z.number().int().min(1) }),
    output: z.strictObject({ base64: z.string() }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
  /** Nobody wants the rest. Done also where it is closed already, and while identities is. */
  'attachments.closePreview': channel({
    input: z.strictObject({ preview: previewIdSchema }),
    output: z.strictObject({ ok: z.literal(true) }),
    target: 'vault',
    access: identityHolders,
  }),
  /**
   * Hands a clear copy in a private folder to the program that the system has for its kind; wiped when identities closes or
   * the vault locks.
   */
  'attachments.open': channel({
    input: z.strictObject({ id: attachmentIdSchema, reason: lineSchema }),
    output: z.strictObject({ ok: z.literal(true) }),
    target: 'main',
    access: identityHolders,
    identities: true,
    job: true,
    writes: true,
  }),
  /** The content goes where no other attachment has it; that it was there stays. */
  'attachments.remove': channel({
    input: z.strictObject({ id: attachmentIdSchema, reason: lineSchema }),
    output: attachmentSchema,
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
} as const
