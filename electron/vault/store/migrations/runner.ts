// Brings a compartment file to the version of this program, one transaction a step.
import { GuicangError } from '../../../../shared/errors.ts'
import type { Compartment } from '../../../../shared/types/vault.ts'
import type { Db } from '../driver.ts'
import { type Migration, migrations } from './index.ts'

/** Version of a compartment file; 0 for one without tables. */
export function schemaVersion(db: Db): number {
  const version: unknown = db.pragma('user_version', { simple: true })
  return typeof version === 'number' ? version : 0
}

/** Newest version that this program knows. */
export function newestVersion(compartment: Compartment): number {
  return migrations[compartment].at(-1)?.version ?? 0
}

/** Whether steps are due. @throws GuicangError `vault.newerFormat` for a file of a later program. */
export function needsMigration(db: Db, compartment: Compartment): boolean {
  const version = schemaVersion(db)
  if (version > newestVersion(compartment)) {
    throw new GuicangError('vault.newerFormat', {
      fields: [{ field: `${compartment}.db`, rule: 'version', value: String(version) }],
    })
  }
  return version < newestVersion(compartment)
}

/**
 * Runs the steps that are due, each in one transaction that also sets the version, with a foreign key check before it
 * commits. A step that fails leaves the file at the version before.
 * @throws GuicangError `vault.newerFormat`; `vault.damaged` when a step leaves dangling references.
 */
export function migrate(
  db: Db,
  compartment: Compartment,
  steps: readonly Migration[] = migrations[compartment],
): number {
  needsMigration(db, compartment)
  const due = steps.filter((step) => step.version > schemaVersion(db))
  for (const step of due) {
    db.transaction(() => {
      db.exec(step.sql)
      db.pragma(`user_version = ${step.version}`)
      const dangling: unknown = db.pragma('foreign_key_check')
      if (Array.isArray(dangling) && dangling.length > 0) {
        throw new GuicangError('vault.damaged', {
          fields: [{ field: `${compartment}.db`, rule: 'foreignKeys' }],
        })
      }
    })()
  }
  return due.length
}
