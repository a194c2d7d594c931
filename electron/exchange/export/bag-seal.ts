// From a folder with a payload to a sealed bag: checked counts, tag files, manifests, signature, all flushed.
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import { listFolder, syncFolder, writeSynced } from './bag-folder.ts'
import { portablePath } from './bag-paths.ts'
import {
  ed25519FromPem,
  fingerprintOf,
  publicKeyPath,
  sameFingerprint,
  signatureHolds,
  signaturePath,
  signatureReadme,
  signatureReadmePath,
  signerKeyLabel,
  signerLabel,
} from './bag-signature.ts'
import { countCsvRows } from './csv-count.ts'
import { digestFile, serialiseManifest } from './manifest.ts'
import { throwIfCancelled } from './output-error.ts'

export interface BagFile {
  /** Relative to the bag, so it begins with `data/`. */
  path: string
  bytes: number
  /** Lower-case hex. */
  sha256: string
}

type TagFiles = Record<string, string | Uint8Array>

export interface BagFinish {
  /** Labels and values of bag-info.txt; a label given here wins over the one that would be computed, but for Payload-Oxum and the signer's. */
  info: Record<string, string>
  /** Files beside `data/`: certificate.txt, checkpoint.txt, format.md, …; made once the payload's digests are known. */
  tagFiles: TagFiles | ((payload: readonly BagFile[]) => Promise<TagFiles>)
  /** Every payload file, by the path that was given to payloadPath; `rows` is counted by reading the file back (.csv only). */
  expected: { path: string; rows?: number }[]
  /** Signs the bytes of tagmanifest-sha256.txt: raw 64-byte Ed25519. */
  sign: (bytes: Uint8Array) => Uint8Array
  /** The signer's public key, SPKI PEM. */
  verifyKeyPem: string
  signer: { name: string; fingerprint: string }
  signal?: AbortSignal
  /** Called with the number of payload bytes just read. */
  onBytes?: (bytes: number) => void
  /** Looks at the bag when all of it is on the disk, before it has its name; what it throws takes the bag away. */
  check?: (folder: string) => Promise<void>
}

export interface BagSealed {
  /** The payload's files, sorted by path. */
  files: BagFile[]
  /** Of the key that signed. */
  fingerprint: string
  /** sha256 of tagmanifest-sha256.txt, which names this bag and no other. */
  digest: string
}

const algorithms = ['sha256', 'sha512'] as const
const computedLabel = /^(?:payload-oxum|guicang-signer|guicang-signer-key)$/i
const reserved =
  /^(?:bagit\.txt|bag-info\.txt|fetch\.txt|(?:tag)?manifest-[^/]*\.txt|data(?:\/.*)?|signature(?:\/.*)?)$/i

/** Makes the folder a sealed bag; everything in it is on the disk afterwards. Refusals: see BagDraft.finish. */
export async function sealBag(folder: string, finish: BagFinish): Promise<BagSealed> {
  const key = ed25519FromPem(finish.verifyKeyPem)
  if (!key || !sameFingerprint(fingerprintOf(key), finish.signer.fingerprint))
    throw new GuicangError('internal')

  await checkExpected(folder, finish)
  const payload = await digestAll(
    folder,
    (await listFolder(join(folder, 'data'))).files.map((path) => `data/${path}`),
    finish,
  )

  const tags = new Map<string, string | Uint8Array>()
  const files = payload.map(({ path, bytes, digests }) => ({
    path,
    bytes,
    sha256: digests.get('sha256') ?? '',
  }))
  const tagFiles = typeof finish.tagFiles === 'function' ? await finish.tagFiles(files) : finish.tagFiles
  for (const [name, content] of Object.entries(tagFiles)) tags.set(tagPath(name), content)
  tags.set('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
  tags.set('bag-info.txt', bagInfo(finish, payload))
  tags.set(publicKeyPath, finish.verifyKeyPem)
  tags.set(signatureReadmePath, signatureReadme(finish.signer))
  for (const name of algorithms) tags.set(`manifest-${name}.txt`, serialiseManifest(entriesOf(payload, name)))
  for (const [path, content] of tags) await writeTag(folder, path, content)

  // The digests of what was meant, not of what is read back: a write that went wrong shows up at the first check.
  const tagged = [...tags].map(([path, content]) => ({ path, digests: digestsOf(content) }))
  for (const name of algorithms) {
    await writeTag(folder, `tagmanifest-${name}.txt`, serialiseManifest(entriesOf(tagged, name)))
  }
  const signed = Buffer.from(serialiseManifest(entriesOf(tagged, 'sha256')))
  const signature = finish.sign(signed)
  if (!signatureHolds(key, signed, signature)) throw new GuicangError('internal')
  await writeTag(folder, signaturePath, signature)

  throwIfCancelled(finish.signal)
  for (const path of (await listFolder(folder)).folders) await syncFolder(join(folder, path))
  await syncFolder(folder)
  return {
    files,
    fingerprint: finish.signer.fingerprint,
    digest: createHash('sha256').update(signed).digest('hex'),
  }
}

async function checkExpected(folder: string, finish: BagFinish): Promise<void> {
  const content = await listFolder(join(folder, 'data'))
  const expected = new Set(finish.expected.map(({ path }) => portablePath(path)))
  const found = new Set(content.files)
  // Not another content, but a folder that can't be looked into.
  if (content.unreadable.length > 0) throw new GuicangError('file.unreadable')
  if (
    content.others.length > 0 ||
    expected.size !== finish.expected.length ||
    !sameMembers(expected, found)
  ) {
    throw new GuicangError('export.countMismatch')
  }
  for (const { path, rows } of finish.expected) {
    if (rows === undefined) continue
    if (!path.toLowerCase().endsWith('.csv')) {
      throw new GuicangError('input.invalid', { fields: [{ field: 'expected', rule: 'rows' }] })
    }
    const counted = await countCsvRows(join(folder, 'data', portablePath(path)), finish.signal)
    if (counted !== rows) throw new GuicangError('export.countMismatch')
  }
}

function sameMembers(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((member) => b.has(member))
}

interface Digested {
  path: string
  bytes: number
  digests: ReadonlyMap<string, string>
}

async function digestAll(folder: string, paths: string[], finish: BagFinish): Promise<Digested[]> {
  const digested: Digested[] = []
  for (const path of paths.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    const { bytes, digests } = await digestFile(join(folder, path), algorithms, {
      signal: finish.signal,
      onBytes: finish.onBytes,
      sync: true,
    })
    digested.push({ path, bytes, digests })
  }
  return digested
}

function entriesOf(
  files: readonly { path: string; digests: ReadonlyMap<string, string> }[],
  algorithm: string,
): { path: string; digest: string }[] {
  return files.map(({ path, digests }) => {
    const digest = digests.get(algorithm)
    if (digest === undefined) throw new GuicangError('internal')
    return { path, digest }
  })
}

function digestsOf(content: string | Uint8Array): Map<string, string> {
  return new Map(algorithms.map((name) => [name, createHash(name).update(content).digest('hex')]))
}

function tagPath(name: string): string {
  const path = portablePath(name)
  if (reserved.test(path))
    throw new GuicangError('input.invalid', { fields: [{ field: 'tagFiles', rule: 'reserved' }] })
  return path
}

async function writeTag(folder: string, path: string, content: string | Uint8Array): Promise<void> {
  if (dirname(path) !== '.') await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeSynced(join(folder, path), content)
}

function bagInfo(finish: BagFinish, payload: readonly Digested[]): string {
  const octets = payload.reduce((sum, { bytes }) => sum + bytes, 0)
  const info = new Map<string, string>([
    ['Bag-Software-Agent', 'Guicang'],
    ['Bagging-Date', new Date().toISOString().slice(0, 10)],
  ])
  for (const [label, value] of Object.entries(finish.info)) {
    if (!/^[A-Za-z0-9][A-Za-z0-9-]*$/.test(label)) {
      throw new GuicangError('input.invalid', { fields: [{ field: 'info', rule: 'label' }] })
    }
    if (!computedLabel.test(label)) info.set(label, value)
  }
  info.set('Payload-Oxum', `${octets}.${payload.length}`)
  info.set(signerLabel, finish.signer.name)
  info.set(signerKeyLabel, finish.signer.fingerprint)
  // One line a value: a line break inside would begin a label of its own.
  return [...info]
    .map(([label, value]) => `${label}: ${value.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()}\n`)
    .join('')
}
