// Relations between customers; lawful basis, consents, requests and holds.
import { type CustomerFact, customerFactSchema } from '../../../../shared/types/customer-work.ts'
import type { Db } from '../driver.ts'
import { vouchedRepository } from './vouched.ts'

export interface RelationRow {
  seq: number
  id: string
  customer_id: string
  other_id: string
  kind: string
  state: string
  note: string
  at: string
  user: string
  identity_version: string
  identity_digest: string
}

export interface CustomerFactRow {
  seq: number
  id: string
  customer_id: string
  kind: string
  code: string
  purpose: string
  evidence: string
  date: string
  until: string
  state: string
  state_date: string
  revision: number
  at: string
  user: string
  identity_version: string
  identity_digest: string
}

const relationColumns = [
  'id',
  'customer_id',
  'other_id',
  'kind',
  'state',
  'note',
  'at',
  'user',
  'identity_version',
  'identity_digest',
] as const satisfies readonly (keyof RelationRow)[]

const factColumns = [
  'id',
  'customer_id',
  'kind',
  'code',
  'purpose',
  'evidence',
  'date',
  'until',
  'state',
  'state_date',
  'revision',
  'at',
  'user',
  'identity_version',
  'identity_digest',
] as const satisfies readonly (keyof CustomerFactRow)[]

export function relationsRepository(db: Db) {
  const of = db.prepare<[{ ids: string }], RelationRow>(
    `SELECT * FROM customer_relations WHERE state = 'live' AND kind <> 'distinct' AND
     (customer_id IN (SELECT value FROM json_each(@ids)) OR other_id IN (SELECT value FROM json_each(@ids))) ORDER BY seq`,
  )
  const every = db.prepare<[{ ids: string }], RelationRow>(
    `SELECT * FROM customer_relations WHERE note <> '' AND
     (customer_id IN (SELECT value FROM json_each(@ids)) OR other_id IN (SELECT value FROM json_each(@ids))) ORDER BY seq`,
  )
  const between = db.prepare<[string, string, string], RelationRow>(
    'SELECT * FROM customer_relations WHERE customer_id = ? AND other_id = ? AND kind = ?',
  )
  const byId = db.prepare<[string], RelationRow>('SELECT * FROM customer_relations WHERE id = ?')
  const distinct = db.prepare<[], { left: string; right: string }>(
    `SELECT customer_id AS left, other_id AS right FROM customer_relations WHERE kind = 'distinct' AND state = 'live'`,
  )
  return {
    ...vouchedRepository<RelationRow>(db, 'customer_relations', relationColumns),
    find: (id: string): RelationRow | undefined => byId.get(id),
    findBetween: (customerId: string, otherId: string, kind: string): RelationRow | undefined =>
      between.get(customerId, otherId, kind),
    ofCustomers: (ids: readonly string[]): RelationRow[] => of.all({ ids: JSON.stringify(ids) }),
    /** Those with a note, also where the relation is no more: the note stays. */
    notedOfCustomers: (ids: readonly string[]): RelationRow[] => every.all({ ids: JSON.stringify(ids) }),
    /** Pairs of whom a person has said that they are two, the smaller id first. */
    distinctPairs: (): { left: string; right: string }[] => distinct.all(),
  }
}

export function toFact(row: CustomerFactRow): CustomerFact {
  return customerFactSchema.parse({
    id: row.id,
    customerId: row.customer_id,
    kind: row.kind,
    code: row.code,
    purpose: row.purpose,
    evidence: row.evidence,
    original: row.identity_version !== '',
    date: row.date,
    until: row.until,
    state: row.state,
    stateDate: row.state_date,
    revision: row.revision,
    at: row.at,
    user: row.user,
  })
}

export function customerFactsRepository(db: Db) {
  const of = db.prepare<[string], CustomerFactRow>(
    `SELECT * FROM customer_facts WHERE customer_id IN (SELECT value FROM json_each(?)) ORDER BY seq`,
  )
  const byId = db.prepare<[string], CustomerFactRow>('SELECT * FROM customer_facts WHERE id = ?')
  return {
    ...vouchedRepository<CustomerFactRow>(db, 'customer_facts', factColumns),
    find: (id: string): CustomerFactRow | undefined => byId.get(id),
    ofCustomers: (ids: readonly string[]): CustomerFactRow[] => of.all(JSON.stringify(ids)),
  }
}
