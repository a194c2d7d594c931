// Correcting a transaction: the new original to identities, its masked columns to records, the duplicate mark and the customer anew.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { type TransactionField, transactionFields } from '../../../shared/types/transaction.ts'
import { columnsOfFile } from '../../domain/extra-columns.ts'
import type { KnownValue } from '../../domain/redact.ts'
import { transactionRecord } from '../../domain/transaction-record.ts'
import { type Context, logAct } from '../session.ts'
import type { TransactionRow } from '../store/repositories/transactions.ts'
import { commitAct, requireIdentities } from '../store/store.ts'
import { knownOfGroup } from './customer-groups.ts'
import { transactionPayload } from './identity-payloads.ts'
import { findLinked } from './take-complaint.ts'
import { storeTransactionVersion, transactionRow } from './transaction-rows.ts'
import { getTransaction, requireTransaction } from './transactions.ts'
import { ordinaryColumns } from './field-classes.ts'
import { requireShown, withheldFields } from './own-classes.ts'

type Fields = Record<TransactionField, string>

/**
 * Changes the named fields, of a transaction that was typed and of one that a file brought in. Its texts are redacted again; a
 * new customer number takes it to the customer who has that number, or to none. Where nothing changes, nothing is written.
 * @throws GuicangError `record.notFound`; `record.changed` when somebody has edited the transaction since it was read;
 * `input.invalid` for an amount, a date or a currency that can't be read, and when neither number, amount nor description is left;
 * `access.denied` for a field that is withheld from who asks
 */
export function updateTransaction(
  context: Context,
  input: Input<'transactions.update'>,
): Output<'transactions.update'> {
  const { store } = context.session
  const old = requireTransaction(context, input.id)
  requireShown(context, 'transactions', Object.keys(input.patch))
  if (old.revision !== input.revision) throw new GuicangError('record.changed')
  const before = transactionPayload(requireIdentities(store), old.identity_version)
  const fields = corrected(before.fields, old, input.patch)
  const named = transactionFields.filter((field) => fields[field] !== before.fields[field])
  if (named.length === 0) return getTransaction(context, { id: input.id })
  requireSomething(context, fields, named)
  const customer = customerOf(context, old, named.includes('customerNo') ? fields.customerNo : undefined)
  const ordinary = ordinaryColumns(context, 'transactions')
  const record = transactionRecord({ fields, extra: columnsOfFile(before) }, customer.known, ordinary)
  // What a file wrote oddly stays with its warning until somebody says what was meant.
  const odd = record.warnings.flatMap((warning) => named.filter((field) => warning.startsWith(`${field}:`)))
  if (odd.length > 0)
    throw new GuicangError('input.invalid', { fields: odd.map((field) => ({ field, rule: 'format' })) })
  const { transactionNo, kind } = record.masked
  const sameKey = transactionNo === old.transaction_no && kind === old.kind
  const duplicate = sameKey ? old.duplicate === 1 : store.records.transactions.hasNumber(transactionNo, kind)
  const at = context.now().toISOString()
  commitAct(store, {
    identities: (identities, commitId) => storeTransactionVersion(identities, record, input.id, commitId),
    records: (version) => {
      const origin = { batchNo: old.batch_no, batchRow: old.batch_row, duplicate }
      const row: TransactionRow = {
        ...transactionRow(record, input.id, customer.id, version, origin, at),
        seq: old.seq,
        revision: old.revision + 1,
        hand_edited: 1,
      }
      store.records.transactions.update(row)
      logAct(
        context,
        'transactions.edited',
        input.id,
        { fields: named },
        { changed: [{ kind: 'transaction', row }] },
      )
    },
    settle: (identities, version) => {
      identities.transactions.dropOthers(input.id, version.seq)
    },
  })
  return getTransaction(context, { id: input.id })
}

function corrected(
  before: Fields,
  old: TransactionRow,
  patch: Input<'transactions.update'>['patch'],
): Fields {
  const fields = { ...before }
  for (const field of transactionFields) {
    const typed = patch[field]
    if (typed !== undefined) fields[field] = typed
  }
  // The currency may have stood with the amount: a new amount doesn't take it away.
  if (patch.amount !== undefined && patch.currency === undefined && before.currency.trim() === '')
    fields.currency = old.currency
  return fields
}

function requireSomething(context: Context, fields: Fields, named: readonly TransactionField[]): void {
  const withheld = withheldFields(context, 'transactions')
  // What is withheld counts as nothing: else the refusal would tell whether there is an amount.
  const telling = (['transactionNo', 'amount', 'description'] as const).filter(
    (field) => !withheld.has(field),
  )
  const touched = telling.some((field) => named.includes(field))
  if (touched && telling.every((field) => fields[field].trim() === ''))
    throw new GuicangError('input.invalid', { fields: [{ field: 'transactionNo', rule: 'required' }] })
}

/** Whose it is; `customerNo` where another number was typed. */
function customerOf(
  context: Context,
  old: TransactionRow,
  customerNo: string | undefined,
): { id: string | null; known: KnownValue[] } {
  if (customerNo !== undefined) {
    const linked = findLinked(context, undefined, customerNo)
    return { id: linked?.id ?? null, known: linked?.known ?? [] }
  }
  const { customer_id: id } = old
  return { id, known: id === null ? [] : knownOfGroup(context, id) }
}
