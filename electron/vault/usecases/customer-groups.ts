// Several records that are one customer: what is known of them together.
import { knownValues } from '../../domain/customer-record.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { Context } from '../session.ts'
import type { CustomerRow } from '../store/repositories/rows.ts'
import { customerPayload } from './identity-payloads.ts'

/** Rows of all who are one with a customer, itself among them. */
export function groupRows(context: Context, customerId: string): CustomerRow[] {
  const { customers, merges } = context.session.store.records
  return merges.groupOf(customerId).flatMap((id) => customers.findRow(id) ?? [])
}

/**
 * Every clear value of all who are one with a customer, so that it goes from any text about them; nothing while identities is
 * closed.
 * @throws GuicangError `vault.damaged` when a version is gone
 */
export function knownOfGroup(context: Context, customerId: string): KnownValue[] {
  const { identities } = context.session.store
  if (identities === undefined) return []
  return groupRows(context, customerId).flatMap((row) =>
    knownValues(customerPayload(identities, row.identity_version)),
  )
}
