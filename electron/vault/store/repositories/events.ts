// The history of complaints: status changes and notes, redacted.
import { type ComplaintEvent, complaintEventSchema } from '../../../../shared/types/complaint.ts'
import type { Db } from '../driver.ts'
import type { CaseChange } from '../../../../shared/types/case.ts'
import { eventColumns, type EventRow, insertSql, updateSql } from './rows.ts'

function toEvent(row: EventRow, changes: readonly CaseChange[]): ComplaintEvent {
  return complaintEventSchema.parse({
    seq: row.seq,
    at: row.at,
    user: row.user,
    kind: row.kind,
    from: row.from_status,
    to: row.to_status,
    text: row.text,
    original: row.identity_version !== '',
    changes,
  })
}

export function eventsRepository(db: Db) {
  const insert = db.prepare(insertSql('complaint_events', eventColumns))
  const update = db.prepare(updateSql('complaint_events', eventColumns))
  const ofComplaint = db.prepare<[string], EventRow>(
    'SELECT * FROM complaint_events WHERE complaint_id = ? ORDER BY seq',
  )
  const after = db.prepare<[number, number], EventRow>(
    'SELECT * FROM complaint_events WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  const bySeq = db.prepare<[number], EventRow>('SELECT * FROM complaint_events WHERE seq = ?')
  return {
    findRow: (seq: number): EventRow | undefined => bySeq.get(seq),
    add: (row: Omit<EventRow, 'seq'>): number => Number(insert.run(row).lastInsertRowid),
    update: (row: EventRow): void => {
      update.run(row)
    },
    rowsOf: (complaintId: string): EventRow[] => ofComplaint.all(complaintId),
    /** @param changes of the complaint, by the number of their event */
    ofComplaint: (
      complaintId: string,
      changes: ReadonlyMap<number, readonly CaseChange[]>,
    ): ComplaintEvent[] =>
      ofComplaint.all(complaintId).map((row) => toEvent(row, changes.get(row.seq) ?? [])),
    pageAfter: (seq: number, limit: number): EventRow[] => after.all(seq, limit),
  }
}
