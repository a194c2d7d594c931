// Transactions: lists with sums, entered by hand, linked to cases, revealed; without what is withheld from who asks.
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import {
  type TransactionSum,
  transactionFields,
  transactionKinds,
} from '../../../shared/types/transaction.ts'
import { transactionIdSchema } from '../../../shared/types/ids.ts'
import { isDecimal, sumDecimals } from '../../domain/decimals.ts'
import { transactionFieldsOf, transactionRecord } from '../../domain/transaction-record.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct } from '../session.ts'
import { namesCase, type TransactionFilter, type TransactionRow } from '../store/repositories/transactions.ts'
import { commitAct, requireIdentities } from '../store/store.ts'
import { requireComplaint } from './complaints.ts'
import { knownOfGroup } from './customer-groups.ts'
import { byHand } from './row-origin.ts'
import { transactionPayload } from './identity-payloads.ts'
import { addLine, markWorkedOn } from './history.ts'
import { reveal } from './reveal.ts'
import { findLinked } from './take-complaint.ts'
import { storeTransactionVersion, transactionRow } from './transaction-rows.ts'
import { ordinaryColumns } from './field-classes.ts'
import { shownTransaction, withheldFields } from './own-classes.ts'

/** @throws GuicangError `record.notFound` */
export function requireTransaction(context: Context, id: string): TransactionRow {
  const row = context.session.store.records.transactions.findRow(id)
  if (row === undefined) throw new GuicangError('record.notFound')
  return row
}

function filterOf(
  context: Context,
  input: Pick<Input<'transactions.list'>, 'customerId' | 'complaintId' | 'kind' | 'query'>,
): TransactionFilter {
  const { records } = context.session.store
  const { customerId, complaintId, kind } = input
  const number = input.query?.trim()
  const complaint = complaintId === undefined ? undefined : requireComplaint(context, complaintId)
  return {
    customerIds: customerId === undefined ? undefined : records.merges.groupOf(customerId),
    complaint: complaint === undefined ? undefined : { id: complaint.id, no: complaint.complaint_no },
    kind,
    number: number === '' ? undefined : number,
  }
}

/** Exact sums of what a filter finds, by kind and currency; where amounts are withheld, how many there are of each kind. */
export function sumTransactions(context: Context, filter: TransactionFilter): TransactionSum[] {
  const amounts = context.session.store.records.transactions.amounts(filter)
  const withheld = withheldFields(context, 'transactions').has('amount')
  const groups = Map.groupBy(amounts, ({ kind, currency }) => (withheld ? kind : `${kind} ${currency}`))
  return [...groups.values()]
    .flatMap((some) => {
      const [first] = some
      if (first === undefined) return []
      const { kind, currency } = first
      if (withheld) return { kind, currency: null, count: some.length, withoutAmount: null, amount: null }
      return {
        kind,
        currency,
        count: some.length,
        withoutAmount: some.filter(({ amount }) => !isDecimal(amount)).length,
        amount: sumDecimals(some.map(({ amount }) => amount)),
      }
    })
    .toSorted(
      (a, b) =>
        transactionKinds.indexOf(a.kind) - transactionKinds.indexOf(b.kind) ||
        ((a.currency ?? '') < (b.currency ?? '') ? -1 : 1),
    )
}

function listOf(
  context: Context,
  filter: TransactionFilter,
  page: { limit: number; offset?: number | undefined; after?: { date: string; seq: number } | undefined },
): Output<'transactions.list'> {
  const { transactions } = context.session.store.records
  const withheld = withheldFields(context, 'transactions')
  // An order by dates, and a cursor with one in it, would tell of them.
  const byEntry = withheld.has('date')
  if (byEntry && page.after !== undefined && page.after.date !== '') refuseCursor()
  const { items, last } = transactions.list({ ...filter, ...page, byEntry })
  const few = filter.customerIds !== undefined || filter.complaint !== undefined
  return {
    items: items.map((item) => shownTransaction(item, withheld)),
    next:
      items.length === page.limit && last !== undefined ? `${byEntry ? '' : last.date}|${last.seq}` : null,
    total: transactions.count(filter),
    sums: few ? sumTransactions(context, filter) : null,
  }
}

/**
 * @throws GuicangError `record.notFound` for an unknown case; `input.invalid` for a cursor that is none, and for one with a date where
 * dates are withheld
 */
export function listTransactions(
  context: Context,
  input: Input<'transactions.list'>,
): Output<'transactions.list'> {
  const { limit, offset } = input
  const after = input.after === undefined ? undefined : parseCursor(input.after)
  return listOf(context, filterOf(context, input), { limit, offset, after })
}

function parseCursor(after: string): { date: string; seq: number } {
  const split = after.lastIndexOf('|')
  const seq = Number(after.slice(split + 1))
  if (split < 0 || !/^\d+$/.test(after.slice(split + 1)) || !Number.isSafeInteger(seq)) refuseCursor()
  return { date: after.slice(0, split), seq }
}

function refuseCursor(): never {
  throw new GuicangError('input.invalid', { fields: [{ field: 'after', rule: 'cursor' }] })
}

export function getTransaction(
  context: Context,
  input: Input<'transactions.get'>,
): Output<'transactions.get'> {
  const found = context.session.store.records.transactions.find(input.id)
  if (found === undefined) throw new GuicangError('record.notFound')
  return shownTransaction(found, withheldFields(context, 'transactions'))
}

/**
 * Enters a transaction by hand.
 * @throws GuicangError `input.invalid` when neither number, amount nor description is said, or for an amount or date that
 * can't be read; `record.notFound` for an unknown customer id
 */
export function addTransaction(
  context: Context,
  input: Input<'transactions.add'>,
): Output<'transactions.add'> {
  const { store } = context.session
  if ([input.transactionNo, input.amount, input.description].every((text) => text.trim() === ''))
    throw new GuicangError('input.invalid', { fields: [{ field: 'transactionNo', rule: 'required' }] })
  const linked = findLinked(context, input.customerId, input.customerNo)
  const fields = transactionFieldsOf(input)
  if (fields.customerNo.trim() === '' && linked !== undefined) fields.customerNo = linked.customerNo
  const ordinary = ordinaryColumns(context, 'transactions')
  const record = transactionRecord({ fields, extra: input.extra }, linked?.known ?? [], ordinary)
  // A file's odd value is kept with a warning; a person can still say what was meant.
  const odd = record.warnings.map((warning) => warning.split(':')[0] ?? '')
  if (odd.length > 0)
    throw new GuicangError('input.invalid', { fields: odd.map((field) => ({ field, rule: 'format' })) })
  const id = uuidv7()
  const at = context.now().toISOString()
  const { transactionNo, kind } = record.masked
  const duplicate = store.records.transactions.hasNumber(transactionNo, kind)
  commitAct(store, {
    identities: (identities, commitId) => storeTransactionVersion(identities, record, id, commitId),
    records: (version) => {
      const row = transactionRow(record, id, linked?.id ?? null, version, { ...byHand, duplicate }, at)
      const seq = store.records.transactions.add(row)
      const changed: ChangedRow[] = [{ kind: 'transaction', row: { seq, ...row } }]
      logAct(
        context,
        'transactions.added',
        id,
        { kind, linked: linked !== undefined, duplicate },
        { changed },
      )
    },
  })
  return getTransaction(context, { id: transactionIdSchema.parse(id) })
}

/**
 * Links a transaction to a case by hand, or takes it away. What was said by hand counts before what a file says.
 * @throws GuicangError `record.notFound`
 */
export function linkTransaction(
  context: Context,
  input: Input<'transactions.link'>,
): Output<'transactions.link'> {
  const { records } = context.session.store
  const transaction = requireTransaction(context, input.id)
  const complaint = requireComplaint(context, input.complaintId)
  const filter = filterOf(context, { complaintId: input.complaintId })
  const answer = (): Output<'transactions.link'> => listOf(context, filter, { limit: 100 })
  const there = records.transactionLinks.findBetween(transaction.id, complaint.id)
  const byNumber = namesCase(complaint.complaint_no) && transaction.complaint_no === complaint.complaint_no
  const state = input.linked ? 'linked' : 'none'
  if (state === (there?.state ?? (byNumber ? 'linked' : 'none'))) return answer()
  const at = context.now().toISOString()
  const user = context.session.person.name
  records.db.transaction(() => {
    const row = { transaction_id: transaction.id, complaint_id: complaint.id, state, at, user }
    const seq = there?.seq ?? records.transactionLinks.add(row)
    if (there !== undefined) records.transactionLinks.update({ seq, ...row })
    const text = `${input.linked ? '+' : '−'} ${transaction.transaction_no}`
    // What somebody has worked on doesn't go with its batch.
    const kept = { ...transaction, hand_edited: 1, updated_at: at }
    records.transactions.update(kept)
    const changed: ChangedRow[] = [
      { kind: 'transactionLink', row: { seq, ...row } },
      addLine(context, complaint.id, { kind: 'link', at, text }).changed,
      markWorkedOn(context, complaint, at),
      { kind: 'transaction', row: kept },
    ]
    const detail = { complaint: complaint.id, linked: input.linked }
    logAct(context, 'transactions.linkedToCase', transaction.id, detail, { changed })
  })()
  return answer()
}

/**
 * Clear values, verbatim; the entry in the log is committed before any value goes out.
 * @throws GuicangError `reason.required`, `identities.closed`, `input.invalid` for a field that isn't there, `access.denied` for a trade
 * secret that somebody else than an owner asks for
 */
export function revealTransaction(
  context: Context,
  input: Input<'transactions.reveal'>,
): Output<'transactions.reveal'> {
  return reveal(context, {
    action: 'transactions.revealed',
    input,
    kind: 'transactions',
    fields: transactionFields,
    open: () => {
      const row = requireTransaction(context, input.id)
      const payload = transactionPayload(requireIdentities(context.session.store), row.identity_version)
      const known: KnownValue[] = row.customer_id === null ? [] : knownOfGroup(context, row.customer_id)
      return { payload, known }
    },
  })
}
