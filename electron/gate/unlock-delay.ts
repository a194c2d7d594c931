// Failed unlocks slow the next ones down; they never lock out or erase (DESIGN section 9).

/** Failures in a row that are free of delay. */
const freeFailures = 10
const longestDelayMs = 60_000

/** How long the next attempt waits: nothing for the first ten failures, then 1 s, doubling to 60 s. */
export function unlockDelayMs(failures: number): number {
  if (failures < freeFailures) return 0
  return Math.min(longestDelayMs, 1000 * 2 ** Math.min(16, failures - freeFailures))
}
