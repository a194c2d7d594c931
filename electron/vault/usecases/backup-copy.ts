// A vault as it lies in a backup: opened read-only, counted, held against what it was copied from.
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import type { Session } from '../../../shared/types/vault.ts'
import { digestKeyOf } from '../audit/digests.ts'
import { Findings } from '../audit/findings.ts'
import { readFrontier } from '../audit/log.ts'
import { frontierRoot } from '../audit/merkle.ts'
import { isAsWritten, readVaultFile, vaultFileDigest } from '../keys/vault-file.ts'
import { checkInThread } from '../process/check-client.ts'
import type { Job } from '../process/jobs.ts'
import { openDatabase } from '../store/driver.ts'
import { metaKeys } from '../store/meta-keys.ts'
import { needsMigration } from '../store/migrations/runner.ts'
import { metaRepository } from '../store/repositories/meta.ts'
import { asDamage } from '../store/sqlite-errors.ts'
import { identitiesStore, type RecordsStore, recordsStore, type Store } from '../store/store.ts'
import type { OpenedKeys } from './open-store.ts'
import { verifyAttachments } from './verify-attachments.ts'

/** The folder under `data/` that holds the vault; it says nothing of whose it is. */
export const vaultInBag = 'vault'

export type Counts = Session['counts']

export function countsOf(records: RecordsStore): Counts {
  return {
    customers: records.customers.count(),
    complaints: records.complaints.count(),
    attachments: records.attachments.count(),
    auditEntries: records.audit.count(),
  }
}

/** What the copy must be, to the last entry of the log. */
export interface CopyExpectation {
  vaultId: string
  keys: OpenedKeys
  counts: Counts
  log: { size: number; root: string }
  keyFileDigest: string
}

/**
 * Opens a copied vault for reading: neither a lease nor a sweep nor a step of a migration, no byte of it changes.
 * @returns undefined for a vault of an earlier version, which has to be migrated before its tables can be read
 * @throws GuicangError `vault.damaged`, `vault.incomplete`, `vault.newerFormat`
 */
export function openCopy(dir: string, vaultId: string, keys: OpenedKeys): Store | undefined {
  const opened: { close: () => void }[] = []
  try {
    const records = openDatabase(join(dir, 'records.db'), keys.records, { readonly: true })
    opened.push(records)
    const identities =
      keys.identities === undefined
        ? undefined
        : openDatabase(join(dir, 'identities.db'), keys.identities, { readonly: true })
    if (identities !== undefined) opened.push(identities)
    const older = [
      needsMigration(records, 'records'),
      identities !== undefined && needsMigration(identities, 'identities'),
    ]
    requireVault(metaRepository(records).find(metaKeys.vaultId), vaultId, 'records.db')
    const digestKey =
      identities === undefined ? undefined : metaRepository(identities).find(metaKeys.digestKey)
    if (identities !== undefined)
      requireVault(metaRepository(identities).find(metaKeys.vaultId), vaultId, 'identities.db')
    if (older.includes(true)) {
      for (const { close } of opened) close()
      return undefined
    }
    return {
      records: recordsStore(records),
      identities:
        identities === undefined || digestKey === undefined
          ? undefined
          : identitiesStore(identities, digestKeyOf(digestKey)),
    }
  } catch (thrown) {
    for (const db of opened) db.close()
    throw asDamage(thrown, 'records.db')
  }
}

function requireVault(found: string | undefined, vaultId: string, where: string): void {
  if (found !== vaultId)
    throw new GuicangError('vault.damaged', { fields: [{ field: where, rule: 'otherVault' }] })
}

export function closeCopy(store: Store): void {
  store.identities?.db.close()
  store.records.db.close()
}

/**
 * SQLite's check of the databases whose keys are there, beside the process's own work.
 * @returns what it complains of, by file; none when healthy
 */
export async function checkDatabases(
  dir: string,
  keys: OpenedKeys,
  signal: AbortSignal,
): Promise<{ where: string; detail: string }[]> {
  const checks = (['records', 'identities'] as const).map(async (name) => {
    const key = keys[name]
    if (key === undefined) return []
    const lines = await checkInThread(join(dir, `${name}.db`), key, signal).lines
    return lines.map((detail) => ({ where: `${name}.db`, detail }))
  })
  return (await Promise.all(checks)).flat()
}

/**
 * Proves that a copy is the vault of the snapshot: it opens, every page is what was written, counts and log are the same.
 * @throws GuicangError `vault.damaged` (naming the file), `export.countMismatch`, `job.cancelled`
 */
export async function requireSameAs(dir: string, expected: CopyExpectation, job: Job): Promise<void> {
  job.report('check', 0, null, 'steps')
  const [complaint] = await checkDatabases(dir, expected.keys, job.signal)
  if (complaint !== undefined)
    throw new GuicangError('vault.damaged', { fields: [{ field: complaint.where, rule: 'backup' }] })
  const file = await readVaultFile(dir)
  if (vaultFileDigest(file) !== expected.keyFileDigest || !(await isAsWritten(dir, file)))
    throw new GuicangError('vault.damaged', { fields: [{ field: 'vault.json', rule: 'backup' }] })
  const store = openCopy(dir, expected.vaultId, expected.keys)
  if (store === undefined) throw new GuicangError('internal')
  try {
    const frontier = readFrontier(store.records)
    const { customers, complaints, attachments, auditEntries } = countsOf(store.records)
    const { counts, log } = expected
    const same =
      customers === counts.customers &&
      complaints === counts.complaints &&
      attachments === counts.attachments &&
      auditEntries === counts.auditEntries &&
      frontier.size === log.size &&
      frontierRoot(frontier).toString('base64') === log.root
    if (!same) throw new GuicangError('export.countMismatch')
    if (store.identities !== undefined) await requireAttachments(store, dir, job)
  } finally {
    closeCopy(store)
  }
}

/** @throws GuicangError `vault.damaged` where the file of an attachment is gone or isn't what was stored */
async function requireAttachments(store: Store, dir: string, job: Job): Promise<void> {
  const findings = new Findings()
  await verifyAttachments(store, dir, findings, job)
  const [damage] = findings.list.filter(({ code }) => code !== 'attachment.unknown')
  if (damage !== undefined)
    throw new GuicangError('vault.damaged', { fields: [{ field: damage.where, rule: 'backup' }] })
}
