// Texts about a customer that are no complaint's: notes on relations, purposes and evidence of basis and consents. What is known
// of the customer since they were typed is taken out of what stands there.
import { ordinaryText } from '../../domain/customer-record.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { ChangedRow } from '../audit/log.ts'
import type { Context } from '../session.ts'

/** Redacts them and writes those that change; inside a transaction on records. Answers what the log has to vouch for. */
export function redactCustomerTexts(
  context: Context,
  group: readonly string[],
  known: readonly KnownValue[],
): ChangedRow[] {
  const { relations, customerFacts } = context.session.store.records
  const changed: ChangedRow[] = []
  for (const old of relations.ofCustomers(group)) {
    const row = { ...old, note: ordinaryText(old.note, known) }
    if (row.note === old.note) continue
    relations.update(row)
    changed.push({ kind: 'relation', row })
  }
  for (const old of customerFacts.ofCustomers(group)) {
    const purpose = ordinaryText(old.purpose, known)
    const evidence = ordinaryText(old.evidence, known)
    if (purpose === old.purpose && evidence === old.evidence) continue
    const row = { ...old, purpose, evidence }
    customerFacts.update(row)
    changed.push({ kind: 'customerFact', row })
  }
  return changed
}
