// A record from a JSON file: what a person or a script writes there is taken as it is meant.
import { z } from 'zod'
import { GuicangError } from '../../shared/errors.ts'

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])
const record = z.record(z.string(), z.union([cell, z.record(z.string(), cell)]))

function textOf(value: z.infer<typeof cell>): string {
  return value === null ? '' : String(value)
}

/**
 * Fields by name, numbers as the text that they are written as; a name that the product doesn't know is kept in `extra`,
 * as an unmapped column of an import is.
 * @param known names of the draft's own fields
 * @throws GuicangError `input.invalid` when the file doesn't hold one object of plain values
 */
export function draftOf(
  json: unknown,
  known: readonly string[],
): Record<string, string | Record<string, string>> {
  const parsed = record.safeParse(json)
  if (!parsed.success)
    throw new GuicangError('input.invalid', { fields: [{ field: 'file', rule: 'object' }] })
  const draft: Record<string, string> = {}
  const extra: Record<string, string> = {}
  for (const [name, value] of Object.entries(parsed.data)) {
    if (typeof value === 'object' && value !== null) {
      if (name !== 'extra')
        throw new GuicangError('input.invalid', { fields: [{ field: name, rule: 'text' }] })
      for (const [column, inner] of Object.entries(value)) extra[column] = textOf(inner)
    } else if (known.includes(name)) draft[name] = textOf(value)
    else extra[name] = textOf(value)
  }
  return { ...draft, extra }
}
