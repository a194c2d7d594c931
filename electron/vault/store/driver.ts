// The only file that loads SQLite. Opens SQLCipher 4 files with a raw key, and proves that they are encrypted.
import { closeSync, existsSync, fsyncSync, openSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { GuicangError } from '../../../shared/errors.ts'
import { translateError, translating } from './sqlite-errors.ts'

/** An open SQLite connection. An interface of our own, so that other files can name its type. */
export interface Db extends Database.Database {}

const clearMagic = 'SQLite format 3\0'

/** Whether the file starts as an unencrypted SQLite file does. */
export function isClearSqlite(path: string): boolean {
  const head = Buffer.alloc(16)
  const file = openSync(path, 'r')
  try {
    return readSync(file, head, 0, 16, 0) === 16 && head.toString('latin1') === clearMagic
  } finally {
    closeSync(file)
  }
}

function configure(db: Db, keyHex: string): void {
  // Order matters: temp_store first (this build sorts into unlinked temp files otherwise), cipher before the key.
  db.pragma('temp_store = MEMORY')
  db.pragma(`cipher = 'sqlcipher'`)
  db.pragma('legacy = 4')
  const key = Buffer.from(`x'${keyHex}'`)
  db.key(key)
  // A small buffer lies in a pool that lives as long as the process.
  key.fill(0)
}

function tune(db: Db): void {
  db.pragma('journal_mode = TRUNCATE')
  db.pragma('synchronous = FULL')
  db.pragma('secure_delete = ON')
  db.pragma('foreign_keys = ON')
  db.pragma('cache_size = -65536')
  setPatience(db)
}

/** How long a statement waits for another connection's lock before it is refused with `vault.busy`; nothing else runs meanwhile. */
export function setPatience(db: Db, milliseconds = 5000): void {
  db.pragma(`busy_timeout = ${milliseconds}`)
}

/**
 * Opens an existing compartment file with its raw key (64 hex digits).
 * @throws GuicangError `vault.incomplete` when the file is missing, `vault.damaged` when it is empty, clear or the key that
 * belongs to it doesn't read it, `vault.readOnly` / `vault.unreadable` / `disk.full` as the system says.
 */
export function openDatabase(path: string, keyHex: string, options: { readonly?: boolean } = {}): Db {
  const where = basename(path)
  if (!existsSync(path))
    throw new GuicangError('vault.incomplete', { fields: [{ field: where, rule: 'missing' }] })
  return translating(where, () => {
    if (isClearSqlite(path))
      throw new GuicangError('vault.damaged', { fields: [{ field: where, rule: 'notEncrypted' }] })
    // SQLite takes an empty file for a new database: it would be filled, where it has to be named as damaged.
    if (statSync(path).size === 0)
      throw new GuicangError('vault.damaged', { fields: [{ field: where, rule: 'empty' }] })
    const db = new Database(path, { fileMustExist: true, readonly: options.readonly ?? false })
    try {
      configure(db, keyHex)
      db.prepare('SELECT count(*) FROM sqlite_master').get()
      if (options.readonly !== true) tune(db)
      return db
    } catch (thrown) {
      db.close()
      throw translateError(thrown, where)
    }
  })
}

/**
 * Makes a new encrypted compartment file and proves it: the first bytes are not SQLite's, and a wrong key is refused.
 * @throws GuicangError `file.exists` when there is one already, `internal` when the proof fails (the file is then useless).
 */
export function createDatabase(path: string, keyHex: string): Db {
  const where = basename(path)
  if (existsSync(path)) throw new GuicangError('file.exists', { fields: [{ field: where, rule: 'exists' }] })
  return translating(where, () => {
    const db = new Database(path)
    configure(db, keyHex)
    tune(db)
    db.exec('CREATE TABLE proof (id INTEGER PRIMARY KEY) STRICT; DROP TABLE proof;')
    if (isClearSqlite(path) || acceptsKey(path, 'f'.repeat(64))) {
      db.close()
      throw new GuicangError('internal', { fields: [{ field: where, rule: 'notEncrypted' }] })
    }
    return db
  })
}

function acceptsKey(path: string, keyHex: string): boolean {
  const probe = new Database(path, { fileMustExist: true, readonly: true })
  try {
    configure(probe, keyHex)
    probe.prepare('SELECT count(*) FROM sqlite_master').get()
    return true
  } catch (thrown) {
    const translated = translateError(thrown, basename(path))
    if (translated instanceof GuicangError && translated.code === 'vault.damaged') return false
    throw translated
  } finally {
    probe.close()
  }
}

/** SQLite's quick_check: empty when healthy, else its lines. Can't be interrupted: run it where it can be killed. */
export function quickCheck(db: Db): string[] {
  return linesOf(db, 'quick_check')
}

/** The same with the content of every index held against its table: a page put back in an index is seen by nothing else. */
export function integrityCheck(db: Db): string[] {
  return linesOf(db, 'integrity_check')
}

function linesOf(db: Db, check: 'quick_check' | 'integrity_check'): string[] {
  const rows = db.prepare<[], string>(`PRAGMA ${check}`).pluck().all()
  return rows.length === 1 && rows[0] === 'ok' ? [] : rows.length === 0 ? [`${check} gave no answer`] : rows
}

/** Copies an encrypted database to a new file under the same key (with a new salt). Can't be interrupted. */
export function copyDatabase(db: Db, path: string): void {
  // VACUUM INTO a plain path on the file's own connection: the only copy of this build that stays encrypted.
  db.prepare('VACUUM INTO ?').run(path)
}

/**
 * Copies a compartment file to `target` under a new key, with a new salt, checks the copy against the file and flushes it.
 * The file itself is only read. Can't be interrupted: run it where it can be killed.
 * @throws GuicangError `file.exists` when something stands at `target`; `vault.damaged` when the copy doesn't check out;
 * `disk.full`, `vault.busy`, `vault.unreadable` as the system says. What was written of the copy stays, and is useless.
 */
export function copyUnderNewKey(request: {
  path: string
  key: string
  newKey: string
  target: string
}): void {
  const { path, key, newKey, target } = request
  const where = basename(path)
  if (existsSync(target))
    throw new GuicangError('file.exists', { fields: [{ field: where, rule: 'exists' }] })
  const source = openDatabase(path, key, { readonly: true })
  const expected = source.pragma('user_version', { simple: true })
  try {
    copyDatabase(source, target)
  } finally {
    source.close()
  }
  translating(where, () => {
    const copy = new Database(target, { fileMustExist: true })
    try {
      configure(copy, key)
      // Nobody else knows the copy yet: one that is cut short is thrown away, so it needs no journal.
      copy.pragma('journal_mode = OFF')
      copy.pragma('cache_size = -65536')
      copy.rekey(Buffer.from(`x'${newKey}'`))
    } finally {
      copy.close()
    }
  })
  const proven = openDatabase(target, newKey, { readonly: true })
  try {
    if (quickCheck(proven).length > 0 || proven.pragma('user_version', { simple: true }) !== expected)
      throw new GuicangError('vault.damaged', { fields: [{ field: where, rule: 'copy' }] })
  } finally {
    proven.close()
  }
  translating(where, () => {
    const file = openSync(target, 'r+')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  })
}

/**
 * Keeps everybody from changing a file, this process's other connections too, while it is read or copied; reading goes on.
 * A reader's lock is enough (a commit needs all of them gone), and Windows lets a file under one be copied whole: a writer's
 * lies on a byte of the file itself, at 1 GiB.
 * @returns what lets go
 * @throws GuicangError as {@link openDatabase}; `vault.busy` while a commit is written
 */
export function keepStill(path: string, keyHex: string): () => void {
  const db = openDatabase(path, keyHex)
  try {
    db.exec('BEGIN')
    db.prepare('SELECT count(*) FROM sqlite_master').get()
  } catch (thrown) {
    db.close()
    throw translateError(thrown, basename(path))
  }
  return () => {
    if (db.open) db.close()
  }
}

/**
 * Locks an empty, unencrypted file for this process; the operating system lets go when the process ends.
 * @returns what lets go earlier
 * @throws GuicangError `vault.busy` while another process holds it
 */
export function lockFile(path: string): () => void {
  return translating(basename(path), () => {
    const db = new Database(path)
    try {
      db.pragma('busy_timeout = 0')
      db.exec('BEGIN EXCLUSIVE')
    } catch (thrown) {
      db.close()
      throw thrown
    }
    return () => {
      db.close()
    }
  })
}
