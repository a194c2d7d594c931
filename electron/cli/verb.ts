// How a verb is declared.
import type { Args, Options } from './args.ts'

export interface Answer {
  /** Undefined where it was told already. */
  value: unknown
  /** A check that found damage: the document goes to stdout all the same, the exit code is 1. */
  failed?: boolean
}

export interface Verb {
  usage: string
  options: Options
  /** Takes one DIR. */
  path: boolean
  /**
   * @param tell prints the answer before the verb is done, for what must be in the person's hands before the next step; the
   * verb then answers no value. Only where a failure that follows takes nothing from what was told.
   */
  run(args: Args, path: string, tell: (value: unknown) => void): Promise<Answer>
}
