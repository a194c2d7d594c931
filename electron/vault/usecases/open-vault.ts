// Opening: which person, which slot, which keys; then the two databases, their repair after a crash, and the log.
import { join } from 'node:path'
import { type ErrorCode, GuicangError } from '../../../shared/errors.ts'
import { appendEntry } from '../audit/log.ts'
import { digestKeyOf } from '../audit/digests.ts'
import { openCompartmentKey } from '../keys/compartment-keys.ts'
import { openPassphraseSlot, type PersonSecret } from '../keys/slots.ts'
import { signBytes, verifyBytes } from '../keys/signing.ts'
import { readVaultFile, type VaultFile, type VaultPerson } from '../keys/vault-file.ts'
import type { VaultSession } from '../session.ts'
import { type Db, openDatabase } from '../store/driver.ts'
import { type Lease, takeLease } from '../store/lease.ts'
import { metaKeys } from '../store/meta-keys.ts'
import { metaRepository } from '../store/repositories/meta.ts'
import { migrate, needsMigration } from '../store/migrations/runner.ts'
import { backupBeforeMigration } from '../store/pre-migration-backup.ts'
import { identitiesStore, type IdentitiesStore, recordsStore, type Store } from '../store/store.ts'
import { sweep } from '../store/sweep.ts'
import { asDamage } from '../store/sqlite-errors.ts'
import { settleVaultFile } from './vault-file-change.ts'

export interface UnlockRequest {
  path: string
  passphrase: string
  user?: string | undefined
  deviceSecret?: string | undefined
  /** Times of failed unlocks that main has queued beside the app, ISO. */
  failedUnlocks: readonly string[]
}

/** Whom an unlock is for. @throws GuicangError `input.invalid` when a name is needed or unknown */
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
  if (another !== undefined)
    throw new GuicangError('input.invalid', { fields: [{ field: 'user', rule: 'required' }] })
  return only
}

/**
 * A person's secret keys from their passphrase slot.
 * @throws GuicangError `vault.wrongPassphrase`, `vault.deviceMissing` (bound slot, no device secret), `vault.damaged`
 */
export async function openPerson(
  person: VaultPerson,
  passphrase: string,
  deviceSecret: string | undefined,
): Promise<PersonSecret> {
  const slots = person.slots.filter((slot) => slot.kind === 'passphrase')
  const usable =
    slots.find((slot) => !slot.deviceBound) ?? (deviceSecret === undefined ? undefined : slots[0])
  if (usable === undefined) throw new GuicangError('vault.deviceMissing')
  return openPassphraseSlot(usable.sealed, passphrase, usable.deviceBound ? deviceSecret : undefined)
}

const identityRoles: ReadonlySet<string> = new Set(['owner', 'handler', 'recovery'])

export interface OpenedKeys {
  records: string
  identities: string | undefined
}

/** The compartment keys to which a role is entitled. @throws GuicangError `vault.damaged` when an entitled key doesn't open */
export async function openKeys(file: VaultFile, role: string, identity: string): Promise<OpenedKeys> {
  try {
    return {
      records: await openCompartmentKey('records', file.keys.records, identity),
      identities: identityRoles.has(role)
        ? await openCompartmentKey('identities', file.keys.identities, identity)
        : undefined,
    }
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

function prepare(db: Db, dir: string, compartment: 'records' | 'identities', key: string): void {
  if (!needsMigration(db, compartment)) return
  backupBeforeMigration(db, dir, compartment, key)
  migrate(db, compartment)
}

/** Opens identities and proves that it belongs to this vault. */
export function openIdentitiesStore(dir: string, vaultId: string, key: string): IdentitiesStore {
  const db = openDatabase(join(dir, 'identities.db'), key)
  try {
    prepare(db, dir, 'identities', key)
    const meta = metaRepository(db)
    const digestKey = meta.find(metaKeys.digestKey)
    if (digestKey === undefined || meta.find(metaKeys.vaultId) !== vaultId) throw foreign('identities.db')
    return identitiesStore(db, digestKeyOf(digestKey))
  } catch (thrown) {
    db.close()
    throw asDamage(thrown, 'identities.db')
  }
}

function foreign(where: string): GuicangError {
  return new GuicangError('vault.damaged', { fields: [{ field: where, rule: 'otherVault' }] })
}

/** Opens both databases (records first), repairs what a crash left, and answers the store. Closes them again when it fails. */
export function openStore(dir: string, vaultId: string, keys: OpenedKeys): Store {
  const db = openDatabase(join(dir, 'records.db'), keys.records)
  let identities: IdentitiesStore | undefined
  try {
    prepare(db, dir, 'records', keys.records)
    const records = recordsStore(db)
    if (records.meta.find(metaKeys.vaultId) !== vaultId) throw foreign('records.db')
    if (keys.identities !== undefined) identities = openIdentitiesStore(dir, vaultId, keys.identities)
    const store = { records, identities }
    sweep(store)
    return store
  } catch (thrown) {
    identities?.db.close()
    db.close()
    throw asDamage(thrown, 'records.db')
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
  const secret = await openPerson(person, request.passphrase, request.deviceSecret)
  const keys = await openKeys(file, person.role, secret.identity)
  return startSession(
    { dir: request.path, file, person, secret, keys, failedUnlocks: request.failedUnlocks },
    now,
  )
}

export interface SessionStart {
  dir: string
  file: VaultFile
  person: VaultPerson
  secret: PersonSecret
  keys: OpenedKeys
  failedUnlocks: readonly string[]
}

/** Takes the lease (unless its caller holds it), opens the databases and writes the unlock into the log. */
export function startSession(start: SessionStart, now: Date, held?: Lease): VaultSession {
  const { dir, file, person, secret, keys } = start
  const lease = held ?? takeLease(dir, person.name, now)
  let store: Store | undefined
  try {
    store = openStore(dir, file.vaultId, keys)
    const warnings: ErrorCode[] = settleVaultFile(store.records, file) ? [] : ['vault.slotsChanged']
    const known = store.records.people.find(person.id)
    if (known?.state !== 'active') throw new GuicangError('access.denied')
    const lastUnlock = store.records.meta.find(`lastUnlock.${person.id}`) ?? null
    logUnlock(store, start, warnings, now)
    return {
      dir,
      vaultId: file.vaultId,
      epoch: file.epoch,
      // The role that counts is the one in records.db, which the log vouches for.
      person: { id: person.id, name: known.name, role: known.role },
      signingKey: fits(secret.signingKey, known.verifyKey) ? secret.signingKey : undefined,
      verifyKey: known.verifyKey,
      store,
      lease,
      warnings,
      lastUnlock,
      failedUnlocks: start.failedUnlocks.length,
      keys,
      lastSearch: '',
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

/** Whether a slot's signing key is the one that the log knows: an old slot put back opens, but signs for nobody. */
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
      detail: { compartments, warnings: [...warnings] },
    })
    store.records.meta.set(`lastUnlock.${person.id}`, at)
  })()
}
