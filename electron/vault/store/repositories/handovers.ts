// Records of handovers, and whose open cases there are to hand over.
import { type Handover, handoverSchema } from '../../../../shared/types/handover.ts'
import { complaintStatuses } from '../../../../shared/types/complaint.ts'
import { isOpen } from '../../../domain/case-states.ts'
import type { Db } from '../driver.ts'
import { type ComplaintRow, liveRows } from './rows.ts'
import { vouchedRepository } from './vouched.ts'

export interface HandoverRow {
  seq: number
  id: string
  from_id: string
  from_name: string
  to_id: string
  to_name: string
  at: string
  user: string
  note: string
  cases: number
  digest: string
  confirmed_from_at: string
  confirmed_from_by: string
  confirmed_to_at: string
  confirmed_to_by: string
}

const columns = [
  'id',
  'from_id',
  'from_name',
  'to_id',
  'to_name',
  'at',
  'user',
  'note',
  'cases',
  'digest',
  'confirmed_from_at',
  'confirmed_from_by',
  'confirmed_to_at',
  'confirmed_to_by',
] as const satisfies readonly (keyof HandoverRow)[]

/** Enough for many years; a list of more is nothing to look through. */
const mostListed = 1000

const openStatuses = complaintStatuses
  .filter(isOpen)
  .map((status) => `'${status}'`)
  .join(', ')
const openCases = `FROM cases k JOIN complaints c ON c.seq = k.seq
  WHERE k.assignee <> '' AND c.status IN (${openStatuses}) AND c.${liveRows}`

const confirmed = (at: string, by: string): { at: string; by: string } | null =>
  at === '' ? null : { at, by }

export function toHandover(row: HandoverRow): Handover {
  return handoverSchema.parse({
    id: row.id,
    from: { id: row.from_id, name: row.from_name },
    to: { id: row.to_id, name: row.to_name },
    at: row.at,
    user: row.user,
    note: row.note,
    cases: row.cases,
    digest: row.digest,
    confirmedFrom: confirmed(row.confirmed_from_at, row.confirmed_from_by),
    confirmedTo: confirmed(row.confirmed_to_at, row.confirmed_to_by),
  })
}

export function handoversRepository(db: Db) {
  const byId = db.prepare<[string], HandoverRow>('SELECT * FROM handovers WHERE id = ?')
  const newest = db.prepare<[number], HandoverRow>('SELECT * FROM handovers ORDER BY seq DESC LIMIT ?')
  const complaints = db.prepare<[string], ComplaintRow>(
    `SELECT c.* ${openCases} AND k.assignee = ? ORDER BY c.id`,
  )
  const counts = db.prepare<[], { personId: string; count: number }>(
    `SELECT k.assignee AS personId, count(*) AS count ${openCases} GROUP BY k.assignee ORDER BY k.assignee`,
  )
  return {
    ...vouchedRepository<HandoverRow>(db, 'handovers', columns),
    findById: (id: string): HandoverRow | undefined => byId.get(id),
    list: (): Handover[] => newest.all(mostListed).map(toHandover),
    /** Open complaints of which this person has the case, by id. */
    openComplaintsOf: (personId: string): ComplaintRow[] => complaints.all(personId),
    countOpen: (): { personId: string; count: number }[] => counts.all(),
  }
}
