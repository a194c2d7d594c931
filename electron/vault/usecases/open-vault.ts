// Opening: which person, which slot, which keys; then the two databases, their repair after a crash, and the log.
import { type ErrorCode, GuicangError } from '../../../shared/errors.ts'
import { holdsIdentities, type Role } from '../../../shared/types/vault.ts'
import { appendEntry } from '../audit/log.ts'
import { openCompartmentKey } from '../keys/compartment-keys.ts'
import { deviceTag, openPassphraseSlot, type PersonSecret } from '../keys/slots.ts'
import { signBytes, verifyBytes } from '../keys/signing.ts'
import { readVaultFile, type VaultFile, type VaultPerson, type VaultSlot } from '../keys/vault-file.ts'
import type { SeenLog } from '../process/port.ts'
import type { VaultSession } from '../session.ts'
import { type Lease, takeLease } from '../store/lease.ts'
import { firstSlotKey, lastUnlockKey, metaKeys } from '../store/meta-keys.ts'
import { asDamage } from '../store/sqlite-errors.ts'
import type { RecordsStore, Store } from '../store/store.ts'
import { absorbInbox } from './absorb-inbox.ts'
import { type OpenedKeys, openStore } from './open-store.ts'
import { settleVaultFile } from './vault-file-change.ts'
import { vouchForBatches } from './vouch.ts'

export interface UnlockRequest {
  path: string
  passphrase: string
  user?: string | undefined
  deviceSecret?: string | undefined
  /** Times of failed unlocks that main has queued beside the app, ISO. */
  failedUnlocks: readonly string[]
  /** What this computer last saw of the log. */
  seen?: SeenLog | undefined
}

/**
 * Whom an unlock is for: the one who is named; without a name the only person, or the only owner.
 * @throws GuicangError `input.invalid` when a name is needed or unknown
 */
export function choosePerson(file: VaultFile, user: string | undefined): VaultPerson {
  const people = file.people.filter((person) => person.slots.length > 0)
  if (user !== undefined) {
    const found = people.find((person) => person.name.normalize('NFC') === user.normalize('NFC'))
    if (found === undefined)
      throw new GuicangError('input.invalid', { fields: [{ field: 'user', rule: 'unknown' }] })
    return found
  }
  const [only, another] = people
  if (only === undefined)
    throw new GuicangError('vault.damaged', { fields: [{ field: 'vault.json', rule: 'people' }] })
  const [owner, otherOwner] = people.filter(({ role }) => role === 'owner')
  if (another !== undefined && owner !== undefined && otherOwner === undefined) return owner
  if (another !== undefined)
    throw new GuicangError('input.invalid', { fields: [{ field: 'user', rule: 'required' }] })
  return only
}

/**
 * The passphrase slot that opens here: one bound to this computer first, else one that is bound to none.
 * @throws GuicangError `vault.deviceMissing` when all are bound to other computers, or this one has lost its secret
 */
export function usableSlot(
  vaultId: string,
  person: VaultPerson,
  deviceSecret: string | undefined,
): VaultSlot {
  const slots = person.slots.filter((slot) => slot.kind === 'passphrase')
  const tag = deviceSecret === undefined ? undefined : deviceTag(vaultId, deviceSecret)
  const usable =
    slots.find((slot) => slot.deviceBound && tag !== undefined && slot.device === tag) ??
    slots.find((slot) => !slot.deviceBound) ??
    slots.find((slot) => tag !== undefined && slot.device === undefined)
  if (usable === undefined) throw new GuicangError('vault.deviceMissing')
  return usable
}

/**
 * A person's secret keys from their passphrase slot.
 * @throws GuicangError `vault.wrongPassphrase`, `vault.deviceMissing` (no slot opens on this computer), `vault.damaged`
 */
export async function openPerson(
  vaultId: string,
  person: VaultPerson,
  passphrase: string,
  deviceSecret: string | undefined,
): Promise<{ secret: PersonSecret; slot: VaultSlot }> {
  const slot = usableSlot(vaultId, person, deviceSecret)
  const secret = await openPassphraseSlot(
    slot.sealed,
    passphrase,
    slot.deviceBound ? deviceSecret : undefined,
  )
  return { secret, slot }
}

/**
 * The compartment keys to which a role is entitled.
 * @throws GuicangError `access.denied` for a person to whom records isn't sealed (disabled); `vault.damaged` when another
 * entitled key doesn't open
 */
export async function openKeys(file: VaultFile, role: Role, identity: string): Promise<OpenedKeys> {
  const records = await openCompartmentKey('records', file.keys.records, identity)
  if (!holdsIdentities(role)) return { records, identities: undefined }
  try {
    return { records, identities: await openCompartmentKey('identities', file.keys.identities, identity) }
  } catch (thrown) {
    if (thrown instanceof GuicangError && thrown.code === 'access.denied') {
      throw new GuicangError('vault.damaged', {
        fields: [{ field: 'vault.json', rule: 'keys' }],
        cause: thrown,
      })
    }
    throw thrown
  }
}

/**
 * Opens a vault for a person.
 * @throws GuicangError as {@link readVaultFile}, {@link choosePerson}, {@link openPerson}; `vault.inUse` (with the
 * owner of the lease), `vault.incomplete` (a compartment is missing), `vault.damaged`, `vault.newerFormat`,
 * `access.denied` for a person who was disabled
 */
export async function openVault(request: UnlockRequest, now: Date): Promise<VaultSession> {
  const file = await readVaultFile(request.path)
  const person = choosePerson(file, request.user)
  const { secret, slot } = await openPerson(file.vaultId, person, request.passphrase, request.deviceSecret)
  const keys = await openKeys(file, person.role, secret.identity)
  const { path: dir, failedUnlocks, seen } = request
  const session = startSession({ dir, file, person, secret, slot, keys, failedUnlocks, seen }, now)
  return absorbed(session, now)
}

/**
 * Opens masked work by this computer's quick-unlock identity: the records key alone, and no signing key.
 * @throws GuicangError as {@link openVault}; `access.denied` when the identity opens no slot of this person
 */
export async function openVaultQuick(
  request: Pick<UnlockRequest, 'path' | 'failedUnlocks' | 'seen'> & { personId: string; identity: string },
  now: Date,
): Promise<VaultSession> {
  const { path: dir, failedUnlocks, seen, personId, identity } = request
  const file = await readVaultFile(dir)
  const person = file.people.find(({ id }) => id === personId)
  const opened = person === undefined ? undefined : await openDeviceSlot(person, identity)
  if (person === undefined || opened === undefined) throw new GuicangError('access.denied')
  const keys = { records: opened.records, identities: undefined }
  return startSession(
    { dir, file, person, secret: undefined, slot: opened.slot, keys, failedUnlocks, seen },
    now,
  )
}

async function openDeviceSlot(
  person: VaultPerson,
  identity: string,
): Promise<{ records: string; slot: VaultSlot } | undefined> {
  for (const slot of person.slots.filter(({ kind }) => kind === 'device')) {
    try {
      return { records: await openCompartmentKey('records', slot.sealed, identity), slot }
    } catch (thrown) {
      // Another computer's slot: the next one may be ours.
      if (!(thrown instanceof GuicangError && thrown.code === 'access.denied')) throw thrown
    }
  }
  return undefined
}

/** Takes in what waited for the identities key; a session that can't be handed over is closed. */
export async function absorbed(session: VaultSession, now: Date): Promise<VaultSession> {
  try {
    await absorbInbox(session, now)
    return session
  } catch (thrown) {
    session.store.identities?.db.close()
    session.store.records.db.close()
    session.lease.release()
    throw asDamage(thrown, 'records.db')
  }
}

export interface SessionStart {
  dir: string
  file: VaultFile
  person: VaultPerson
  /** Undefined in a session of quick unlock. */
  secret: PersonSecret | undefined
  /** The one that opened. */
  slot: VaultSlot
  keys: OpenedKeys
  failedUnlocks: readonly string[]
  seen?: SeenLog | undefined
}

/** Takes the lease (unless its caller holds it), opens the databases and writes the unlock into the log. */
export function startSession(start: SessionStart, now: Date, held?: Lease): VaultSession {
  const { dir, file, person, secret, keys } = start
  const lease = held ?? takeLease(dir, person.name, now)
  let store: Store | undefined
  try {
    store = openStore(dir, file.vaultId, keys)
    const intact = settleVaultFile(store.records, file)
    const known = store.records.people.find(person.id)
    if (known?.state !== 'active') throw new GuicangError('access.denied')
    const warnings = warningsOf(store.records, start, intact)
    const lastUnlock = store.records.meta.find(lastUnlockKey(person.id)) ?? null
    vouchForBatches(store.records, { personId: person.id, user: known.name }, now)
    logUnlock(store, start, warnings, now)
    return {
      dir,
      vaultId: file.vaultId,
      epoch: file.epoch,
      // The role that counts is the one in records.db, which the log vouches for.
      person: { id: person.id, name: known.name, role: known.role },
      signingKey: signingKeyOf(secret, known.verifyKey),
      verifyKey: known.verifyKey,
      slotId: start.slot.id,
      deviceBound: start.slot.deviceBound,
      store,
      lease,
      warnings,
      lastUnlock,
      failedUnlocks: start.failedUnlocks.length,
      keys: { ...keys },
      lastSearch: '',
      preview: undefined,
      ended: false,
      writingBatch: false,
      hold: undefined,
      fileTurn: Promise.resolve(),
      longActs: 0,
    }
  } catch (thrown) {
    store?.identities?.db.close()
    store?.records.db.close()
    lease.release()
    throw asDamage(thrown, 'records.db')
  }
}

function warningsOf(records: RecordsStore, start: SessionStart, intact: boolean): ErrorCode[] {
  const { person, slot, seen } = start
  const warnings: ErrorCode[] = []
  if (!intact) warnings.push('vault.slotsChanged')
  if (seen !== undefined && !isContinued(records, seen)) warnings.push('vault.rolledBack')
  if (records.meta.find(metaKeys.rotationDue) !== undefined) warnings.push('rotation.due')
  if (records.meta.find(firstSlotKey(person.id)) === slot.id) warnings.push('passphrase.mustChange')
  return warnings
}

/** Whether the log goes on from what was seen. A file put back, or another history of the same vault, doesn't. */
function isContinued(records: RecordsStore, { size, leaf }: SeenLog): boolean {
  if (size === 0) return true
  const [row] = records.audit.pageFrom(size - 1, 1)
  return row?.idx === size - 1 && row.leaf_hash.toString('hex') === leaf
}

/** The log as it stands, for the next time. */
export function seenLog(records: RecordsStore): SeenLog {
  const size = records.audit.size()
  const [row] = size === 0 ? [] : records.audit.pageFrom(size - 1, 1)
  return { size, leaf: row?.leaf_hash.toString('hex') ?? '' }
}

/** A slot's signing key where it is the one that the log knows: an old slot put back opens, but signs for nobody. */
export function signingKeyOf(secret: PersonSecret | undefined, verifyKey: string): string | undefined {
  return secret !== undefined && fits(secret.signingKey, verifyKey) ? secret.signingKey : undefined
}

function fits(signingKey: string, verifyKey: string): boolean {
  const probe = Buffer.from('guicang')
  return verifyBytes(verifyKey, probe, signBytes(signingKey, probe))
}

function logUnlock(store: Store, start: SessionStart, warnings: readonly string[], now: Date): void {
  const { person, failedUnlocks } = start
  const actor = { personId: person.id, user: person.name }
  const at = now.toISOString()
  store.records.db.transaction(() => {
    if (failedUnlocks.length > 0) {
      const detail = { count: failedUnlocks.length, times: failedUnlocks.slice(-100), authenticated: false }
      appendEntry(
        store.records,
        { personId: '', user: '' },
        { at, action: 'session.unlockFailed', subject: '', detail },
      )
    }
    const compartments = store.identities === undefined ? ['records'] : ['records', 'identities']
    appendEntry(store.records, actor, {
      at,
      action: 'session.unlocked',
      subject: person.id,
      detail: {
        compartments,
        warnings: [...warnings],
        ...(start.secret === undefined ? { quick: true } : {}),
      },
    })
    store.records.meta.set(lastUnlockKey(person.id), at)
  })()
}
