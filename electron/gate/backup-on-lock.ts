// A backup before a lock, where the person asked for one: when there is time for it, and not more than about one a day.
import { randomUUID } from 'node:crypto'
import type { LockReason } from '../../shared/events.ts'
import type { Result } from '../../shared/result.ts'
import { contract } from '../../shared/contract/index.ts'
import { holdsIdentities, type Session } from '../../shared/types/vault.ts'
import type { VaultClient } from '../vault/process/client.ts'
import type { AppMemory } from './app-memory.ts'

interface LockedVault {
  vaultId: string
  sample: boolean
  session: Session
}

export interface BackupOnLock {
  /** Whether a lock for this reason makes a backup first. */
  isDue(vault: LockedVault, reason: LockReason): boolean
  /** Makes it, and remembers how it went. One that runs already is waited for. Never rejects. */
  make(client: VaultClient, vault: LockedVault): Promise<void>
  /** Takes down how a backup went that a person asked for. */
  remember(vaultId: string, result: Result<unknown>): void
}

/** A vault that is locked many times a day must not fill the disk with copies of itself. */
const notBeforeMs = 20 * 60 * 60 * 1000

const patient: ReadonlySet<LockReason> = new Set(['user', 'idle', 'quit'])

/** Whether there is time for a backup: not when the computer goes to sleep, the screen is locked or something crashed. */
export function waitsForBackup(reason: LockReason): boolean {
  return patient.has(reason)
}

export function backupOnLock(memory: AppMemory, now: () => Date): BackupOnLock {
  const running = new Map<VaultClient, Promise<void>>()

  function isDue({ vaultId, sample, session }: LockedVault, reason: LockReason): boolean {
    if (sample || !waitsForBackup(reason)) return false
    // A backup is signed: who knows another's first passphrase must not have one made in their name.
    if (session.warnings.includes('passphrase.mustChange')) return false
    if (!holdsIdentities(session.role) || !session.compartments.includes('identities')) return false
    const { folder, onLock, last } = memory.backups(vaultId)
    if (!onLock || folder === null) return false
    if (last?.ok !== true) return true
    const age = now().getTime() - Date.parse(last.at)
    // One of the future is of a clock that was wrong then or is now.
    return age < 0 || age > notBeforeMs
  }

  function remember(vaultId: string, result: Result<unknown>): void {
    // Called off is neither made nor failed.
    if (!result.ok && result.error.code === 'job.cancelled') return
    const made = result.ok ? contract['backups.create'].output.safeParse(result.value) : undefined
    const backup = made?.success === true ? made.data.backup : ''
    memory.setBackups(vaultId, { last: { at: now().toISOString(), backup, ok: backup !== '' } })
  }

  async function makeOne(client: VaultClient, vaultId: string): Promise<void> {
    try {
      const { folder } = memory.backups(vaultId)
      if (folder !== null)
        remember(vaultId, await client.call('backups.create', { to: folder }, randomUUID()))
    } catch (thrown) {
      // The program's own notes can't be written: the lock goes on, and what is due stays due.
      if (!(thrown instanceof Error)) throw thrown
    }
  }

  return {
    isDue,
    remember,
    make: (client, { vaultId }) => {
      const known = running.get(client)
      if (known !== undefined) return known
      const made = makeOne(client, vaultId).finally(() => running.delete(client))
      running.set(client, made)
      return made
    },
  }
}
