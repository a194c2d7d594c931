// How many tries a run makes, from which seed, and where it says so. `FUZZ_RUNS` is the number of malformed messages at the
// gate (500 in `npm test`, 10,000 in `npm run test:fuzz`); the other counts follow it. `FUZZ_SEED` gives another sequence.
import { appendFileSync } from 'node:fs'
import { z } from 'zod'

export const runs = Number(process.env['FUZZ_RUNS'] ?? '500')
export const seed = Number(process.env['FUZZ_SEED'] ?? '20261126')

/** A share of the messages of this run, at least 20. */
export function share(of: number): number {
  return Math.max(20, Math.round(runs * of))
}

export const countSchema = z.strictObject({ what: z.string(), count: z.number(), note: z.string() })
export type Count = z.infer<typeof countSchema>

/** Prints a count, and keeps it for RESULTS.md in the long run. */
export function record(what: string, count: number, note = ''): void {
  console.log(`fuzz: ${count} ${what}${note === '' ? '' : ` (${note})`}`)
  const file = process.env['FUZZ_COUNTS']
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ what, count, note } satisfies Count)}\n`)
}

/** How often each word came, most often first: `input.invalid 812, ok 40`. */
export function tally(words: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([word, count]) => `${word} ${count}`)
    .join(', ')
}
