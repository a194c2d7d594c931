// Branded ids. All are UUIDv7 except the audit index. A brand is given only by parsing.
import { z } from 'zod'

export const vaultIdSchema = z.uuid().brand<'VaultId'>()
export const personIdSchema = z.uuid().brand<'PersonId'>()
/** A recovery kit is listed among the people, with an id of its own kind. */
export const kitIdSchema = z.uuid().brand<'KitId'>()
export const customerIdSchema = z.uuid().brand<'CustomerId'>()
export const complaintIdSchema = z.uuid().brand<'ComplaintId'>()
export const transactionIdSchema = z.uuid().brand<'TransactionId'>()
export const mergeIdSchema = z.uuid().brand<'MergeId'>()
export const attachmentIdSchema = z.uuid().brand<'AttachmentId'>()
/** Of a preview whose content is still on its way to the window. */
export const previewIdSchema = z.uuid().brand<'PreviewId'>()
export const batchIdSchema = z.uuid().brand<'BatchId'>()
export const handoverIdSchema = z.uuid().brand<'HandoverId'>()
export const letterIdSchema = z.uuid().brand<'LetterId'>()
export const jobIdSchema = z.uuid().brand<'JobId'>()
