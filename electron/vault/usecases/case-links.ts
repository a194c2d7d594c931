// Complaints that belong together.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct } from '../session.ts'
import { addLine, markWorkedOn } from './history.ts'
import { getComplaint, requireComplaint } from './complaints.ts'

/**
 * Links two complaints, says anew how they belong together, or takes the link away. Saying what is so already does nothing.
 * @throws GuicangError `record.notFound`; `input.invalid` for a complaint and itself
 */
export function linkComplaints(context: Context, input: Input<'complaints.link'>): Output<'complaints.link'> {
  const { records } = context.session.store
  const { kind } = input
  if (input.id === input.otherId)
    throw new GuicangError('input.invalid', { fields: [{ field: 'otherId', rule: 'self' }] })
  const own = requireComplaint(context, input.id)
  const other = requireComplaint(context, input.otherId)
  const [first, second] = own.id < other.id ? [own, other] : [other, own]
  const there = records.links.findBetween(first.id, second.id)
  // A link that was taken away stays as `none`: numbers of rows that the log vouches for aren't given twice.
  const wanted = input.linked ? kind : 'none'
  if (wanted === (there?.kind ?? 'none')) return getComplaint(context, { id: input.id })
  const at = context.now().toISOString()
  const user = context.session.person.name
  records.db.transaction(() => {
    const row = { complaint_id: first.id, other_id: second.id, kind: wanted, at, user }
    const seq = there?.seq ?? records.links.add(row)
    if (there !== undefined) records.links.update({ seq, ...row })
    const changed: ChangedRow[] = [{ kind: 'complaintLink', row: { seq, ...row } }]
    for (const [complaint, linked] of [
      [own, other],
      [other, own],
    ] as const) {
      const text = `${input.linked ? '+' : '−'} ${linked.complaint_no}`
      changed.push(
        addLine(context, complaint.id, { kind: 'link', at, text }).changed,
        markWorkedOn(context, complaint, at),
      )
    }
    logAct(
      context,
      'complaints.caseLinked',
      input.id,
      { other: input.otherId, kind, linked: input.linked },
      { changed },
    )
  })()
  return getComplaint(context, { id: input.id })
}
