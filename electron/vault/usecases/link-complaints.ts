// Complaints that came before their customers: linked by number when the customers' batch is turned on, and redacted with
// what is then known.
import { isDeepStrictEqual } from 'node:util'
import { knownValues } from '../../domain/customer-record.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct } from '../session.ts'
import type { BatchRef } from '../store/repositories/batches.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import { requireIdentities } from '../store/store.ts'
import { customerPayload } from './identity-payloads.ts'
import { type Redaction, redactAnew, writeRedaction } from './redact-anew.ts'

export interface Linker {
  /** Redacts the complaints that name a customer of a slice. Nothing is written: the batch may still be refused. */
  prepare(customer: { id: string; customerNo: string; known: readonly KnownValue[] }): void
  /** Links and writes; inside the transaction that turns the batch on. */
  link(): void
}

/**
 * Redaction takes longer than writing, so it is done while slices come in, and the commit only writes. What was worked on
 * in between is redacted again then: its row tells, since each act on a case marks that.
 */
export function complaintLinker(context: Context, batch: BatchRef): Linker {
  const { complaints, customers } = context.session.store.records
  const prepared = new Map<number, { customerId: string; row: ComplaintRow; redaction: Redaction }>()

  function redactionOf(row: ComplaintRow, customerId: string): Redaction {
    const ready = prepared.get(row.seq)
    if (ready?.customerId === customerId && isDeepStrictEqual(ready.row, row)) return ready.redaction
    const customer = customers.findRow(customerId)
    const identities = requireIdentities(context.session.store)
    const known =
      customer === undefined ? [] : knownValues(customerPayload(identities, customer.identity_version))
    return redactAnew(context, row, known)
  }

  return {
    prepare: ({ id, customerNo, known }) => {
      for (const row of complaints.unlinkedOf(customerNo)) {
        // Of several customers with one number in a file, the first is the one that is linked.
        if (prepared.has(row.seq) || row.identity_version === '') continue
        const redaction = redactAnew(context, row, known)
        prepared.set(row.seq, { customerId: id, row, redaction })
      }
    },
    link: () => {
      let count = 0
      const changed = complaints.linkableToBatch(batch.no).flatMap(({ row, customerId }): ChangedRow[] => {
        count += 1
        // Its original waits in the inbox: the texts are redacted anew when that is taken in.
        if (row.identity_version === '') {
          const linked = { ...row, customer_id: customerId }
          complaints.update(linked)
          return [{ kind: 'complaint', row: linked }]
        }
        const redaction = redactionOf(row, customerId)
        return writeRedaction(context, { ...row, customer_id: customerId }, redaction)
      })
      if (count > 0) logAct(context, 'complaints.linked', batch.id, { count }, { changed })
    },
  }
}
