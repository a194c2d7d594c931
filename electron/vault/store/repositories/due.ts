// Until when a case owes its next step. Derived from clocks and events: whoever changes those renews the line.
import type { Db } from '../driver.ts'
import type { ComplaintRow, EventRow } from './rows.ts'

export interface DueRow {
  seq: number
  due_at: string
  clock: string
}

/** What clocks say of a case: until when it owes something; or, where it has ended, whether one had run out. */
export interface DueState {
  due: DueRow | undefined
  missed: boolean | undefined
}

/** A complaint as its clocks see it. */
export interface ClockedRow extends Pick<
  ComplaintRow,
  'seq' | 'id' | 'received_at' | 'status' | 'closed_at' | 'batch_no'
> {
  clock_pack: string | null
  has_events: number
}

const clocked = `SELECT c.seq, c.id, c.received_at, c.status, c.closed_at, c.batch_no, k.clock_pack,
  EXISTS (SELECT 1 FROM complaint_events e WHERE e.complaint_id = c.id) AS has_events
  FROM complaints c LEFT JOIN cases k ON k.seq = c.seq`

/** A line of history, and the template of the letter that it tells of. */
export interface ClockedEvent extends Pick<EventRow, 'at' | 'kind' | 'from_status' | 'to_status'> {
  template: string | null
}

export function dueRepository(db: Db) {
  const put = db.prepare(
    'INSERT OR REPLACE INTO case_due (seq, due_at, clock) VALUES (@seq, @due_at, @clock)',
  )
  const remove = db.prepare('DELETE FROM case_due WHERE seq = ?')
  const keep = db.prepare('INSERT OR REPLACE INTO case_kept (seq, missed) VALUES (?, ?)')
  const forget = db.prepare('DELETE FROM case_kept WHERE seq = ?')
  const kept = db.prepare<[number], { missed: number }>('SELECT missed FROM case_kept WHERE seq = ?')
  const find = db.prepare<[number], DueRow>('SELECT * FROM case_due WHERE seq = ?')
  const bySeq = db.prepare<[number], ClockedRow>(`${clocked} WHERE c.seq = ?`)
  const after = db.prepare<[number, number], ClockedRow>(`${clocked} WHERE c.seq > ? ORDER BY c.seq LIMIT ?`)
  const events = db.prepare<[string], ClockedEvent>(
    // A letter whose file never came to be told nobody anything.
    `SELECT e.at, e.kind, e.from_status, e.to_status, l.template FROM complaint_events e
     LEFT JOIN letters l ON l.event_seq = e.seq AND e.kind = 'letter' WHERE e.complaint_id = ?
     AND e.kind IN ('status', 'paused', 'resumed', 'email-out', 'call', 'visit', 'letter', 'undone')
     AND l.state IS NOT 'failed' ORDER BY e.seq`,
  )
  const stray = db.prepare<[], { seq: number }>(
    `SELECT seq FROM (SELECT seq FROM case_due UNION ALL SELECT seq FROM case_kept)
     WHERE seq NOT IN (SELECT seq FROM complaints) LIMIT 1000`,
  )
  return {
    put: (seq: number, { due, missed }: DueState): void => {
      if (due === undefined) remove.run(seq)
      else put.run(due)
      if (missed === undefined) forget.run(seq)
      else keep.run(seq, missed ? 1 : 0)
    },
    find: (seq: number): DueState => {
      const row = kept.get(seq)
      return { due: find.get(seq), missed: row === undefined ? undefined : row.missed === 1 }
    },
    findClocked: (seq: number): ClockedRow | undefined => bySeq.get(seq),
    clockedAfter: (seq: number, limit: number): ClockedRow[] => after.all(seq, limit),
    /** The lines of a complaint's history that clocks look at. */
    eventsOf: (complaintId: string) => events.all(complaintId),
    /** Lines of complaints that aren't there. */
    listStray: (): number[] => stray.all().map(({ seq }) => seq),
  }
}
