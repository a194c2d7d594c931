// The two databases of a vault, with what a crash or an earlier program left in them put right.
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import type { Compartment } from '../../../shared/types/vault.ts'
import { digestKeyOf } from '../audit/digests.ts'
import { type Db, openDatabase } from '../store/driver.ts'
import { metaKeys } from '../store/meta-keys.ts'
import { migrate, needsMigration } from '../store/migrations/runner.ts'
import { backupBeforeMigration } from '../store/pre-migration-backup.ts'
import { metaRepository } from '../store/repositories/meta.ts'
import { dropFormer, finishRotation } from '../store/rotation-files.ts'
import { asDamage } from '../store/sqlite-errors.ts'
import { identitiesStore, type IdentitiesStore, recordsStore, type Store } from '../store/store.ts'
import { sweep } from '../store/sweep.ts'

export interface OpenedKeys {
  records: string
  identities: string | undefined
}

function prepare(db: Db, dir: string, compartment: Compartment, key: string): void {
  if (!needsMigration(db, compartment)) return
  backupBeforeMigration(db, dir, compartment, key)
  migrate(db, compartment)
}

/** Opens identities and proves that it belongs to this vault. */
export function openIdentitiesStore(dir: string, vaultId: string, key: string): IdentitiesStore {
  finishRotation(dir, 'identities', key)
  const db = openDatabase(join(dir, 'identities.db'), key)
  try {
    prepare(db, dir, 'identities', key)
    const meta = metaRepository(db)
    const digestKey = meta.find(metaKeys.digestKey)
    if (digestKey === undefined || meta.find(metaKeys.vaultId) !== vaultId) throw foreign('identities.db')
    dropFormer(dir, 'identities')
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
  finishRotation(dir, 'records', keys.records)
  const db = openDatabase(join(dir, 'records.db'), keys.records)
  let identities: IdentitiesStore | undefined
  try {
    prepare(db, dir, 'records', keys.records)
    const records = recordsStore(db)
    if (records.meta.find(metaKeys.vaultId) !== vaultId) throw foreign('records.db')
    dropFormer(dir, 'records')
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
