// Sample files that live beside the checkout, not in it. A test that wants one skips aloud where it is missing.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Path of a sample file beside the checkout, or undefined (and a printed reason) where there is none. */
export function sharedData(name: string): string | undefined {
  const path = fileURLToPath(new URL(`../../../shared/data/${name}`, import.meta.url))
  if (existsSync(path)) return path
  console.warn(`skipped: sample file ${name} is not beside this checkout`)
  return undefined
}
