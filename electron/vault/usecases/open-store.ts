// The two databases of a vault, with what a crash or an earlier program left in them put right.
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import type { Compartment } from '../../../shared/types/vault.ts'
import { digestKeyOf } from '../audit/digests.ts'
import { type Db, openDatabase } from '../store/driver.ts'
import { metaKeys } from '../store/meta-keys.ts'
import { migrate, needsMigration, schemaVersion } from '../store/migrations/runner.ts'
import { backupBeforeMigration, type DueFile } from '../store/pre-migration-backup.ts'
import { metaRepository } from '../store/repositories/meta.ts'
import { dropFormer, finishRotation } from '../store/rotation-files.ts'
import { asDamage } from '../store/sqlite-errors.ts'
import { identitiesStore, type IdentitiesStore, recordsStore, type Store } from '../store/store.ts'
import { sweep } from '../store/sweep.ts'

export interface OpenedKeys {
  records: string
  identities: string | undefined
}

/** Brings the files that are open to this program's version; before the first step of either, the whole vault is copied. */
function bringUpToDate(dir: string, files: Partial<Record<Compartment, { db: Db; key: string }>>): void {
  const { records, identities } = files
  const due: Partial<Record<Compartment, DueFile>> = {}
  if (records !== undefined && needsMigration(records.db, 'records'))
    due.records = { version: schemaVersion(records.db), key: records.key }
  if (identities !== undefined && needsMigration(identities.db, 'identities'))
    due.identities = { version: schemaVersion(identities.db), key: identities.key }
  if (due.records === undefined && due.identities === undefined) return
  backupBeforeMigration(dir, due)
  if (due.records !== undefined && records !== undefined) migrate(records.db, 'records')
  if (due.identities !== undefined && identities !== undefined) migrate(identities.db, 'identities')
}

/** Opens a compartment under the key that it has, also after a renewal of keys that a crash cut short. */
function openCompartment(dir: string, compartment: Compartment, key: string): Db {
  finishRotation(dir, compartment, key)
  return openDatabase(join(dir, `${compartment}.db`), key)
}

/** Opens identities and proves that it belongs to this vault. */
export function openIdentitiesStore(dir: string, vaultId: string, key: string): IdentitiesStore {
  const db = openCompartment(dir, 'identities', key)
  try {
    bringUpToDate(dir, { identities: { db, key } })
    return identitiesOf(db, dir, vaultId)
  } catch (thrown) {
    db.close()
    throw asDamage(thrown, 'identities.db')
  }
}

function identitiesOf(db: Db, dir: string, vaultId: string): IdentitiesStore {
  try {
    const meta = metaRepository(db)
    const digestKey = meta.find(metaKeys.digestKey)
    if (digestKey === undefined || meta.find(metaKeys.vaultId) !== vaultId) throw foreign('identities.db')
    dropFormer(dir, 'identities')
    return identitiesStore(db, digestKeyOf(digestKey))
  } catch (thrown) {
    throw asDamage(thrown, 'identities.db')
  }
}

function foreign(where: string): GuicangError {
  return new GuicangError('vault.damaged', { fields: [{ field: where, rule: 'otherVault' }] })
}

/** Opens both databases (records first), repairs what a crash left, and answers the store. Closes them again when it fails. */
export function openStore(dir: string, vaultId: string, keys: OpenedKeys): Store {
  const { records: recordsKey, identities: identitiesKey } = keys
  const db = openCompartment(dir, 'records', recordsKey)
  let identities: Db | undefined
  try {
    const open = { records: { db, key: recordsKey } }
    if (identitiesKey !== undefined) {
      identities = openCompartment(dir, 'identities', identitiesKey)
      bringUpToDate(dir, { ...open, identities: { db: identities, key: identitiesKey } })
    } else bringUpToDate(dir, open)
    const records = recordsStore(db)
    if (records.meta.find(metaKeys.vaultId) !== vaultId) throw foreign('records.db')
    dropFormer(dir, 'records')
    const store = {
      records,
      identities: identities === undefined ? undefined : identitiesOf(identities, dir, vaultId),
    }
    sweep(store, dir)
    return store
  } catch (thrown) {
    identities?.close()
    db.close()
    throw asDamage(thrown, 'records.db')
  }
}
