// Where things are in a checkout.
import { fileURLToPath } from 'node:url'

/** Absolute path of something in the checkout, by its path from the top. */
export function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url))
}
