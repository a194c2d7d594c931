// What identities keep of an attachment, and the name that records show of it.
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { shownFileName } from '../../domain/file-names.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { Context } from '../session.ts'
import type { AttachmentRow } from '../store/repositories/attachments.ts'
import { type IdentitiesStore, requireIdentities } from '../store/store.ts'

const payloadSchema = z.strictObject({
  /** As the file was called. */
  name: z.string(),
  /** Whose file holds the content; empty once it was removed. */
  blob: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
})
export type AttachmentPayload = z.infer<typeof payloadSchema>

/** @throws GuicangError `vault.damaged` when the version that records name is gone or can't be read */
export function attachmentPayload(identities: IdentitiesStore, versionId: string): AttachmentPayload {
  const version = identities.attachments.find(versionId)
  if (version === undefined)
    throw new GuicangError('vault.damaged', { fields: [{ field: 'identities.db', rule: 'versionMissing' }] })
  return payloadSchema.parse(JSON.parse(version.payload))
}

/** Attachments of a complaint whose name reads differently with what is known now, as they are to be written. */
export function attachmentsAnew(
  context: Context,
  complaintId: string,
  known: readonly KnownValue[],
): AttachmentRow[] {
  const { store } = context.session
  const identities = requireIdentities(store)
  return store.records.attachments.ofComplaint(complaintId).flatMap((row) => {
    const name = shownFileName(attachmentPayload(identities, row.identity_version).name, known)
    return name === row.name ? [] : [{ ...row, name }]
  })
}
