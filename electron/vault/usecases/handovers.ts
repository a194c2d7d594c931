// When a person leaves, all their open cases go to another in one act; both confirm it in their own sessions.
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { personIdSchema } from '../../../shared/types/ids.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import { sha256Hex } from '../audit/canonical.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct } from '../session.ts'
import { emptyCaseRow } from '../store/repositories/cases.ts'
import { type HandoverRow, toHandover } from '../store/repositories/handovers.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import { requireAssignee } from './case-plan.ts'
import { addChanges, addLine } from './history.ts'

/** How many open cases a person has. */
export function countOpenCases(context: Context, personId: string): number {
  const { handovers } = context.session.store.records
  return handovers.countOpen().find((one) => one.personId === personId)?.count ?? 0
}

export function listHandovers(context: Context): Output<'handover.list'> {
  const { handovers } = context.session.store.records
  const openCases = handovers
    .countOpen()
    .map(({ personId, count }) => ({ personId: personIdSchema.parse(personId), count }))
  return { items: handovers.list(), openCases }
}

/**
 * Gives every open case of `from` to `to`: one commit, one line of history a case, one entry of the log. Who does it and is one of
 * the two has confirmed with it. The note is kept redacted only.
 * @throws GuicangError `access.denied` for whoever is neither an owner nor `from`; `record.notFound` where there is no such person;
 * `input.invalid` for one and the same person (rule `self`), a receiver who can't have cases (`unknown`), nothing open (`empty`)
 */
export function createHandover(context: Context, input: Input<'handover.create'>): Output<'handover.create'> {
  const { records } = context.session.store
  const acting = context.session.person
  if (acting.role !== 'owner' && acting.id !== input.from) throw new GuicangError('access.denied')
  if (input.from === input.to)
    throw new GuicangError('input.invalid', { fields: [{ field: 'to', rule: 'self' }] })
  const from = records.people.find(input.from)
  if (from === undefined) throw new GuicangError('record.notFound')
  requireAssignee(context, input.to, 'to')
  const to = records.people.find(input.to)
  if (to === undefined) throw new GuicangError('record.notFound')
  const at = context.now().toISOString()
  return records.db.transaction(() => {
    const complaints = records.handovers.openComplaintsOf(from.id)
    if (complaints.length === 0)
      throw new GuicangError('input.invalid', { fields: [{ field: 'from', rule: 'empty' }] })
    const changed = complaints.flatMap((complaint) => reassign(context, complaint, to.id, at))
    const mine = (personId: string) =>
      personId === acting.id ? ([at, acting.name] as const) : (['', ''] as const)
    const [fromAt, fromBy] = mine(from.id)
    const [toAt, toBy] = mine(to.id)
    const row = {
      id: uuidv7(),
      from_id: from.id,
      from_name: from.name,
      to_id: to.id,
      to_name: to.name,
      at,
      user: acting.name,
      note: ordinaryText(input.note.trim(), []),
      cases: complaints.length,
      digest: sha256Hex(complaints.map(({ id }) => `${id}\n`).join('')),
      confirmed_from_at: fromAt,
      confirmed_from_by: fromBy,
      confirmed_to_at: toAt,
      confirmed_to_by: toBy,
    }
    const stored = { seq: records.handovers.add(row), ...row }
    logAct(
      context,
      'handover.created',
      row.id,
      { from: from.id, to: to.id, cases: row.cases, digest: row.digest },
      { changed: [...changed, { kind: 'handover', row: stored }] },
    )
    return toHandover(stored)
  })()
}

/** Writes another assignee, as work on a case does; inside a transaction on records. */
function reassign(context: Context, complaint: ComplaintRow, to: string, at: string): ChangedRow[] {
  const { records } = context.session.store
  const facts = records.cases.findRow(complaint.seq) ?? emptyCaseRow(complaint.seq, complaint.id)
  const row = { ...complaint, revision: complaint.revision + 1, hand_edited: 1, updated_at: at }
  records.complaints.update(row)
  const line = addLine(context, complaint.id, { kind: 'assigned', at, text: '' })
  const given = { ...facts, assignee: to }
  records.cases.put(given)
  return [
    { kind: 'complaint', row },
    line.changed,
    { kind: 'case', row: given },
    ...addChanges(context, complaint.id, line.seq, [
      { field: 'assignee', before: facts.assignee, after: to },
    ]),
  ]
}

/**
 * Says in one's own session that the handover is right. Saying it again changes nothing.
 * @throws GuicangError `record.notFound`; `access.denied` for whoever is neither of the two
 */
export function confirmHandover(
  context: Context,
  { id }: Input<'handover.confirm'>,
): Output<'handover.confirm'> {
  const { records } = context.session.store
  const { id: own, name } = context.session.person
  const old = records.handovers.findById(id)
  if (old === undefined) throw new GuicangError('record.notFound')
  const side = own === old.from_id ? 'from' : own === old.to_id ? 'to' : undefined
  if (side === undefined) throw new GuicangError('access.denied')
  if ((side === 'from' ? old.confirmed_from_at : old.confirmed_to_at) !== '') return toHandover(old)
  const at = context.now().toISOString()
  const row: HandoverRow =
    side === 'from'
      ? { ...old, confirmed_from_at: at, confirmed_from_by: name }
      : { ...old, confirmed_to_at: at, confirmed_to_by: name }
  records.db.transaction(() => {
    records.handovers.update(row)
    logAct(
      context,
      'handover.confirmed',
      id,
      { side, cases: row.cases, digest: row.digest },
      { changed: [{ kind: 'handover', row }] },
    )
  })()
  return toHandover(row)
}
