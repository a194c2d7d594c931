// Customers who may be one: the same resident ID, or the same name with the same mobile. Shown masked, side by side.
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { DuplicatePair } from '../../../shared/types/customer-work.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct } from '../session.ts'
import type { DuplicateKey } from '../store/repositories/identities.ts'
import { rootsOf } from '../store/repositories/merges.ts'
import { type IdentitiesStore, requireIdentities } from '../store/store.ts'

/** Keys that are read in one go. */
const page = 200

type Pair = { left: string; right: string; reasons: DuplicatePair['reasons'] }

function ordered(one: string, other: string): [string, string] {
  return one < other ? [one, other] : [other, one]
}

/** Pairs among the owners of versions that share a key, without those that are one already or said to be two. */
function pairFinder(context: Context, identities: IdentitiesStore) {
  const { records } = context.session.store
  const merged = records.merges.liveMap()
  const distinct = new Set(records.relations.distinctPairs().map(({ left, right }) => `${left} ${right}`))
  const found = new Map<string, Pair>()
  return {
    found,
    add: (reason: DuplicateKey, versions: readonly number[], own: string | undefined): void => {
      const owners = versions.flatMap((seq) => identities.customers.ownerOf(seq) ?? [])
      const live = [...new Set(owners)].filter((id) => records.customers.findRow(id) !== undefined)
      const roots = rootsOf(live, merged)
      for (const [index, one] of roots.entries()) {
        for (const other of roots.slice(index + 1)) {
          const [left, right] = ordered(one, other)
          if (distinct.has(`${left} ${right}`)) continue
          if (own !== undefined && own !== left && own !== right) continue
          const key = `${left} ${right}`
          const pair = found.get(key) ?? { left, right, reasons: [] }
          if (!pair.reasons.includes(reason)) pair.reasons.push(reason)
          found.set(key, pair)
        }
      }
    },
  }
}

const reasons = ['residentId', 'nameMobile'] as const

/** Pairs with one customer, whoever of its records shares a key with another. */
function pairsOf(context: Context, identities: IdentitiesStore, id: string): Pair[] {
  const { records } = context.session.store
  const finder = pairFinder(context, identities)
  for (const member of records.merges.groupOf(id)) {
    const row = records.customers.findRow(member)
    const version = row === undefined ? undefined : identities.customers.find(row.identity_version)
    const keys = version === undefined ? undefined : identities.own.findKeys(version.seq)
    if (keys === undefined) continue
    for (const reason of reasons)
      finder.add(reason, identities.own.versionsWith(reason, keys[reason]), records.merges.rootOf(id))
  }
  return [...finder.found.values()]
}

/** How many other customers look like this one. */
export function countDuplicates(context: Context, identities: IdentitiesStore, id: string): number {
  return pairsOf(context, identities, id).length
}

function shown(context: Context, pairs: readonly Pair[], limit: number): Output<'customers.duplicates'> {
  const { customers } = context.session.store.records
  const items = pairs.slice(0, limit).flatMap((pair) => {
    const left = customers.find(pair.left)
    const right = customers.find(pair.right)
    return left === undefined || right === undefined ? [] : [{ left, right, reasons: pair.reasons }]
  })
  return { items, more: pairs.length > limit }
}

/** @throws GuicangError `identities.closed`: likeness shows in clear values only */
export async function listDuplicates(
  context: Context,
  { id, limit }: Input<'customers.duplicates'>,
): Promise<Output<'customers.duplicates'>> {
  const identities = requireIdentities(context.session.store)
  if (id !== undefined) return shown(context, pairsOf(context, identities, id), limit)
  const finder = pairFinder(context, identities)
  for (const reason of reasons) {
    for (let after = ''; finder.found.size <= limit;) {
      const some = identities.own.sharedKeys(reason, after, page)
      const last = some.at(-1)
      if (last === undefined) break
      for (const key of some) finder.add(reason, identities.own.versionsWith(reason, key), undefined)
      after = last
      await context.job.pause()
    }
  }
  return shown(context, [...finder.found.values()], limit)
}

/**
 * Says that two who look alike are two, or that nobody says so any more. Saying what is so already does nothing.
 * @throws GuicangError `record.notFound`; `input.invalid` for a customer and itself
 */
export function setDistinct(
  context: Context,
  input: Input<'customers.setDistinct'>,
): Output<'customers.setDistinct'> {
  const { records } = context.session.store
  if (input.id === input.otherId)
    throw new GuicangError('input.invalid', { fields: [{ field: 'otherId', rule: 'self' }] })
  for (const id of [input.id, input.otherId])
    if (records.customers.findRow(id) === undefined) throw new GuicangError('record.notFound')
  const [left, right] = ordered(input.id, input.otherId)
  const there = records.relations.findBetween(left, right, 'distinct')
  const state = input.distinct ? 'live' : 'none'
  if (state === (there?.state ?? 'none')) return {}
  const row = {
    id: there?.id ?? uuidv7(),
    customer_id: left,
    other_id: right,
    kind: 'distinct',
    state,
    note: '',
    at: context.now().toISOString(),
    user: context.session.person.name,
    identity_version: '',
    identity_digest: '',
  }
  records.db.transaction(() => {
    const seq = there?.seq ?? records.relations.add(row)
    if (there !== undefined) records.relations.update({ seq, ...row })
    const changed: ChangedRow[] = [{ kind: 'relation', row: { seq, ...row } }]
    logAct(context, 'customers.distinctSet', left, { other: right, distinct: input.distinct }, { changed })
  })()
  return {}
}
