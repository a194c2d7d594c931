// Keeping a vault: lock, passphrase, recovery, profile, status.
import { randomUUID } from 'node:crypto'
import { GuicangError } from '../../../shared/errors.ts'
import { type Session, sessionSchema } from '../../../shared/types/vault.ts'
import { sealCompartmentKey } from '../keys/compartment-keys.ts'
import { generatePersonKeys, recipientOf } from '../keys/person.ts'
import { parseRecoveryCode } from '../keys/recovery-code.ts'
import { type PersonSecret, sealPassphraseSlot } from '../keys/slots.ts'
import { readVaultFile, type VaultFile, type VaultPerson, type VaultSlot } from '../keys/vault-file.ts'
import { actorOf, type Context, type VaultSession } from '../session.ts'
import type { Store } from '../store/store.ts'
import { makeCheckpoint } from './audit.ts'
import { readProfile } from './profile.ts'
import { openKeys, openPerson, openStore, startSession } from './open-vault.ts'
import { changeVaultFile, settleVaultFile } from './vault-file-change.ts'
import { takeLease } from '../store/lease.ts'

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
      attachments: 0,
      auditEntries: records.audit.count(),
    },
    ...readProfile(session.store),
    lastUnlock: session.lastUnlock,
    failedUnlocks: session.failedUnlocks,
    lastCheckpoint: records.audit.findLastCheckpoint()?.at ?? null,
  })
}

/** Signs a checkpoint where the log has grown, closes the databases and lets go of the vault. */
export function closeVault(session: VaultSession, now: Date): void {
  const { records, identities } = session.store
  try {
    const last = records.audit.findLastCheckpoint()
    if (session.signingKey !== undefined && (last === undefined || last.size < records.audit.count()))
      makeCheckpoint(session, now)
  } finally {
    identities?.db.close()
    records.db.close()
    session.lease.release()
  }
}

async function newSlot(
  secret: PersonSecret,
  passphrase: string,
  deviceSecret: string | undefined,
  now: Date,
  workFactor?: number,
): Promise<VaultSlot> {
  return {
    id: randomUUID(),
    kind: 'passphrase',
    deviceBound: deviceSecret !== undefined,
    createdAt: now.toISOString(),
    sealed: await sealPassphraseSlot(secret, passphrase, deviceSecret, workFactor),
  }
}

function withPerson(file: VaultFile, person: VaultPerson): VaultFile {
  return { ...file, people: file.people.map((other) => (other.id === person.id ? person : other)) }
}

export interface PassphraseRequest {
  passphrase: string
  newPassphrase: string
  deviceSecret?: string | undefined
  workFactor?: number | undefined
}

/**
 * Replaces the person's passphrase slots by one; whether it is bound to this computer stays as it was.
 * @throws GuicangError `vault.wrongPassphrase`, `vault.slotsChanged` while vault.json isn't the one that records.db knows
 */
export async function changePassphrase(context: Context, request: PassphraseRequest): Promise<{ ok: true }> {
  const { session, now } = context
  if (session.warnings.includes('vault.slotsChanged')) throw new GuicangError('vault.slotsChanged')
  const file = await readVaultFile(session.dir)
  const person = file.people.find(({ id }) => id === session.person.id)
  if (person === undefined) throw new GuicangError('vault.slotsChanged')
  const secret = await openPerson(person, request.passphrase, request.deviceSecret)
  const bound = person.slots.some((slot) => slot.deviceBound)
  const slot = await newSlot(
    secret,
    request.newPassphrase,
    bound ? request.deviceSecret : undefined,
    now(),
    request.workFactor,
  )
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
  return { ok: true }
}

export interface RecoverRequest {
  path: string
  recoveryCode: string
  newPassphrase: string
  deviceSecret?: string | undefined
  workFactor?: number | undefined
}

/**
 * Opens the vault with a recovery kit and gives its owner new keys under a new passphrase: the old ones lie in a slot
 * that nobody can open any more. The kits stay as they are.
 * @throws GuicangError `recovery.codeInvalid` (names the group with the typo), `recovery.codeUnknown` (a good code, not of
 * this vault), and what opening a vault refuses
 */
export async function recoverVault(request: RecoverRequest, now: Date): Promise<VaultSession> {
  const identity = parseRecoveryCode(request.recoveryCode)
  const file = await readVaultFile(request.path)
  const recipient = await recipientOf(identity)
  const kit = file.people.find((person) => person.role === 'recovery' && person.recipient === recipient)
  const owner = file.people.find((person) => person.role === 'owner')
  if (kit === undefined) throw new GuicangError('recovery.codeUnknown')
  if (owner === undefined)
    throw new GuicangError('vault.damaged', { fields: [{ field: 'vault.json', rule: 'people' }] })
  const keys = await openKeys(file, 'recovery', identity)
  const fresh = await generatePersonKeys()
  const secret = { identity: fresh.identity, signingKey: fresh.signingKey }
  const slot = await newSlot(secret, request.newPassphrase, request.deviceSecret, now, request.workFactor)
  const person: VaultPerson = {
    ...owner,
    recipient: fresh.recipient,
    verifyKey: fresh.verifyKey,
    slots: [slot],
  }
  const lease = takeLease(request.path, owner.name, now)
  try {
    const store = openStore(request.path, file.vaultId, keys)
    try {
      // Asked before this act gives the file a new digest: an edit from outside must not pass for the recovery's own.
      const intact = settleVaultFile(store.records, file)
      const recipients = entitled(store, person)
      const changed: VaultFile = {
        ...withPerson(file, person),
        keys: {
          records: await sealCompartmentKey('records', keys.records, recipients.records),
          identities: await sealCompartmentKey('identities', keys.identities ?? '', recipients.identities),
        },
      }
      await changeVaultFile(store.records, request.path, changed, {
        personId: kit.id,
        user: kit.name,
        at: now.toISOString(),
        action: 'vault.recovered',
        subject: owner.id,
        detail: {
          kit: kit.id,
          slot: slot.id,
          deviceBound: slot.deviceBound,
          verifyKey: fresh.verifyKey,
          ...(intact ? {} : { slotsChanged: true }),
        },
        people: [{ id: owner.id, recipient: fresh.recipient, verifyKey: fresh.verifyKey }],
      })
      closeStore(store)
      const start = { dir: request.path, file: changed, person, secret, keys, failedUnlocks: [] }
      const session = startSession(start, now, lease)
      if (!intact) session.warnings.push('vault.slotsChanged')
      return session
    } catch (thrown) {
      closeStore(store)
      throw thrown
    }
  } catch (thrown) {
    lease.release()
    throw thrown
  }
}

function closeStore(store: Store): void {
  if (store.identities?.db.open === true) store.identities.db.close()
  if (store.records.db.open) store.records.db.close()
}

/** Who gets the compartment keys: as records.db lists people, so that a line smuggled into vault.json gains nothing. */
function entitled(store: Store, owner: VaultPerson): { records: string[]; identities: string[] } {
  const people = store.records.people
    .list()
    .filter((person) => person.state === 'active')
    .map((person) => (person.id === owner.id ? { ...person, recipient: owner.recipient } : person))
  const holders = people.filter((person) => ['owner', 'handler', 'recovery'].includes(person.role))
  return {
    records: people.map(({ recipient }) => recipient),
    identities: holders.map(({ recipient }) => recipient),
  }
}
