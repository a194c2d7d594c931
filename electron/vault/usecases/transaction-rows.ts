// How a transaction is written: its original to identities, its masked columns to records; and its text redacted anew.
import { isDeepStrictEqual } from 'node:util'
import { transactionRecord, type TransactionRecord } from '../../domain/transaction-record.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { ChangedRow } from '../audit/log.ts'
import type { Context } from '../session.ts'
import type { TransactionRow } from '../store/repositories/transactions.ts'
import { type IdentitiesStore, requireIdentities } from '../store/store.ts'
import { columnsOfFile } from '../../domain/extra-columns.ts'
import type { RowOrigin, StoredVersion } from './row-origin.ts'
import { newVersion, transactionPayload } from './identity-payloads.ts'
import { ordinaryColumns } from './field-classes.ts'

/** Writes a transaction's original; inside a transaction on identities. */
export function storeTransactionVersion(
  identities: IdentitiesStore,
  record: TransactionRecord,
  transactionId: string,
  commitId: string,
): StoredVersion {
  const version = newVersion(identities, record.payload)
  const seq = identities.transactions.add({
    id: version.id,
    ownerId: transactionId,
    commitId,
    salt: version.salt,
    payload: version.payload,
  })
  return { seq, id: version.id, digest: version.digest }
}

export function transactionRow(
  record: TransactionRecord,
  id: string,
  customerId: string | null,
  version: StoredVersion,
  origin: RowOrigin,
  at: string,
): Omit<TransactionRow, 'seq'> {
  const { masked } = record
  return {
    id,
    transaction_no: masked.transactionNo,
    kind: masked.kind,
    customer_id: customerId,
    customer_no: masked.customerNo,
    complaint_no: masked.complaintNo,
    date: masked.date,
    amount: masked.amount,
    currency: masked.currency,
    status: masked.status,
    description: masked.description,
    extra_columns: record.extraColumns,
    warnings: JSON.stringify(record.warnings),
    duplicate: origin.duplicate ? 1 : 0,
    batch_no: origin.batchNo,
    batch_row: origin.batchRow,
    revision: 1,
    hand_edited: origin.batchNo === 0 ? 1 : 0,
    updated_at: at,
    identity_version: version.id,
    identity_digest: version.digest,
  }
}

/** Texts of a transaction as they are fit for records. */
export type TransactionTexts = Pick<TransactionRow, 'status' | 'description' | 'extra_columns'>

/** Redacts a transaction's texts again, with what is known of its customer now. @throws GuicangError `vault.damaged` */
export function redactTransaction(
  context: Context,
  row: TransactionRow,
  known: readonly KnownValue[],
): TransactionTexts {
  const payload = transactionPayload(requireIdentities(context.session.store), row.identity_version)
  const draft = { fields: payload.fields, extra: columnsOfFile(payload) }
  const { masked, extraColumns } = transactionRecord(draft, known, ordinaryColumns(context, 'transactions'))
  return { status: masked.status, description: masked.description, extra_columns: extraColumns }
}

/** Redacts the transactions of a customer whose values change; answers those whose texts do, unwritten. */
export function redactTransactionsOf(
  context: Context,
  customerId: string,
  known: readonly KnownValue[],
): TransactionRow[] {
  return context.session.store.records.transactions.ofCustomer(customerId).flatMap((row) => {
    const texts = redactTransaction(context, row, known)
    const written = { ...row, ...texts }
    return isDeepStrictEqual(written, row) ? [] : [written]
  })
}

/** Writes rows as they are given; inside a transaction on records. Answers what the log has to vouch for. */
export function writeTransactions(context: Context, rows: readonly TransactionRow[]): ChangedRow[] {
  const { transactions } = context.session.store.records
  return rows.map((row) => {
    transactions.update(row)
    return { kind: 'transaction' as const, row }
  })
}
