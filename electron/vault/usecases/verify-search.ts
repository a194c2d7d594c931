// Holds the full-text indexes and the duplicate keys against the rows that they are made from. No digest covers them, since
// all of it can be computed again: a page put back from an older copy would otherwise hide rows from a search, unseen.
import {
  clearComplaintSearch,
  emptyComplaintFields,
  maskedComplaintSearch,
} from '../../domain/complaint-record.ts'
import { clearCustomerSearch, customerKeys, maskedCustomerSearch } from '../../domain/customer-record.ts'
import type { Findings } from '../audit/findings.ts'
import type { Job } from '../process/jobs.ts'
import type { Instance, SearchRepository } from '../store/repositories/search.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import type { SearchText } from '../store/repositories/versions.ts'
import type { IdentitiesStore, Store } from '../store/store.ts'
import { complaintPayloadOf, customerPayloadOf } from './identity-payloads.ts'

const page = 1000
/** Words read in one go: some ten milliseconds. */
const wordsAtOnce = 10_000
const columns = ['name', 'nums', 'body'] as const satisfies readonly (keyof SearchText)[]

interface Indexed {
  name: string
  search: SearchRepository
  /** Rows behind `after` with the text that the index must hold of each. */
  rowsAfter: (after: number) => { rowid: number; text: SearchText }[]
  /** Calls back for each row whose text changes. */
  watch: (watcher: (rowid: number) => void) => () => void
}

function hashOf(term: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < term.length; at += 1) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193)
  return hash
}

/** A number for one word in its place. Their sum tells a row's text, in whatever order its words are read. */
function weight(termHash: number, column: number, offset: number): number {
  let mixed = Math.imul(termHash ^ Math.imul(offset * 3 + column + 1, 0x9e3779b1), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 13)) >>> 0
}

function weightOfText(text: SearchText): { sum: number; words: number } {
  let sum = 0
  let words = 0
  for (const [index, column] of columns.entries()) {
    if (text[column] === '') continue
    for (const [offset, term] of text[column].split(' ').entries()) {
      sum += weight(hashOf(term), index, offset)
      words += 1
    }
  }
  return { sum, words }
}

function weigh(instances: readonly Instance[], sums: Map<number, number>): void {
  let before = ''
  let hash = hashOf('')
  for (const { term, rowid, column, offset } of instances) {
    if (term !== before) hash = hashOf(term)
    before = term
    sums.set(rowid, (sums.get(rowid) ?? 0) + weight(hash, columns.indexOf(column), offset))
  }
}

/** Against what the tokenizer itself makes of a text: it folds a few rare letters otherwise than we do. */
function sameByTokenizer(
  { search }: Indexed,
  text: SearchText,
  sum: number,
  size: number | undefined,
): boolean {
  const sums = new Map<number, number>()
  const instances = search.instancesOfText(text)
  weigh(instances, sums)
  return size === instances.length && sum === [...sums.values()].reduce((total, one) => total + one, 0)
}

async function sizesOf(search: SearchRepository, job: Job): Promise<Map<number, number>> {
  const sizes = new Map<number, number>()
  for (let after = 0; ;) {
    const some = search.sizesAfter(after, page)
    const last = some.at(-1)
    if (last === undefined) return sizes
    for (const { rowid, words } of some) sizes.set(rowid, words)
    after = last.rowid
    await job.pause()
  }
}

/** Reads the index word by word, then the rows; what changes meanwhile is left out, since it was just written. */
async function verifyIndex(indexed: Indexed, findings: Findings, job: Job): Promise<void> {
  const { name, search, rowsAfter, watch } = indexed
  const changed = new Set<number>()
  const unwatch = watch((rowid) => changed.add(rowid))
  try {
    const sums = new Map<number, number>()
    for (let instances = search.instancesAfter('', wordsAtOnce); instances.length > 0;) {
      weigh(instances, sums)
      job.report('search', sums.size, null, 'rows')
      await job.pause()
      instances = search.instancesAfter(instances.at(-1)?.term ?? '', wordsAtOnce)
    }
    const sizes = await sizesOf(search, job)
    for (let rows = rowsAfter(0); rows.length > 0; rows = rowsAfter(rows.at(-1)?.rowid ?? 0)) {
      for (const { rowid, text } of rows) {
        const sum = sums.get(rowid) ?? 0
        const size = sizes.get(rowid)
        sums.delete(rowid)
        sizes.delete(rowid)
        if (changed.has(rowid)) continue
        const wanted = weightOfText(text)
        const exact = sum === wanted.sum && size === wanted.words
        if (exact || sameByTokenizer(indexed, text, sum, size)) continue
        findings.add('search.changed', `${name} ${rowid}`, 'the index does not hold the words of this row')
      }
      await job.pause()
    }
    for (const rowid of new Set([...sums.keys(), ...sizes.keys()])) {
      if (!changed.has(rowid))
        findings.add('search.changed', `${name} ${rowid}`, 'the index holds words of a row that is not there')
    }
  } finally {
    unwatch()
  }
}

function complaintText(row: ComplaintRow): SearchText {
  return maskedComplaintSearch({
    ...emptyComplaintFields,
    complaintNo: row.complaint_no,
    customerNo: row.customer_no,
    customerMobile: row.customer_mobile,
    channel: row.channel,
    category: row.category,
    subcategory: row.subcategory,
    issue: row.issue,
    subIssue: row.sub_issue,
    handler: row.handler,
    narrative: row.narrative,
    outcome: row.outcome,
  })
}

/** The indexes of records, over masked and redacted text. */
export async function verifyMaskedSearch({ records }: Store, findings: Findings, job: Job): Promise<void> {
  const { customers, complaints, customerSearch, complaintSearch } = records
  await verifyIndex(
    {
      name: 'customer_search',
      search: customerSearch,
      watch: customerSearch.watch,
      rowsAfter: (after) =>
        customers.pageAfter(after, page).map((row) => ({
          rowid: row.seq,
          text: maskedCustomerSearch({ customerNo: row.customer_no, registeredOn: row.registered_on }),
        })),
    },
    findings,
    job,
  )
  await verifyIndex(
    {
      name: 'complaint_search',
      search: complaintSearch,
      watch: complaintSearch.watch,
      rowsAfter: (after) =>
        complaints.pageAfter(after, page).map((row) => ({ rowid: row.seq, text: complaintText(row) })),
    },
    findings,
    job,
  )
}

/** The indexes of identities, over clear values, and the keys by which a duplicate is known. */
export async function verifyClearSearch(
  identities: IdentitiesStore,
  findings: Findings,
  job: Job,
): Promise<void> {
  const { customers, complaints, customerSearch, complaintSearch } = identities
  await verifyIndex(
    {
      name: 'clear customer_search',
      search: customerSearch,
      watch: customers.watch,
      rowsAfter: (after) =>
        customers.pageAfter(after, page).map(({ seq, payload }) => {
          const stored = customerPayloadOf(payload)
          verifyKeys(identities, seq, customerKeys(stored.fields), findings)
          return { rowid: seq, text: clearCustomerSearch(stored) }
        }),
    },
    findings,
    job,
  )
  await verifyIndex(
    {
      name: 'clear complaint_search',
      search: complaintSearch,
      watch: complaints.watch,
      rowsAfter: (after) =>
        complaints.pageAfter(after, page).map(({ seq, payload }) => ({
          rowid: seq,
          text: clearComplaintSearch(complaintPayloadOf(payload)),
        })),
    },
    findings,
    job,
  )
  for (const seq of identities.own.listStrayKeys())
    findings.add('search.changed', `customer_keys ${seq}`, 'keys of a customer that is not there')
}

function verifyKeys(
  identities: IdentitiesStore,
  seq: number,
  wanted: { residentId: string; nameMobile: string },
  findings: Findings,
): void {
  const { residentId, nameMobile } = identities.own.findKeys(seq) ?? { residentId: '', nameMobile: '' }
  if (residentId !== wanted.residentId || nameMobile !== wanted.nameMobile)
    findings.add('search.changed', `customer_keys ${seq}`, 'not the keys of this customer')
}
