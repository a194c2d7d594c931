// Values that people set, saved views, and acts on many cases.
import type { Db } from '../driver.ts'
import { vouchedRepository } from './vouched.ts'

export interface SettingRow {
  seq: number
  name: string
  value: string
  at: string
  user: string
}

export interface ViewRow {
  seq: number
  id: string
  person_id: string
  shared: number
  name: string
  query: string
  state: 'live' | 'gone'
  at: string
}

export interface BulkRow {
  seq: number
  id: string
  at: string
  person_id: string
  user: string
  cases: string
  state: 'done' | 'undone'
}

export function settingsRepository(db: Db) {
  const byName = db.prepare<[string], SettingRow>('SELECT * FROM settings WHERE name = ?')
  const columns = ['name', 'value', 'at', 'user'] as const
  const rows = vouchedRepository<SettingRow>(db, 'settings', columns)
  return {
    pageAfter: rows.pageAfter,
    findRowOf: (name: string): SettingRow | undefined => byName.get(name),
    find: (name: string): string | undefined => byName.get(name)?.value,
    /** Answers the row as it stands then. */
    put: (row: Omit<SettingRow, 'seq'>): SettingRow => {
      const there = byName.get(row.name)
      if (there === undefined) return { seq: rows.add(row), ...row }
      const changed = { seq: there.seq, ...row }
      rows.update(changed)
      return changed
    },
  }
}

export function viewsRepository(db: Db) {
  const byId = db.prepare<[string], ViewRow>(`SELECT * FROM views WHERE id = ? AND state = 'live'`)
  const listed = db.prepare<[string], ViewRow>(
    `SELECT * FROM views WHERE state = 'live' AND (shared = 1 OR person_id = ?) ORDER BY shared, name, seq LIMIT 1000`,
  )
  const columns = ['id', 'person_id', 'shared', 'name', 'query', 'state', 'at'] as const
  return {
    ...vouchedRepository<ViewRow>(db, 'views', columns),
    find: (id: string): ViewRow | undefined => byId.get(id),
    /** A person's own, then the shared ones. */
    listFor: (personId: string): ViewRow[] => listed.all(personId),
  }
}

export function bulkRepository(db: Db) {
  const byId = db.prepare<[string], BulkRow>('SELECT * FROM bulk_acts WHERE id = ?')
  const columns = ['id', 'at', 'person_id', 'user', 'cases', 'state'] as const
  return {
    ...vouchedRepository<BulkRow>(db, 'bulk_acts', columns),
    find: (id: string): BulkRow | undefined => byId.get(id),
  }
}
