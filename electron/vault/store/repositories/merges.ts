// Which customers are one and the same. Rows stay where they are; who answers for whom is asked of the live merges each time.
import type { Db } from '../driver.ts'
import { vouchedRepository } from './vouched.ts'

export interface MergeRow {
  seq: number
  id: string
  kept_id: string
  merged_id: string
  reason: string
  state: string
  at: string
  user: string
  undone_at: string
  undone_by: string
}

const columns = [
  'id',
  'kept_id',
  'merged_id',
  'reason',
  'state',
  'at',
  'user',
  'undone_at',
  'undone_by',
] as const satisfies readonly (keyof MergeRow)[]

export function mergesRepository(db: Db) {
  const root = db.prepare<[string], { id: string }>(
    `WITH RECURSIVE up (id, depth) AS (
       SELECT ?, 0
       UNION ALL SELECT m.kept_id, depth + 1 FROM customer_merges m JOIN up ON m.merged_id = up.id AND m.state = 'live'
     ) SELECT id FROM up ORDER BY depth DESC LIMIT 1`,
  )
  const below = db.prepare<[string], { id: string }>(
    `WITH RECURSIVE down (id) AS (
       SELECT ?
       UNION SELECT m.merged_id FROM customer_merges m JOIN down ON m.kept_id = down.id AND m.state = 'live'
     ) SELECT id FROM down`,
  )
  const into = db.prepare<[string], MergeRow>(
    `SELECT * FROM customer_merges WHERE merged_id = ? AND state = 'live'`,
  )
  const byId = db.prepare<[string], MergeRow>('SELECT * FROM customer_merges WHERE id = ?')
  const live = db.prepare<[], { kept: string; merged: string }>(
    `SELECT kept_id AS kept, merged_id AS merged FROM customer_merges WHERE state = 'live'`,
  )
  const rootOf = (id: string): string => root.get(id)?.id ?? id
  return {
    ...vouchedRepository<MergeRow>(db, 'customer_merges', columns),
    find: (id: string): MergeRow | undefined => byId.get(id),
    /** Who answers for a customer: itself where it isn't merged into another. */
    rootOf,
    /** All that are one with this customer, whoever of them it is; it alone where nobody is. */
    groupOf: (id: string): string[] => below.all(rootOf(id)).map((row) => row.id),
    /** The live merge that took this customer into another. */
    findInto: (mergedId: string): MergeRow | undefined => into.get(mergedId),
    /** Every live merge, from the merged one to the kept one. */
    liveMap: (): Map<string, string> => new Map(live.all().map(({ kept, merged }) => [merged, kept])),
  }
}

/** Ids without those of merged customers, who stand for their kept ones instead. */
export function rootsOf(ids: readonly string[], merged: ReadonlyMap<string, string>): string[] {
  if (merged.size === 0) return [...ids]
  return [
    ...new Set(
      ids.map((id) => {
        let root = id
        for (let kept = merged.get(root); kept !== undefined; kept = merged.get(root)) root = kept
        return root
      }),
    ),
  ]
}
