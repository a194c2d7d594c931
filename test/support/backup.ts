// Backups in tests: a vault that is worth one, and what is done with it.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Job } from '../../electron/vault/process/jobs.ts'
import { restoreBackup } from '../../electron/vault/usecases/restore-backup.ts'
import { type VerifyBackupRequest, verifyBackup } from '../../electron/vault/usecases/verify-backup.ts'
import type { BackupReport } from '../../shared/types/exchange.ts'
import type { Session } from '../../shared/types/vault.ts'
import { complaintRow, csvOf, customerRows } from './rows.ts'
import { aVault, fileWith, freshPath, lock, makeVault, passphrase, testJob, type TestVault } from './vault.ts'

let template: Promise<string> | undefined

async function makeTemplate(): Promise<string> {
  const vault = await aVault(await makeVault())
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(300))), kind: 'customers' })
  const complaints = Array.from({ length: 40 }, (_, index) => complaintRow(index + 1))
  await vault.call('imports.run', { path: fileWith(csvOf(complaints)), kind: 'complaints' })
  lock(vault.session)
  return vault.dir
}

/** A vault with 300 customers and 40 complaints, open. */
export async function filled(): Promise<TestVault> {
  template ??= makeTemplate()
  const dir = freshPath('示例.vault')
  cpSync(await template, dir, { recursive: true })
  return aVault({ dir, codes: [] })
}

/** An empty folder. */
export function folder(): string {
  const path = freshPath('backups')
  mkdirSync(path)
  return path
}

export function verify(path: string, more: Partial<VerifyBackupRequest> = {}): Promise<BackupReport> {
  return verifyBackup({ path, ...more }, testJob())
}

export function restore(path: string, to: string, secret = passphrase): Promise<Session['counts']> {
  return restoreBackup({ path, to, passphrase: secret }, new Date(), testJob())
}

/** Where the vault lies in a backup. */
export function vaultIn(bag: string): string {
  return join(bag, 'data', 'vault')
}

/** A job that says so when the copying of the files begins. */
export function jobThatSays(onCopy: () => void, signal = new AbortController().signal): Job {
  let said = false
  return {
    ...testJob(signal),
    report: (phase) => {
      if (phase !== 'copy' || said) return
      said = true
      onCopy()
    },
  }
}

/** Turns one bit of a file round. */
export function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at)
  writeFileSync(path, bytes)
}
