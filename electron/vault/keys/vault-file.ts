// vault.json: who can open the vault and how. It holds no secret in clear, and nothing that counts as the truth about
// people: that is in records.db, which also keeps this file's digest.
import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import type { ErrorCode } from '../../../shared/errors.ts'
import { canonicalJson, sha256Hex } from '../audit/canonical.ts'
import { parseJson } from './parse-json.ts'

const fileName = 'vault.json'
const format = 1
/** Hundreds of people fit; anything larger isn't a vault.json, and isn't read into memory. */
const maxBytes = 4 * 1024 * 1024

const ageFile = z
  .string()
  .regex(/^-----BEGIN AGE ENCRYPTED FILE-----\n[A-Za-z0-9+/=\n]+\n-----END AGE ENCRYPTED FILE-----\n?$/)

const slotSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['passphrase', 'device']),
  /** Whether age also gets this computer's device secret. */
  deviceBound: z.boolean(),
  /** Of a bound slot: which device secret it wants, see `deviceTag`; absent in slots of the first version. */
  device: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .exactOptional(),
  createdAt: z.iso.datetime(),
  sealed: ageFile,
})

const personSchema = z
  .strictObject({
    id: z.uuid(),
    name: z
      .string()
      .min(1)
      .refine((name) => name.isWellFormed()),
    role: z.enum(['owner', 'handler', 'reviewer', 'recovery', 'auditor']),
    /** `age1…`, X25519 */
    recipient: z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/),
    /** base64 of the raw 32 bytes; empty for a recovery kit, which signs nothing. */
    verifyKey: z.string().regex(/^(?:[A-Za-z0-9+/]{43}=)?$/),
    slots: z.array(slotSchema),
  })
  .refine((person) => person.verifyKey !== '' || person.role === 'recovery')

const vaultFileSchema = z.strictObject({
  format: z.literal(format),
  vaultId: z.uuid(),
  epoch: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
  people: z.array(personSchema),
  keys: z.strictObject({ records: ageFile, identities: ageFile }),
})

const storedSchema = vaultFileSchema.extend({ checksum: z.string().regex(/^[0-9a-f]{64}$/) })

/** vault.json without its checksum, which reading verifies and writing adds. */
export type VaultFile = z.infer<typeof vaultFileSchema>
export type VaultPerson = z.infer<typeof personSchema>
export type VaultSlot = z.infer<typeof slotSchema>

/**
 * SHA-256 (64 hex digits) over the RFC 8785 canonical JSON of everything but the checksum: the file's `checksum`
 * member, and the digest that records.db keeps. Against accidents only: who edits the file can compute it anew, and is
 * found out by the digest in records.db.
 */
export function vaultFileDigest(file: VaultFile): string {
  return sha256Hex(canonicalJson(file))
}

/**
 * The file's text: indented JSON with its checksum and a final newline.
 *
 * @throws GuicangError `internal` when the value isn't a vault file: what couldn't be read back is never written
 */
export function serialiseVaultFile(file: VaultFile): string {
  const parsed = vaultFileSchema.safeParse(file)
  if (!parsed.success) throw fileError('internal', 'shape')
  return `${JSON.stringify({ ...parsed.data, checksum: vaultFileDigest(parsed.data) }, null, 2)}\n`
}

/**
 * Reads and checks `vault.json` of a vault's folder.
 *
 * @throws GuicangError `vault.notFound` (no such folder), `vault.notAVault` (nothing of a vault in it),
 * `vault.incomplete` (databases, but no vault.json), `vault.unreadable`
 * (the system refuses), `vault.newerFormat` (looked at before anything else in the file), `vault.damaged` (not JSON,
 * another shape, wrong checksum; the rule says which)
 */
export async function readVaultFile(dir: string): Promise<VaultFile> {
  const value = parseJson(decodeUtf8(await readBytes(dir)))
  if (value === undefined) throw fileError('vault.damaged', 'json')
  const versioned = z.object({ format: z.number() }).safeParse(value)
  if (versioned.success && versioned.data.format > format) throw new GuicangError('vault.newerFormat')
  const stored = storedSchema.safeParse(value)
  if (!stored.success) throw fileError('vault.damaged', 'shape')
  const { checksum, ...file } = stored.data
  if (checksum !== vaultFileDigest(file)) throw fileError('vault.damaged', 'checksum')
  return file
}

/**
 * Whether `vault.json` stands byte for byte as it was written: damage in what JSON overlooks is damage too.
 *
 * @throws GuicangError as {@link readVaultFile}
 */
export async function isAsWritten(dir: string, file: VaultFile): Promise<boolean> {
  return (await readBytes(dir)).equals(Buffer.from(serialiseVaultFile(file), 'utf8'))
}

/**
 * Replaces `vault.json` in one step: after a crash or a power cut the old or the new file is there, whole.
 *
 * @throws GuicangError `disk.full`, `vault.readOnly`, `vault.notFound` (the folder is gone), `vault.unreadable` (any
 * other refusal of the system), `disk.failed` where the new file has its name and nobody knows whether that lasts, `internal`
 * as {@link serialiseVaultFile}
 */
export async function writeVaultFile(dir: string, file: VaultFile): Promise<void> {
  const text = serialiseVaultFile(file)
  const temporary = join(dir, `${fileName}.${randomUUID()}.tmp`)
  let named = false
  try {
    await removeStaleTemporaries(dir)
    await writeSynced(temporary, text)
    await rename(temporary, join(dir, fileName))
    named = true
    await syncFolder(dir)
  } catch (error) {
    await removeQuietly(temporary)
    throw new GuicangError(named ? 'disk.failed' : writeFailure(systemCode(error)))
  }
}

async function readBytes(dir: string): Promise<Buffer> {
  let handle: FileHandle | undefined
  try {
    // Without O_NONBLOCK a pipe under this name would hang the opening; Windows has neither.
    handle = await open(join(dir, fileName), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const stats = await handle.stat()
    if (!stats.isFile()) throw new GuicangError('vault.notAVault')
    if (stats.size > maxBytes) throw fileError('vault.damaged', 'size')
    return await handle.readFile()
  } catch (error) {
    if (error instanceof GuicangError) throw error
    const code = await readFailure(dir, systemCode(error))
    throw code === 'vault.incomplete' ? fileError(code, 'missing') : new GuicangError(code)
  } finally {
    await handle?.close()
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw fileError('vault.damaged', 'encoding')
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(text, 'utf8')
    await handle.sync()
  } finally {
    await handle.close()
  }
}

// The rename itself is durable only once its folder is. Windows has no such call; some file systems of sticks and
// network shares refuse it, and there the rename is as durable as it gets.
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(dir, constants.O_RDONLY)
  try {
    await handle.sync()
  } catch (error) {
    if (!['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(systemCode(error))) throw error
  } finally {
    await handle.close()
  }
}

// Left by a process that was killed while writing. The lease keeps other writers out, so none of them is in use.
async function removeStaleTemporaries(dir: string): Promise<void> {
  const stale = /^vault\.json\.[0-9a-f-]{36}\.tmp$/
  for (const name of await readdir(dir)) {
    if (stale.test(name)) await rm(join(dir, name), { force: true })
  }
}

async function removeQuietly(path: string): Promise<void> {
  try {
    await rm(path, { force: true })
  } catch {
    // The failure that led here is the one to tell; a left-over is removed by the next write.
    return
  }
}

async function readFailure(dir: string, code: string): Promise<ErrorCode> {
  if (code === 'EISDIR' || code === 'ENOTDIR') return 'vault.notAVault'
  if (code === 'EIO') return 'disk.failed'
  if (code !== 'ENOENT') return 'vault.unreadable'
  try {
    // Databases without it: the rest of a vault, and no reason to look elsewhere.
    const names = await readdir(dir)
    return names.includes('records.db') || names.includes('identities.db')
      ? 'vault.incomplete'
      : 'vault.notAVault'
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? 'vault.notFound' : 'vault.unreadable'
  }
}

function writeFailure(code: string): ErrorCode {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'disk.full'
  if (code === 'EIO') return 'disk.failed'
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return 'vault.readOnly'
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'vault.notFound' : 'vault.unreadable'
}

/** The system's error name, `ENOENT` and the like; the error itself isn't passed on, since its message names the path. */
function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function fileError(code: ErrorCode, rule: string): GuicangError {
  return new GuicangError(code, { fields: [{ field: fileName, rule }] })
}
