// Gives complaints of one name another: acts on many, each whole or not at all, as many as it takes.
import type { Output } from '../../../shared/contract/index.ts'
import { call } from '../../api/client.ts'
import { runJob } from '../../stores/jobs.ts'

/** A category outside the tree, or a subcategory that alone is. */
export interface OutsideName {
  category: string
  subcategory?: string
}

export interface MoveTarget {
  category: string
  /** Absent: each complaint keeps its own. */
  subcategory?: string
}

/** As many as one act takes. */
const slice = 5000
const page = 1000

async function idsOf(name: OutsideName): Promise<string[]> {
  const ids: string[] = []
  for (let after: string | undefined; ;) {
    const { items, next }: Output<'complaints.list'> = await call('complaints.list', {
      category: name.category,
      limit: page,
      ...(after === undefined ? {} : { after }),
    })
    for (const { id, subcategory } of items)
      if (name.subcategory === undefined || name.subcategory === subcategory) ids.push(id)
    if (next === null) return ids
    after = next
  }
}

/**
 * Changes them, slice by slice. An act that is refused leaves the slices before it as they were told to `onMoved`.
 * @param onMoved all acts so far, for taking them back, and how many complaints they changed
 */
export async function moveComplaints(
  name: OutsideName,
  patch: MoveTarget,
  onMoved: (acts: string[], changed: number) => void,
): Promise<void> {
  const ids = await idsOf(name)
  const acts: string[] = []
  let changed = 0
  for (let from = 0; from < ids.length; from += slice) {
    const some = ids.slice(from, from + slice)
    const done = await runJob('bulk', 'complaints.bulk', { ids: some, patch }, some.length)
    acts.push(done.bulkId)
    changed += done.changed
    onMoved([...acts], changed)
  }
}

/** Takes the acts back, the last one first; complaints that somebody has changed since stay. */
export async function takeBack(
  acts: readonly string[],
  changed: number,
): Promise<{ undone: number; kept: number }> {
  const back = { undone: 0, kept: 0 }
  for (const bulkId of acts.toReversed()) {
    const { undone, skipped } = await runJob('bulk', 'complaints.undoBulk', { bulkId }, changed)
    back.undone += undone
    back.kept += skipped.length
  }
  return back
}
