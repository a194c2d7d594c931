// Who vouches for a bag. A signature only says something about a person once the key is known from elsewhere.
import { decodeTag, fault, readTag, warn, type BagCheck } from './bag-check.ts'
import {
  ed25519FromPem,
  fingerprintOf,
  publicKeyPath,
  sameFingerprint,
  signatureHolds,
  signaturePath,
  signedFile,
  signerKeyLabel,
  signerLabel,
} from './bag-signature.ts'
import type { BagInfo } from './verify-declaration.ts'
import type { Manifest } from './verify-manifests.ts'

/** `anchored`: signed with a key that the caller knows; `unanchored`: with the key that the bag itself brings; else `unsigned`. */
export type BagTrust = 'anchored' | 'unanchored' | 'unsigned'

export interface TrustedKey {
  name: string
  verifyKeyPem: string
}

/** Checks signature, signer and, in a signed bag, that nothing stands outside of what was signed. */
export async function checkSignature(
  check: BagCheck,
  info: BagInfo,
  manifests: readonly Manifest[],
  trustedKeys: readonly TrustedKey[],
): Promise<BagTrust> {
  const claimed = info.has(signerLabel.toLowerCase()) || info.has(signerKeyLabel.toLowerCase())
  const signature = await readTag(check, signaturePath, 64 * 1024)
  if (!signature) {
    if (claimed) fault(check, 'signature.missing', signaturePath, 'bag-info.txt names a signer')
    return 'unsigned'
  }
  checkNothingOutside(check, manifests)
  for (const name of claimed ? ['tagmanifest-sha512.txt', 'manifest-sha512.txt'] : []) {
    if (!check.files.has(name)) fault(check, 'tag.missing', name, 'every bag of this signer’s program has it')
  }
  const signed = await readTag(check, signedFile)
  if (!signed) {
    fault(check, 'signature.nothingSigned', signedFile, 'the signed file is missing')
    return 'unsigned'
  }
  const holds = (pem: string): boolean => {
    const key = ed25519FromPem(pem)
    return key !== undefined && signatureHolds(key, signed, signature)
  }
  const anchor = trustedKeys.find(({ verifyKeyPem }) => holds(verifyKeyPem))
  const bytes = await readTag(check, publicKeyPath, 64 * 1024)
  const pem = bytes && decodeTag(check, publicKeyPath, bytes, 'utf-8')
  const key = pem === undefined ? undefined : ed25519FromPem(pem)
  if (!key) {
    fault(check, 'signature.key', publicKeyPath, 'no Ed25519 public key there')
    return anchor ? 'anchored' : 'unsigned'
  }
  if (!anchor && !signatureHolds(key, signed, signature)) {
    fault(check, 'signature.wrong', signaturePath, 'doesn’t fit tagmanifest-sha256.txt and the key')
    return 'unsigned'
  }
  for (const said of info.get(signerKeyLabel.toLowerCase()) ?? []) {
    if (!sameFingerprint(said, fingerprintOf(key))) {
      fault(check, 'signature.fingerprint', 'bag-info.txt', `names another key than ${fingerprintOf(key)}`)
    }
  }
  if (anchor) return 'anchored'
  warn(
    check,
    'signature.unanchored',
    publicKeyPath,
    `compare the key’s fingerprint with the signer by a second channel: ${fingerprintOf(key)}`,
  )
  return 'unanchored'
}

// BagIt lets tag files go unlisted. In a signed bag such a file would look as if the signer had vouched for it.
function checkNothingOutside(check: BagCheck, manifests: readonly Manifest[]): void {
  const tagManifests = manifests.filter(({ kind }) => kind === 'tag')
  for (const { name, canonical } of tagManifests) {
    // tagmanifest-sha512.txt is not signed itself; spelt in the one canonical way, its content follows from what is.
    if (!canonical) fault(check, 'manifest.spelling', name, 'not spelt as the signer’s program spells it')
  }
  const signedManifest = tagManifests.find(({ name }) => name === signedFile)
  for (const path of check.files) {
    if (path.startsWith('data/') || path === signaturePath || /^tagmanifest-[^/]+\.txt$/i.test(path)) continue
    if (!signedManifest?.digests.has(path))
      fault(check, 'tag.unlisted', path, 'the signature doesn’t cover this file')
  }
  for (const { name, digests } of tagManifests) {
    for (const path of signedManifest?.digests.keys() ?? []) {
      if (!digests.has(path)) fault(check, 'tag.unlisted', path, `not in ${name}`)
    }
  }
}
