// Backups as main has a share in them: the keychain's secret for a bound vault, the delay after wrong passphrases, where
// this computer puts a vault's backups.
import { statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Input, Output } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import type { VaultInfo } from '../../shared/types/vault.ts'
import { sessionActs } from '../vault/process/port.ts'
import type { AppMemory } from './app-memory.ts'
import { unwrapAs } from './boundary.ts'
import { deviceShare } from './device-share.ts'
import type { DeviceKeychain } from './keychain.ts'
import type { OpenVault, Sessions } from './session-types.ts'
import { tryPassphrase } from './unlock-delay.ts'

export interface BackupContext {
  sessions: Sessions
  memory: AppMemory
  keychain: DeviceKeychain
}

/** @throws GuicangError what the vault process's `backup.verify` refuses; `keychain.unavailable` */
export async function verifyBackup(
  context: BackupContext,
  input: Input<'backups.verify'>,
  jobId: string | undefined,
): Promise<Output<'backups.verify'>> {
  const path = resolve(input.path)
  const ask = async (deviceSecret?: string): Promise<Output<'backups.verify'>> => {
    const result = await context.sessions
      .client()
      .call('backup.verify', { ...input, path, deviceSecret }, jobId)
    return unwrapAs(sessionActs['backup.verify'].output, result)
  }
  return input.passphrase === undefined ? ask() : withPassphrase(context, path, ask)
}

/** @throws GuicangError what the vault process's `backup.restore` refuses; `keychain.unavailable` */
export async function restoreBackup(
  context: BackupContext,
  input: Input<'backups.restore'>,
  jobId: string | undefined,
): Promise<Output<'backups.restore'>> {
  const path = resolve(input.path)
  const to = resolve(input.to)
  return withPassphrase(context, path, async (deviceSecret) => {
    const result = await context.sessions
      .client()
      .call('backup.restore', { ...input, path, to, deviceSecret }, jobId)
    const { counts } = unwrapAs(sessionActs['backup.restore'].output, result)
    return { path: to, counts }
  })
}

/** A passphrase tried on a copy counts as one tried on the vault: it waits as long, and is told at the next unlock. */
async function withPassphrase<T>(
  { sessions, memory, keychain }: BackupContext,
  bag: string,
  attempt: (deviceSecret: string | undefined) => Promise<T>,
): Promise<T> {
  const vault = await vaultIn(sessions, bag)
  if (vault === undefined) return attempt(undefined)
  return tryPassphrase(memory, vault.vaultId, () => deviceShare(keychain).enter(vault, attempt))
}

/** What can be read without a key of the vault in a bag; undefined where that is damaged: the check itself will name it. */
async function vaultIn(sessions: Sessions, bag: string): Promise<VaultInfo | undefined> {
  try {
    return await sessions.info(join(bag, 'data', 'vault'))
  } catch (thrown) {
    if (thrown instanceof GuicangError) return undefined
    throw thrown
  }
}

function openVault(sessions: Sessions): OpenVault {
  const open = sessions.current()
  if (open === undefined) throw new GuicangError('vault.locked')
  return open
}

export function backupSettings({ sessions, memory }: BackupContext): Output<'backups.getSettings'> {
  return memory.backups(openVault(sessions).vaultId)
}

/** Whatever stands in the way (a name too long, a folder that may not be looked into): no folder that backups could go to. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown) return false
    throw thrown
  }
}

/** @throws GuicangError `file.notFound` for a folder that isn't there, `input.invalid` for one inside the vault */
export function setBackupSettings(
  context: BackupContext,
  { folder, onLock }: Input<'backups.setSettings'>,
): Output<'backups.setSettings'> {
  const path = folder === null ? null : resolve(folder)
  if (path !== null && !isFolder(path)) throw new GuicangError('file.notFound')
  const way = path === null ? '..' : relative(openVault(context.sessions).path, path)
  if (way.split(sep)[0] !== '..' && !isAbsolute(way))
    throw new GuicangError('input.invalid', { fields: [{ field: 'folder', rule: 'insideVault' }] })
  context.memory.setBackups(openVault(context.sessions).vaultId, { folder: path, onLock })
  return backupSettings(context)
}
