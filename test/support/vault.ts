// Real vaults for tests: encrypted files in a temporary folder, made with a light scrypt, gone afterwards.
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { v7 as uuidv7 } from 'uuid'
import { afterAll } from 'vitest'
import { z } from 'zod'
import { contract, type Output, type Request, type VaultChannel } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import { sha256Hex } from '../../electron/vault/audit/canonical.ts'
import { handlers } from '../../electron/vault/process/handlers.ts'
import { createJob, type Job } from '../../electron/vault/process/jobs.ts'
import type { SeenLog } from '../../electron/vault/process/port.ts'
import type { Context, VaultSession } from '../../electron/vault/session.ts'
import { translateError } from '../../electron/vault/store/sqlite-errors.ts'
import { createVault } from '../../electron/vault/usecases/create-vault.ts'
import { closeVault } from '../../electron/vault/usecases/keep-vault.ts'
import { openVault } from '../../electron/vault/usecases/open-vault.ts'

export const passphrase = 'correct horse 电池 staple'
export const owner = '林晓'
/** Base-2 logarithm of scrypt's N: weak on purpose, so that a test opens a vault in milliseconds. */
export const lightWorkFactor = 10

const root = mkdtempSync(join(tmpdir(), 'guicang-vault-test-'))
const open = new Set<VaultSession>()
let count = 0

afterAll(() => {
  for (const session of open) shut(session)
  rmSync(root, { recursive: true, force: true })
})

/** A path of this test run that nothing stands at yet. */
export function freshPath(name = 'item'): string {
  count += 1
  return join(root, `${count}-${name}`)
}

/** Writes a file of this test run, answers its path. */
export function fileWith(content: string | Uint8Array, name = 'table.csv'): string {
  const path = freshPath(name)
  writeFileSync(path, content)
  return path
}

/** The value, or a failed test where there is none. */
export function present<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('a value was expected')
  return value
}

/** The error that a promise is refused with; the test fails where it isn't refused, or with an error that isn't ours. */
export async function refusal(work: Promise<unknown> | (() => unknown)): Promise<GuicangError> {
  try {
    await (typeof work === 'function' ? work() : work)
  } catch (thrown) {
    if (thrown instanceof GuicangError) return thrown
    throw thrown
  }
  throw new Error('was not refused')
}

export async function codeOf(work: Promise<unknown> | (() => unknown)): Promise<string> {
  return (await refusal(work)).code
}

export interface MadeVault {
  dir: string
  codes: string[]
}

export interface VaultOptions {
  deviceSecret?: string
  passphrase?: string
  /** Where the folder is made; a fresh path where nothing is said. */
  dir?: string
}

/** Creates a vault of its own, closed. */
export async function makeVault(options: VaultOptions = {}): Promise<MadeVault> {
  const dir = options.dir ?? freshPath('示例.vault')
  const { recoveryCodes } = await createVault(
    {
      path: dir,
      vaultId: uuidv7(),
      company: { name: '示例商贸有限公司', creditCode: '', address: '', timeZone: 'Asia/Shanghai' },
      owner,
      passphrase: options.passphrase ?? passphrase,
      deviceSecret: options.deviceSecret,
      workFactor: lightWorkFactor,
    },
    new Date(),
  )
  return { dir, codes: recoveryCodes }
}

/** Opens a vault in this process; it is closed at the end of the file where the test doesn't. */
export async function openAt(
  dir: string,
  options: {
    passphrase?: string
    user?: string
    deviceSecret?: string
    failedUnlocks?: string[]
    seen?: SeenLog
  } = {},
): Promise<VaultSession> {
  const session = await openVault(
    {
      path: dir,
      user: options.user,
      seen: options.seen,
      passphrase: options.passphrase ?? passphrase,
      deviceSecret: options.deviceSecret,
      failedUnlocks: options.failedUnlocks ?? [],
    },
    new Date(),
  )
  open.add(session)
  return session
}

/** Ends a session as lock does. */
export function lock(session: VaultSession): void {
  open.delete(session)
  closeVault(session, new Date())
}

/** Ends a session as a crash does: no checkpoint, no settling. */
export function shut(session: VaultSession): void {
  open.delete(session)
  if (session.store.identities?.db.open === true) session.store.identities.db.close()
  if (session.store.records.db.open) session.store.records.db.close()
  session.lease.release()
}

/** Reports go nowhere unless a listener is given. */
export function testJob(signal?: AbortSignal, onReport: Parameters<typeof createJob>[1] = () => {}): Job {
  return createJob(signal ?? new AbortController().signal, onReport)
}

export interface TestVault {
  dir: string
  codes: string[]
  session: VaultSession
  context: Context
  call<C extends VaultChannel>(channel: C, input: Request<C>, job?: Job): Promise<Output<C>>
  /** Locks and opens again. */
  reopen(): Promise<void>
}

export function contextOf(session: VaultSession, job = testJob()): Context {
  return { session, job, now: () => new Date() }
}

/** One request as the vault process answers it: both schemas, the use case, the real files. */
export async function callVault<C extends VaultChannel>(
  session: VaultSession,
  channel: C,
  input: Request<C>,
  job?: Job,
): Promise<Output<C>> {
  const value = await handlers[channel](contextOf(session, job), input).catch((thrown: unknown) => {
    throw translateError(thrown)
  })
  const output = z.custom<Output<C>>((candidate) => contract[channel].output.safeParse(candidate).success)
  return output.parse(value)
}

let template: Promise<MadeVault> | undefined

/** A closed vault, copied from one that is made once per test file: the same keys, folders of their own. */
export async function copiedVault(): Promise<MadeVault> {
  template ??= makeVault()
  const { dir, codes } = await template
  const copy = freshPath('示例.vault')
  cpSync(dir, copy, { recursive: true })
  return { dir: copy, codes }
}

/** An open vault. */
export async function aVault(made?: MadeVault): Promise<TestVault> {
  const { dir, codes } = made ?? (await copiedVault())
  const session = await openAt(dir)
  const vault: TestVault = {
    dir,
    codes,
    session,
    context: contextOf(session),
    call: (channel, input, job) => callVault(vault.session, channel, input, job),
    reopen: async () => {
      lock(vault.session)
      vault.session = await openAt(dir, { user: owner })
      vault.context = contextOf(vault.session)
    },
  }
  return vault
}

export type RawDb = Database.Database

/** Opens a compartment the way a person with its key and tools of their own would. */
export function rawDb(path: string, keyHex: string): RawDb {
  const db = new Database(path, { fileMustExist: true })
  db.pragma(`cipher = 'sqlcipher'`)
  db.pragma('legacy = 4')
  db.key(Buffer.from(`x'${keyHex}'`))
  return db
}

const tableRow = z.object({ name: z.string(), sql: z.string().nullable() })

/** Every value of every table, as text: one string a cell, blobs in hex and as UTF-8. */
export function dump(db: RawDb): string[] {
  const tables = db
    .prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'table'`)
    .all()
    .map((row) => tableRow.parse(row))
    .filter(({ sql }) => sql !== null && !sql.startsWith('CREATE VIRTUAL'))
  return tables.flatMap(({ name }) =>
    db
      .prepare(`SELECT * FROM "${name}"`)
      .raw()
      .all()
      .flatMap((row) => (Array.isArray(row) ? row.map(textOf) : [])),
  )
}

function textOf(cell: unknown): string {
  if (Buffer.isBuffer(cell)) return `${cell.toString('hex')} ${cell.toString('utf8')}`
  return String(cell)
}

/** sha256 of a file. */
export function digestOf(path: string): string {
  return sha256Hex(readFileSync(path))
}

/** A device secret as the keychain would keep one. */
export function fakeDeviceSecret(): string {
  return randomBytes(20).toString('hex').slice(0, 32)
}
