// Taking a file in, and taking it away again. The file is whole and flushed before identities name it; identities name it
// before records do; from the commit in records on it counts.
import { basename, resolve } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { attachmentIdSchema } from '../../../shared/types/ids.ts'
import { shownFileName, spokenFileName } from '../../domain/file-names.ts'
import { throwIfCancelled } from '../../exchange/export/output-error.ts'
import { type Context, released } from '../session.ts'
import { isStored, placeBlob, settleBlob } from '../store/attachment-files.ts'
import { type AttachmentRow, toAttachment } from '../store/repositories/attachments.ts'
import { translating } from '../store/sqlite-errors.ts'
import { type IdentitiesStore, requireIdentities, settleLater } from '../store/store.ts'
import { commitAttachmentAct, requireAttachment } from './attachment-acts.ts'
import { type AttachmentPayload, attachmentPayload } from './attachment-names.ts'
import { contentKeyOf, newBlobId, takeIn, type TakenIn } from './blob-content.ts'
import { requireComplaint } from './complaints.ts'
import { newVersion } from './identity-payloads.ts'
import { knownOf } from './redact-anew.ts'
import { reasonFor, requireReason } from './reveal.ts'

function storeVersion(
  identities: IdentitiesStore,
  attachmentId: string,
  payload: AttachmentPayload,
  commitId: string,
): { seq: number; id: string; digest: string } {
  const { id, salt, payload: text, digest } = newVersion(identities, payload)
  const seq = identities.attachments.add({ id, ownerId: attachmentId, commitId, salt, payload: text })
  return { seq, id, digest }
}

/**
 * Stores a file with a complaint. A content that is there already is not stored again.
 * @throws GuicangError `record.notFound`, `identities.closed`; what {@link takeIn} refuses; nothing is left then
 */
export async function addAttachment(
  context: Context,
  input: Input<'attachments.add'>,
): Promise<Output<'attachments.add'>> {
  const { session, job } = context
  const identities = requireIdentities(session.store)
  requireComplaint(context, input.complaintId)
  const path = resolve(input.path)
  const id = newBlobId()
  const contentKey = identities.db.transaction(() => {
    identities.blobs.markUnsettled(id)
    return contentKeyOf(identities)
  })()
  try {
    const taken = await takeIn(path, { dir: session.dir, id, contentKey }, job)
    await released(session)
    throwIfCancelled(job.signal)
    return commitAttachment(context, input, taken)
  } finally {
    const { identities: open } = session.store
    if (open !== undefined) settleLater(() => settleBlob(open, session.dir, id))
  }
}

/** In one tick, from the file's name to the commit: no copy of the vault is taken in between. */
function commitAttachment(
  context: Context,
  input: Input<'attachments.add'>,
  { blob, type }: TakenIn,
): Output<'attachments.add'> {
  const { store, dir } = context.session
  const complaint = requireComplaint(context, input.complaintId)
  const name = basename(resolve(input.path))
  const note = input.note.trim()
  const attachmentId = attachmentIdSchema.parse(uuidv7())
  const { sha256, bytes } = blob
  const known = requireIdentities(store).blobs.listByContent(blob.content)
  const same = known.find((one) => isStored(dir, one))
  if (same === undefined) translating('attachments', () => placeBlob(dir, blob.id))
  commitAttachmentAct(context, {
    complaint,
    kind: 'attachment',
    text: note === '' ? spokenFileName(name) : `${spokenFileName(name)}\n${note}`,
    action: 'attachments.added',
    detail: { attachment: attachmentId, type, bytes },
    identities: (identities, commitId) => {
      const used = same ?? blob
      if (same === undefined) identities.blobs.add(blob)
      const payload = { name, blob: used.id, sha256, bytes }
      const version = storeVersion(identities, attachmentId, payload, commitId)
      identities.blobs.use(version.id, used.id)
      return version
    },
    records: (version, eventSeq) => {
      const row = {
        id: attachmentId,
        complaint_id: complaint.id,
        event_seq: eventSeq,
        name: shownFileName(name, knownOf(context, complaint)),
        type,
        bytes,
        state: 'there',
        at: context.now().toISOString(),
        user: context.session.person.name,
        identity_version: version?.id ?? '',
        identity_digest: version?.digest ?? '',
      }
      return [{ kind: 'attachment', row: { seq: store.records.attachments.add(row), ...row } }]
    },
  })
  return { attachmentId, sha256, size: bytes }
}

/**
 * Takes an attachment away. Its line stays, with the name; the content goes with its key, unless another attachment has it.
 * @throws GuicangError `reason.required`, `record.notFound`, `identities.closed`
 */
export function removeAttachment(
  context: Context,
  input: Input<'attachments.remove'>,
): Output<'attachments.remove'> {
  const { store, dir } = context.session
  requireReason(input.reason)
  const identities = requireIdentities(store)
  const row = requireAttachment(context, input.id)
  const payload = attachmentPayload(identities, row.identity_version)
  const complaint = requireComplaint(context, row.complaint_id)
  let removed: AttachmentRow = row
  try {
    commitAttachmentAct(context, {
      complaint,
      kind: 'attachment',
      text: `− ${spokenFileName(payload.name)} · ${input.reason.trim()}`,
      action: 'attachments.removed',
      detail: {
        attachment: row.id,
        reason: reasonFor([spokenFileName(payload.name)], input.reason, knownOf(context, complaint)),
      },
      identities: (own, commitId) => {
        own.blobs.markUnsettled(payload.blob)
        return storeVersion(own, row.id, { ...payload, blob: '' }, commitId)
      },
      records: (version) => {
        removed = {
          ...row,
          state: 'removed',
          identity_version: version?.id ?? '',
          identity_digest: version?.digest ?? '',
        }
        store.records.attachments.update(removed)
        return [{ kind: 'attachment', row: removed }]
      },
      settle: (own, version) => {
        if (version !== undefined) own.attachments.dropOthers(row.id, version.seq)
      },
    })
  } finally {
    settleLater(() => settleBlob(identities, dir, payload.blob))
  }
  return toAttachment(removed)
}
