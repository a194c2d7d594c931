// Files that belong to complaints: taken in encrypted, listed by redacted names, given out with a reason.
import { z } from 'zod'
import { attachmentSchema, attachmentTypeSchema } from '../types/attachment.ts'
import { lineSchema, pathSchema, textSchema } from '../types/common.ts'
import { attachmentIdSchema, complaintIdSchema } from '../types/ids.ts'
import { channel, everybody, identityHolders } from './define.ts'

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
  /** Pictures and PDFs as they are, texts as text, all whole and checked against what was stored. */
  'attachments.preview': channel({
    input: z.strictObject({ id: attachmentIdSchema, reason: lineSchema }),
    output: z.strictObject({
      /** As the file was called. */
      name: z.string(),
      type: attachmentTypeSchema,
      size: z.number().int(),
      content: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('image'), base64: z.string() }),
        /** Drawn page by page by the window, which runs nothing of it. */
        z.strictObject({ kind: z.literal('pdf'), base64: z.string() }),
        z.strictObject({ kind: z.literal('text'), text: z.string(), truncated: z.boolean() }),
      ]),
    }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
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
