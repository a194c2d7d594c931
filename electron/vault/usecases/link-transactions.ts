// Transactions that came before their customers: linked by number when the customers' batch is turned on, and redacted with
// what is then known.
import { isDeepStrictEqual } from 'node:util'
import { knownValues } from '../../domain/customer-record.ts'
import { type Context, logAct } from '../session.ts'
import type { BatchRef } from '../store/repositories/batches.ts'
import type { TransactionRow } from '../store/repositories/transactions.ts'
import { requireIdentities } from '../store/store.ts'
import { customerPayload } from './identity-payloads.ts'
import type { Linker } from './link-complaints.ts'
import { redactTransaction, type TransactionTexts, writeTransactions } from './transaction-rows.ts'

/** As for complaints: redacted while slices come in, so that the commit only writes. */
export function transactionLinker(context: Context, batch: BatchRef): Linker {
  const { transactions, customers } = context.session.store.records
  const prepared = new Map<number, { customerId: string; row: TransactionRow; texts: TransactionTexts }>()

  function textsOf(row: TransactionRow, customerId: string): TransactionTexts {
    const ready = prepared.get(row.seq)
    if (ready?.customerId === customerId && isDeepStrictEqual(ready.row, row)) return ready.texts
    const customer = customers.findRow(customerId)
    const identities = requireIdentities(context.session.store)
    const known =
      customer === undefined ? [] : knownValues(customerPayload(identities, customer.identity_version))
    return redactTransaction(context, row, known)
  }

  return {
    prepare: ({ id, customerNo, known }) => {
      for (const row of transactions.unlinkedOf(customerNo)) {
        if (prepared.has(row.seq)) continue
        const texts = redactTransaction(context, row, known)
        prepared.set(row.seq, { customerId: id, row, texts })
      }
    },
    link: () => {
      const rows = transactions
        .linkableToBatch(batch.no)
        .map(({ row, customerId }) => ({ ...row, ...textsOf(row, customerId), customer_id: customerId }))
      if (rows.length === 0) return
      const changed = writeTransactions(context, rows)
      logAct(context, 'transactions.linked', batch.id, { count: rows.length }, { changed })
    },
  }
}
