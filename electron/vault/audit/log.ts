// Writing the log. Always inside the transaction of the act that it records.
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import type { AuditEntry } from '../../../shared/types/exchange.ts'
import { plainLine } from '../../domain/characters.ts'
import type { AuditRepository, AuditRow } from '../store/repositories/audit.ts'
import type { MetaRepository } from '../store/repositories/meta.ts'
import { canonicalJson } from './canonical.ts'
import { type RowKind, rowDigest, rowKinds } from './digests.ts'
import { appendLeaf, emptyFrontier, type Frontier, leafHash, merkleRoot } from './merkle.ts'

const frontierKey = 'audit.frontier'
const frontierSchema = z.strictObject({ size: z.number().int(), peaks: z.array(z.string()) })

export interface Log {
  audit: AuditRepository
  meta: MetaRepository
}

export interface Actor {
  personId: string
  user: string
}

/** A row as it stands after the act. */
export interface ChangedRow {
  kind: RowKind
  row: { seq: number }
}

/** Leaves that a batch has written beforehand under its own set. */
export interface LeafSet {
  id: number
  count: number
  root: string
}

export interface NewEntry {
  at: string
  action: string
  subject: string
  detail: AuditEntry['detail']
  changed?: readonly ChangedRow[]
  leafSet?: LeafSet
}

/** The log's tree as it stands, without its leaves. */
export function readFrontier(log: Log): Frontier {
  const text = log.meta.find(frontierKey)
  return text === undefined ? emptyFrontier() : frontierSchema.parse(JSON.parse(text))
}

/** Hash of an entry as the tree holds it: RFC 6962 leaf over its canonical JSON. */
export function entryHash(row: Omit<AuditRow, 'leaf_hash'>): Buffer {
  // canonicalJson itself refuses what isn't JSON: no schema has to look at each entry as well.
  const detail: unknown = JSON.parse(row.detail)
  return leafHash(
    canonicalJson({
      index: row.idx,
      at: row.at,
      personId: row.person_id,
      user: row.user,
      action: row.action,
      subject: row.subject,
      detail,
      leafSet: row.leaf_set,
      leafCount: row.leaf_count,
      leafRoot: row.leaf_root,
    }),
  )
}

/** Writes the leaf of a changed row; answers its hash in the entry's (or batch's) own tree. */
export function addRowLeaf(log: Log, leafSet: number, changed: ChangedRow): Buffer {
  const digest = rowDigest(changed.row)
  log.audit.addLeaf(leafSet, rowKinds[changed.kind], changed.row.seq, digest)
  return rowLeafHash(rowKinds[changed.kind], changed.row.seq, digest)
}

/** Hash of a row's leaf in its set's tree. */
export function rowLeafHash(kind: number, rowSeq: number, digest: Buffer): Buffer {
  return leafHash(canonicalJson([kind, rowSeq, digest.toString('hex')]))
}

/** Names of columns and reasons come from people and their files: an entry can't be taken back, so it is made harmless here. */
function plainDetail(detail: AuditEntry['detail']): AuditEntry['detail'] {
  const plain = (value: AuditEntry['detail'][string]): AuditEntry['detail'][string] => {
    if (typeof value === 'string') return plainLine(value)
    return Array.isArray(value) ? value.map(plainLine) : value
  }
  return Object.fromEntries(Object.entries(detail).map(([key, value]) => [key, plain(value)]))
}

/** Appends one entry. Must run inside a transaction on records. Answers its index, counted from 0. */
export function appendEntry(log: Log, actor: Actor, entry: NewEntry): number {
  const frontier = readFrontier(log)
  const index = frontier.size
  const changed = entry.changed ?? []
  if (changed.length > 0 && entry.leafSet !== undefined) throw new GuicangError('internal')
  const hashes = changed.map((row) => addRowLeaf(log, index, row))
  const own = {
    id: index,
    count: hashes.length,
    root: hashes.length === 0 ? '' : merkleRoot(hashes).toString('base64'),
  }
  const leafSet = entry.leafSet ?? own
  const row = {
    idx: index,
    at: entry.at,
    person_id: actor.personId,
    user: actor.user,
    action: entry.action,
    subject: entry.subject,
    detail: canonicalJson(plainDetail(entry.detail)),
    leaf_set: leafSet.id,
    leaf_count: leafSet.count,
    leaf_root: leafSet.root,
  }
  const hash = entryHash(row)
  log.audit.add({ ...row, leaf_hash: hash })
  log.meta.set(frontierKey, JSON.stringify(appendLeaf(frontier, hash)))
  return index
}
