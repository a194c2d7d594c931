// What waited for the identities key is taken in: the original moves to identities, and its text is redacted again with all
// that is known there.
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { complaintRecord } from '../../domain/complaint-record.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import { columnsOfFile } from '../../domain/extra-columns.ts'
import { removedRow } from '../audit/digests.ts'
import type { ChangedRow } from '../audit/log.ts'
import { decryptWithIdentity } from '../keys/age.ts'
import { recipientOf } from '../keys/person.ts'
import { generateRecoveryKit } from '../keys/recovery-code.ts'
import { createJob } from '../process/jobs.ts'
import { type Context, logAct, type VaultSession } from '../session.ts'
import { metaKeys } from '../store/meta-keys.ts'
import type { InboxItem } from '../store/repositories/inbox.ts'
import { asDamage } from '../store/sqlite-errors.ts'
import { commitAct, type IdentitiesStore } from '../store/store.ts'
import { factsAnew, writeFacts } from './facts-anew.ts'
import { waitingComplaint, newVersion } from './identity-payloads.ts'
import { knownOf, redactAnew, writeRedaction } from './redact-anew.ts'
import { findLinked, storeComplaintVersion } from './take-complaint.ts'
import { ordinaryColumns } from './field-classes.ts'

const noteSchema = z.strictObject({ text: z.string() })
const page = 100

/**
 * Takes in what waits, an item a commit, and makes the inbox of a vault that has none. Does nothing while identities is
 * closed. What can't be opened stays and is warned of (`inbox.unreadable`).
 */
export async function absorbInbox(session: VaultSession, now: Date): Promise<void> {
  const { identities, records } = session.store
  if (identities === undefined) return
  const job = createJob(new AbortController().signal, () => {})
  const context: Context = { session, job, now: () => now }
  const identity = await inboxIdentity(context, identities)
  let unreadable = 0
  for (let after = 0; ;) {
    const items = records.inbox.list(after, page)
    const last = items.at(-1)
    if (last === undefined) break
    for (const item of items) if (!(await absorb(context, item, identity))) unreadable += 1
    after = last.seq
  }
  if (unreadable > 0 && !session.warnings.includes('inbox.unreadable'))
    session.warnings.push('inbox.unreadable')
}

/** The secret part, made where there is none; the public part is put right where it isn't the one that belongs to it. */
async function inboxIdentity(context: Context, identities: IdentitiesStore): Promise<string> {
  const { records } = context.session.store
  let identity = identities.meta.find(metaKeys.inboxIdentity)
  if (identity === undefined) {
    identity = (await generateRecoveryKit()).code
    identities.meta.set(metaKeys.inboxIdentity, identity)
  }
  const recipient = await recipientOf(identity)
  const shown = records.meta.find(metaKeys.inboxRecipient)
  if (shown === recipient) return identity
  records.db.transaction(() => {
    records.meta.set(metaKeys.inboxRecipient, recipient)
    // Somebody with the records key could have had the originals sealed to themselves.
    logAct(context, 'inbox.recipientSet', '', { replaced: shown ?? null })
  })()
  return identity
}

/** Takes one item in. @returns false when it can't be opened, or what it belongs to is gone or damaged */
async function absorb(context: Context, item: InboxItem, identity: string): Promise<boolean> {
  const opened = await openItem(item, identity)
  if (opened === undefined) return false
  try {
    return item.kind === 'note' ? absorbNote(context, item, opened) : absorbComplaint(context, item, opened)
  } catch (thrown) {
    // Damage elsewhere is named by a check; an item that meets it must not keep everybody out of the vault.
    const translated = asDamage(thrown)
    const lost = translated instanceof GuicangError && lostCodes.has(translated.code)
    if (!lost) throw translated
    return false
  }
}

const lostCodes: ReadonlySet<string> = new Set(['vault.damaged', 'record.notFound'])

async function openItem(item: InboxItem, identity: string): Promise<unknown> {
  try {
    return JSON.parse(await decryptWithIdentity(item.sealed, identity))
  } catch (thrown) {
    const damaged = thrown instanceof GuicangError || thrown instanceof SyntaxError
    if (!damaged) throw thrown
    return undefined
  }
}

function absorbNote(context: Context, item: InboxItem, opened: unknown): boolean {
  const { store } = context.session
  const note = noteSchema.safeParse(opened)
  const event = store.records.events.findRow(Number(item.subject))
  const complaint = event === undefined ? undefined : store.records.complaints.findRow(event.complaint_id)
  if (!note.success || event === undefined || complaint === undefined) return false
  commitAct(store, {
    identities: (identities, commitId) => {
      const version = newVersion(identities, note.data)
      identities.notes.add({ ...version, ownerId: version.id, commitId })
      return version
    },
    records: (version) => {
      const known = knownOf(context, complaint)
      const text = ordinaryText(note.data.text, known)
      const row = { ...event, text, identity_version: version.id, identity_digest: version.digest }
      store.records.events.update(row)
      const facts = writeFacts(context, factsAnew(context, complaint, known))
      finish(context, item, complaint.id, [{ kind: 'event', row }, ...facts])
    },
  })
  return true
}

function absorbComplaint(context: Context, item: InboxItem, opened: unknown): boolean {
  const { store } = context.session
  const payload = waitingComplaint(opened)
  const old = store.records.complaints.findRow(item.subject)
  if (payload === undefined || old === undefined) return false
  const linked = findLinked(context, old.customer_id ?? undefined, payload.fields.customerNo)
  const record = complaintRecord(
    { fields: payload.fields, extra: columnsOfFile(payload) },
    linked?.known ?? [],
    ordinaryColumns(context, 'complaints'),
  )
  commitAct(store, {
    identities: (identities, commitId) => storeComplaintVersion(identities, record, old.id, commitId),
    records: (version) => {
      const row = {
        ...old,
        customer_id: linked?.id ?? null,
        customer_name: record.masked.customerName,
        customer_mobile: record.masked.customerMobile,
        revision: old.revision + 1,
        identity_version: version.id,
        identity_digest: version.digest,
      }
      store.records.complaints.update(row)
      finish(
        context,
        item,
        old.id,
        writeRedaction(context, row, redactAnew(context, row, linked?.known ?? [])),
      )
    },
  })
  return true
}

/** The item goes, and the log says whose it was. */
function finish(context: Context, item: InboxItem, subject: string, changed: readonly ChangedRow[]): void {
  context.session.store.records.inbox.remove(item.seq)
  logAct(
    context,
    'inbox.absorbed',
    subject,
    { kind: item.kind, writtenBy: item.user, writtenAt: item.at },
    { changed: [...changed, { kind: 'inbox', row: removedRow(item.seq) }] },
  )
}
