// Taking an act on many cases back.
import { randomUUID } from 'node:crypto'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { CaseChange } from '../../../shared/types/case.ts'
import { complaintStatusSchema } from '../../../shared/types/complaint.ts'
import { complaintIdSchema } from '../../../shared/types/ids.ts'
import { factsBefore } from '../../domain/case-facts.ts'
import { type Context, logAct } from '../session.ts'
import { emptyCaseRow } from '../store/repositories/cases.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import type { BulkRow } from '../store/repositories/settings.ts'
import { commitAll, linesSchema, prepare, type Prepared, stepSize, undisturbed } from './bulk.ts'
import { isAssignable, type Plan } from './case-plan.ts'

/** What takes an event's changes back from a case as it stands. */
function inversePlan(context: Context, row: ComplaintRow, eventSeq: number, closedAt: string): Plan {
  const { records } = context.session.store
  const event = records.events.findRow(eventSeq)
  const changes = records.caseChanges.ofComplaint(row.id).get(eventSeq) ?? []
  const back = changes.map(({ field, before, after }): CaseChange => ({
    field,
    before: after,
    after: before,
  }))
  const facts = records.cases.findRow(row.seq) ?? emptyCaseRow(row.seq, row.id)
  const texts = Object.fromEntries(
    changes
      .filter(({ field }) => field === 'category' || field === 'subcategory' || field === 'outcome')
      .map(({ field, before }) => [field, before]),
  )
  const status = (name: string | null | undefined) =>
    name === null || name === undefined ? null : complaintStatusSchema.parse(name)
  const [from, to] = [status(event?.to_status), status(event?.from_status)]
  return {
    old: row,
    row: {
      ...row,
      status: to ?? row.status,
      closed_at: closedAt,
      revision: row.revision + 1,
      updated_at: context.now().toISOString(),
    },
    facts: { ...facts, ...factsBefore(changes) },
    changes: back,
    kind: 'undone',
    from,
    to,
    texts: Object.keys(texts).length === 0 ? undefined : texts,
    typed: '',
  }
}

async function prepareUndo(
  context: Context,
  act: BulkRow,
): Promise<{ all: Prepared[]; skipped: Output<'complaints.undoBulk'>['skipped'] }> {
  const { records } = context.session.store
  const skipped: Output<'complaints.undoBulk'>['skipped'] = []
  const all: Prepared[] = []
  const lines = linesSchema.parse(JSON.parse(act.cases))
  for (const [index, [seq, eventSeq, revision, closedAt]] of lines.entries()) {
    const row = records.complaints.findRow(records.due.findClocked(seq)?.id ?? randomUUID())
    const back = row?.revision === revision ? inversePlan(context, row, eventSeq, closedAt) : undefined
    if (back !== undefined && canHaveBack(context, back)) all.push(prepare(context, back))
    else if (row !== undefined)
      skipped.push({ id: complaintIdSchema.parse(row.id), complaintNo: row.complaint_no })
    if (index % stepSize !== stepSize - 1) continue
    context.job.report('cases', index + 1, lines.length, 'rows')
    await context.job.pause()
  }
  return { all, skipped }
}

/** Not where the case would go back to somebody who has left since. */
function canHaveBack(context: Context, { changes }: Plan): boolean {
  return changes.every(({ field, after }) => field !== 'assignee' || isAssignable(context, after))
}

/**
 * Takes an act on many cases back where nobody has worked on the case since; the lines of history stay, each with one more that
 * says so.
 * @throws GuicangError `record.notFound` for an act that isn't there or was taken back; `access.denied` for another person's, but
 * by an owner; `identities.closed` when texts go back
 */
export async function undoBulk(
  context: Context,
  { bulkId }: Input<'complaints.undoBulk'>,
): Promise<Output<'complaints.undoBulk'>> {
  const { records } = context.session.store
  const { person } = context.session
  const act = records.bulkActs.find(bulkId)
  if (act?.state !== 'done') throw new GuicangError('record.notFound')
  if (act.person_id !== person.id && person.role !== 'owner') throw new GuicangError('access.denied')
  const { all, skipped } = await undisturbed(context, () => prepareUndo(context, act))
  commitAll(context, all, (changed) => {
    const undone: BulkRow = { ...act, state: 'undone' }
    records.bulkActs.update(undone)
    changed.push({ kind: 'bulkAct', row: undone })
    const detail = { count: all.length, skipped: skipped.length }
    logAct(context, 'complaints.bulkUndone', bulkId, detail, { changed })
  })
  return { undone: all.length, skipped }
}
