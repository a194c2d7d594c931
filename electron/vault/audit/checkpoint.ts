// Checkpoints of the log: C2SP tlog-checkpoint in a C2SP signed note, signed with the key of the person whose session
// it is. The key name therefore names the person (`guicang/<personId>`), not the log as the specification recommends.
import { createHash } from 'node:crypto'
import { base64 } from '@scure/base'
import { GuicangError } from '../../../shared/errors.ts'
import { signBytes, verifyBytes, verifyKeyBytes } from '../keys/signing.ts'

const originPrefix = 'guicang/'
const ed25519Type = 0x01
const keyHashBytes = 4
const rootBytes = 32
/** The specification asks for a limit of at least 16. */
const maxSignatures = 64
const maxCharacters = 64 * 1024

export interface CheckpointInput {
  vaultId: string
  /** Number of leaves. */
  size: number
  /** Merkle tree hash, 32 bytes. */
  root: Uint8Array
  /** `guicang/<personId>` */
  keyName: string
  /** base64 of the PKCS8 DER */
  signingKey: string
  /** base64 of the raw 32 bytes */
  verifyKey: string
}

export interface NoteSignature {
  keyName: string
  /** First 4 bytes of SHA-256(name || 0x0A || 0x01 || key): tells which key, proves nothing. */
  keyHash: Uint8Array
  signature: Uint8Array
}

export interface Checkpoint {
  /** `guicang/<vaultId>` */
  origin: string
  vaultId: string
  size: number
  root: Buffer
  signatures: NoteSignature[]
  /** What the signatures are over (as UTF-8), with its final newline. */
  signedText: string
}

/**
 * Makes a signed checkpoint: origin line `guicang/<vaultId>`, decimal size, base64 root, blank line, signature line.
 *
 * @throws GuicangError `internal` for a name with spaces or plus signs, a root that isn't 32 bytes, or two keys that
 * don't belong together
 */
export function createCheckpoint(input: CheckpointInput): string {
  const { vaultId, size, root, keyName, signingKey, verifyKey } = input
  const key = verifyKeyBytes(verifyKey)
  if (!isKeyName(vaultId) || !isKeyName(keyName) || !Number.isSafeInteger(size) || size < 0) throw unfit()
  if (root.length !== rootBytes || key === undefined) throw unfit()
  const signedText = `${originPrefix}${vaultId}\n${size}\n${base64.encode(new Uint8Array(root))}\n`
  const bytes = Buffer.from(signedText, 'utf8')
  const signature = signBytes(signingKey, bytes)
  if (!verifyBytes(verifyKey, bytes, signature)) throw unfit()
  const line = base64.encode(new Uint8Array(Buffer.concat([keyHashOf(keyName, key), signature])))
  return `${signedText}\n— ${keyName} ${line}\n`
}

/**
 * Takes a checkpoint apart without believing it: nothing in the answer counts before {@link verifyCheckpoint}.
 *
 * @throws GuicangError `checkpoint.invalid` when it isn't a signed note with a checkpoint of a Guicang vault
 */
export function parseCheckpoint(note: string): Checkpoint {
  if (note.length > maxCharacters || !note.isWellFormed() || hasControlCharacter(note)) throw invalid('note')
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) throw invalid('note')
  const signedText = note.slice(0, split + 1)
  const signatureLines = note
    .slice(split + 2)
    .split('\n')
    .slice(0, -1)
  if (signatureLines.length === 0 || signatureLines.length > maxSignatures) throw invalid('signature')
  const [origin, size, root, ...extensions] = signedText.split('\n').slice(0, -1)
  if (origin === undefined || size === undefined || root === undefined) throw invalid('lines')
  if (extensions.includes('')) throw invalid('lines')
  return {
    origin,
    vaultId: vaultIdOf(origin),
    size: parseSize(size),
    root: parseRoot(root),
    signatures: signatureLines.map(parseSignature),
    signedText,
  }
}

/**
 * Whether the note is a checkpoint signed by this key under this name. Lines of other keys are ignored; a line of this
 * key that doesn't verify makes the whole note false. A note that can't be parsed is false too.
 *
 * @param verifyKey base64 of the raw 32 bytes, from a source that is trusted for this name
 */
export function verifyCheckpoint(note: string, verifyKeyName: string, verifyKey: string): boolean {
  const key = verifyKeyBytes(verifyKey)
  const checkpoint = tryParse(note)
  if (key === undefined || checkpoint === undefined) return false
  const keyHash = keyHashOf(verifyKeyName, key)
  const ours = checkpoint.signatures.filter(
    (line) => line.keyName === verifyKeyName && keyHash.equals(line.keyHash),
  )
  const bytes = Buffer.from(checkpoint.signedText, 'utf8')
  return ours.length > 0 && ours.every((line) => verifyBytes(verifyKey, bytes, line.signature))
}

function tryParse(note: string): Checkpoint | undefined {
  try {
    return parseCheckpoint(note)
  } catch (error) {
    if (error instanceof GuicangError && error.code === 'checkpoint.invalid') return undefined
    throw error
  }
}

function keyHashOf(keyName: string, key: Uint8Array): Buffer {
  const hash = createHash('sha256')
    .update(`${keyName}\n`)
    .update(Buffer.from([ed25519Type]))
    .update(key)
  return hash.digest().subarray(0, keyHashBytes)
}

function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !hasControlCharacter(name) && !/[\s\p{Z}+]/u.test(name)
}

// The specification forbids ASCII control characters other than newline anywhere in a note.
function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ' && character !== '\n')
}

function vaultIdOf(origin: string): string {
  const vaultId = origin.slice(originPrefix.length)
  if (!origin.startsWith(originPrefix) || !isKeyName(vaultId)) throw invalid('origin')
  return vaultId
}

function parseSize(text: string): number {
  const size = /^(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(size)) throw invalid('size')
  return size
}

function parseRoot(text: string): Buffer {
  const root = decodeBase64(text)
  if (root?.length !== rootBytes) throw invalid('root')
  return Buffer.from(root)
}

function parseSignature(line: string): NoteSignature {
  const [dash, keyName, encoded, ...rest] = line.split(' ')
  if (dash !== '—' || keyName === undefined || encoded === undefined || rest.length > 0)
    throw invalid('signature')
  const bytes = decodeBase64(encoded)
  if (!isKeyName(keyName) || bytes === undefined || bytes.length <= keyHashBytes) throw invalid('signature')
  return { keyName, keyHash: bytes.slice(0, keyHashBytes), signature: bytes.slice(keyHashBytes) }
}

// Strict (padding, no stray bits), so that one checkpoint has one spelling.
function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return base64.decode(text)
  } catch {
    return undefined
  }
}

function invalid(rule: string): GuicangError {
  return new GuicangError('checkpoint.invalid', { fields: [{ field: 'checkpoint', rule }] })
}

function unfit(): GuicangError {
  return new GuicangError('internal', { fields: [{ field: 'checkpoint', rule: 'input' }] })
}
