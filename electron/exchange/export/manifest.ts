// Manifests of RFC 8493: one line a file, `<hex digest>  <path>`.
import { createHash, getHashes } from 'node:crypto'
import { constants, open, type FileHandle } from 'node:fs/promises'
import { decodeManifestPath, encodeManifestPath } from './bag-paths.ts'
import { throwIfCancelled } from './output-error.ts'

export interface ManifestEntry {
  /** Lower-case hex. */
  digest: string
  /** As it is spelt in the line, percent-encoding included. */
  rawPath: string
  /** The file's path in the bag. */
  path: string
}

export interface ParsedManifest {
  entries: ManifestEntry[]
  /** 1-based numbers of lines that are no manifest line. */
  malformedLines: number[]
  blankLines: number[]
}

const chunkBytes = 1024 * 1024

/** Text of a manifest: sorted by path, lower-case hex, two spaces, LF. Any other spelling isn't ours. */
export function serialiseManifest(entries: readonly { digest: string; path: string }[]): string {
  return entries
    .map(({ digest, path }) => ({ digest, path: encodeManifestPath(path) }))
    .toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
    .map(({ digest, path }) => `${digest}  ${path}\n`)
    .join('')
}

/** Reads a manifest's text; LF, CRLF and CR end a line, hex may be of either case. Never throws: bad lines are listed. */
export function parseManifest(text: string, algorithm: string): ParsedManifest {
  const hexLength = digestHexLength(algorithm)
  const parsed: ParsedManifest = { entries: [], malformedLines: [], blankLines: [] }
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') {
      parsed.blankLines.push(index + 1)
      continue
    }
    const match = /^([0-9a-f]+)[ \t]+(\S.*)$/is.exec(line)
    const [, digest, rawPath] = match ?? []
    if (
      digest === undefined ||
      rawPath === undefined ||
      (hexLength !== undefined && digest.length !== hexLength)
    ) {
      parsed.malformedLines.push(index + 1)
      continue
    }
    parsed.entries.push({ digest: digest.toLowerCase(), rawPath, path: decodeManifestPath(rawPath) })
  }
  return parsed
}

// RFC 8493 names an algorithm in lower case without punctuation; Node's names are the same but for SHA-3.
function nodeAlgorithm(algorithm: string): string {
  return /^sha3\d{3}$/.test(algorithm) ? `sha3-${algorithm.slice(4)}` : algorithm
}

/** Whether this machine's Node can compute the algorithm that a manifest's file name names. */
export function knowsAlgorithm(algorithm: string): boolean {
  return getHashes().includes(nodeAlgorithm(algorithm))
}

function digestHexLength(algorithm: string): number | undefined {
  if (!knowsAlgorithm(algorithm)) return undefined
  return createHash(nodeAlgorithm(algorithm)).digest('hex').length
}

export interface FileDigests {
  bytes: number
  /** Algorithm to lower-case hex. */
  digests: Map<string, string>
}

/**
 * Reads a file once and computes all digests on the way. Never follows a link in the path's last part.
 * @throws what the file system throws (`ELOOP` for a link), GuicangError `job.cancelled`
 */
export async function digestFile(
  path: string,
  algorithms: Iterable<string>,
  options: {
    signal?: AbortSignal | undefined
    onBytes?: ((bytes: number) => void) | undefined
    sync?: boolean
  } = {},
): Promise<FileDigests> {
  const hashes = new Map([...algorithms].map((name) => [name, createHash(nodeAlgorithm(name))]))
  const flags = (options.sync ? constants.O_RDWR : constants.O_RDONLY) | (constants.O_NOFOLLOW ?? 0)
  const file = await open(path, flags)
  try {
    const bytes = await readThrough(file, options, (chunk) => {
      for (const hash of hashes.values()) hash.update(chunk)
    })
    if (options.sync) await file.sync()
    return { bytes, digests: new Map([...hashes].map(([name, hash]) => [name, hash.digest('hex')])) }
  } finally {
    await file.close()
  }
}

async function readThrough(
  file: FileHandle,
  options: { signal?: AbortSignal | undefined; onBytes?: ((bytes: number) => void) | undefined },
  take: (chunk: Buffer) => void,
): Promise<number> {
  const { size } = await file.stat()
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, size + 1))
  let total = 0
  for (;;) {
    throwIfCancelled(options.signal)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, null)
    if (bytesRead === 0) return total
    total += bytesRead
    take(buffer.subarray(0, bytesRead))
    options.onBytes?.(bytesRead)
  }
}
