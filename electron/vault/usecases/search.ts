// Searching without an oracle: clear values only where identities is open, and then it is logged.
import { GuicangError } from '../../../shared/errors.ts'
import { holdsIdentities, type Role } from '../../../shared/types/vault.ts'
import { cleanText } from '../../domain/characters.ts'
import { looksClear } from '../../domain/clear-query.ts'
import { queryExpression } from '../../domain/search-tokens.ts'
import { type Context, logAct, released } from '../session.ts'
import { requireIdentities } from '../store/store.ts'
import { rootsOf } from '../store/repositories/merges.ts'
import type { SearchKind } from '../store/repositories/search.ts'

/** A query with more hits than this should be narrowed; the list shows the first. */
const mostHits = 10_000

export interface SearchHits {
  ids: string[] | undefined
  searched: 'none' | 'records' | 'identities'
}

/**
 * Ids that match what a person typed; undefined where nothing was typed. With identities open clear values are searched
 * and the search is logged, without its words; else masked and redacted data only.
 * @throws GuicangError `access.denied` when somebody without entitlement to clear values searches for one
 */
export async function search(
  context: Context,
  kind: SearchKind,
  query: string | undefined,
): Promise<SearchHits> {
  if (query === undefined || query.trim() === '') return { ids: undefined, searched: 'none' }
  // A search that is logged writes: it waits for a copy of the files to be finished, as everything does that writes.
  if (context.session.store.identities !== undefined) await released(context.session)
  const { records, identities } = context.session.store
  const expression = queryExpression(query)
  const rows = kind === 'customer' ? records.customers : records.complaints
  const maskedIndex = kind === 'customer' ? records.customerSearch : records.complaintSearch
  const searched = identities === undefined ? ('records' as const) : ('identities' as const)
  if (expression === undefined) return { ids: [], searched }
  // A merged customer is found as the one who is kept.
  const merged = records.merges.liveMap()
  const shown = (ids: string[]): string[] => (kind === 'customer' ? rootsOf(ids, merged) : ids)
  const showing = kind === 'customer' ? records.customers.idsShowing(cleanText(query).trim(), mostHits) : []
  const masked = shown([
    ...new Set([...rows.idsOfSeqs(maskedIndex.match(expression.match, mostHits)), ...showing]),
  ])
  if (identities === undefined) {
    // An empty list would look like "not in the vault"; a role that can't ask is told so.
    if (masked.length === 0 && asksForClear(context.session.person.role, query))
      throw new GuicangError('access.denied', { fields: [{ field: 'query', rule: 'clearValue' }] })
    return { ids: masked, searched }
  }
  const clearIndex = kind === 'customer' ? identities.customerSearch : identities.complaintSearch
  const versions = kind === 'customer' ? identities.customers : identities.complaints
  const own = clearIndex.match(expression.match, mostHits).flatMap((seq) => versions.ownerOf(seq) ?? [])
  const clear =
    kind === 'customer' ? shown(own) : [...own, ...complaintsOfCustomers(context, expression.match)]
  const ids = [...new Set([...clear, ...masked])].slice(0, mostHits)
  logSearch(context, kind, query.trim(), ids.length)
  return { ids, searched }
}

/** Whether somebody whose role never opens identities asks for what only stands there. */
export function asksForClear(role: Role, query: string): boolean {
  return !holdsIdentities(role) && looksClear(query)
}

/** Says that clear values were searched, not for what. The next page of the same search is no new search. */
function logSearch(context: Context, kind: SearchKind, query: string, hits: number): void {
  const { session } = context
  if (session.lastSearch === `${kind} ${query}`) return
  session.store.records.db.transaction(() => {
    logAct(context, `${kind}s.searched`, '', { hits, characters: [...query].length })
  })()
  session.lastSearch = `${kind} ${query}`
}

/** A complaint is also found by whom it is from: the customers that match, then their complaints. */
function complaintsOfCustomers(context: Context, match: string): string[] {
  const { records } = context.session.store
  const identities = requireIdentities(context.session.store)
  const customers = identities.customerSearch
    .match(match, mostHits)
    .flatMap((seq) => identities.customers.ownerOf(seq) ?? [])
  const merged = records.merges.liveMap()
  const everybody = merged.size === 0 ? customers : customers.flatMap((id) => records.merges.groupOf(id))
  return everybody.length === 0 ? [] : records.complaints.idsOfCustomers(everybody, mostHits)
}
