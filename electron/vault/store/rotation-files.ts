// The files of a key renewal. A compartment's re-encrypted copy waits beside it as `.next`; vault.json, which then seals the
// new keys, is the commit point; after it the copy takes the file's place, and the former file stays until the new one was
// opened. A crash anywhere in between is put right at the next opening, wherever the folder lies by then.
import { existsSync, fsyncSync, closeSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import type { Compartment } from '../../../shared/types/vault.ts'
import { openDatabase } from './driver.ts'
import { translating } from './sqlite-errors.ts'

interface RotationFiles {
  current: string
  next: string
  former: string
}

export function rotationFiles(dir: string, compartment: Compartment): RotationFiles {
  const current = join(dir, `${compartment}.db`)
  return { current, next: `${current}.next`, former: `${current}.former` }
}

/** Puts the copy in the file's place. Nobody may have either of them open. */
function swapIn(dir: string, { current, next, former }: RotationFiles): void {
  translating('rotation', () => {
    // An empty journal of the former file may stand there; it belongs to nobody any more.
    rmSync(`${current}-journal`, { force: true })
    rmSync(`${next}-journal`, { force: true })
    if (existsSync(current)) renameSync(current, former)
    renameSync(next, current)
    syncFolder(dir)
  })
}

/** Removes what a renewal left that never counted. */
export function dropCopies(dir: string): void {
  for (const compartment of ['records', 'identities'] as const) {
    const { next } = rotationFiles(dir, compartment)
    for (const path of [next, `${next}-journal`]) rmSync(path, { force: true })
  }
}

/**
 * Before a compartment is opened with the key that vault.json seals. When the file has that key, a copy beside it never counted
 * and goes: also one that has the same key, being cut short between copying and rekeying. When the copy has it and the file
 * hasn't, the renewal counts and is finished. Else nothing is touched.
 */
export function finishRotation(dir: string, compartment: Compartment, keyHex: string): void {
  const files = rotationFiles(dir, compartment)
  if (!existsSync(files.next)) return
  if (existsSync(files.current) && opensWith(files.current, keyHex)) {
    for (const path of [files.next, `${files.next}-journal`]) rmSync(path, { force: true })
  } else if (opensWith(files.next, keyHex)) swapIn(dir, files)
}

/** Where a compartment's content lies under this key, also when a renewal was cut short behind vault.json. Changes nothing. */
export function fileUnder(dir: string, compartment: Compartment, keyHex: string): string {
  const { current, next } = rotationFiles(dir, compartment)
  const waits = existsSync(next) && !(existsSync(current) && opensWith(current, keyHex))
  return waits && opensWith(next, keyHex) ? next : current
}

/** After a compartment was opened and has shown that it is this vault's: the file under the former key goes. */
export function dropFormer(dir: string, compartment: Compartment): void {
  rmSync(rotationFiles(dir, compartment).former, { force: true })
}

/** Makes the folder's names durable. Windows has no such call. */
function syncFolder(dir: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(dir, 'r')
  try {
    fsyncSync(handle)
  } catch (thrown) {
    // Some file systems of sticks and network shares can't flush a folder; their rename is as durable as it gets.
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : ''
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'EBADF') throw thrown
  } finally {
    closeSync(handle)
  }
}

function opensWith(path: string, keyHex: string): boolean {
  try {
    openDatabase(path, keyHex, { readonly: true }).close()
    return true
  } catch (thrown) {
    if (thrown instanceof GuicangError && thrown.code === 'vault.damaged') return false
    throw thrown
  }
}
