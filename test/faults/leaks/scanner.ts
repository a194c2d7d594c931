// Looks for many byte patterns at once. Each scan counts what it read and carries a planted value that it must find, so
// that none passes because it looked at nothing.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ClearValue, type Needle, patternsOf } from './forms.ts'

export interface Scanner {
  /** How many values and byte patterns are searched for. */
  readonly values: number
  readonly patterns: number
  /** The clear values that stand in the bytes, each once. */
  find(bytes: Uint8Array): ClearValue[]
}

const keyBytes = 6

/** A scanner for every written form and encoding of the values. */
export function scannerOf(values: readonly ClearValue[]): Scanner {
  const distinct = [...new Map(values.map((clear) => [clear.value, clear])).values()]
  const seen = new Set<string>()
  const needles = distinct.flatMap(patternsOf).filter(({ bytes }) => {
    const key = bytes.toString('latin1')
    return !seen.has(key) && seen.add(key)
  })
  return { values: distinct.length, ...searchFor(needles) }
}

/** Patterns of at least six bytes: they are found by their first six, and most places are passed over by the first four. */
function searchFor(needles: readonly Needle[]): Omit<Scanner, 'values'> {
  // Thirty-odd places a pattern: few enough to stay in the processor's cache, and most bytes are passed over.
  const bits = Math.min(24, Math.ceil(Math.log2(needles.length + 1)) + 5)
  const filter = new Uint8Array(1 << bits)
  const slotOf = (word: number): number => Math.imul(word, 0x9e3779b1) >>> (32 - bits)
  const byStart = new Map<number, Needle[]>()
  for (const needle of needles) {
    filter[slotOf(needle.bytes.readUInt32LE(0))] = 1
    const key = needle.bytes.readUIntLE(0, keyBytes)
    const others = byStart.get(key)
    if (others === undefined) byStart.set(key, [needle])
    else others.push(needle)
  }
  return {
    patterns: needles.length,
    find: (bytes) => {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const found = new Set<ClearValue>()
      const end = buffer.length - keyBytes
      let word = buffer.length >= 4 ? buffer.readUInt32LE(0) : 0
      for (let at = 0; at <= end; at += 1) {
        if (filter[slotOf(word)] === 1) {
          for (const needle of byStart.get(buffer.readUIntLE(at, keyBytes)) ?? []) {
            if (found.has(needle.clear)) continue
            const stop = at + needle.bytes.length
            if (stop <= buffer.length && needle.bytes.equals(buffer.subarray(at, stop)))
              found.add(needle.clear)
          }
        }
        word = (word >>> 8) | ((buffer[at + 4] ?? 0) << 24)
      }
      return [...found]
    },
  }
}

export interface FolderScan {
  files: number
  bytes: number
  /** Values by the file in which they stand, for a report: kind and count, never the value. */
  hits: { file: string; found: ClearValue[] }[]
}

/** Reads every file below a folder (links are not followed); `skip` leaves paths relative to it out. */
export function scanFolder(
  folder: string,
  find: Scanner['find'],
  skip: (path: string) => boolean = () => false,
): FolderScan {
  const scan: FolderScan = { files: 0, bytes: 0, hits: [] }
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const file = path.slice(folder.length + 1)
    if (!entry.isFile() || skip(file)) continue
    const content = readFileSync(path)
    scan.files += 1
    scan.bytes += content.length
    const found = [...find(Buffer.from(file)), ...find(content)]
    if (found.length > 0) scan.hits.push({ file, found })
  }
  return scan
}

/** What a failed scan may print: how many values of each kind. */
export function countByKind(found: readonly ClearValue[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
