// Saved views: a person's own, and those that are for everybody.
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { complaintViewQuerySchema } from '../../../shared/types/complaint.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import { type Context, logAct } from '../session.ts'
import type { ViewRow } from '../store/repositories/settings.ts'

type View = Output<'views.save'>

/** An owner may change what is for everybody. */
function mayChange({ session }: Context, row: ViewRow): boolean {
  const { id, role } = session.person
  return row.person_id === id || (row.shared === 1 && role === 'owner')
}

function toView(context: Context, row: ViewRow): View {
  return {
    id: row.id,
    name: row.name,
    shared: row.shared === 1,
    own: mayChange(context, row),
    query: complaintViewQuerySchema.parse(JSON.parse(row.query)),
    at: row.at,
  }
}

export function listViews(context: Context): Output<'views.list'> {
  const { store, person } = context.session
  return { items: store.records.views.listFor(person.id).map((row) => toView(context, row)) }
}

/** @throws GuicangError `record.notFound`; `access.denied` for somebody else's */
function requireOwn(context: Context, id: string): ViewRow {
  const row = context.session.store.records.views.find(id)
  if (row === undefined || (row.shared === 0 && row.person_id !== context.session.person.id))
    throw new GuicangError('record.notFound')
  if (!mayChange(context, row)) throw new GuicangError('access.denied')
  return row
}

/**
 * Keeps a view under a name, or says anew what a kept one shows.
 * @throws GuicangError `input.invalid` for a blank name; `record.notFound`, `access.denied` for a view that is somebody else's
 */
export function saveView(context: Context, input: Input<'views.save'>): View {
  const { store, person } = context.session
  const { records } = store
  const old = input.id === undefined ? undefined : requireOwn(context, input.id)
  // A name is a text like any other: records get it redacted.
  const name = ordinaryText(input.name).trim()
  if (name === '') throw new GuicangError('input.invalid', { fields: [{ field: 'name', rule: 'required' }] })
  const fields: Omit<ViewRow, 'seq'> = {
    id: old?.id ?? uuidv7(),
    person_id: old?.person_id ?? person.id,
    shared: input.shared ? 1 : 0,
    name,
    query: JSON.stringify(
      input.query.category === undefined
        ? input.query
        : { ...input.query, category: ordinaryText(input.query.category) },
    ),
    state: 'live',
    at: context.now().toISOString(),
  }
  return records.db.transaction(() => {
    const row = { seq: old?.seq ?? records.views.add(fields), ...fields }
    if (old !== undefined) records.views.update(row)
    const detail = { shared: input.shared, new: old === undefined }
    logAct(context, 'views.saved', row.id, detail, { changed: [{ kind: 'view', row }] })
    return toView(context, row)
  })()
}

/** @throws GuicangError as {@link saveView} */
export function removeView(context: Context, { id }: Input<'views.remove'>): { ok: true } {
  const { records } = context.session.store
  const row: ViewRow = { ...requireOwn(context, id), state: 'gone' }
  records.db.transaction(() => {
    records.views.update(row)
    logAct(context, 'views.removed', id, {}, { changed: [{ kind: 'view', row }] })
  })()
  return { ok: true }
}
