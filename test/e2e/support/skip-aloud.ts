import { test } from '@playwright/test'

/** Skips the test, or the tests of the group, that calls this, and prints why; undefined: there is nothing in the way. */
export function skipAloud(what: string, why: string | undefined): void {
  if (why === undefined) return
  console.warn(`skipped: ${what}, because ${why}`)
  test.skip(true, why)
}
