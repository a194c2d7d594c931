// What casework knows of complaints, how it changed, and which complaints belong together.
import {
  type Case,
  type CaseChange,
  caseChangeSchema,
  caseSchema,
  linkedCaseSchema,
} from '../../../../shared/types/case.ts'
import type { z } from 'zod'
import type { Db } from '../driver.ts'
import { insertSql, liveRows, updateSql } from './rows.ts'
import { vouchedRepository } from './vouched.ts'

export interface CaseRow {
  seq: number
  complaint_id: string
  assignee: string
  severity: string
  currency: string
  root_cause: string
  outcome_kind: string
  relief_kind: string
  relief_amount: string
  relief_currency: string
  escalated_to: string
  escalation_body: string
  escalation_ref: string
  satisfaction: string
  closing_reason: string
  clock_pack: string
}

export interface CaseChangeRow {
  seq: number
  event_seq: number
  complaint_id: string
  field: string
  before: string
  after: string
}

export interface ComplaintLinkRow {
  seq: number
  complaint_id: string
  other_id: string
  kind: string
  at: string
  user: string
}

const caseColumns = [
  'seq',
  'complaint_id',
  'assignee',
  'severity',
  'currency',
  'root_cause',
  'outcome_kind',
  'relief_kind',
  'relief_amount',
  'relief_currency',
  'escalated_to',
  'escalation_body',
  'escalation_ref',
  'satisfaction',
  'closing_reason',
  'clock_pack',
] as const satisfies readonly (keyof CaseRow)[]

/** The row of a complaint that nobody has worked on. */
export function emptyCaseRow(seq: number, complaintId: string): CaseRow {
  return {
    seq,
    complaint_id: complaintId,
    assignee: '',
    severity: '',
    currency: '',
    root_cause: '',
    outcome_kind: '',
    relief_kind: '',
    relief_amount: '',
    relief_currency: '',
    escalated_to: '',
    escalation_body: '',
    escalation_ref: '',
    satisfaction: '',
    closing_reason: '',
    clock_pack: '',
  }
}

const orNull = (text: string): string | null => (text === '' ? null : text)

/** @param nameOf names a person by id */
export function toCase(row: CaseRow, nameOf: (personId: string) => string): Case {
  return caseSchema.parse({
    assignee: row.assignee === '' ? null : { id: row.assignee, name: nameOf(row.assignee) },
    severity: orNull(row.severity),
    currency: row.currency,
    rootCause: row.root_cause,
    outcomeKind: orNull(row.outcome_kind),
    relief:
      row.relief_kind === ''
        ? null
        : { kind: row.relief_kind, amount: row.relief_amount, currency: row.relief_currency },
    escalation:
      row.escalated_to === ''
        ? null
        : { to: row.escalated_to, body: row.escalation_body, reference: row.escalation_ref },
    satisfaction: row.satisfaction === '' ? null : Number(row.satisfaction),
    closingReason: orNull(row.closing_reason),
    clockPack: row.clock_pack,
  })
}

export function casesRepository(db: Db) {
  const insert = db.prepare(insertSql('cases', caseColumns))
  const update = db.prepare(updateSql('cases', caseColumns))
  const bySeq = db.prepare<[number], CaseRow>('SELECT * FROM cases WHERE seq = ?')
  const after = db.prepare<[number, number], CaseRow>(
    'SELECT * FROM cases WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  return {
    findRow: (complaintSeq: number): CaseRow | undefined => bySeq.get(complaintSeq),
    put: (row: CaseRow): void => {
      if (update.run(row).changes === 0) insert.run(row)
    },
    pageAfter: (seq: number, limit: number): CaseRow[] => after.all(seq, limit),
  }
}

export function caseChangesRepository(db: Db) {
  const ofComplaint = db.prepare<[string], CaseChangeRow>(
    'SELECT * FROM case_changes WHERE complaint_id = ? ORDER BY event_seq, seq',
  )
  const columns = ['event_seq', 'complaint_id', 'field', 'before', 'after'] as const
  return {
    ...vouchedRepository<CaseChangeRow>(db, 'case_changes', columns),
    rowsOf: (complaintId: string): CaseChangeRow[] => ofComplaint.all(complaintId),
    /** Changes of a complaint by the number of their event. */
    ofComplaint: (complaintId: string): Map<number, CaseChange[]> => {
      const changes = new Map<number, CaseChange[]>()
      for (const { event_seq: event, field, before, after } of ofComplaint.all(complaintId)) {
        const some = changes.get(event) ?? []
        some.push(caseChangeSchema.parse({ field, before, after }))
        changes.set(event, some)
      }
      return changes
    },
  }
}

export function complaintLinksRepository(db: Db) {
  const of = db.prepare<[{ id: string }], { id: string; complaint_no: string; status: string; kind: string }>(
    `SELECT c.id, c.complaint_no, c.status, l.kind FROM complaint_links l
     JOIN complaints c ON c.id = CASE WHEN l.complaint_id = @id THEN l.other_id ELSE l.complaint_id END
     WHERE (l.complaint_id = @id OR l.other_id = @id) AND l.kind <> 'none' AND c.${liveRows} ORDER BY l.seq`,
  )
  const between = db.prepare<[string, string], ComplaintLinkRow>(
    'SELECT * FROM complaint_links WHERE complaint_id = ? AND other_id = ?',
  )
  const columns = ['complaint_id', 'other_id', 'kind', 'at', 'user'] as const
  return {
    ...vouchedRepository<ComplaintLinkRow>(db, 'complaint_links', columns),
    findBetween: (smallerId: string, otherId: string): ComplaintLinkRow | undefined =>
      between.get(smallerId, otherId),
    ofComplaint: (id: string): z.output<typeof linkedCaseSchema>[] =>
      of.all({ id }).map((row) =>
        linkedCaseSchema.parse({
          id: row.id,
          complaintNo: row.complaint_no,
          status: row.status,
          kind: row.kind,
        }),
      ),
  }
}
