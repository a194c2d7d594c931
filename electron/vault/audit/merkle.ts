// The Merkle tree of RFC 6962 section 2.1 (the same in RFC 9162), kept as a frontier: the roots of its complete
// subtrees, largest first. That is all that appending and the root need, and it is small enough to store as JSON.
import { createHash } from 'node:crypto'
import { GuicangError } from '../../../shared/errors.ts'

const hashBytes = 32
const leafPrefix = Buffer.from([0x00])
const nodePrefix = Buffer.from([0x01])

/** An append-only tree of `size` leaves: the hashes (base64) of its complete subtrees, largest first. Never mutated. */
export interface Frontier {
  readonly size: number
  readonly peaks: readonly string[]
}

/** Hash of a leaf: SHA-256(0x00 || data); a string is taken as UTF-8. 32 bytes. */
export function leafHash(data: Uint8Array | string): Buffer {
  return createHash('sha256').update(leafPrefix).update(data).digest()
}

/** Hash of an inner node: SHA-256(0x01 || left || right). 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest()
}

/** The tree without leaves. */
export function emptyFrontier(): Frontier {
  return { size: 0, peaks: [] }
}

/**
 * The tree with one more leaf; `hash` is what {@link leafHash} answered.
 *
 * @throws GuicangError `audit.broken` when the frontier can't be one (read back from a damaged place), `internal`
 * when `hash` isn't 32 bytes.
 */
export function appendLeaf(frontier: Frontier, hash: Uint8Array): Frontier {
  const peaks = decodePeaks(frontier)
  push(peaks, frontier.size, hash)
  return { size: frontier.size + 1, peaks: peaks.map((peak) => peak.toString('base64')) }
}

/**
 * The Merkle tree hash, 32 bytes; of the empty tree SHA-256 of nothing.
 *
 * @throws GuicangError `audit.broken` when the frontier can't be one.
 */
export function frontierRoot(frontier: Frontier): Buffer {
  return foldPeaks(decodePeaks(frontier))
}

/** A tree in the making. It holds its peaks as bytes, so that a leaf costs its hashes and nothing else. */
export interface GrowingTree {
  readonly size: number
  /** @throws GuicangError `internal` when `hash` isn't 32 bytes */
  add(hash: Uint8Array): void
  /** The Merkle tree hash of the leaves so far. */
  root(): Buffer
}

/** A tree to which any number of leaf hashes are added in their order; for a tree that is kept, {@link appendLeaf}. */
export function growingTree(): GrowingTree {
  const peaks: Buffer[] = []
  let size = 0
  return {
    get size() {
      return size
    },
    add: (hash) => {
      push(peaks, size, hash)
      size += 1
    },
    root: () => foldPeaks(peaks),
  }
}

/** The Merkle tree hash over leaf hashes taken in order. */
export function merkleRoot(leafHashes: Iterable<Uint8Array>): Buffer {
  const tree = growingTree()
  for (const hash of leafHashes) tree.add(hash)
  return tree.root()
}

// Each trailing 1 bit of the size is a complete subtree that the new leaf completes into the next larger one.
// Division instead of shifts: bit operators stop at 2^31.
function push(peaks: Buffer[], size: number, hash: Uint8Array): void {
  if (hash.length !== hashBytes)
    throw new GuicangError('internal', { fields: [{ field: 'leafHash', rule: 'length' }] })
  let right: Buffer = Buffer.from(hash)
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = peaks.pop()
    if (left === undefined) throw broken()
    right = nodeHash(left, right)
  }
  peaks.push(right)
}

function foldPeaks(peaks: readonly Buffer[]): Buffer {
  let root: Buffer | undefined
  for (const peak of peaks.toReversed()) root = root === undefined ? peak : nodeHash(peak, root)
  return root ?? createHash('sha256').digest()
}

function decodePeaks(frontier: Frontier): Buffer[] {
  const { size } = frontier
  if (!Number.isSafeInteger(size) || size < 0 || frontier.peaks.length !== ones(size)) throw broken()
  return frontier.peaks.map((peak) => {
    const bytes = Buffer.from(peak, 'base64')
    if (bytes.length !== hashBytes || bytes.toString('base64') !== peak) throw broken()
    return bytes
  })
}

function ones(size: number): number {
  return size.toString(2).replaceAll('0', '').length
}

function broken(): GuicangError {
  return new GuicangError('audit.broken', { fields: [{ field: 'frontier', rule: 'shape' }] })
}
