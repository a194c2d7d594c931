// A customer as a whole: who belongs to them, on what basis their data are kept, what they asked for.
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import {
  factCodes,
  factKindSchema,
  factStates,
  type RelationKind,
  relationKindSchema,
  relationSchema,
} from '../../../shared/types/customer-work.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct } from '../session.ts'
import { type CustomerFactRow, type RelationRow, toFact } from '../store/repositories/customer-facts.ts'
import { commitAct } from '../store/store.ts'
import { storeNote } from './case-work.ts'
import { localMinute } from './complaints.ts'
import { knownOfGroup } from './customer-groups.ts'
import { getCustomer } from './customers.ts'
import { countDuplicates } from './duplicates.ts'
import { toMerge } from './merges.ts'
import { sumTransactions } from './transactions.ts'

/** What this one is to the other, where the other is `kind` to this one. */
const inverse: Readonly<Record<RelationKind, RelationKind>> = {
  spouse: 'spouse',
  parent: 'child',
  child: 'parent',
  sibling: 'sibling',
  relative: 'relative',
  guardian: 'ward',
  ward: 'guardian',
  agent: 'principal',
  principal: 'agent',
  employer: 'employee',
  employee: 'employer',
  parentCompany: 'subsidiary',
  subsidiary: 'parentCompany',
  other: 'other',
}

const nothing = { seq: 0, id: '', digest: '' }

function requireCustomer(context: Context, id: string): void {
  if (context.session.store.records.customers.findRow(id) === undefined)
    throw new GuicangError('record.notFound')
}

/** @throws GuicangError `record.notFound` */
export function getOverview(
  context: Context,
  { id }: Input<'customers.overview'>,
): Output<'customers.overview'> {
  const { records, identities } = context.session.store
  const customer = getCustomer(context, { id })
  const group = records.merges.groupOf(customer.id)
  const filter = { customerIds: group }
  return {
    customer,
    merged: group.flatMap((member) => {
      const merge = records.merges.findInto(member)
      const found = records.customers.find(member)
      return merge === undefined || found === undefined ? [] : [{ merge: toMerge(merge), customer: found }]
    }),
    relations: records.relations
      .ofCustomers(group)
      .flatMap((row) => relationOf(context, row, new Set(group))),
    facts: records.customerFacts.ofCustomers(group).map(toFact),
    sums: sumTransactions(context, filter),
    complaints: records.complaints.count(filter),
    transactions: records.transactions.count(filter),
    duplicates: identities === undefined ? null : countDuplicates(context, identities, customer.id),
  }
}

function relationOf(context: Context, row: RelationRow, group: ReadonlySet<string>) {
  const { customers, merges } = context.session.store.records
  const forth = group.has(row.customer_id)
  const otherId = merges.rootOf(forth ? row.other_id : row.customer_id)
  const other = group.has(otherId) ? undefined : customers.find(otherId)
  if (other === undefined) return []
  const kind = relationKindSchema.parse(row.kind)
  return [
    relationSchema.parse({
      id: row.id,
      kind: forth ? kind : inverse[kind],
      other,
      note: row.note,
      original: row.identity_version !== '',
      at: row.at,
      user: row.user,
    }),
  ]
}

/**
 * Says what another customer is to this one, or that it no longer is. A relation stands once, from whichever side it is said.
 * @throws GuicangError `record.notFound`; `input.invalid` for a customer and itself
 */
export function relateCustomers(
  context: Context,
  input: Input<'customers.relate'>,
): Output<'customers.relate'> {
  const { store } = context.session
  const { relations, merges } = store.records
  requireCustomer(context, input.id)
  requireCustomer(context, input.otherId)
  if (merges.rootOf(input.id) === merges.rootOf(input.otherId))
    throw new GuicangError('input.invalid', { fields: [{ field: 'otherId', rule: 'self' }] })
  const back = relations.findBetween(input.otherId, input.id, inverse[input.kind])
  const there = back ?? relations.findBetween(input.id, input.otherId, input.kind)
  const state = input.related ? 'live' : 'none'
  const note = input.note.trim()
  if (there === undefined && !input.related) return getOverview(context, { id: input.id })
  const known = [...knownOfGroup(context, input.id), ...knownOfGroup(context, input.otherId)]
  const relationId = there?.id ?? uuidv7()
  commitAct(store, {
    identities: (identities, commitId) =>
      note === '' ? nothing : storeNote(identities, commitId, note, relationId),
    records: (version) => {
      // Said again without a note, the relation keeps the one that it has.
      const kept = note === '' && there !== undefined ? there : undefined
      const row = {
        id: relationId,
        customer_id: there?.customer_id ?? input.id,
        other_id: there?.other_id ?? input.otherId,
        kind: there?.kind ?? input.kind,
        state,
        note: kept?.note ?? ordinaryText(note, known),
        at: context.now().toISOString(),
        user: context.session.person.name,
        identity_version: kept?.identity_version ?? version.id,
        identity_digest: kept?.identity_digest ?? version.digest,
      }
      const seq = there?.seq ?? relations.add(row)
      if (there !== undefined) relations.update({ seq, ...row })
      const changed: ChangedRow[] = [{ kind: 'relation', row: { seq, ...row } }]
      const detail = { other: input.otherId, kind: input.kind, related: input.related }
      logAct(context, 'customers.related', input.id, detail, { changed })
    },
    settle: (identities, version) => {
      if (version.id !== '') identities.notes.dropOthers(relationId, version.seq)
    },
  })
  return getOverview(context, { id: input.id })
}

/**
 * Records a lawful basis, a consent, a request or a hold. Without a date, today's.
 * @throws GuicangError `record.notFound`; `input.invalid` for a code that the kind doesn't have
 */
export function addFact(context: Context, input: Input<'customers.addFact'>): Output<'customers.addFact'> {
  const { store } = context.session
  requireCustomer(context, input.customerId)
  const codes: readonly string[] = factCodes[input.kind]
  if (!codes.includes(input.code))
    throw new GuicangError('input.invalid', { fields: [{ field: 'code', rule: 'unknown' }] })
  if (input.until !== '' && input.date !== '' && input.until < input.date)
    throw new GuicangError('input.invalid', { fields: [{ field: 'until', rule: 'before' }] })
  const known = knownOfGroup(context, input.customerId)
  const typed = [input.purpose.trim(), input.evidence.trim()].join('\n').trim()
  const row = commitAct(store, {
    identities: (identities, commitId) => (typed === '' ? nothing : storeNote(identities, commitId, typed)),
    records: (version): CustomerFactRow => {
      const fresh = {
        id: uuidv7(),
        customer_id: input.customerId,
        kind: input.kind,
        code: input.code,
        purpose: ordinaryText(input.purpose.trim(), known),
        evidence: ordinaryText(input.evidence.trim(), known),
        date: input.date === '' ? localMinute(context).slice(0, 10) : input.date,
        until: input.until,
        state: factStates[input.kind][0],
        state_date: '',
        revision: 1,
        at: context.now().toISOString(),
        user: context.session.person.name,
        identity_version: version.id,
        identity_digest: version.digest,
      }
      const written = { seq: store.records.customerFacts.add(fresh), ...fresh }
      const detail = { kind: input.kind, code: input.code, fact: fresh.id }
      logAct(context, 'customers.factAdded', input.customerId, detail, {
        changed: [{ kind: 'customerFact', row: written }],
      })
      return written
    },
  })
  return toFact(row)
}

/**
 * Ends a fact, or takes its end back.
 * @throws GuicangError `record.notFound`; `record.changed` when somebody has changed it since it was read; `input.invalid` for
 * a state that its kind doesn't have
 */
export function setFactState(
  context: Context,
  input: Input<'customers.setFactState'>,
): Output<'customers.setFactState'> {
  const { records } = context.session.store
  const old = records.customerFacts.find(input.id)
  if (old === undefined) throw new GuicangError('record.notFound')
  if (old.revision !== input.revision) throw new GuicangError('record.changed')
  const states: readonly string[] = factStates[factKindSchema.parse(old.kind)]
  if (!states.includes(input.state))
    throw new GuicangError('input.invalid', { fields: [{ field: 'state', rule: 'unknown' }] })
  const ends = input.state !== states[0]
  const day = input.date === '' ? localMinute(context).slice(0, 10) : input.date
  const row: CustomerFactRow = {
    ...old,
    state: input.state,
    state_date: ends ? day : '',
    revision: old.revision + 1,
    at: context.now().toISOString(),
    user: context.session.person.name,
  }
  records.db.transaction(() => {
    records.customerFacts.update(row)
    const detail = { fact: old.id, kind: old.kind, from: old.state, to: input.state }
    logAct(context, 'customers.factSet', old.customer_id, detail, {
      changed: [{ kind: 'customerFact', row }],
    })
  })()
  return toFact(row)
}
