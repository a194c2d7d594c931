// Holding the log against itself, against its checkpoints, and every current row against its latest leaf.
import type { Job } from '../process/jobs.ts'
import type { AuditRow } from '../store/repositories/audit.ts'
import type { RecordsStore } from '../store/store.ts'
import { parseCheckpoint, verifyCheckpoint } from './checkpoint.ts'
import { removedRow, rowDigest, rowKinds } from './digests.ts'
import type { Findings } from './findings.ts'
import { checkBatchFindings } from './batch-findings.ts'
import { checkBatches, checkLeaves, leafOrder } from './verify-leaves.ts'
import { type RowSource, vouchedSources } from './vouched-sources.ts'
import { entryHash, readFrontier, rowLeafHash } from './log.ts'
import { frontierRoot, growingTree, type GrowingTree } from './merkle.ts'
import { GuicangError } from '../../../shared/errors.ts'

const page = 1000
/** A note to hold against the log: one that the vault keeps, or one that a person has kept elsewhere. */
export interface KnownCheckpoint {
  where: string
  note: string
}

/** Every verify key that the log itself names, by person. */
export function knownKeys(records: RecordsStore): Map<string, string[]> {
  const keys = new Map<string, string[]>()
  const add = (person: string, key: string): void => {
    if (key !== '') keys.set(person, [...(keys.get(person) ?? []), key])
  }
  const { audit } = records
  for (const entry of audit.ofActions('vault.created', 'vault.recovered', 'users.added', 'users.reset')) {
    if (entry.action !== 'vault.created') {
      add(entry.subject, String(entry.detail['verifyKey'] ?? ''))
      continue
    }
    const people = entry.detail['people']
    for (const line of Array.isArray(people) ? people : []) {
      const [, id = '', key = ''] = line.split(' ')
      add(id, key)
    }
  }
  return keys
}

/**
 * Recomputes the whole tree from the entries, and compares each checkpoint at its size.
 * @returns how many entries were read
 */
export async function verifyEntries(
  records: RecordsStore,
  vaultId: string,
  notes: readonly KnownCheckpoint[],
  findings: Findings,
  job: Job,
): Promise<number> {
  const checkpoints = parseNotes(records, vaultId, notes, findings)
  const bySize = Map.groupBy(checkpoints, ({ size }) => size)
  const total = records.audit.size()
  const tree = growingTree()
  const compare = (): void => {
    for (const checkpoint of bySize.get(tree.size) ?? []) {
      if (!tree.root().equals(checkpoint.root)) {
        findings.add(
          'audit.checkpointMismatch',
          checkpoint.where,
          `the log's first ${checkpoint.size} entries are not the signed ones`,
        )
      }
    }
  }
  for (;;) {
    compare()
    const rows = records.audit.pageFrom(tree.size, page)
    if (rows.length === 0) break
    for (const row of rows) {
      verifyEntry(row, tree, findings)
      if (row.leaf_count > 0) await verifyLeafSet(records, row, findings, job)
      if (row !== rows.at(-1)) compare()
    }
    job.report('entries', tree.size, total, 'entries')
    await job.pause()
  }
  // Entries that were appended while this ran have been read too: the tree to compare with is the one that stands now, in
  // the same tick in which there was nothing left to read.
  const stored = readFrontier(records)
  if (tree.size !== stored.size || !tree.root().equals(frontierRoot(stored))) {
    findings.add(
      'audit.treeMismatch',
      'records.db',
      `${tree.size} entries read, ${stored.size} expected, or their hashes differ`,
    )
  }
  for (const { size, where } of checkpoints) {
    if (size > tree.size)
      findings.add('audit.truncated', where, `signed at ${size} entries, the log has ${tree.size}`)
  }
  return tree.size
}

/** Holds an entry against its own hash, and adds it to the tree. */
function verifyEntry(row: AuditRow, tree: GrowingTree, findings: Findings): void {
  const where = `audit_entries ${row.idx}`
  if (row.idx !== tree.size) findings.add('audit.entryMissing', where, `entry ${tree.size} expected`)
  const hash = entryHash(row)
  if (!hash.equals(row.leaf_hash))
    findings.add('audit.entryChanged', where, 'the entry is not the one that was written')
  tree.add(row.leaf_hash.length === 32 ? row.leaf_hash : hash)
}

/** Holds the leaves of an entry against their number and root; a batch has as many as it has rows, so they are read in slices. */
async function verifyLeafSet(
  records: RecordsStore,
  { idx, leaf_set: set, leaf_count: count, leaf_root: root }: AuditRow,
  findings: Findings,
  job: Job,
): Promise<void> {
  const leafTree = growingTree()
  for (let after = 0; ;) {
    const leaves = records.audit.leavesOf(set, after, page)
    for (const leaf of leaves) leafTree.add(rowLeafHash(leaf.kind, leaf.row_seq, leaf.digest))
    const last = leaves.at(-1)
    if (last === undefined || leaves.length < page) break
    after = last.seq
    await job.pause()
  }
  if (leafTree.size !== count || leafTree.root().toString('base64') !== root) {
    findings.add(
      'audit.leavesChanged',
      `audit_entries ${idx}`,
      `${leafTree.size} row leaves, ${count} expected, or their root differs`,
    )
  }
}

function parseNotes(
  records: RecordsStore,
  vaultId: string,
  notes: readonly KnownCheckpoint[],
  findings: Findings,
) {
  const keys = knownKeys(records)
  return notes.flatMap(({ where, note }) => {
    try {
      const { vaultId: signedVault, size, root, signatures } = parseCheckpoint(note)
      if (signedVault !== vaultId) {
        findings.add('audit.checkpointForeign', where, 'the checkpoint is of another vault')
        return []
      }
      const good = signatures.some(({ keyName }) =>
        (keys.get(keyName.replace('guicang/', '')) ?? []).some((key) => verifyCheckpoint(note, keyName, key)),
      )
      if (!good) findings.add('audit.checkpointUnsigned', where, 'no known person signed this checkpoint')
      return [{ where, size, root }]
    } catch (thrown) {
      if (!(thrown instanceof GuicangError)) throw thrown
      findings.add('audit.checkpointInvalid', where, 'not a signed checkpoint')
      return []
    }
  })
}

/** Index of the entry that vouches for a leaf set. */
type LeafOrder = (leafSet: number) => number | undefined

/** Batches that aren't live are on their way in or out: their rows have no say. */
interface HiddenBatches {
  row: (row: object) => boolean
  /** Their leaf sets. */
  sets: ReadonlySet<number>
  /** Those of them that are on their way in. */
  staging: ReadonlySet<number>
}

/**
 * Imports and undos go on between two pages: asked anew in the tick in which a page is read, never kept over a pause.
 */
function hiddenBatches(records: RecordsStore): HiddenBatches {
  const batches = records.batches.listNotLive()
  const numbers = new Set(batches.map(({ no }) => no))
  const stagingNumbers = new Set(batches.filter(({ state }) => state === 'staging').map(({ no }) => no))
  return {
    row: (row) =>
      ('batch_no' in row && typeof row.batch_no === 'number' && numbers.has(row.batch_no)) ||
      // A batch on its way in; one that was undone stays listed, and the log vouches for it.
      ('no' in row && typeof row.no === 'number' && stagingNumbers.has(row.no)),
    sets: new Set(batches.map(({ no }) => -no)),
    staging: new Set(batches.filter(({ state }) => state === 'staging').map(({ no }) => -no)),
  }
}

/**
 * Holds every row against its latest leaf, and every latest leaf against its row.
 * @param profile reads the profile as its digest sees it
 * @returns how many rows were read
 */
export async function verifyRows(
  records: RecordsStore,
  profile: () => object,
  findings: Findings,
  job: Job,
): Promise<number> {
  const order = leafOrder(records)
  let checked = 0
  for (const source of vouchedSources(records))
    checked += await verifySource(records, source, order, findings, job)
  verifyProfile(records, profile(), order, findings)
  const imports = records.audit.ofActions('imports.run', 'imports.undone')
  checkBatches(records, imports, findings)
  await checkBatchFindings(records, imports, findings, job)
  return checked
}

async function verifySource(
  records: RecordsStore,
  source: RowSource,
  order: LeafOrder,
  findings: Findings,
  job: Job,
): Promise<number> {
  let checked = 0
  for (let after = 0; ;) {
    const rows = source.pageAfter(after, page)
    const last = rows.at(-1)
    if (last === undefined) break
    const hidden = hiddenBatches(records)
    for (const row of rows) {
      if (hidden.row(row)) continue
      const leaf = records.audit.findLatestLeaf(source.kind, row.seq)
      const where = `${source.name} ${row.seq}`
      if (leaf === undefined) findings.add('row.unlogged', where, 'the log knows nothing of this row')
      else if (hidden.sets.has(leaf.leaf_set))
        findings.add('row.unlogged', where, 'the log knows this row only from a batch that is not there')
      else if (!rowDigest(row).equals(leaf.digest))
        findings.add('row.changed', where, 'the row is not the one that the log vouches for')
      checked += 1
    }
    after = last.seq
    job.report('rows', checked, null, 'rows')
    await job.pause()
  }
  await verifyLeaves(records, source, order, findings, job)
  return checked
}

async function verifyLeaves(
  records: RecordsStore,
  source: RowSource,
  order: LeafOrder,
  findings: Findings,
  job: Job,
): Promise<void> {
  for (let after = 0; ;) {
    const leaves = records.audit.latestLeaves(source.kind, after, page)
    const last = leaves.at(-1)
    if (last === undefined) return
    const hidden = hiddenBatches(records)
    const present = new Set(source.pageAfter(after, last.row_seq - after).map((row) => row.seq))
    checkLeaves(
      source.name,
      records.audit.leavesOfRows(source.kind, after, last.row_seq),
      order,
      hidden.staging,
      findings,
    )
    for (const leaf of leaves) {
      const gone = hidden.sets.has(leaf.leaf_set) || rowDigest(removedRow(leaf.row_seq)).equals(leaf.digest)
      if (!present.has(leaf.row_seq) && !gone) {
        findings.add(
          'row.missing',
          `${source.name} ${leaf.row_seq}`,
          'the log vouches for a row that is not there',
        )
      }
    }
    after = last.row_seq
    await job.pause()
  }
}

function verifyProfile(records: RecordsStore, profile: object, order: LeafOrder, findings: Findings): void {
  const { staging } = hiddenBatches(records)
  checkLeaves('profile', records.audit.leavesOfRows(rowKinds.profile, 0, 1), order, staging, findings)

  const leaf = records.audit.findLatestLeaf(rowKinds.profile, 1)
  if (leaf === undefined || !rowDigest({ seq: 1, ...profile }).equals(leaf.digest)) {
    findings.add('row.changed', 'profile', 'the profile is not the one that the log vouches for')
  }
}
