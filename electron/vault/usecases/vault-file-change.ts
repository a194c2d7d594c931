// Changing vault.json so that a crash is no alarm and an edit from outside is one: records.db says beforehand which
// digest is to come, and afterwards that it has.
import { z } from 'zod'
import { roleSchema } from '../../../shared/types/vault.ts'
import { sha256Hex } from '../audit/canonical.ts'
import { removedRow } from '../audit/digests.ts'
import { type Actor, appendEntry, type ChangedRow } from '../audit/log.ts'
import { readVaultFile, type VaultFile, vaultFileDigest, writeVaultFile } from '../keys/vault-file.ts'
import { metaKeys } from '../store/meta-keys.ts'
import { type RecordsStore, settleLater } from '../store/store.ts'

const personChangeSchema = z.union([
  /** The person as they are to stand from now on. */
  z.strictObject({
    id: z.string(),
    name: z.string(),
    role: roleSchema,
    recipient: z.string(),
    verifyKey: z.string(),
    state: z.enum(['active', 'disabled']),
    createdAt: z.string(),
  }),
  /** New keys for somebody who is there. */
  z.strictObject({ id: z.string(), recipient: z.string(), verifyKey: z.string() }),
  z.strictObject({ id: z.string(), removed: z.literal(true) }),
])
export type PersonChange = z.infer<typeof personChangeSchema>

const detailSchema = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])

const pendingSchema = z.strictObject({
  digest: z.string(),
  entry: z.strictObject({
    personId: z.string(),
    user: z.string(),
    at: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.record(z.string(), detailSchema),
    /** People who change with the file. */
    people: z.array(personChangeSchema),
  }),
  /** Single values of records that change with the file; null removes one. */
  meta: z.record(z.string(), z.string().nullable()).default({}),
})
type Pending = z.output<typeof pendingSchema>

export type PendingEntry = Pending['entry']

/** Writes `file` as vault.json together with its log entry: both happen, or (after a crash, at the next opening) both or none. */
export async function changeVaultFile(
  records: RecordsStore,
  dir: string,
  file: VaultFile,
  entry: PendingEntry,
  meta: Pending['meta'] = {},
): Promise<void> {
  // A change before this one that could not be written down at its end: its entry must not be lost.
  if (records.meta.find(metaKeys.vaultFilePending) !== undefined)
    settleVaultFile(records, await readVaultFile(dir))
  const digest = vaultFileDigest(file)
  records.meta.set(metaKeys.vaultFilePending, JSON.stringify({ digest, entry, meta }))
  await writeVaultFile(dir, file)
  // The file stands: from here on the change has happened, and nobody may hear otherwise. The next opening finishes it.
  settleLater(() => settleVaultFile(records, file))
}

/** Whether vault.json is the one recorded or the one announced. Writes nothing, so that it needs no turn. */
export function isOwnVaultFile(records: RecordsStore, file: VaultFile): boolean {
  const digest = vaultFileDigest(file)
  return records.meta.find(metaKeys.vaultFileDigest) === digest || pendingOf(records)?.digest === digest
}

function pendingOf(records: RecordsStore): Pending | undefined {
  const text = records.meta.find(metaKeys.vaultFilePending)
  return text === undefined ? undefined : pendingSchema.parse(JSON.parse(text))
}

/**
 * Holds vault.json against the digest that records.db keeps, and finishes a change that a crash cut short.
 * @returns false when the file is neither the one recorded nor the one announced: edited or put back from outside
 */
export function settleVaultFile(records: RecordsStore, file: VaultFile): boolean {
  const digest = vaultFileDigest(file)
  const pending = pendingOf(records)
  if (pending?.digest === digest) {
    records.db.transaction(() => {
      promote(records, file, pending)
    })()
    return true
  }
  const known = records.meta.find(metaKeys.vaultFileDigest) === digest
  if (known && pending !== undefined) records.meta.remove(metaKeys.vaultFilePending)
  // Vaults of the first version kept the digest alone.
  if (known && records.meta.find(metaKeys.knownSlots) === undefined) rememberVaultFile(records, file)
  return known
}

function promote(records: RecordsStore, file: VaultFile, pending: Pending): void {
  const { personId, user, at, action, subject, detail, people } = pending.entry
  const changed = people.flatMap((change) => changePerson(records, change))
  for (const [key, value] of Object.entries(pending.meta)) {
    if (value === null) records.meta.remove(key)
    else records.meta.set(key, value)
  }
  rememberVaultFile(records, file)
  records.meta.remove(metaKeys.vaultFilePending)
  const actor: Actor = { personId, user }
  appendEntry(records, actor, { at, action, subject, detail, changed })
}

/** Writes a change of a person; answers what the entry in the log has to vouch for. */
function changePerson(records: RecordsStore, change: PersonChange): ChangedRow[] {
  const before = records.people.findRow(change.id)
  if ('removed' in change) {
    records.people.remove(change.id)
    return before === undefined ? [] : [{ kind: 'person', row: removedRow(before.seq) }]
  }
  if (!('name' in change)) records.people.setKeys(change.id, change.recipient, change.verifyKey)
  else records.people.put(change)
  const row = records.people.findRow(change.id)
  return row === undefined ? [] : [{ kind: 'person', row }]
}

/** Records which vault.json is the right one, and which ways in it holds. */
export function rememberVaultFile(records: RecordsStore, file: VaultFile): void {
  records.meta.set(metaKeys.vaultFileDigest, vaultFileDigest(file))
  records.meta.set(metaKeys.knownSlots, JSON.stringify(slotDigests(file)))
}

/** SHA-256 of each sealed slot by its id: tells which slots changed when the file did. */
export function slotDigests(file: VaultFile): Record<string, string> {
  return Object.fromEntries(
    file.people.flatMap(({ slots }) => slots.map(({ id, sealed }) => [id, sha256Hex(sealed)])),
  )
}
