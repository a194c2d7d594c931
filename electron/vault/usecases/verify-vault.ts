// The one verifier: files, databases, identity versions, the log, vault.json.
import { join } from 'node:path'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { VerifyReport } from '../../../shared/types/vault.ts'
import { versionDigest } from '../audit/digests.ts'
import { Findings } from '../audit/findings.ts'
import { type KnownCheckpoint, verifyEntries, verifyRows } from '../audit/verify-log.ts'
import { isAsWritten, readVaultFile, vaultFileDigest } from '../keys/vault-file.ts'
import { checkInThread } from '../process/check-client.ts'
import type { Job } from '../process/jobs.ts'
import { asBatchWriter, type Context, type VaultSession } from '../session.ts'
import { setPatience } from '../store/driver.ts'
import { metaKeys } from '../store/meta-keys.ts'
import type { VersionsRepository } from '../store/repositories/versions.ts'
import { asDamage } from '../store/sqlite-errors.ts'
import { type RecordsStore, requireIdentities, type Store } from '../store/store.ts'
import { verifyDue } from './due.ts'
import { profileRow } from './profile.ts'
import { verifyAttachments } from './verify-attachments.ts'
import { verifyClearSearch, verifyMaskedSearch } from './verify-search.ts'

const page = 1000

/** Findings of a step that met damage: named, and the next steps still run. */
export async function guarded(where: string, findings: Findings, step: () => Promise<void>): Promise<void> {
  try {
    await step()
  } catch (thrown) {
    const translated = asDamage(thrown)
    if (!(translated instanceof GuicangError) || translated.code !== 'vault.damaged') throw translated
    findings.add('database.damaged', where, 'a page could not be read or is not the one that was written')
  }
}

/** How long a statement of the session waits for the thread that reads the whole file, in milliseconds. */
const shortWait = 200

/**
 * SQLite's check of a file with no import or undo beside it, in neither order: the thread holds a shared lock from start to
 * end, and a slice that met it would stop this process in SQLite's own wait and then throw the batch away. Work by hand goes
 * on: what can't be committed while the thread reads is refused with `vault.busy` after a short wait, and can be tried
 * again. Until the thread has ended, also after a cancel, the vault stays busy for batches.
 * @throws GuicangError `vault.busy` while an import or an undo runs; what {@link checkInThread} throws
 */
function checkAlone(
  session: VaultSession,
  path: string,
  key: string,
  signal: AbortSignal,
): Promise<string[]> {
  return new Promise((resolve, reject) => {
    asBatchWriter(session, async () => {
      const waitAgain = waitShortly(session)
      try {
        const { lines, ended } = checkInThread(path, key, signal)
        // A cancel is answered at once; batches wait for the thread. So does, in SQLite's own wait, whatever is written until
        // then: after a cancel that is the checkpoint of a lock, which is worth it.
        lines.catch(waitAgain)
        lines.catch(reject)
        await ended
        return await lines
      } finally {
        waitAgain()
      }
    }).then(resolve, reject)
  })
}

/** Makes the session's connections give up early; answers what makes them patient again. */
export function waitShortly({ store }: Pick<VaultSession, 'store'>): () => void {
  const connections = [store.records.db, ...(store.identities === undefined ? [] : [store.identities.db])]
  for (const db of connections) setPatience(db, shortWait)
  return () => {
    for (const db of connections) if (db.open) setPatience(db)
  }
}

async function checkFile(
  session: VaultSession,
  name: 'records' | 'identities',
  findings: Findings,
  job: Job,
): Promise<void> {
  const key = session.keys[name]
  if (key === undefined) return
  const lines = await checkAlone(session, join(session.dir, `${name}.db`), key, job.signal)
  for (const line of lines) findings.add('database.damaged', `${name}.db`, line)
}

async function checkVaultFile(session: VaultSession, findings: Findings): Promise<void> {
  try {
    const file = await readVaultFile(session.dir)
    if (!(await isAsWritten(session.dir, file))) {
      findings.add('vault.damaged', 'vault.json', 'the same content, but not byte for byte as it was written')
    }
    const digest = vaultFileDigest(file)
    if (digest !== session.store.records.meta.find(metaKeys.vaultFileDigest)) {
      findings.add(
        'vault.slotsChanged',
        'vault.json',
        'not the file that records.db knows: edited or put back from outside',
      )
    }
  } catch (thrown) {
    if (!(thrown instanceof GuicangError)) throw thrown
    findings.add(thrown.code, 'vault.json', 'the file could not be read as it was written')
  }
}

interface Named {
  name: string
  versions: VersionsRepository
  /** Rows of records that name a version, page by page. */
  rows: (
    after: number,
  ) => { seq: number; identity_version: string; identity_digest: string; batch_no?: number }[]
}

/** Holds every version that records name against the keyed digest in the row that names it. */
export async function checkVersions(store: Store, findings: Findings, job: Job): Promise<number> {
  const { records } = store
  const identities = requireIdentities(store)
  const all: Named[] = [
    {
      name: 'customers',
      versions: identities.customers,
      rows: (after) => records.customers.pageAfter(after, page),
    },
    {
      name: 'complaints',
      versions: identities.complaints,
      rows: (after) => records.complaints.pageAfter(after, page),
    },
    {
      name: 'transactions',
      versions: identities.transactions,
      rows: (after) => records.transactions.pageAfter(after, page),
    },
    {
      name: 'customer_relations',
      versions: identities.notes,
      rows: (after) => records.relations.pageAfter(after, page),
    },
    {
      name: 'customer_facts',
      versions: identities.notes,
      rows: (after) => records.customerFacts.pageAfter(after, page),
    },
    {
      name: 'complaint_events',
      versions: identities.notes,
      rows: (after) => records.events.pageAfter(after, page),
    },
    {
      name: 'attachments',
      versions: identities.attachments,
      rows: (after) => records.attachments.pageAfter(after, page),
    },
    {
      name: 'letters',
      versions: identities.letters,
      rows: (after) => records.letters.pageAfter(after, page),
    },
  ]
  let checked = 0
  for (const { name, versions, rows } of all) {
    for (let after = 0; ;) {
      const some = rows(after)
      const last = some.at(-1)
      if (last === undefined) break
      // Imports and undos go on between two pages: asked in the tick in which the page is read.
      const notLive = new Set(records.batches.listNotLive().map((batch) => batch.no))
      for (const row of some) {
        if (row.identity_version === '' || notLive.has(row.batch_no ?? 0)) continue
        const version = versions.find(row.identity_version)
        if (version === undefined)
          findings.add('identity.missing', `${name} ${row.seq}`, 'the clear version is gone')
        else if (versionDigest(identities.digestKey, version.salt, version.payload) !== row.identity_digest) {
          findings.add(
            'identity.changed',
            `${name} ${row.seq}`,
            'the clear version is not the one that the log vouches for',
          )
        }
        checked += 1
      }
      after = last.seq
      job.report('identities', checked, null, 'rows')
      await job.pause()
    }
  }
  return checked
}

/** Checkpoints are signed, but nothing signs how many there are: one that was taken away shows by the number kept elsewhere. */
function checkCheckpoints({ records }: Store, findings: Findings): void {
  const kept = records.meta.find(metaKeys.checkpoints)
  const there = records.audit.listCheckpoints().length
  if (kept !== undefined && Number(kept) !== there)
    findings.add('audit.checkpointMissing', 'checkpoints', `${there} where ${kept} were made`)
}

/** The notes that a vault keeps itself. */
export function ownCheckpoints(records: RecordsStore): KnownCheckpoint[] {
  return records.audit.listCheckpoints().map(({ note, size }) => ({ where: `checkpoint at ${size}`, note }))
}

/**
 * Runs every check; damage becomes findings, never an exception.
 * @throws GuicangError `vault.busy` while an import or an undo runs (the log alone can be verified beside one),
 * `job.cancelled`
 */
export async function verifyVault(context: Context): Promise<VerifyReport> {
  const { session, job } = context
  const findings = new Findings()
  const checked = { records: 0, identities: 0, attachments: 0, auditEntries: 0 }
  job.report('files', 0, 4, 'steps')
  await checkVaultFile(session, findings)
  await guarded('records.db', findings, () => checkFile(session, 'records', findings, job))
  job.report('files', 1, 4, 'steps')
  await guarded('identities.db', findings, () => checkFile(session, 'identities', findings, job))
  job.report('files', 2, 4, 'steps')
  await guarded('records.db', findings, async () => {
    const { records } = session.store
    checkCheckpoints(session.store, findings)
    checked.auditEntries = await verifyEntries(
      records,
      session.vaultId,
      ownCheckpoints(records),
      findings,
      job,
    )
    checked.records = await verifyRows(records, () => profileRow(records), findings, job)
    await verifyMaskedSearch(session.store, findings, job)
    await verifyDue(session, findings, job)
  })
  job.report('files', 3, 4, 'steps')
  if (session.store.identities !== undefined) {
    await guarded('identities.db', findings, async () => {
      checked.identities = await checkVersions(session.store, findings, job)
      await verifyClearSearch(requireIdentities(session.store), findings, job)
    })
    await guarded('attachments', findings, async () => {
      checked.attachments = await verifyAttachments(session.store, session.dir, findings, job)
    })
  }
  return { ok: findings.list.length === 0, findings: findings.list, checked }
}

/** The log alone, against its own checkpoints and one that was kept elsewhere. */
export async function verifyAudit(
  context: Context,
  input: Input<'audit.verify'>,
): Promise<Output<'audit.verify'>> {
  const { session, job } = context
  const findings = new Findings()
  const given = input.checkpoint === undefined ? [] : [{ where: 'checkpoint given', note: input.checkpoint }]
  let entries = 0
  await guarded('records.db', findings, async () => {
    const { records } = session.store
    entries = await verifyEntries(
      records,
      session.vaultId,
      [...ownCheckpoints(records), ...given],
      findings,
      job,
    )
    await verifyRows(records, () => profileRow(records), findings, job)
  })
  return { ok: findings.list.length === 0, entries, findings: findings.list }
}
