// Manifests of a bag that somebody hands in: every line is hostile until it names a plain file inside the bag.
import { join } from 'node:path'
import { decodeTag, fault, noteUnreadable, readTag, warn, type BagCheck } from './bag-check.ts'
import { staysInside } from './bag-paths.ts'
import {
  digestFile,
  knowsAlgorithm,
  parseManifest,
  serialiseManifest,
  type ManifestEntry,
} from './manifest.ts'

export interface Manifest {
  /** File name, `manifest-sha256.txt`. */
  name: string
  kind: 'payload' | 'tag'
  algorithm: string
  /** Path in the bag to the digests that the manifest gives for it. */
  digests: Map<string, Set<string>>
  /** Whether the file is spelt exactly as our own writer spells it. */
  canonical: boolean
}

/** Reads all manifests and tag manifests at the top of the bag. Answers only those whose algorithm is known here. */
export async function readManifests(check: BagCheck, encoding: string): Promise<Manifest[]> {
  const manifests: Manifest[] = []
  const resolveName = nameResolver(check)
  let payloadManifests = 0
  for (const name of [...check.files].toSorted()) {
    const [, tag, spelt] = /^(tag)?manifest-([^/]+)\.txt$/i.exec(name) ?? []
    if (spelt === undefined) continue
    const algorithm = spelt.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
    const kind = tag === undefined ? 'payload' : 'tag'
    if (kind === 'payload') payloadManifests += 1
    if (!knowsAlgorithm(algorithm)) {
      warn(check, 'manifest.algorithmUnknown', name, 'these digests can’t be computed here')
      continue
    }
    if (algorithm === 'md5' || algorithm === 'sha1') {
      warn(check, 'manifest.algorithmWeak', name, 'finds accidents, not forgeries')
    }
    const bytes = await readTag(check, name)
    const text = bytes && decodeTag(check, name, bytes, encoding)
    if (bytes === undefined || text === undefined) continue
    const parsed = parseManifest(text, algorithm)
    for (const line of parsed.malformedLines) {
      fault(check, 'manifest.malformedLine', `${name}:${line}`, 'not a digest of the right length and a path')
    }
    for (const line of parsed.blankLines)
      warn(check, 'manifest.blankLine', `${name}:${line}`, 'an empty line')
    const entries = parsed.entries.map((entry) => ({ digest: entry.digest, path: entry.path }))
    const canonical =
      parsed.malformedLines.length === 0 && bytes.equals(Buffer.from(serialiseManifest(entries)))
    const digests = takeEntries(check, name, kind, parsed.entries, resolveName)
    manifests.push({ name, kind, algorithm, digests, canonical })
  }
  if (payloadManifests === 0) fault(check, 'manifest.missing', '.', 'there is no payload manifest')
  else if (!manifests.some(({ kind }) => kind === 'payload')) {
    fault(check, 'manifest.noneUsable', '.', 'no payload manifest can be checked here')
  }
  return manifests
}

type NameResolver = (entry: ManifestEntry) => { path: string; note?: [code: string, detail: string] }

// Finds the file that a line means: exactly, or as another tool may have spelt it.
function nameResolver(check: BagCheck): NameResolver {
  const byNfc = new Map([...check.files].map((path) => [path.normalize('NFC'), path]))
  return ({ path, rawPath }) => {
    if (check.files.has(path)) return { path }
    if (check.files.has(rawPath)) {
      return { path: rawPath, note: ['name.percent', 'the percent sign in the name is not encoded'] }
    }
    const bare = path.replace(/^\*?(?:\.\/)*/, '')
    if (bare !== path && check.files.has(bare)) {
      return { path: bare, note: ['manifest.prefix', 'the path has a “*” or “./” in front'] }
    }
    const other = byNfc.get(path.normalize('NFC'))
    if (other === undefined) return { path }
    return { path: other, note: ['name.normalisation', 'the file’s name is spelt in another Unicode form'] }
  }
}

function takeEntries(
  check: BagCheck,
  name: string,
  kind: 'payload' | 'tag',
  entries: ManifestEntry[],
  resolveName: NameResolver,
): Map<string, Set<string>> {
  const digests = new Map<string, Set<string>>()
  for (const entry of entries) {
    const { path, note } = resolveName(entry)
    if (!staysInside(path)) {
      fault(check, 'manifest.unsafePath', name, `refused: ${path}`)
      continue
    }
    if (path.startsWith('data/') !== (kind === 'payload')) {
      fault(check, 'manifest.wrongKind', name, `${path} doesn’t belong into this manifest`)
      continue
    }
    if (note) warn(check, note[0], path, note[1])
    const known = digests.get(path)
    if (known) warn(check, 'manifest.duplicate', name, `${path} is listed more than once`)
    digests.set(path, (known ?? new Set()).add(entry.digest))
  }
  return digests
}

/** Every listed file must be there, every payload file must be listed. */
export function checkCompleteness(check: BagCheck, manifests: readonly Manifest[], version: string): void {
  const missing = new Set<string>()
  for (const manifest of manifests) {
    for (const path of manifest.digests.keys()) {
      if (check.files.has(path) || missing.has(path)) continue
      missing.add(path)
      fault(
        check,
        manifest.kind === 'payload' ? 'payload.missing' : 'tag.missing',
        path,
        'listed, but not there',
      )
    }
  }
  const payload = manifests.filter(({ kind }) => kind === 'payload')
  for (const path of check.files) {
    if (!path.startsWith('data/') || payload.length === 0) continue
    const without = payload.filter(({ digests }) => !digests.has(path))
    // Up to 0.97 one manifest was enough for a file; RFC 8493, section 3, asks for all.
    if (without.length === payload.length) fault(check, 'payload.unlisted', path, 'in no manifest')
    else if (version === '1.0') {
      for (const { name } of without) fault(check, 'payload.unlisted', path, `not in ${name}`)
    }
  }
}

/**
 * Reads every listed file once and compares the digests of all manifests.
 * @returns the payload's size in bytes as it was read
 */
export async function checkDigests(
  check: BagCheck,
  manifests: readonly Manifest[],
  onBytes: ((bytes: number) => void) | undefined,
): Promise<number> {
  let octets = 0
  for (const path of [...check.files].toSorted()) {
    const naming = manifests.filter(({ digests }) => digests.has(path))
    const isPayload = path.startsWith('data/')
    if (naming.length === 0 && !isPayload) continue
    try {
      const read = await digestFile(
        join(check.root, path),
        new Set(naming.map(({ algorithm }) => algorithm)),
        {
          signal: check.signal,
          onBytes,
        },
      )
      if (isPayload) octets += read.bytes
      for (const { name, algorithm, digests } of naming) {
        const found = read.digests.get(algorithm)
        for (const expected of digests.get(path) ?? []) {
          if (expected !== found) fault(check, 'checksum.mismatch', path, `${algorithm} differs from ${name}`)
        }
      }
    } catch (error) {
      noteUnreadable(check, path, error)
    }
  }
  return octets
}
