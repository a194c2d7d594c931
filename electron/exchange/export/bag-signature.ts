// The signature of a bag: Ed25519 over tagmanifest-sha256.txt, which vouches for the manifests, which vouch for all else.
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'

export const signedFile = 'tagmanifest-sha256.txt'
export const signaturePath = 'signature/tagmanifest-sha256.txt.sig'
export const publicKeyPath = 'signature/public-key.pem'
export const signatureReadmePath = 'signature/README.txt'

/** Labels in bag-info.txt by which a bag says that it was signed, and with which key. */
export const signerLabel = 'Guicang-Signer'
export const signerKeyLabel = 'Guicang-Signer-Key'

/** An Ed25519 public key from SPKI PEM, or undefined where the text is anything else (RSA, a private key, damage). */
export function ed25519FromPem(pem: string): KeyObject | undefined {
  // createPublicKey would take a private key too and derive the public part: such a file has no business in a bag.
  if (!/^\s*-----BEGIN PUBLIC KEY-----/.test(pem)) return undefined
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
}

/** First 16 bytes of SHA-256 over the key's SPKI DER, lower-case hex in groups of four: what two people read out to each other. */
export function fingerprintOf(key: KeyObject): string {
  const hex = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 32)
  return hex.match(/.{4}/g)?.join(' ') ?? hex
}

/** Compares two spellings of a fingerprint: only the hex digits count. */
export function sameFingerprint(a: string, b: string): boolean {
  const digits = (text: string): string => text.toLowerCase().replaceAll(/[^0-9a-f]/g, '')
  return digits(a) === digits(b) && digits(a) !== ''
}

/** Checks a raw 64-byte Ed25519 signature. */
export function signatureHolds(key: KeyObject, signed: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === 64 && verify(null, signed, key, signature)
}

/** The page beside the signature: who signed, and how to check it with stock tools. Chinese first, then English. */
export function signatureReadme(signer: { name: string; fingerprint: string }): string {
  const commands = [
    `openssl pkeyutl -verify -pubin -inkey ${publicKeyPath} -rawin -in ${signedFile} -sigfile ${signaturePath}`,
    'sha256sum -c tagmanifest-sha256.txt',
    'sha256sum -c manifest-sha256.txt',
  ]
  return [
    '核对签名',
    '',
    `签名人：${signer.name}`,
    `公钥指纹：${signer.fingerprint}`,
    '',
    '请先通过另一条渠道（例如电话）向签名人核对公钥指纹。指纹一致，下面的核对才有意义。',
    '在本数据包的顶层文件夹中依次执行（需要 OpenSSL 3.0 或更高版本）：',
    '',
    ...commands.map((line) => `    ${line}`),
    '',
    '计算公钥指纹（取前 32 个十六进制字符）：',
    '',
    `    openssl pkey -pubin -in ${publicKeyPath} -outform DER | sha256sum | cut -c1-32`,
    '',
    'Checking the signature',
    '',
    `Signed by: ${signer.name}`,
    `Key fingerprint: ${signer.fingerprint}`,
    '',
    'First compare the fingerprint with the signer through a second channel, by telephone for example.',
    'Only then does the check below mean anything. In the top folder of this bag run, one after another',
    '(OpenSSL 3.0 or later):',
    '',
    ...commands.map((line) => `    ${line}`),
    '',
    'The fingerprint is the first 32 hex digits of:',
    '',
    `    openssl pkey -pubin -in ${publicKeyPath} -outform DER | sha256sum | cut -c1-32`,
    '',
  ].join('\n')
}
