// Which acts over both compartments have been committed in records.
import type { Db } from '../driver.ts'

export function commitsRepository(db: Db) {
  const add = db.prepare('INSERT INTO commits (commit_id) VALUES (?)')
  const find = db.prepare<[string], { commit_id: string }>(
    'SELECT commit_id FROM commits WHERE commit_id = ?',
  )
  const clear = db.prepare('DELETE FROM commits')
  return {
    add: (commitId: string): void => {
      add.run(commitId)
    },
    has: (commitId: string): boolean => find.get(commitId) !== undefined,
    /** Only when identities has no open act left. */
    clear: (): void => {
      clear.run()
    },
  }
}
