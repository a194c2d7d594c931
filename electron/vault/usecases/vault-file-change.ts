// Changing vault.json so that a crash is no alarm and an edit from outside is one: records.db says beforehand which
// digest is to come, and afterwards that it has.
import { z } from 'zod'
import { type Actor, appendEntry } from '../audit/log.ts'
import { type VaultFile, vaultFileDigest, writeVaultFile } from '../keys/vault-file.ts'
import { metaKeys } from '../store/meta-keys.ts'
import type { RecordsStore } from '../store/store.ts'

const pendingSchema = z.strictObject({
  digest: z.string(),
  entry: z.strictObject({
    personId: z.string(),
    user: z.string(),
    at: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    /** People whose keys change with the file. */
    people: z.array(z.strictObject({ id: z.string(), recipient: z.string(), verifyKey: z.string() })),
  }),
})

export type PendingEntry = z.infer<typeof pendingSchema>['entry']

/** Writes `file` as vault.json together with its log entry: both happen, or (after a crash, at the next opening) both or none. */
export async function changeVaultFile(
  records: RecordsStore,
  dir: string,
  file: VaultFile,
  entry: PendingEntry,
): Promise<void> {
  const digest = vaultFileDigest(file)
  records.meta.set(metaKeys.vaultFilePending, JSON.stringify({ digest, entry }))
  await writeVaultFile(dir, file)
  settleVaultFile(records, file)
}

/**
 * Holds vault.json against the digest that records.db keeps, and finishes a change that a crash cut short.
 * @returns false when the file is neither the one recorded nor the one announced: edited or put back from outside
 */
export function settleVaultFile(records: RecordsStore, file: VaultFile): boolean {
  const digest = vaultFileDigest(file)
  const pendingText = records.meta.find(metaKeys.vaultFilePending)
  const pending = pendingText === undefined ? undefined : pendingSchema.parse(JSON.parse(pendingText))
  if (pending?.digest === digest) {
    records.db.transaction(() => {
      promote(records, pending)
    })()
    return true
  }
  const known = records.meta.find(metaKeys.vaultFileDigest) === digest
  if (known && pending !== undefined) records.meta.remove(metaKeys.vaultFilePending)
  return known
}

function promote(records: RecordsStore, pending: z.infer<typeof pendingSchema>): void {
  const { personId, user, at, action, subject, detail, people } = pending.entry
  for (const { id, recipient, verifyKey } of people) records.people.setKeys(id, recipient, verifyKey)
  records.meta.set(metaKeys.vaultFileDigest, pending.digest)
  records.meta.remove(metaKeys.vaultFilePending)
  const actor: Actor = { personId, user }
  const changed = people.flatMap(({ id }) => {
    const row = records.people.findRow(id)
    return row === undefined ? [] : [{ kind: 'person' as const, row }]
  })
  appendEntry(records, actor, { at, action, subject, detail, changed })
}
