// How a verb is declared.
import type { Args, Options } from './args.ts'

export interface Answer {
  value: unknown
  /** A check that found damage: the document goes to stdout all the same, the exit code is 1. */
  failed?: boolean
}

export interface Verb {
  usage: string
  options: Options
  /** Takes one DIR. */
  path: boolean
  run(args: Args, path: string): Promise<Answer>
}
