// What a crash left behind is put right when the vault is opened: acts that records never committed are withdrawn,
// acts that it did commit are finished, batches that never became visible are removed, undone ones removed to the end.
import { isDiskFull } from './sqlite-errors.ts'
import { type IdentitiesStore, type RecordsStore, type Store, versionKinds, withdrawAct } from './store.ts'
import type { RecordKind } from '../../../shared/types/exchange.ts'
import { settleBlobs } from './attachment-files.ts'
import type { BatchRef } from './repositories/batches.ts'
import type { SearchRepository } from './repositories/search.ts'

/** How many rows one slice removes: small enough that other requests are answered in between. */
const slice = 1000

/** Removes what a committed act superseded: other versions of the same owners. Batches supersede nothing. */
function finishAct(identities: IdentitiesStore, commitId: string): void {
  identities.db.transaction(() => {
    for (const versions of versionKinds(identities)) {
      for (const { seq, owner } of versions.ofCommit(commitId, slice)) {
        for (const old of versions.dropOthers(owner, seq)) {
          if (versions === identities.customers) identities.own.removeKeys(old)
        }
      }
    }
    identities.own.removePending(commitId)
  })()
}

/**
 * Removes one slice of a batch's rows from records and, where open, from identities; answers how many. Removing needs
 * room for the rollback journal: on a full disk ever smaller slices are tried.
 */
export function removeBatchSlice(store: Store, batch: BatchRef, limit = slice): number {
  try {
    return removeRows(store, batch, limit)
  } catch (thrown) {
    if (limit === 1 || !isDiskFull(thrown)) throw thrown
    return removeBatchSlice(store, batch, Math.ceil(limit / 10))
  }
}

function removeRows(store: Store, batch: BatchRef, limit: number): number {
  const { records, identities } = store
  const rows = records[batch.kind]
  const search = searchOf(records, batch.kind)
  const versions = identities?.[batch.kind]
  const some = rows.ofBatch(batch.no, limit)
  if (some.length === 0) return 0
  if (identities !== undefined && versions !== undefined) {
    identities.db.transaction(() => {
      for (const { id } of some) {
        for (const seq of versions.dropOwner(id)) {
          if (batch.kind === 'customers') identities.own.removeKeys(seq)
        }
      }
    })()
  }
  records.db.transaction(() => {
    for (const { seq } of some) {
      search?.remove(seq)
      rows.remove(seq)
    }
  })()
  return some.length
}

/** Transactions are found by their customers and numbers: they have no index of words. */
function searchOf(records: RecordsStore, kind: RecordKind): SearchRepository | undefined {
  if (kind === 'transactions') return undefined
  return kind === 'customers' ? records.customerSearch : records.complaintSearch
}

function removeBatch(store: Store, batch: BatchRef): void {
  while (removeBatchSlice(store, batch) > 0);
  forgetBatch(store, batch)
}

/** When a batch's rows are gone: what else was kept for it. An undone batch stays listed, one that never counted doesn't. */
export function forgetBatch(store: Store, batch: BatchRef): void {
  store.identities?.own.removeRejected(batch.commitId)
  if (batch.state === 'staging') {
    store.records.db.transaction(() => {
      store.records.audit.removeLeafSet(-batch.no)
      store.records.batches.remove(batch.no)
    })()
  }
}

/**
 * Runs at each opening. Without identities the acts there wait for the next opening that has its key; on a full disk, for
 * the next that has room: what is left over is invisible, and a person needs the vault open to make room.
 * @param dir the vault's folder, for files of attachments that nothing names
 */
export function sweep(store: Store, dir: string): void {
  const { identities } = store
  if (identities === undefined) return
  try {
    sweepAll(store, identities)
    settleBlobs(identities, dir)
  } catch (thrown) {
    if (!isDiskFull(thrown)) throw thrown
  }
}

function sweepAll(store: Store, identities: IdentitiesStore): void {
  const { records } = store
  for (const batch of records.batches.listNotLive()) removeBatch(store, batch)
  for (const commitId of identities.own.listPending()) {
    if (records.commits.has(commitId)) finishAct(identities, commitId)
    else withdrawAct(identities, commitId)
  }
  clearCommits(records)
}

function clearCommits(records: RecordsStore): void {
  records.db.transaction(() => {
    records.commits.clear()
  })()
}
