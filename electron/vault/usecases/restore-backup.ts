// Restoring: the vault in a backup becomes a vault folder of its own, beside everything that is there already.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import { sha256Hex } from '../audit/canonical.ts'
import { appendEntry } from '../audit/log.ts'
import { signedFile } from '../../exchange/export/bag-signature.ts'
import { verifyBag } from '../../exchange/export/verify-bag.ts'
import type { VaultFile, VaultPerson } from '../keys/vault-file.ts'
import { readVaultFile } from '../keys/vault-file.ts'
import type { Job } from '../process/jobs.ts'
import { copyVaultFile, flushTree, listVaultFiles } from '../store/vault-files.ts'
import { checkDatabases, type Counts, countsOf } from './backup-copy.ts'
import { buildVaultFolder } from './new-folder.ts'
import { type OpenedKeys, openStore } from './open-store.ts'
import { choosePerson, openKeys, openPerson } from './open-vault.ts'
import { vaultFolder } from './verify-backup.ts'

export interface RestoreRequest {
  path: string
  to: string
  passphrase: string
  user?: string | undefined
  deviceSecret?: string | undefined
}

/**
 * Restores a backup into a new folder. Bag and original stay as they are; the restored vault's log tells of it.
 * @returns what the restored vault holds
 * @throws GuicangError `bag.invalid` (with the first findings), `vault.exists` (something stands at the target),
 * `vault.notFound` (nowhere to put it), `vault.wrongPassphrase`, `vault.deviceMissing`, `input.invalid` (field `user`),
 * `access.denied` (a disabled person), `vault.damaged`, `vault.incomplete`, `vault.newerFormat`, `disk.full`,
 * `vault.readOnly`, `file.notFound`, `file.unreadable`, `job.cancelled`; nothing is left at the target then
 */
export async function restoreBackup(request: RestoreRequest, now: Date, job: Job): Promise<Counts> {
  return buildVaultFolder(request.to, 'restoring', async (draft) => {
    await requireValid(request.path, job)
    const source = vaultFolder(request.path)
    const file = await readVaultFile(source)
    const person = choosePerson(file, request.user)
    // Asked before anything is copied: a wrong passphrase costs a second, not the time of the whole copy.
    const { secret } = await openPerson(file.vaultId, person, request.passphrase, request.deviceSecret)
    const keys = await openKeys(file, person.role, secret.identity)
    await copyAll(source, draft, job)
    job.report('check', 0, null, 'steps')
    const [complaint] = await checkDatabases(draft, keys, job.signal)
    if (complaint !== undefined)
      throw new GuicangError('vault.damaged', { fields: [{ field: complaint.where, rule: 'backup' }] })
    const bag = sha256Hex(await readFile(join(request.path, signedFile)))
    const counts = enterRestore(draft, { file, person, keys, bag }, now)
    await flushTree(draft)
    return counts
  })
}

async function requireValid(path: string, job: Job): Promise<void> {
  let read = 0
  const { valid, errors } = await verifyBag(path, {
    signal: job.signal,
    onBytes: (bytes) => {
      read += bytes
      job.report('verify', read, null, 'bytes')
    },
  })
  // A file is named once, whatever number of digests it breaks.
  const byFile = new Map(errors.map(({ code, where }) => [where, { field: where, rule: code }]))
  if (!valid) throw new GuicangError('bag.invalid', { fields: [...byFile.values()].slice(0, 20) })
}

async function copyAll(source: string, draft: string, job: Job): Promise<void> {
  const files = await listVaultFiles(source)
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let copied = 0
  for (const { path } of files) {
    await copyVaultFile(join(source, path), join(draft, path), path, {
      signal: job.signal,
      onBytes: (bytes) => {
        copied += bytes
        job.report('copy', copied, total, 'bytes')
      },
    })
  }
}

interface Restored {
  file: VaultFile
  person: VaultPerson
  keys: OpenedKeys
  /** sha256 of the bag's tagmanifest. */
  bag: string
}

/** Opens the restored vault as any opening does, and writes into its log where it comes from. */
function enterRestore(dir: string, { file, person, keys, bag }: Restored, now: Date): Counts {
  const store = openStore(dir, file.vaultId, keys)
  try {
    const { records } = store
    const known = records.people.find(person.id)
    if (known?.state !== 'active') throw new GuicangError('access.denied')
    records.db.transaction(() => {
      appendEntry(
        records,
        { personId: person.id, user: known.name },
        { at: now.toISOString(), action: 'backup.restored', subject: file.vaultId, detail: { sha256: bag } },
      )
    })()
    return countsOf(records)
  } finally {
    store.identities?.db.close()
    store.records.db.close()
  }
}
