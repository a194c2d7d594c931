// Lines of a complaint's history, and the mark that somebody has worked on it. Each inside the transaction of its act.
import type { CaseChange } from '../../../shared/types/case.ts'
import type { EventKind } from '../../../shared/types/complaint.ts'
import type { ChangedRow } from '../audit/log.ts'
import type { Context } from '../session.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'

export interface NewLine {
  kind: EventKind
  at: string
  /** Redacted. */
  text: string
  from?: string | null
  to?: string | null
  /** What was typed, in identities; none where the text has no original. */
  original?: { id: string; digest: string }
}

/** Writes a line in the session's name. Answers its number, and what the log has to vouch for. */
export function addLine(
  context: Context,
  complaintId: string,
  { kind, at, text, from = null, to = null, original = { id: '', digest: '' } }: NewLine,
): { seq: number; changed: ChangedRow } {
  const row = {
    complaint_id: complaintId,
    at,
    user: context.session.person.name,
    kind,
    from_status: from,
    to_status: to,
    text,
    identity_version: original.id,
    identity_digest: original.digest,
  }
  const seq = context.session.store.records.events.add(row)
  return { seq, changed: { kind: 'event', row: { seq, ...row } } }
}

/** Writes what a line of history changed in its case. Answers what the log has to vouch for. */
export function addChanges(
  context: Context,
  complaintId: string,
  eventSeq: number,
  changes: readonly CaseChange[],
): ChangedRow[] {
  const { caseChanges } = context.session.store.records
  return changes.map((one) => {
    const change = { event_seq: eventSeq, complaint_id: complaintId, ...one }
    return { kind: 'caseChange', row: { seq: caseChanges.add(change), ...change } }
  })
}

/** A complaint that somebody has worked on doesn't go with its batch. Answers what the log has to vouch for. */
export function markWorkedOn(context: Context, complaint: ComplaintRow, at: string): ChangedRow {
  const row = { ...complaint, hand_edited: 1, updated_at: at }
  context.session.store.records.complaints.update(row)
  return { kind: 'complaint', row }
}
