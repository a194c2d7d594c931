// What a row's latest leaf is worth: only entries of the log give leaves their place, never a leaf's own number; and a
// batch is on or off because the log says so.
import type { AuditEntry } from '../../../shared/types/exchange.ts'
import type { LeafRow } from '../store/repositories/audit.ts'
import type { RecordsStore } from '../store/store.ts'
import type { Findings } from './findings.ts'

/** Tells which entry vouches for a leaf set; entries that came while the check runs are found too. */
export function leafOrder(records: RecordsStore): (leafSet: number) => number | undefined {
  const known = new Map<number, number>()
  let read = 0
  // The log only grows: what was read isn't read again, however many leaves no entry knows of.
  const readOn = (): void => {
    const size = records.audit.size()
    if (size <= read) return
    for (const { leaf_set: set, idx } of records.audit.entriesOfLeafSets(read)) known.set(set, idx)
    read = size
  }
  readOn()
  return (leafSet) => {
    if (!known.has(leafSet)) readOn()
    return known.get(leafSet)
  }
}

/**
 * Holds the leaves of some rows against the log: each belongs to an entry, and they stand in the order of the entries.
 * @param leaves by row, as stored
 * @param staging leaf sets of batches on their way in, which have no entry yet
 */
export function checkLeaves(
  name: string,
  leaves: readonly LeafRow[],
  order: (leafSet: number) => number | undefined,
  staging: ReadonlySet<number>,
  findings: Findings,
): void {
  let before = { row: 0, entry: -1 }
  for (const { row_seq: row, leaf_set: set } of leaves) {
    // A batch on its way in has no entry yet; asking for one would read all entries anew for each of its leaves.
    if (staging.has(set)) continue
    const entry = order(set)
    if (entry === undefined) {
      findings.add('audit.leavesChanged', `${name} ${row}`, 'no entry knows of this leaf')
      continue
    }
    if (before.row === row && entry <= before.entry) {
      findings.add('audit.leavesChanged', `${name} ${row}`, 'its leaves are not in the order of the log')
    }
    before = { row, entry }
  }
}

/**
 * Holds the state of every batch against the entries that turned it on or off.
 * @param entries of imports and undos, as they are in this tick
 */
export function checkBatches(
  records: RecordsStore,
  entries: readonly AuditEntry[],
  findings: Findings,
): void {
  const subjects = (wanted: string): Set<string> =>
    new Set(entries.filter(({ action }) => action === wanted).map(({ subject }) => subject))
  const run = subjects('imports.run')
  const undone = subjects('imports.undone')
  const known = new Map(records.batches.list().map(({ batchId, state }) => [String(batchId), String(state)]))
  for (const { id, state } of records.batches.listNotLive()) known.set(id, state)
  for (const [id, state] of known) {
    const told = undone.has(id) ? 'undone' : run.has(id) ? 'live' : 'staging'
    if (state !== told)
      findings.add('row.changed', `batches ${id}`, `the batch is ${state}, the log tells ${told}`)
  }
  for (const id of run) {
    if (!known.has(id))
      findings.add('row.missing', `batches ${id}`, 'the log tells of a batch that is not there')
  }
}
