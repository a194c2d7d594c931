// A backup: the vault's files as they are, of one moment, in a signed bag. It has its name only once the copies were opened
// with this session's keys and held against the vault.
import { randomBytes } from 'node:crypto'
import { realpath, rm, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { type BagDraft, type BagSealed, beginBag } from '../../exchange/export/bag.ts'
import { asOutputError } from '../../exchange/export/output-error.ts'
import { verifyBag } from '../../exchange/export/verify-bag.ts'
import { verifyKeyPem } from '../keys/signing.ts'
import { readVaultFile, vaultFileDigest } from '../keys/vault-file.ts'
import { type Context, holdingStill, logAct, released, type VaultSession } from '../session.ts'
import { keepStill } from '../store/driver.ts'
import { metaKeys } from '../store/meta-keys.ts'
import { requireIdentities } from '../store/store.ts'
import { copyVaultFile, listVaultFiles, requireNoJournal, type StoredFile } from '../store/vault-files.ts'
import { makeCheckpoint } from './audit.ts'
import { type Counts, countsOf, type CopyExpectation, requireSameAs, vaultInBag } from './backup-copy.ts'
import { logFailure, sealVaultBag } from './seal-bag.ts'
import { waitShortly } from './verify-vault.ts'

/** A name that says when, and nothing of whose. */
function backupName(now: Date): string {
  const stamp = now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  return `guicang-backup-${stamp}-${randomBytes(2).toString('hex')}`
}

/**
 * Makes a backup in a folder that exists. Other requests are answered meanwhile; what writes waits while the bytes are
 * copied, and no longer.
 * @throws GuicangError `access.denied` without a signing key, `identities.closed`, `file.notFound` (no such folder),
 * `input.invalid` (a folder inside the vault), `vault.busy` (an import or an undo runs, or a commit was cut short),
 * `disk.full`, `file.unreadable` (the folder can't be written), `vault.damaged` (the copy doesn't check out),
 * `export.countMismatch`, `job.cancelled`; whatever happens, nothing half done stands in the folder
 */
export async function createBackup(
  context: Context,
  input: Input<'backups.create'>,
): Promise<Output<'backups.create'>> {
  const { session, job } = context
  if (session.signingKey === undefined) throw new GuicangError('access.denied')
  requireIdentities(session.store)
  const folder = await requireFolder(resolve(input.to), session.dir)
  const name = backupName(context.now())
  const target = join(folder, name)
  // One name for all drafts of this vault, so that what a killed process left goes with the next backup.
  const draft = await beginBag(target, `guicang-backup-${session.vaultId.slice(-12)}`)
  try {
    const snapshot = await takeSnapshot(context, draft)
    const sealed = await seal(context, draft, snapshot)
    const bytes = sealed.files.reduce((sum, file) => sum + file.bytes, 0)
    await record(context, target, () => {
      writeEntry(context, name, bytes, sealed, snapshot)
    })
    return { backup: target, bytes, verified: true }
  } catch (thrown) {
    await draft.abort().catch(() => undefined)
    // Called off by a person or by a lock: nothing failed.
    const cancelled = thrown instanceof GuicangError && thrown.code === 'job.cancelled'
    if (!cancelled) logFailure(context, 'backup.failed', session.vaultId, {}, thrown)
    throw thrown
  } finally {
    job.report('done', 1, 1, 'steps')
  }
}

/** A thing that leaves stands in the log: a bag that can't be entered there goes again. */
async function record(context: Context, target: string, write: () => void): Promise<void> {
  try {
    await released(context.session)
    write()
  } catch (thrown) {
    await rm(target, { recursive: true, force: true })
    throw thrown
  }
}

/** The real path of an existing folder outside of the vault: a vault that holds its own backups grows without end. */
async function requireFolder(path: string, vaultDir: string): Promise<string> {
  try {
    const folder = await realpath(path)
    if (!(await stat(folder)).isDirectory()) throw new GuicangError('file.notFound')
    if (isInside(folder, await realpath(vaultDir)))
      throw new GuicangError('input.invalid', { fields: [{ field: 'to', rule: 'insideVault' }] })
    return folder
  } catch (thrown) {
    throw asOutputError(thrown)
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`))
}

interface Snapshot extends CopyExpectation {
  checkpoint: { note: string; size: number; root: string }
  files: readonly StoredFile[]
  counts: Counts
  epoch: number
}

/** Copies the files of one moment into the draft. */
function takeSnapshot(context: Context, draft: BagDraft): Promise<Snapshot> {
  const { session, job } = context
  return holdingStill(session, async () => {
    const { keys, store, dir, vaultId, epoch } = session
    // Before the copy, so that it holds the note that vouches for it.
    const checkpoint = makeCheckpoint(session, context.now())
    const letGo = keepFilesStill(session)
    try {
      requireNoJournal(dir)
      const files = await listVaultFiles(dir)
      const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
      let copied = 0
      for (const { path } of files) {
        await copyVaultFile(join(dir, path), draft.payloadPath(`${vaultInBag}/${path}`), path, {
          signal: job.signal,
          onBytes: (bytes) => {
            copied += bytes
            job.report('copy', copied, total, 'bytes')
          },
        })
      }
      return {
        checkpoint,
        files,
        vaultId,
        epoch,
        keys: { ...keys },
        log: { size: checkpoint.size, root: checkpoint.root },
        counts: countsOf(store.records),
        keyFileDigest: vaultFileDigest(await readVaultFile(dir)),
      }
    } finally {
      letGo()
    }
  })
}

function keepFilesStill(session: VaultSession): () => void {
  const { dir, keys } = session
  const releases: (() => void)[] = []
  const letGo = (): void => {
    for (const release of releases) release()
  }
  try {
    releases.push(waitShortly(session))
    releases.push(keepStill(join(dir, 'records.db'), keys.records))
    if (keys.identities !== undefined) releases.push(keepStill(join(dir, 'identities.db'), keys.identities))
  } catch (thrown) {
    letGo()
    throw thrown
  }
  return letGo
}

function seal(context: Context, draft: BagDraft, snapshot: Snapshot): Promise<BagSealed> {
  const { session, job } = context
  const { counts, checkpoint, files } = snapshot
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const counter = (phase: string): ((bytes: number) => void) => {
    let done = 0
    return (bytes) => {
      done = Math.min(total, done + bytes)
      job.report(phase, done, total, 'bytes')
    }
  }
  return sealVaultBag(context, draft, {
    kind: 'backup',
    scope: 'encrypted',
    counts,
    checkpoint,
    info: {
      'External-Description': 'Guicang backup of a vault, encrypted',
      'Guicang-Customers': String(counts.customers),
      'Guicang-Complaints': String(counts.complaints),
      'Guicang-Attachments': String(counts.attachments),
      'Guicang-Audit-Entries': String(counts.auditEntries),
    },
    expected: files.map(({ path }) => ({ path: `${vaultInBag}/${path}` })),
    onBytes: counter('seal'),
    check: async (folder) => {
      const trustedKeys = [{ name: session.person.name, verifyKeyPem: verifyKeyPem(session.verifyKey) }]
      // Side by side: the pages are checked in threads. Both are waited for, so that nothing reads what is being removed.
      const [bag, copy] = await Promise.allSettled([
        verifyBag(folder, { trustedKeys, signal: job.signal, onBytes: counter('verify') }),
        requireSameAs(join(folder, 'data', vaultInBag), snapshot, job),
      ])
      if (copy.status === 'rejected') throw copy.reason
      if (bag.status === 'rejected') throw bag.reason
      const { valid, trust } = bag.value
      if (!valid || trust !== 'anchored') throw new GuicangError('bag.invalid')
    },
  })
}

/** From here on the backup counts: in the log, and in what the window says of the last one. */
function writeEntry(
  context: Context,
  name: string,
  bytes: number,
  sealed: BagSealed,
  { counts }: Snapshot,
): void {
  const { session } = context
  const { records } = session.store
  const at = context.now()
  records.db.transaction(() => {
    records.meta.set(metaKeys.lastBackup, at.toISOString())
    logAct({ ...context, now: () => at }, 'backup.created', session.vaultId, {
      backup: name,
      bytes,
      sha256: sealed.digest,
      customers: counts.customers,
      complaints: counts.complaints,
      attachments: counts.attachments,
      entries: counts.auditEntries,
    })
  })()
}
