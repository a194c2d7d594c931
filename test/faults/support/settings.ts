// How much is tried: a short run with every `npm test`, a long one as `npm run test:faults`. The seed makes a run repeatable.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const long = process.env['GUICANG_FAULTS'] === 'long'

/** Set GUICANG_FAULTS_SEED to the number that a failed run has printed, to try the same once more. */
export const seed = Number(process.env['GUICANG_FAULTS_SEED'] ?? '20261126')

/** Trials of a kind; GUICANG_FAULTS_TRIALS overrides both, to look closer at one of them. */
export function trials(usual: { short: number; long: number }): number {
  const wanted = process.env['GUICANG_FAULTS_TRIALS']
  if (wanted !== undefined) return Number(wanted)
  return long ? usual.long : usual.short
}

export interface Dice {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number
}

/** Numbers that look random and come again for the same seed and name (mulberry32 over a hash of both). */
export function dice(name: string): Dice {
  let state = seed | 0
  for (const character of name) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return { next, below: (limit) => Math.floor(next() * limit) }
}

/** One of a list that isn't empty. */
export function oneOf<T>(from: readonly T[], { below }: Dice): T {
  const chosen = from[below(from.length)]
  if (chosen === undefined) throw new Error('nothing to choose from')
  return chosen
}

/** What was tried and how it came out, counted by a word each. */
export class Tally {
  readonly counts = new Map<string, number>()

  add(what: string, by = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + by)
  }
}

/** Prints the counts; in the long run they also go into RESULTS.md, by way of the folder that its runner names. */
export function publish(title: string, about: string, rows: readonly (readonly [string, Tally])[]): void {
  const lines = rows.map(([what, { counts }]) => ({ what, counts: Object.fromEntries(counts) }))
  const text = lines.map(
    ({ what, counts }) =>
      `  ${what}: ${Object.entries(counts)
        .map(([name, count]) => `${count} ${name}`)
        .join(', ')}`,
  )
  console.log([`${title} (seed ${seed})`, ...text].join('\n'))
  const folder = process.env['GUICANG_FAULTS_REPORTS']
  if (folder === undefined) return
  const name = `${title.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-')}.json`
  writeFileSync(join(folder, name), JSON.stringify({ title, about, seed, lines }))
}
