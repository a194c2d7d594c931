// Failed unlocks slow the next ones down; they never lock out or erase (DESIGN section 9).
import { setTimeout as delay } from 'node:timers/promises'
import { GuicangError } from '../../shared/errors.ts'
import type { AppMemory } from './app-memory.ts'

/** Failures in a row that are free of delay. */
const freeFailures = 10
const longestDelayMs = 60_000

/** How long the next attempt waits: nothing for the first ten failures, then 1 s, doubling to 60 s. */
export function unlockDelayMs(failures: number): number {
  if (failures < freeFailures) return 0
  return Math.min(longestDelayMs, 1000 * 2 ** Math.min(16, failures - freeFailures))
}

/**
 * Tries a passphrase of a vault, wherever it is asked for: it waits as long as an unlock does, and one that is wrong is told at
 * the next unlock.
 */
export async function tryPassphrase<T>(
  memory: AppMemory,
  vaultId: string,
  attempt: () => Promise<T>,
): Promise<T> {
  await delay(unlockDelayMs(memory.failedUnlocks(vaultId).length))
  try {
    return await attempt()
  } catch (thrown) {
    if (thrown instanceof GuicangError && thrown.code === 'vault.wrongPassphrase')
      memory.addFailedUnlock(vaultId, new Date().toISOString())
    throw thrown
  }
}
