// Checking a backup that somebody hands in: the bag, and with a passphrase the vault in it. Reads only, also from media
// that can't be written, and knows nothing of a vault that is open in the same process.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import type { BackupReport } from '../../../shared/types/exchange.ts'
import { verifyBag } from '../../exchange/export/verify-bag.ts'
import { Findings } from '../audit/findings.ts'
import { verifyEntries, verifyRows } from '../audit/verify-log.ts'
import { isAsWritten, readVaultFile } from '../keys/vault-file.ts'
import type { Job } from '../process/jobs.ts'
import type { Store } from '../store/store.ts'
import { keyFile, compartmentFiles } from '../store/vault-files.ts'
import { checkDatabases, closeCopy, type Counts, countsOf, openCopy, vaultInBag } from './backup-copy.ts'
import type { OpenedKeys } from './open-store.ts'
import { choosePerson, openKeys, openPerson } from './open-vault.ts'
import { profileRow } from './profile.ts'
import { verifyAttachments } from './verify-attachments.ts'
import { checkVersions, guarded, ownCheckpoints } from './verify-vault.ts'

export interface VerifyBackupRequest {
  path: string
  passphrase?: string | undefined
  user?: string | undefined
  deviceSecret?: string | undefined
}

/** Where in a bag the vault lies. */
export function vaultFolder(bag: string): string {
  return join(bag, 'data', vaultInBag)
}

/**
 * Checks a bag, that there is a whole vault in it, and, with a passphrase, that vault: every page, every clear version that
 * the person has the key for, the log. Damage becomes findings.
 * @throws GuicangError as {@link verifyBag}; `vault.wrongPassphrase`, `vault.deviceMissing`, `input.invalid` (field `user`),
 * `vault.newerFormat`, `job.cancelled`
 */
export async function verifyBackup(request: VerifyBackupRequest, job: Job): Promise<BackupReport> {
  let read = 0
  const verdict = await verifyBag(request.path, {
    signal: job.signal,
    onBytes: (bytes) => {
      read += bytes
      job.report('verify', read, null, 'bytes')
    },
  })
  const findings = new Findings()
  const warnings = new Findings()
  const missing = [keyFile, ...compartmentFiles].filter(
    (name) => !existsSync(join(vaultFolder(request.path), name)),
  )
  for (const name of missing)
    findings.add(
      'backup.fileMissing',
      `data/${vaultInBag}/${name}`,
      'a backup must have this file of a vault',
    )
  const counts = missing.length > 0 ? undefined : await openedCounts(request, { findings, warnings }, job)
  return {
    valid: verdict.valid && findings.list.length === 0,
    errors: [...verdict.errors, ...findings.list],
    warnings: [...verdict.warnings, ...warnings.list],
    trust: verdict.trust,
    opened: counts !== undefined,
    counts: counts ?? null,
  }
}

interface Lists {
  findings: Findings
  warnings: Findings
}

/** Counts of the vault, null where an earlier version keeps them from being read; undefined where it wasn't opened. */
async function openedCounts(
  request: VerifyBackupRequest,
  lists: Lists,
  job: Job,
): Promise<Counts | null | undefined> {
  const { passphrase } = request
  if (passphrase === undefined) return undefined
  let counts: Counts | null | undefined
  try {
    counts = await openAndCheck({ ...request, passphrase }, lists, job)
  } catch (thrown) {
    if (!(thrown instanceof GuicangError) || !damage.has(thrown.code)) throw thrown
    const places = thrown.fields ?? [{ field: 'vault', rule: '' }]
    for (const { field, rule } of places) lists.findings.add(thrown.code, `data/${vaultInBag}/${field}`, rule)
  }
  return counts
}

const damage: ReadonlySet<string> = new Set([
  'vault.damaged',
  'vault.incomplete',
  'vault.notAVault',
  'vault.unreadable',
  'disk.failed',
])

async function openAndCheck(
  request: VerifyBackupRequest & { passphrase: string },
  { findings, warnings }: Lists,
  job: Job,
): Promise<Counts | null> {
  const dir = vaultFolder(request.path)
  const file = await readVaultFile(dir)
  if (!(await isAsWritten(dir, file)))
    findings.add('vault.damaged', keyFile, 'the same content, but not byte for byte as it was written')
  const person = choosePerson(file, request.user)
  const { secret } = await openPerson(file.vaultId, person, request.passphrase, request.deviceSecret)
  const keys: OpenedKeys = await openKeys(file, person.role, secret.identity)
  job.report('check', 0, null, 'steps')
  for (const { where, detail } of await checkDatabases(dir, keys, job.signal))
    findings.add('database.damaged', where, detail)
  const store = openCopy(dir, file.vaultId, keys)
  if (store === undefined) {
    warnings.add(
      'backup.olderVersion',
      'records.db',
      'of an earlier version: the log is checked once it is restored',
    )
    return null
  }
  try {
    await checkContent(store, dir, file.vaultId, findings, job)
    return countsOf(store.records)
  } finally {
    closeCopy(store)
  }
}

async function checkContent(
  store: Store,
  dir: string,
  vaultId: string,
  findings: Findings,
  job: Job,
): Promise<void> {
  const { records } = store
  await guarded('records.db', findings, async () => {
    await verifyEntries(records, vaultId, ownCheckpoints(records), findings, job)
    await verifyRows(records, () => profileRow(records), findings, job)
  })
  if (store.identities === undefined) return
  await guarded('identities.db', findings, async () => {
    await checkVersions(store, findings, job)
  })
  await guarded('attachments', findings, async () => {
    await verifyAttachments(store, dir, findings, job)
  })
}
