// What the sessions of a program are to those who use them.
import type { Input, Output } from '../../shared/contract/index.ts'
import type { LockReason } from '../../shared/events.ts'
import type { Session, VaultInfo } from '../../shared/types/vault.ts'
import type { VaultClient } from '../vault/process/client.ts'

export interface OpenVault {
  path: string
  vaultId: string
  sample: boolean
  session: Session
}

export interface LastLock {
  path: string
  user: string
  sample: boolean
  reason: LockReason
}

export interface Sessions {
  current(): OpenVault | undefined
  /** What was open last, until something is open again. */
  lastLock(): LastLock | null
  /** The vault process, open or not; started when first needed. */
  client(): VaultClient
  info(path: string): Promise<VaultInfo>
  create(input: Input<'vault.create'>): Promise<Output<'vault.create'>>
  createSample(jobId: string | undefined): Promise<Output<'vault.createSample'>>
  unlock(input: Input<'vault.unlock'>): Promise<Session>
  openIdentities(passphrase: string): Promise<Session>
  /** Closes identities and leaves masked work going. Puts it off while an import or an undo writes. */
  closeIdentities(): Promise<void>
  recover(input: Input<'vault.recover'>): Promise<Session>
  unlockQuick(input: Input<'vault.unlockQuick'>): Promise<Session>
  /** The keychain's share for the open vault, where it has a bound slot and this computer a secret. */
  deviceSecret(): Promise<string | undefined>
  /** The same, made where there is none yet: enrols this computer. */
  ensureDeviceSecret(): Promise<string>
  /** An owner has acknowledged that an older state is meant: from here on this one counts as seen. */
  acceptState(): Promise<void>
  /** Runs an act on the open vault in turn with those that begin or end a session. @throws GuicangError `vault.locked` */
  whileOpen<T>(work: (open: OpenVault) => Promise<T>): Promise<T>
  changePassphrase(passphrase: string, newPassphrase: string): Promise<{ ok: true }>
  lock(reason: LockReason): Promise<void>
  /** Takes over what a later answer says of the session. */
  refresh(session: Session): void
}
