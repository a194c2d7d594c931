// Writing a batch: slices that nobody sees, then one commit that turns them on; or, on failure, slices that take it back.
import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { type ImportFinding, mappingSchema, type RecordKind } from '../../../shared/types/exchange.ts'
import { findingsHash } from '../audit/batch-findings.ts'
import { addRowLeaf, type ChangedRow } from '../audit/log.ts'
import { merkleRoot } from '../audit/merkle.ts'
import { type Context, logAct } from '../session.ts'
import type { BatchCounts, BatchRef } from '../store/repositories/batches.ts'
import {
  type IdentitiesStore,
  mayCount,
  requireIdentities,
  settleLater,
  withdrawAct,
} from '../store/store.ts'
import { forgetBatch, removeBatchSlice } from '../store/sweep.ts'
import { knownValues } from '../../domain/customer-record.ts'
import { shownNames } from '../../domain/extra-columns.ts'
import { customerRow, storeCustomerVersion } from './customers.ts'
import { firstDue } from './due.ts'
import type { StoredVersion } from './row-origin.ts'
import type { BuiltRow } from './import-rows.ts'
import { complaintLinker } from './link-complaints.ts'
import { transactionLinker } from './link-transactions.ts'
import { complaintRow, storeComplaintVersion } from './take-complaint.ts'
import { storeTransactionVersion, transactionRow } from './transaction-rows.ts'
import { batchChange } from './vouch.ts'

export interface AcceptedRow {
  built: BuiltRow
  rowNumber: number
}

export interface RejectedRow {
  row: number
  line: number
  reason: string
  raw: string
}

export interface Slice {
  accepted: AcceptedRow[]
  rejected: RejectedRow[]
  findings: ImportFinding[]
}

export interface BatchSource {
  kind: RecordKind
  fileName: string
  sha256: string
  /** JSON; names of columns verbatim, as in `dropped`. Records and the log get them redacted. */
  mapping: string
  dropped: string[]
}

export interface BatchWriter {
  readonly batchId: string
  write(slice: Slice): void
  /** Makes the batch visible, with its entry in the log. One commit. */
  publish(counts: BatchCounts): void
  /** Takes everything back, a slice at a time. Does nothing to a batch that was published, or may have been. */
  discard(): Promise<void>
}

/** Starts a batch. Its rows stay invisible until `publish`. */
export function startBatch(context: Context, source: BatchSource): BatchWriter {
  const { store } = context.session
  const { records } = store
  const identities = requireIdentities(store)
  const batchId = uuidv7()
  const commitId = randomUUID()
  const at = context.now().toISOString()
  const user = context.session.person.name
  const no = records.batches.add({
    ...source,
    mapping: shownMapping(source.mapping),
    id: batchId,
    at,
    user,
    commitId,
  })
  const batch: BatchRef = { no, id: batchId, kind: source.kind, state: 'staging', commitId }
  const hashes: Buffer[] = []
  const found = findingsHash()
  const linkers = [complaintLinker(context, batch), transactionLinker(context, batch)]
  /** Once the batch counts, or may: see {@link mayCount}. */
  let decided = false

  function prepareLinks(slice: Slice, stored: readonly { owner: string }[]): void {
    for (const [index, { built }] of slice.accepted.entries()) {
      const id = stored[index]?.owner
      if (built.kind !== 'customers' || id === undefined) continue
      const { masked, payload } = built.record
      for (const linker of linkers)
        linker.prepare({ id, customerNo: masked.customerNo, known: knownValues(payload) })
    }
  }

  return {
    batchId,
    write: (slice) => {
      const stored = identities.db.transaction(() => {
        identities.own.addPending(commitId)
        for (const row of slice.rejected) identities.own.addRejected({ commitId, ...row })
        return slice.accepted.map(({ built }) => storeVersion(identities, built, commitId))
      })()
      records.db.transaction(() => {
        for (const [index, row] of slice.accepted.entries()) {
          const version = stored[index]
          if (version !== undefined) hashes.push(storeRow(context, batch, row, version, at))
        }
        for (const finding of slice.findings) found.add(records.batches.addFinding(no, finding))
      })()
      // Looked up in one read transaction: outside of one, each look-up would lock the file.
      identities.db.transaction(() => records.db.transaction(() => prepareLinks(slice, stored))())()
    },
    publish: (counts) => {
      let whole = false
      const commit = records.db.transaction(() => {
        records.commits.add(commitId)
        records.batches.setCounts(no, counts)
        records.batches.setState(no, 'live')
        for (const change of batchChange(records, no)) hashes.push(addRowLeaf(records, -no, change))
        const root = hashes.length === 0 ? '' : merkleRoot(hashes).toString('base64')
        const detail = {
          kind: source.kind,
          sha256: source.sha256,
          dropped: shownNames(source.dropped),
          findings: found.hex(),
          ...counts,
        }
        logAct(context, 'imports.run', batchId, detail, { leafSet: { id: -no, count: hashes.length, root } })
        if (source.kind === 'customers') for (const linker of linkers) linker.link()
        whole = true
      })
      try {
        commit()
        decided = true
      } catch (thrown) {
        decided = whole && mayCount(records, commitId)
        throw thrown
      }
      settleLater(() => {
        identities.own.removePending(commitId)
      })
    },
    discard: async () => {
      // Whatever failed at the commit or behind it, these rows may count: the log vouches for them.
      if (decided) return
      while (removeBatchSlice(store, batch) > 0) await new Promise((resolve) => setImmediate(resolve))
      withdrawAct(identities, commitId)
      forgetBatch(store, batch)
    },
  }
}

function shownMapping(json: string): string {
  const columns = Object.entries(mappingSchema.parse(JSON.parse(json)))
  const shown = shownNames(columns.map(([column]) => column))
  return JSON.stringify(
    Object.fromEntries(columns.map(([column, target], index) => [shown[index] ?? column, target])),
  )
}

function storeVersion(
  identities: IdentitiesStore,
  built: BuiltRow,
  commitId: string,
): StoredVersion & { owner: string } {
  const owner = uuidv7()
  if (built.kind === 'customers')
    return { owner, ...storeCustomerVersion(identities, built.record, owner, commitId) }
  return built.kind === 'complaints'
    ? { owner, ...storeComplaintVersion(identities, built.record, owner, commitId) }
    : { owner, ...storeTransactionVersion(identities, built.record, owner, commitId) }
}

/** Writes a row with its search text and its leaf; answers the leaf's hash. */
function storeRow(
  context: Context,
  batch: BatchRef,
  row: AcceptedRow,
  version: StoredVersion & { owner: string },
  at: string,
): Buffer {
  const { records } = context.session.store
  const { built } = row
  const origin = { batchNo: batch.no, batchRow: row.rowNumber, duplicate: built.duplicateOf !== undefined }
  if (built.kind === 'customers') {
    const stored = customerRow(built.record, version.owner, version, origin, at)
    const seq = records.customers.add(stored)
    records.customerSearch.add(seq, built.record.maskedSearch)
    return addRowLeaf(records, -batch.no, { kind: 'customer', row: { seq, ...stored } })
  }
  if (built.kind === 'transactions') {
    const stored = transactionRow(built.record, version.owner, built.customerId, version, origin, at)
    return addRowLeaf(records, -batch.no, {
      kind: 'transaction',
      row: { seq: records.transactions.add(stored), ...stored },
    })
  }
  const stored = complaintRow(built.record, version.owner, built.customerId, version, origin, at)
  const seq = records.complaints.add(stored)
  records.complaintSearch.add(seq, built.record.maskedSearch)
  firstDue(context, seq, stored)
  return addRowLeaf(records, -batch.no, { kind: 'complaint', row: { seq, ...stored } })
}

/** Takes the links to a batch's customers away again, with their leaves; inside the transaction that undoes the batch. */
export function unlinkRows(context: Context, batch: BatchRef): ChangedRow[] {
  const { complaints, transactions } = context.session.store.records
  // The texts stay as they are: less in clear does no harm.
  return [
    ...complaints.linkedToBatch(batch.no).map((row) => {
      const unlinked = { ...row, customer_id: null }
      complaints.update(unlinked)
      return { kind: 'complaint' as const, row: unlinked }
    }),
    ...transactions.linkedToBatch(batch.no).map((row) => {
      const unlinked = { ...row, customer_id: null }
      transactions.update(unlinked)
      return { kind: 'transaction' as const, row: unlinked }
    }),
  ]
}
