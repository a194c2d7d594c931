// The inbox: who works without the identities key can still take something in. The redacted text stands in records at
// once; the original waits, sealed with age to an identity whose secret part lies in identities, and moves there when that
// is next opened (DESIGN section 2; absorb-inbox.ts).
import { v7 as uuidv7 } from 'uuid'
import { GuicangError } from '../../../shared/errors.ts'
import type { ChangedRow } from '../audit/log.ts'
import { encryptToRecipients } from '../keys/age.ts'
import type { Context } from '../session.ts'
import { metaKeys } from '../store/meta-keys.ts'
import type { InboxItem, InboxKind } from '../store/repositories/inbox.ts'

/** An original, sealed and not yet written. */
export type SealedItem = Omit<InboxItem, 'seq' | 'subject'>

/**
 * Seals an original for the inbox; nothing is written yet.
 * @throws GuicangError `identities.closed` for a vault whose inbox has not been made yet: its next opening with identities does
 */
export async function sealForInbox(context: Context, kind: InboxKind, payload: object): Promise<SealedItem> {
  const { session, now } = context
  const recipient = session.store.records.meta.find(metaKeys.inboxRecipient)
  if (recipient === undefined) throw new GuicangError('identities.closed')
  const sealed = await encryptToRecipients(JSON.stringify(payload), [recipient])
  return { id: uuidv7(), kind, at: now().toISOString(), user: session.person.name, sealed }
}

/** Lays a sealed item into the inbox; inside the transaction of its act. Answers what the log has to vouch for. */
export function layIn(context: Context, item: SealedItem, subject: string): ChangedRow {
  const row = { ...item, subject }
  const seq = context.session.store.records.inbox.add(row)
  return { kind: 'inbox', row: { seq, ...row } }
}
