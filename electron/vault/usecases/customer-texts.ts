// Every text about a customer, redacted again where other values are known of them now: complaints with all that belongs to
// them, transactions, notes on relations, purposes and evidence of basis and consents.
import { ordinaryText } from '../../domain/customer-record.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { ChangedRow } from '../audit/log.ts'
import type { Context } from '../session.ts'
import { changesTexts, redactAnew, writeRedaction } from './redact-anew.ts'
import { redactTransactionsOf, writeTransactions } from './transaction-rows.ts'

/**
 * Redacts what there is of all who are one customer; writes nothing yet.
 * @param known clear values of them all
 * @returns writes what changes, inside a transaction on records, and answers what the log has to vouch for
 * @throws GuicangError `identities.closed`, `vault.damaged` when an original is gone
 */
export function textsAnew(
  context: Context,
  group: readonly string[],
  known: readonly KnownValue[],
): () => ChangedRow[] {
  const { complaints } = context.session.store.records
  const transactions = group.flatMap((id) => redactTransactionsOf(context, id, known))
  const redactions = group.flatMap((id) =>
    complaints
      .ofCustomer(id)
      // One whose original waits in the inbox is redacted when that is taken in.
      .filter(({ identity_version: version }) => version !== '')
      .map((complaint) => ({ complaint, redaction: redactAnew(context, complaint, known) }))
      .filter(({ complaint, redaction }) => changesTexts(complaint, redaction)),
  )
  return () => [
    ...redactions.flatMap(({ complaint, redaction }) => writeRedaction(context, complaint, redaction)),
    ...writeTransactions(context, transactions),
    ...redactCustomerTexts(context, group, known),
  ]
}

/** What was typed of a customer has no other text to be made from: it goes from what stands there. */
function redactCustomerTexts(
  context: Context,
  group: readonly string[],
  known: readonly KnownValue[],
): ChangedRow[] {
  const { relations, customerFacts } = context.session.store.records
  const changed: ChangedRow[] = []
  for (const old of relations.notedOfCustomers(group)) {
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
