// Attachments as records know them: masked, and never forgotten, also when their content is gone.
import {
  type Attachment,
  attachmentSchema,
  attachmentTypeSchema,
  previewOf,
} from '../../../../shared/types/attachment.ts'
import type { Db } from '../driver.ts'
import { vouchedRepository } from './vouched.ts'

export interface AttachmentRow {
  seq: number
  id: string
  complaint_id: string
  event_seq: number
  name: string
  type: string
  bytes: number
  /** `there` or `removed`. */
  state: string
  at: string
  user: string
  identity_version: string
  identity_digest: string
}

const columns = [
  'id',
  'complaint_id',
  'event_seq',
  'name',
  'type',
  'bytes',
  'state',
  'at',
  'user',
  'identity_version',
  'identity_digest',
] as const satisfies readonly (keyof AttachmentRow)[]

export function toAttachment(row: AttachmentRow): Attachment {
  const type = attachmentTypeSchema.parse(row.type)
  return attachmentSchema.parse({
    id: row.id,
    complaintId: row.complaint_id,
    name: row.name,
    type,
    size: row.bytes,
    state: row.state,
    at: row.at,
    user: row.user,
    preview: row.state === 'there' ? previewOf(type, row.bytes) : 'none',
  })
}

export function attachmentsRepository(db: Db) {
  const byId = db.prepare<[string], AttachmentRow>('SELECT * FROM attachments WHERE id = ?')
  const ofComplaint = db.prepare<[string], AttachmentRow>(
    'SELECT * FROM attachments WHERE complaint_id = ? ORDER BY seq',
  )
  const total = db.prepare<[], { n: number }>("SELECT count(*) AS n FROM attachments WHERE state = 'there'")
  return {
    ...vouchedRepository<AttachmentRow>(db, 'attachments', columns),
    find: (id: string): AttachmentRow | undefined => byId.get(id),
    /** Removed ones too, oldest first. */
    ofComplaint: (complaintId: string): AttachmentRow[] => ofComplaint.all(complaintId),
    /** How many are there. */
    count: (): number => total.get()?.n ?? 0,
  }
}
