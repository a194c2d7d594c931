// What the command line prints. `--json`: exactly one document on stdout, or an error on stderr; else words for people.
import type { AppError } from '../../shared/errors.ts'
import { plainLine } from '../domain/characters.ts'
import { errorText, type ErrorText } from './words.ts'

export interface Printer {
  /** The answer of a verb. */
  answer(value: unknown): void
  refusal(error: AppError): void
}

export function createPrinter(json: boolean): Printer {
  return {
    answer: (value) => {
      process.stdout.write(`${json ? asJson(value) : human(value)}\n`)
    },
    refusal: (error) => {
      const text = errorText(error)
      if (json) {
        const { code, fields, retryable, ref } = error
        process.stderr.write(
          `${asJson({ error: { code, message: text.what, next: text.next, ...(fields === undefined ? {} : { fields }), retryable, ref } })}\n`,
        )
      } else {
        process.stderr.write(`${lines(text, error)}\n`)
      }
    },
  }
}

/** JSON escapes the controls of ASCII only; those beyond, and marks of direction, reach a terminal as well. */
function asJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function lines(text: ErrorText, error: AppError): string {
  const fields = (error.fields ?? []).map(({ field, rule, value, row, line }) =>
    [
      field,
      rule,
      value,
      row === undefined ? undefined : `#${row}`,
      line === undefined ? undefined : `L${line}`,
    ]
      .filter((part) => part !== undefined && part !== '')
      .join(' '),
  )
  return [text.what, text.safe, text.next, ...fields.map(plainLine), `(${error.code}, ${error.ref})`]
    .filter((part) => part !== '')
    .join('\n')
}

/** Plain text of a value: an object as `key  value` lines, a list of objects as a table. */
export function human(value: unknown): string {
  if (Array.isArray(value)) return table(value)
  if (typeof value !== 'object' || value === null) return cell(value)
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [plainLine(key), item])
  const width = Math.max(0, ...entries.map(([key]) => displayWidth(key)))
  return entries
    .map(([key, item]) => (isTable(item) ? `${key}:\n${table(item)}` : `${pad(key, width)}  ${cell(item)}`))
    .join('\n')
}

function isTable(value: unknown): value is object[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
  )
}

const widestCell = 40
const mostColumns = 9

function table(rows: readonly unknown[]): string {
  if (!isTable(rows)) return rows.map(cell).join('\n')
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    .filter((key) => rows.some((row) => !isEmpty(Reflect.get(row, key))))
    .slice(0, mostColumns)
  const cells = [keys, ...rows.map((row) => keys.map((key) => clip(cell(Reflect.get(row, key)))))]
  const widths = keys.map((_key, column) => Math.max(...cells.map((row) => displayWidth(row[column] ?? ''))))
  return cells
    .map((row) =>
      row
        .map((text, column) => pad(text, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text =
    typeof value === 'object'
      ? JSON.stringify(value)
      : typeof value === 'string'
        ? value
        : JSON.stringify(value)
  return plainLine(text)
}

function clip(text: string): string {
  const characters = [...text]
  return characters.length <= widestCell ? text : `${characters.slice(0, widestCell - 1).join('')}…`
}

/** Columns on a terminal: Han and other wide characters take two. */
function displayWidth(text: string): number {
  return [...text].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1),
    0,
  )
}

export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}
