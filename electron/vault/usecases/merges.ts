// Two records of one customer become one, and two again. No row of theirs is touched: only the merge itself is written, and
// texts about either where they name the other.
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { type Merge, mergeSchema } from '../../../shared/types/customer-work.ts'
import { customerIdSchema, mergeIdSchema } from '../../../shared/types/ids.ts'
import { type Context, logAct, requireNoBatch } from '../session.ts'
import type { MergeRow } from '../store/repositories/merges.ts'
import type { CustomerRow } from '../store/repositories/rows.ts'
import { knownOfGroup } from './customer-groups.ts'
import { textsAnew } from './customer-texts.ts'
import { requireReason } from './reveal.ts'

export function toMerge(row: MergeRow): Merge {
  return mergeSchema.parse({
    id: row.id,
    keptId: row.kept_id,
    mergedId: row.merged_id,
    reason: row.reason,
    at: row.at,
    user: row.user,
  })
}

function requireCustomer(context: Context, id: string, revision: number | undefined): CustomerRow {
  const row = context.session.store.records.customers.findRow(id)
  if (row === undefined) throw new GuicangError('record.notFound')
  if (revision !== undefined && row.revision !== revision) throw new GuicangError('record.changed')
  return row
}

/**
 * Merges one customer into another: from now on it answers as the kept one, whose page shows what belongs to both.
 * @throws GuicangError `reason.required`; `record.notFound`; `record.changed` when one of them isn't as it was compared;
 * `input.invalid` for a customer and itself; `customers.merged` when one of them stands behind another already; `vault.busy`
 * during an import
 */
export function mergeCustomers(context: Context, input: Input<'customers.merge'>): Output<'customers.merge'> {
  const { records } = context.session.store
  requireNoBatch(context.session)
  requireReason(input.reason)
  if (input.keepId === input.mergeId)
    throw new GuicangError('input.invalid', { fields: [{ field: 'mergeId', rule: 'self' }] })
  requireCustomer(context, input.keepId, input.keepRevision)
  requireCustomer(context, input.mergeId, input.mergeRevision)
  // Who is kept must stand for itself: that alone rules out a circle.
  for (const [field, id] of [
    ['keepId', input.keepId],
    ['mergeId', input.mergeId],
  ] as const) {
    if (records.merges.findInto(id) !== undefined)
      throw new GuicangError('customers.merged', { fields: [{ field, rule: 'merged' }] })
  }
  const known = [...knownOfGroup(context, input.keepId), ...knownOfGroup(context, input.mergeId)]
  const reason = requireReason(input.reason, known)
  // What is known of either goes from the texts about both.
  const group = [...records.merges.groupOf(input.keepId), ...records.merges.groupOf(input.mergeId)]
  const writeTexts = textsAnew(context, group, known)
  const id = uuidv7()
  const row = {
    id,
    kept_id: input.keepId,
    merged_id: input.mergeId,
    reason,
    state: 'live',
    at: context.now().toISOString(),
    user: context.session.person.name,
    undone_at: '',
    undone_by: '',
  }
  records.db.transaction(() => {
    const seq = records.merges.add(row)
    logAct(
      context,
      'customers.merged',
      input.keepId,
      { merged: input.mergeId, merge: id, reason },
      { changed: [{ kind: 'merge', row: { seq, ...row } }, ...writeTexts()] },
    )
  })()
  return { mergeId: mergeIdSchema.parse(id) }
}

/**
 * Takes a merge back: both stand as they stood, with what was linked to each in the meantime.
 * @throws GuicangError `record.notFound` for a merge that isn't there or is taken back already; `vault.busy` during an import
 */
export function unmergeCustomers(
  context: Context,
  { mergeId }: Input<'customers.unmerge'>,
): Output<'customers.unmerge'> {
  const { records } = context.session.store
  requireNoBatch(context.session)
  const old = records.merges.find(mergeId)
  if (old?.state !== 'live') throw new GuicangError('record.notFound')
  const row: MergeRow = {
    ...old,
    state: 'undone',
    undone_at: context.now().toISOString(),
    undone_by: context.session.person.name,
  }
  records.db.transaction(() => {
    records.merges.update(row)
    logAct(
      context,
      'customers.unmerged',
      old.kept_id,
      { merged: old.merged_id, merge: old.id },
      { changed: [{ kind: 'merge', row }] },
    )
  })()
  return {
    keptId: customerIdSchema.parse(old.kept_id),
    mergedId: customerIdSchema.parse(old.merged_id),
  }
}
