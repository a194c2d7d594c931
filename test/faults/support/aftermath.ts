// Looking at a vault after its process was stopped in the middle of an operation: sound, and all of it or nothing.
import { cpSync, existsSync, rmSync } from 'node:fs'
import { GuicangError } from '../../../shared/errors.ts'
import type { VaultSession } from '../../../electron/vault/session.ts'
import { freshPath, lock, openAt, passphrase } from '../../support/vault.ts'
import type { Outcome, Place, WritingOperation } from './writing-operation.ts'
import { differences, faultsOf, type Picture, pictureOf } from './picture.ts'

export interface Aftermath {
  outcome: Outcome
  /** Nothing when all is well. */
  faults: string[]
}

/** Opens with the first of the passphrases that does. */
async function openWithOne(
  dir: string,
  passphrases: readonly string[],
): Promise<{ session: VaultSession; opened: number }> {
  for (const [opened, candidate] of passphrases.entries()) {
    try {
      return { session: await openAt(dir, { passphrase: candidate }), opened }
    } catch (thrown) {
      const wrong = thrown instanceof GuicangError && thrown.code === 'vault.wrongPassphrase'
      if (!wrong || opened === passphrases.length - 1) throw thrown
    }
  }
  throw new Error('no passphrase to open with')
}

function outcomeOf(operation: WritingOperation, found: readonly string[]): Outcome | undefined {
  const same = (wanted: readonly string[]): boolean => wanted.toSorted().join('\n') === found.join('\n')
  if (same(operation.after)) return 'after'
  if (operation.between?.some(same) === true) return 'between'
  return found.length === 0 ? 'before' : undefined
}

/** Opens the vault where it is now, looks at all of it, and locks it again. */
export async function aftermathOf(
  operation: WritingOperation,
  place: Place,
  before: Picture | undefined,
): Promise<Aftermath> {
  if (before === undefined && !existsSync(place.vault)) return { outcome: 'before', faults: [] }
  const passphrases = operation.passphrases ?? [passphrase]
  let session: VaultSession
  let opened: number
  try {
    ;({ session, opened } = await openWithOne(place.vault, passphrases))
  } catch (thrown) {
    const what =
      thrown instanceof GuicangError ? `${thrown.code} ${JSON.stringify(thrown.fields)}` : String(thrown)
    return { outcome: 'before', faults: [`it does not open: ${what}`] }
  }
  try {
    const faults = await faultsOf(session)
    const found = before === undefined ? [] : differences(before, pictureOf(session))
    const outcome = before === undefined ? 'after' : outcomeOf(operation, found)
    const expected = outcome === 'between' ? [operation.betweenWarning ?? ''] : []
    const unexpected = session.warnings.filter((warning) => !expected.includes(warning))
    faults.push(...unexpected.map((warning) => `warning ${warning}`))
    if (outcome === undefined) faults.push(`neither before nor after: ${found.join(', ')}`)
    const happened = outcome === 'after'
    if (passphrases.length > 1 && opened > 0 !== happened)
      faults.push(`opens with passphrase ${opened + 1}, but the log tells otherwise: ${found.join(', ')}`)
    faults.push(...((await operation.beside?.(place, outcome ?? 'before', session)) ?? []))
    return { outcome: outcome ?? 'before', faults }
  } finally {
    lock(session)
  }
}

/** What the vault of an operation holds before it. */
export async function pictureBefore(place: Place): Promise<Picture | undefined> {
  if (!existsSync(place.vault)) return undefined
  // Of a copy: opening an older vault changes it.
  const copy = freshPath('picture.vault')
  cpSync(place.vault, copy, { recursive: true })
  const session = await openAt(copy)
  const picture = pictureOf(session)
  lock(session)
  rmSync(copy, { recursive: true })
  return picture
}
