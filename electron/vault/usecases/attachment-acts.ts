// What every act on an attachment writes: a line of the complaint's history with its original in identities, and an entry of
// the log.
import { GuicangError } from '../../../shared/errors.ts'
import type { AuditEntry } from '../../../shared/types/exchange.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import { spokenFileName } from '../../domain/file-names.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct } from '../session.ts'
import type { AttachmentRow } from '../store/repositories/attachments.ts'
import type { Blob } from '../store/repositories/blobs.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import { commitAct, type IdentitiesStore, requireIdentities } from '../store/store.ts'
import { type AttachmentPayload, attachmentPayload } from './attachment-names.ts'
import { storeNote } from './case-work.ts'
import { requireComplaint } from './complaints.ts'
import { addLine, markWorkedOn } from './history.ts'
import { knownOf } from './redact-anew.ts'
import { reasonFor } from './reveal.ts'

/** @throws GuicangError `record.notFound`, also for one that was removed */
export function requireAttachment(context: Context, id: string): AttachmentRow {
  const row = context.session.store.records.attachments.find(id)
  if (row?.state !== 'there') throw new GuicangError('record.notFound')
  return row
}

export interface OpenedAttachment {
  row: AttachmentRow
  payload: AttachmentPayload
  blob: Blob
}

/** @throws GuicangError `record.notFound`, `identities.closed`, `vault.damaged`, `attachment.damaged` when its key is gone */
export function openAttachment(context: Context, id: string): OpenedAttachment {
  const identities = requireIdentities(context.session.store)
  const row = requireAttachment(context, id)
  const payload = attachmentPayload(identities, row.identity_version)
  const blob = identities.blobs.find(payload.blob)
  if (blob === undefined)
    throw new GuicangError('attachment.damaged', { fields: [{ field: 'attachments', rule: 'missing' }] })
  return { row, payload, blob }
}

interface AttachmentAct<V> {
  complaint: ComplaintRow
  kind: 'attachment' | 'reveal'
  /** The line as it was typed; records get it redacted. */
  text: string
  action: string
  detail: AuditEntry['detail']
  /** What else goes into identities, in the act's transaction there. */
  identities?: (identities: IdentitiesStore, commitId: string) => V
  /** What else goes into records; answers the rows that changed. */
  records?: (versions: V | undefined, eventSeq: number) => ChangedRow[]
  settle?: (identities: IdentitiesStore, versions: V | undefined) => void
}

/** Commits an act on an attachment over both compartments. */
export function commitAttachmentAct<V>(context: Context, act: AttachmentAct<V>): void {
  const { store } = context.session
  const { complaint } = act
  const at = context.now().toISOString()
  commitAct(store, {
    identities: (identities, commitId) => ({
      note: storeNote(identities, commitId, act.text),
      more: act.identities?.(identities, commitId),
    }),
    records: ({ note, more }) => {
      const text = ordinaryText(act.text, knownOf(context, complaint))
      const line = addLine(context, complaint.id, { kind: act.kind, at, text, original: note })
      const changed: ChangedRow[] = [line.changed, ...(act.records?.(more, line.seq) ?? [])]
      if (act.kind === 'attachment') changed.push(markWorkedOn(context, complaint, at))
      logAct(context, act.action, complaint.id, act.detail, { changed })
    },
    settle: (identities, { more }) => act.settle?.(identities, more),
  })
}

/**
 * Says, before anything goes out, who sees an attachment and why.
 * @param action `attachments.opened` where another program gets it
 * @throws GuicangError `reason.required`
 */
export function commitReveal(
  context: Context,
  { row, payload }: OpenedAttachment,
  reason: string,
  action: 'attachments.revealed' | 'attachments.opened' = 'attachments.revealed',
): void {
  const complaint = requireComplaint(context, row.complaint_id)
  commitAttachmentAct(context, {
    complaint,
    kind: 'reveal',
    text: `${spokenFileName(payload.name)} · ${reason.trim()}`,
    action,
    detail: {
      attachment: row.id,
      reason: reasonFor([spokenFileName(payload.name)], reason, knownOf(context, complaint)),
    },
  })
}
