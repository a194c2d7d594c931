// Before the first step of a migration: the whole vault as it stands, byte for byte, opened and checked before it counts.
// It is a vault folder of its own, which the program of that time opens; attachments, which no migration touches, stay out.
import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import type { Compartment } from '../../../shared/types/vault.ts'
import { draftPath } from '../../exchange/drafts.ts'
import { openDatabase, quickCheck } from './driver.ts'
import { schemaVersion } from './migrations/runner.ts'
import { translating } from './sqlite-errors.ts'
import { compartmentFiles, keyFile } from './vault-files.ts'

/** A file that is about to be migrated: its version and the key that opens it. */
export interface DueFile {
  version: number
  key: string
}

const drafts = '.copying'

/**
 * Copies the vault into `before-migration/` under the versions that it has, and verifies the copy: what is due is opened and
 * read page by page, the rest (of which this person may have no key) is compared. Only the owner of the lease may call it.
 * @returns the copy's folder
 * @throws GuicangError `disk.full`, `vault.readOnly`, `vault.unreadable`, `vault.incomplete`, `vault.damaged` when the copy
 * doesn't check out; the migration must then not run, and nothing is left
 */
export function backupBeforeMigration(dir: string, due: Partial<Record<Compartment, DueFile>>): string {
  const folder = join(dir, 'before-migration')
  const versions = Object.entries(due).map(([compartment, { version }]) => `${compartment}-${version}`)
  const target = join(folder, versions.join('-'))
  return translating('before-migration', () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // The lease keeps other programs out: what lies here was left by one that was killed.
    for (const name of readdirSync(folder))
      if (name.startsWith(drafts)) rmSync(join(folder, name), { recursive: true })
    const draft = draftPath(join(folder, drafts))
    try {
      mkdirSync(draft, { mode: 0o700 })
      for (const name of filesOf(dir)) copyFile(dir, draft, name)
      for (const compartment of ['records', 'identities'] as const) {
        const file = due[compartment]
        if (file !== undefined) requireSound(draft, compartment, file)
      }
      if (existsSync(target)) rmSync(target, { recursive: true })
      renameSync(draft, target)
      flush(folder)
      return target
    } catch (thrown) {
      rmSync(draft, { recursive: true, force: true })
      throw thrown
    }
  })
}

/**
 * With the journal of a commit that was cut short: a file that can't be opened here couldn't be put right either. The same goes
 * for the copy of a renewal of keys that was, which then is the file.
 */
function filesOf(dir: string): string[] {
  const present = new Set(readdirSync(dir))
  const next = compartmentFiles.map((name) => `${name}.next`).filter((name) => present.has(name))
  const current = compartmentFiles.filter((name) => present.has(name) || !present.has(`${name}.next`))
  const journals = compartmentFiles.map((name) => `${name}-journal`).filter((name) => present.has(name))
  return [keyFile, ...current, ...next, ...journals]
}

function copyFile(dir: string, draft: string, name: string): void {
  const source = join(dir, name)
  const target = join(draft, name)
  copyFileSync(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  flush(target)
  if (!digestOf(source).equals(digestOf(target))) throw unsound(name)
}

function requireSound(draft: string, compartment: Compartment, { version, key }: DueFile): void {
  const name = `${compartment}.db`
  translating(name, () => {
    const copy = openDatabase(join(draft, name), key, { readonly: true })
    try {
      if (quickCheck(copy).length > 0 || schemaVersion(copy) !== version) throw unsound(name)
    } finally {
      copy.close()
    }
  })
}

function unsound(name: string): GuicangError {
  return new GuicangError('vault.damaged', { fields: [{ field: name, rule: 'backup' }] })
}

const chunkBytes = 1024 * 1024

function digestOf(path: string): Buffer {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(chunkBytes)
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const bytes = readSync(file, buffer)
      if (bytes === 0) return hash.digest()
      hash.update(buffer.subarray(0, bytes))
    }
  } finally {
    closeSync(file)
  }
}

/** Windows flushes files only, and only those that were opened for writing. */
function flush(path: string): void {
  const windows = process.platform === 'win32'
  if (windows && !/[.](db|next|json)$/.test(path)) return
  const file = openSync(path, windows ? 'r+' : 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
