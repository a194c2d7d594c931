// Keeping a vault: lock, passphrase, status.
import { GuicangError } from '../../../shared/errors.ts'
import { type Session, sessionSchema } from '../../../shared/types/vault.ts'
import { newPassphraseSlot } from '../keys/slots.ts'
import type { VaultFile, VaultPerson } from '../keys/vault-file.ts'
import { actorOf, type Context, inFileTurn, type VaultSession } from '../session.ts'
import { metaKeys } from '../store/meta-keys.ts'
import { makeCheckpoint } from './audit.ts'
import { ownVaultFile } from './key-holders.ts'
import type { SeenLog } from '../process/port.ts'
import { openPerson, seenLog } from './open-vault.ts'
import { dropPreview } from './preview-parts.ts'
import { readProfile } from './profile.ts'
import { changeVaultFile } from './vault-file-change.ts'

/** What the window and the command line may know of the open session. */
export function statusOf(session: VaultSession): Session {
  const { records, identities } = session.store
  return sessionSchema.parse({
    vaultId: session.vaultId,
    userId: session.person.id,
    user: session.person.name,
    role: session.person.role,
    compartments: identities === undefined ? ['records'] : ['records', 'identities'],
    warnings: session.warnings,
    counts: {
      customers: records.customers.count(),
      complaints: records.complaints.count(),
      attachments: records.attachments.count(),
      auditEntries: records.audit.size(),
    },
    ...readProfile(session.store),
    lastUnlock: session.lastUnlock,
    failedUnlocks: session.failedUnlocks,
    lastCheckpoint: records.audit.findLastCheckpoint()?.at ?? null,
    lastBackup: records.meta.find(metaKeys.lastBackup) ?? null,
    canSign: session.signingKey !== undefined,
    inbox: records.inbox.count(),
  })
}

/**
 * Signs a checkpoint where the log has grown, closes the databases and lets go of the vault. Answers the log as it stands then.
 * Whoever is still on a first passphrase signs nothing: somebody else knows it.
 */
export function closeVault(session: VaultSession, now: Date): SeenLog {
  const { records, identities } = session.store
  dropPreview(session)
  try {
    const last = records.audit.findLastCheckpoint()
    const signs = session.signingKey !== undefined && !session.warnings.includes('passphrase.mustChange')
    if (signs && (last === undefined || last.size < records.audit.size())) makeCheckpoint(session, now)
    return seenLog(records)
  } finally {
    identities?.db.close()
    records.db.close()
    session.lease.release()
  }
}

/** The file with this person's line in its place. */
export function withPerson(file: VaultFile, person: VaultPerson): VaultFile {
  return { ...file, people: file.people.map((other) => (other.id === person.id ? person : other)) }
}

export interface PassphraseRequest {
  passphrase: string
  newPassphrase: string
  deviceSecret?: string | undefined
  workFactor?: number | undefined
}

/**
 * Replaces the person's passphrase slots by one; whether it is bound to this computer stays as it was. Other computers have to
 * be enrolled again: nobody here knows their secrets. A first passphrase gives way to the person's own.
 * @throws GuicangError `vault.wrongPassphrase`, `vault.slotsChanged` while vault.json isn't the one that records.db knows;
 * `input.invalid` (rule `same`) when a first passphrase would stay what it was
 */
export function changePassphrase(context: Context, request: PassphraseRequest): Promise<{ ok: true }> {
  return inFileTurn(context.session, async () => {
    const { session, now } = context
    const file = await ownVaultFile(context)
    const person = file.people.find(({ id }) => id === session.person.id)
    if (person === undefined) throw new GuicangError('vault.slotsChanged')
    const { secret, slot: used } = await openPerson(
      file.vaultId,
      person,
      request.passphrase,
      request.deviceSecret,
    )
    const first = session.warnings.indexOf('passphrase.mustChange')
    if (first >= 0 && request.passphrase.normalize('NFC') === request.newPassphrase.normalize('NFC'))
      throw new GuicangError('input.invalid', { fields: [{ field: 'newPassphrase', rule: 'same' }] })
    const slot = await newPassphraseSlot({
      vaultId: file.vaultId,
      secret,
      passphrase: request.newPassphrase,
      deviceSecret: used.deviceBound ? request.deviceSecret : undefined,
      now: now(),
      workFactor: request.workFactor,
    })
    const changed = withPerson(file, {
      ...person,
      slots: [...person.slots.filter(({ kind }) => kind !== 'passphrase'), slot],
    })
    await changeVaultFile(session.store.records, session.dir, changed, {
      ...actorOf(session),
      at: now().toISOString(),
      action: 'vault.passphraseChanged',
      subject: person.id,
      detail: { slot: slot.id, deviceBound: slot.deviceBound },
      people: [],
    })
    if (first >= 0) session.warnings.splice(first, 1)
    return { ok: true }
  })
}
