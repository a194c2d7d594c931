import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  appendLeaf,
  emptyFrontier,
  frontierRoot,
  leafHash,
  merkleRoot,
  nodeHash,
} from '../../../electron/vault/audit/merkle.ts'
import type { Frontier } from '../../../electron/vault/audit/merkle.ts'

// The leaves and roots that the Certificate Transparency reference implementation tests RFC 6962 with.
const knownLeaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const knownRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const frontierSchema = z.strictObject({ size: z.int(), peaks: z.array(z.string()) })

function frontierOf(leaves: Uint8Array[]): Frontier {
  let frontier = emptyFrontier()
  for (const leaf of leaves) frontier = appendLeaf(frontier, leafHash(leaf))
  return frontier
}

/** RFC 6962 section 2.1 word for word: split at the largest power of two below n. */
function recursiveRoot(leaves: Uint8Array[]): Buffer {
  const [first] = leaves
  if (first === undefined) return createHash('sha256').digest()
  if (leaves.length === 1) return leafHash(first)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(recursiveRoot(leaves.slice(0, split)), recursiveRoot(leaves.slice(split)))
}

test.each(knownRoots.map((root, size) => ({ root, size })))(
  'has the known root of $size leaves',
  ({ root, size }) => {
    const leaves = knownLeaves.slice(0, size).map((hex) => Buffer.from(hex, 'hex'))
    expect(frontierRoot(frontierOf(leaves)).toString('hex')).toBe(root)
    expect(merkleRoot(leaves.map((leaf) => leafHash(leaf))).toString('hex')).toBe(root)
  },
)

test('frontier, stream and recursive definition agree, also after a trip through JSON', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 200 }), (leaves) => {
      const expected = recursiveRoot(leaves).toString('hex')
      const stored = frontierSchema.parse(JSON.parse(JSON.stringify(frontierOf(leaves))))
      expect(stored.size).toBe(leaves.length)
      expect(frontierRoot(stored).toString('hex')).toBe(expected)
      expect(merkleRoot(leaves.map((leaf) => leafHash(leaf))).toString('hex')).toBe(expected)
    }),
    { numRuns: 60 },
  )
})

test('appending leaves the earlier frontier as it was', () => {
  const before = frontierOf([Buffer.from('a'), Buffer.from('b'), Buffer.from('c')])
  const copy = structuredClone(before)
  appendLeaf(before, leafHash('d'))
  expect(before).toEqual(copy)
})

test('a leaf is not a node: text and bytes hash alike, with their own prefix', () => {
  expect(leafHash('归藏').equals(leafHash(Buffer.from('归藏')))).toBe(true)
  const [left, right] = [leafHash('l'), leafHash('r')]
  expect(nodeHash(left, right).equals(leafHash(Buffer.concat([left, right])))).toBe(false)
})

test('keeps its size beyond 2^31 leaves', () => {
  const peak = leafHash('peak').toString('base64')
  const size = 2 ** 40 + 1
  const next = appendLeaf({ size, peaks: [peak, peak] }, leafHash('x'))
  expect(next.size).toBe(size + 1)
  expect(next.peaks).toHaveLength(2)
})

test.each([
  { name: 'too few peaks', frontier: { size: 3, peaks: [] } },
  { name: 'too many peaks', frontier: { size: 0, peaks: [leafHash('a').toString('base64')] } },
  { name: 'short peak', frontier: { size: 1, peaks: ['AAAA'] } },
  { name: 'peak that is no base64', frontier: { size: 1, peaks: ['*'.repeat(44)] } },
  { name: 'negative size', frontier: { size: -1, peaks: [] } },
  { name: 'fractional size', frontier: { size: 0.5, peaks: [] } },
])('a damaged frontier ($name) is audit.broken', ({ frontier }) => {
  expect(() => frontierRoot(frontier)).toThrow('audit.broken')
  expect(() => appendLeaf(frontier, leafHash('x'))).toThrow('audit.broken')
})

test('refuses a leaf that was not hashed', () => {
  expect(() => appendLeaf(emptyFrontier(), Buffer.from('not a hash'))).toThrow('internal')
})
