// One writer at a time. The lock is the operating system's (an exclusive SQLite lock on an empty file), so it goes when
// its owner is killed, and a vault that is moved takes no stale lock along. `lease.json` only names the owner for people.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { lockFile } from './driver.ts'
import { translateError } from './sqlite-errors.ts'

const ownerSchema = z.object({
  computer: z.string(),
  login: z.string(),
  person: z.string(),
  since: z.string(),
})

export interface Lease {
  /** Lets go of the vault. Calling it twice does no harm. */
  release(): void
}

const lockName = 'lease.lock'
const ownerName = 'lease.json'

/**
 * Takes the vault for this process.
 * @throws GuicangError `vault.inUse` with the owner's computer and name in the fields; `vault.readOnly` or
 * `vault.unreadable` where the folder can't be written.
 */
export function takeLease(dir: string, person: string, now: Date): Lease {
  const unlock = lockOrExplain(dir)
  try {
    const owner = { computer: hostname(), login: loginName(), person, since: now.toISOString() }
    writeFileSync(join(dir, ownerName), JSON.stringify(owner), { mode: 0o600 })
  } catch (thrown) {
    unlock()
    throw translateError(thrown, ownerName)
  }
  let held = true
  return {
    release: () => {
      if (!held) return
      held = false
      rmSync(join(dir, ownerName), { force: true })
      // The lock file itself stays: removing it could hand two processes a lock on two different files of one name.
      unlock()
    },
  }
}

function lockOrExplain(dir: string): () => void {
  try {
    return lockFile(join(dir, lockName))
  } catch (thrown) {
    if (thrown instanceof GuicangError && thrown.code === 'vault.busy') throw inUse(dir)
    if (thrown instanceof GuicangError && thrown.code === 'vault.unreadable') {
      throw new GuicangError('vault.readOnly', { cause: thrown })
    }
    throw thrown
  }
}

function loginName(): string {
  try {
    return userInfo().username
  } catch (thrown) {
    // Containers may run under a number without a name; the lease then names the computer only.
    if (thrown instanceof Error) return ''
    throw thrown
  }
}

function inUse(dir: string): GuicangError {
  const fields = [{ field: 'lease', rule: 'owner', value: ownerText(dir) }]
  return new GuicangError('vault.inUse', { fields })
}

function ownerText(dir: string): string {
  try {
    const owner = ownerSchema.parse(JSON.parse(readFileSync(join(dir, ownerName), 'utf8')))
    return `${owner.person} (${owner.login}@${owner.computer}, ${owner.since})`
  } catch (thrown) {
    // The name is a courtesy: a lease whose owner file is unreadable is in use all the same.
    if (thrown instanceof Error) return ''
    throw thrown
  }
}
