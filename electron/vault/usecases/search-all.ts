// One box over cases, customers, words and people. The same rules as the lists' own search (search.ts): clear values only where
// identities is open, and then one entry in the log, without the words; what comes back is masked whatever was searched.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { Complaint } from '../../../shared/types/complaint.ts'
import { personIdSchema } from '../../../shared/types/ids.ts'
import { memberRoleSchema } from '../../../shared/types/vault.ts'
import { cleanText } from '../../domain/characters.ts'
import { excerpt, marked } from '../../domain/highlight.ts'
import { queryExpression } from '../../domain/search-tokens.ts'
import { type Context, logAct, released } from '../session.ts'
import { rootsOf } from '../store/repositories/merges.ts'
import { asksForClear } from './search.ts'

type Hits = Output<'search.all'>

/** Hits of an index that are looked at for each that is shown: some lie in batches that were undone. */
const spare = 4

/** A single letter or digit matches half the vault: only numbers, people and pages are looked through for it. */
function isWorthWords(query: string): boolean {
  const text = cleanText(query).trim()
  return [...text].length > 1 || /\p{Script=Han}/u.test(text)
}

/**
 * @throws GuicangError `access.denied` when nothing is found and somebody without entitlement to clear values asked for one
 */
export async function searchAll(context: Context, input: Input<'search.all'>): Promise<Hits> {
  const { limit } = input
  const query = input.query.trim()
  const { store, person } = context.session
  if (query === '') return { searched: 'none', cases: [], customers: [], texts: [], people: [] }
  if (store.identities !== undefined) await released(context.session)
  const { records, identities } = context.session.store
  const match = isWorthWords(query) ? queryExpression(query)?.match : undefined
  const numbered = records.complaints.byNumber(query, limit)
  const seen = new Set(numbered.map(({ id }) => id))
  const cases = [
    ...numbered,
    ...(match === undefined ? [] : complaintsOf(context, `nums : (${match})`, limit, seen)),
  ].slice(0, limit)
  const texts = match === undefined ? [] : complaintsOf(context, `body : (${match})`, limit, seen)
  const hits: Hits = {
    searched: identities === undefined ? 'records' : 'identities',
    cases: cases.map((complaint) => caseHit(complaint, query)),
    customers: customersOf(context, query, match, limit),
    texts: texts.map((complaint) => textHit(complaint, query)),
    people: peopleOf(context, query, limit),
  }
  const count = hits.cases.length + hits.customers.length + hits.texts.length
  if (count + hits.people.length === 0 && asksForClear(person.role, query))
    throw new GuicangError('access.denied', { fields: [{ field: 'query', rule: 'clearValue' }] })
  if (identities !== undefined) logSearch(context, query, count)
  return hits
}

/** Says that clear values were searched, not for what. The same question again is no new search. */
function logSearch(context: Context, query: string, hits: number): void {
  const { session } = context
  if (session.lastSearch === `all ${query}`) return
  session.store.records.db.transaction(() => {
    logAct(context, 'search.asked', '', { hits, characters: [...query].length })
  })()
  session.lastSearch = `all ${query}`
}

/** The newest complaints that match, clear texts where identities is open; those in `seen` are left out, those found added to it. */
function complaintsOf(context: Context, match: string, limit: number, seen: Set<string>): Complaint[] {
  const { records, identities } = context.session.store
  const most = limit * spare
  const masked = records.complaints.idsOfSeqs(records.complaintSearch.matchNewest(match, most))
  const clear =
    identities === undefined
      ? []
      : identities.complaintSearch
          .matchNewest(match, most)
          .flatMap((seq) => identities.complaints.ownerOf(seq) ?? [])
  const ids = [...new Set([...clear, ...masked])].filter((id) => !seen.has(id))
  const { items } = records.complaints.list({ ids, limit })
  for (const { id } of items) seen.add(id)
  return items
}

function customersOf(
  context: Context,
  query: string,
  match: string | undefined,
  limit: number,
): Hits['customers'] {
  const { records, identities } = context.session.store
  const most = limit * spare
  const shown = records.customers.idsShowing(cleanText(query).trim(), most)
  const masked =
    match === undefined ? [] : records.customers.idsOfSeqs(records.customerSearch.matchNewest(match, most))
  const clear =
    match === undefined || identities === undefined
      ? []
      : identities.customerSearch
          .matchNewest(match, most)
          .flatMap((seq) => identities.customers.ownerOf(seq) ?? [])
  // A merged customer is found as the one who is kept.
  const ids = [...new Set(rootsOf([...clear, ...masked, ...shown], records.merges.liveMap()))]
  return records.customers.list({ ids, limit }).items.map((customer) => ({
    id: customer.id,
    number: marked(customer.customerNo, query),
    name: marked(customer.name, query),
    mobile: marked(customer.mobile, query),
  }))
}

function peopleOf(context: Context, query: string, limit: number): Hits['people'] {
  return context.session.store.records.people
    .list()
    .flatMap(({ id, name, role }) => {
      const member = memberRoleSchema.safeParse(role)
      const found = marked(name, query)
      return member.success && found.marks.length > 0 ? [{ id, name: found, role: member.data }] : []
    })
    .slice(0, limit)
    .map(({ id, ...rest }) => ({ id: personIdSchema.parse(id), ...rest }))
}

function caseHit(complaint: Complaint, query: string): Hits['cases'][number] {
  const { id, complaintNo, status, category, customerName } = complaint
  return { id, number: marked(complaintNo, query), status, category, customerName }
}

/** Of the texts of a complaint the first that shows what was asked for. */
function textHit(complaint: Complaint, query: string): Hits['texts'][number] {
  const texts = [
    complaint.narrative,
    complaint.outcome,
    complaint.issue,
    complaint.category,
    complaint.channel,
  ]
  const shown = texts.map((text) => excerpt(text, query))
  const best = shown.find(({ marks }) => marks.length > 0)
  return {
    ...caseHit(complaint, query),
    excerpt: best ?? shown[0] ?? { text: '', marks: [] },
    hidden: best === undefined,
  }
}
