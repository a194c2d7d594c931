// Checks a bag (BagIt, RFC 8493), ours or anybody's, on media that may be read-only and by hands that may be hostile.
import { realpath, stat } from 'node:fs/promises'
import { GuicangError } from '../../../shared/errors.ts'
import { fault, warn, type BagCheck, type BagFinding } from './bag-check.ts'
import { listFolder } from './bag-folder.ts'
import { asOutputError, throwIfCancelled } from './output-error.ts'
import { checkOxum, readBagInfo, readDeclaration } from './verify-declaration.ts'
import { checkCompleteness, checkDigests, readManifests } from './verify-manifests.ts'
import { checkSignature, type BagTrust, type TrustedKey } from './verify-signature.ts'

export type { BagFinding, BagTrust, TrustedKey }

export interface BagVerdict {
  /** No errors. Says nothing about who made the bag: that is `trust`. */
  valid: boolean
  errors: BagFinding[]
  warnings: BagFinding[]
  trust: BagTrust
}

export interface VerifyOptions {
  /** Keys that the caller knows from elsewhere (SPKI PEM, Ed25519). */
  trustedKeys?: readonly TrustedKey[]
  signal?: AbortSignal
  /** Called with the number of bytes just read. */
  onBytes?: (bytes: number) => void
}

/**
 * Checks everything that RFC 8493 asks for, with every digest algorithm present, and our signature. Reads only; follows no
 * link; fetches nothing. A foreign bag without signature can be valid, with trust `unsigned`.
 * @throws GuicangError `file.notFound` (no such folder), `bag.invalid` (not a folder, or nothing of a bag in it),
 *   `file.unreadable` (the folder can't be listed), `job.cancelled`
 */
export async function verifyBag(dir: string, options: VerifyOptions = {}): Promise<BagVerdict> {
  try {
    return await verifyAt(await bagRoot(dir), options)
  } catch (error) {
    throw asOutputError(error)
  }
}

// The bag's own folder may be reached through a link: that is the reader's choice. Below it, none is followed.
async function bagRoot(dir: string): Promise<string> {
  const root = await realpath(dir)
  if (!(await stat(root)).isDirectory()) throw new GuicangError('bag.invalid')
  return root
}

async function verifyAt(root: string, options: VerifyOptions): Promise<BagVerdict> {
  const content = await listFolder(root)
  if (content.unreadable.includes('')) throw new GuicangError('file.unreadable')
  const check: BagCheck = {
    root,
    content,
    files: new Set(content.files),
    errors: [],
    warnings: [],
    signal: options.signal,
  }
  if (!looksLikeBag(check)) throw new GuicangError('bag.invalid')
  throwIfCancelled(options.signal)

  checkFolder(check)
  const { version, encoding } = await readDeclaration(check)
  const info = await readBagInfo(check, encoding)
  const manifests = await readManifests(check, encoding)
  checkCompleteness(check, manifests, version)
  const octets = await checkDigests(check, manifests, options.onBytes)
  checkOxum(check, info, octets, content.files.filter((path) => path.startsWith('data/')).length)
  const trust = await checkSignature(check, info, manifests, options.trustedKeys ?? [])
  return { valid: check.errors.length === 0, errors: check.errors, warnings: check.warnings, trust }
}

function looksLikeBag({ files, content }: BagCheck): boolean {
  return (
    files.has('bagit.txt') ||
    content.folders.includes('data') ||
    content.files.some((path) => /^manifest-[^/]+\.txt$/i.test(path))
  )
}

function checkFolder(check: BagCheck): void {
  const { content } = check
  if (!content.folders.includes('data'))
    fault(check, 'payload.folderMissing', 'data', 'a bag must have this folder')
  for (const { path, kind } of content.others) {
    if (kind === 'link') fault(check, 'file.link', path, 'a link; it was not followed')
    else fault(check, 'file.special', path, 'neither a file nor a folder; it was not opened')
  }
  for (const path of content.unreadable) fault(check, 'file.unreadable', path, 'the folder can’t be listed')
  if (check.files.has('fetch.txt')) {
    warn(check, 'fetch.ignored', 'fetch.txt', 'the bag lists files to be downloaded; nothing was')
  }
  checkNames(check)
  checkEmptyFolders(check)
}

// Two names that one file system tells apart and the next one doesn't: a copy would silently lose one of them.
function checkNames(check: BagCheck): void {
  const byFold = new Map<string, string>()
  for (const path of [...check.content.files].toSorted()) {
    const fold = path.normalize('NFC').toLowerCase()
    const other = byFold.get(fold)
    if (other === undefined) byFold.set(fold, path)
    else if (other.normalize('NFC') === path.normalize('NFC')) {
      warn(check, 'name.collision', path, 'two names that differ only in their Unicode form (NFC, NFD)')
    } else warn(check, 'name.collision', path, 'two names that differ only in upper and lower case')
  }
}

// Manifests can't name a folder, so an empty one is covered by nothing and may be lost or added unseen.
function checkEmptyFolders(check: BagCheck): void {
  const filled = new Set<string>()
  for (const path of [...check.content.files, ...check.content.others.map((other) => other.path)]) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
      filled.add(path.slice(0, end))
  }
  for (const path of check.content.folders) {
    if (path === 'data' || filled.has(path) || check.content.unreadable.includes(path)) continue
    warn(check, 'folder.empty', path, 'an empty folder')
  }
}
