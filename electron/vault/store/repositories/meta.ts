// Single values of a compartment: profile, digests of vault.json, the log's frontier, counters.
import type { Db } from '../driver.ts'

export function metaRepository(db: Db) {
  const select = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?')
  const upsert = db.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  const remove = db.prepare('DELETE FROM meta WHERE key = ?')
  return {
    find: (key: string): string | undefined => select.get(key)?.value,
    set: (key: string, value: string): void => {
      upsert.run(key, value)
    },
    remove: (key: string): void => {
      remove.run(key)
    },
  }
}
export type MetaRepository = ReturnType<typeof metaRepository>
