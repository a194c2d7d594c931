// Arguments of a verb. Wrong usage ends with exit code 2 before anything is opened.
import { readFileSync } from 'node:fs'
import { parseArgs, type ParseArgsConfig } from 'node:util'
import { GuicangError } from '../../shared/errors.ts'
import { usageWords } from './usage-words.ts'

/** Wrong usage: its text says what is missing. */
export class UsageError extends Error {}

export interface Args {
  /** A positional argument that the verb can't do without. */
  readonly positional: string | undefined
  text(name: string): string | undefined
  required(name: string): string
  flag(name: string): boolean
  number(name: string): number | undefined
}

const common = {
  json: { type: 'boolean' },
  user: { type: 'string' },
  'passphrase-file': { type: 'string' },
} as const

export type Options = NonNullable<ParseArgsConfig['options']>

/** @throws UsageError for an unknown option, a missing value, too many or too few positional arguments */
export function readArgs(argv: readonly string[], options: Options, takesPath: boolean): Args {
  const parsed = parseOrExplain(argv, options)
  const { positionals } = parsed
  if (positionals.length !== (takesPath ? 1 : 0))
    throw new UsageError(takesPath ? usageWords().oneFolder : usageWords().noPositional)
  const values: Readonly<Record<string, unknown>> = parsed.values
  const text = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    positional: positionals[0],
    text,
    required: (name) => {
      const value = text(name)
      if (value === undefined) throw new UsageError(usageWords().needed(name))
      return value
    },
    flag: (name) => values[name] === true,
    number: (name) => {
      const value = text(name)
      if (value === undefined) return undefined
      if (!/^\d{1,9}$/.test(value)) throw new UsageError(usageWords().wholeNumber(name))
      return Number(value)
    },
  }
}

function parseOrExplain(argv: readonly string[], options: Options) {
  try {
    return parseArgs({
      args: [...argv],
      options: { ...common, ...options },
      allowPositionals: true,
      strict: true,
    })
  } catch (thrown) {
    throw new UsageError(explain(thrown))
  }
}

/** Node names the option in quotes, in English. Nothing else of its text is passed on. */
function explain(thrown: unknown): string {
  const words = usageWords()
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : ''
  const name = thrown instanceof Error ? /'(--?[\w-]+)/u.exec(thrown.message)?.[1] : undefined
  if (name === undefined) return words.wrong
  return code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? words.unknownOption(name) : words.wrongValue(name)
}

/** An option with a closed list of values. @throws UsageError for another value */
export function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === value)
  if (found === undefined) throw new UsageError(usageWords().oneOf(name, allowed))
  return found
}

/** A secret from a file, without its trailing newline. @throws GuicangError `file.notFound`, `file.unreadable` */
export function readSecret(path: string): string {
  return readText(path).replace(/\r?\n$/, '')
}

/** @throws GuicangError `file.notFound`, `file.unreadable` */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : ''
    // A folder is no file that could be read.
    const missing = code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR'
    throw new GuicangError(missing ? 'file.notFound' : 'file.unreadable', { cause: thrown })
  }
}

/** @throws GuicangError as readText; `input.invalid` when it isn't JSON */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readText(path))
  } catch (thrown) {
    if (thrown instanceof SyntaxError)
      throw new GuicangError('input.invalid', { fields: [{ field: 'file', rule: 'json' }] })
    throw thrown
  }
}

/** The passphrase, from the environment or a file; never from an argument. @throws GuicangError `passphrase.missing` */
export function readPassphrase(args: Args): string {
  const file = args.text('passphrase-file')
  const passphrase = file === undefined ? process.env['GUICANG_PASSPHRASE'] : readSecret(file)
  if (passphrase === undefined || passphrase === '') throw new GuicangError('passphrase.missing')
  return passphrase
}
