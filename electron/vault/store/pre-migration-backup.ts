// Before the first step of a migration: a copy under the same key, opened and checked before it counts.
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import type { Compartment } from '../../../shared/types/vault.ts'
import { copyDatabase, type Db, openDatabase, quickCheck } from './driver.ts'
import { schemaVersion } from './migrations/runner.ts'

/**
 * Copies a compartment file into `before-migration/` of the vault and verifies the copy.
 * @throws GuicangError `vault.damaged` when the copy doesn't check out; the migration must then not run
 */
export function backupBeforeMigration(db: Db, dir: string, compartment: Compartment, keyHex: string): string {
  const folder = join(dir, 'before-migration')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${compartment}-${schemaVersion(db)}.db`)
  if (existsSync(path)) rmSync(path)
  copyDatabase(db, path)
  const copy = openDatabase(path, keyHex, { readonly: true })
  try {
    if (quickCheck(copy).length > 0 || schemaVersion(copy) !== schemaVersion(db)) {
      throw new GuicangError('vault.damaged', { fields: [{ field: `${compartment}.db`, rule: 'backup' }] })
    }
  } finally {
    copy.close()
  }
  return path
}
