// What the log says of whole batches: which file, by whom, in which state.
import { type Actor, appendEntry, type ChangedRow } from '../audit/log.ts'
import { metaKeys } from '../store/meta-keys.ts'
import type { RecordsStore } from '../store/store.ts'

const page = 1000

/** A batch's row as the log has to vouch for it; nothing where it is gone. */
export function batchChange(records: RecordsStore, no: number): ChangedRow[] {
  const row = records.batches.findRow(no)
  return row === undefined ? [] : [{ kind: 'batch', row }]
}

/** Batches of the first version left no leaf of their own: once, at the first opening, the log takes them over as they stand. */
export function vouchForBatches(records: RecordsStore, actor: Actor, now: Date): void {
  if (records.meta.find(metaKeys.batchesVouched) !== undefined) return
  const at = now.toISOString()
  const changed: ChangedRow[] = []
  for (let after = 0; ;) {
    const rows = records.batches.pageAfter(after, page)
    const last = rows.at(-1)
    if (last === undefined) break
    changed.push(...rows.map((row) => ({ kind: 'batch' as const, row })))
    after = last.seq
  }
  records.db.transaction(() => {
    if (changed.length > 0) {
      const detail = { count: changed.length }
      appendEntry(records, actor, { at, action: 'batches.vouched', subject: '', detail, changed })
    }
    records.meta.set(metaKeys.batchesVouched, at)
  })()
}
