// What may come in at all, before any schema looks at it: data of a modest size. A schema walks every key and entry that it
// is given, so a table of fifty million numbers would hold up the one process that everything else waits for.
import type { z } from 'zod'
import { type ErrorField, GuicangError } from '../../shared/errors.ts'

/** Characters of all texts and keys together. The longest complaint by hand takes a twentieth of it. */
const mostCharacters = 4 * 1024 * 1024
/** Values of all kinds together. A mapping of the widest table that an import takes needs a fifth of it. */
const mostValues = 100_000
const deepest = 12

const mostFields = 20
const longestFieldName = 120

function refusal(rule: string): GuicangError {
  return new GuicangError('input.invalid', { fields: [{ field: 'input', rule }] })
}

/** Every issue of a failed parse as field and rule; the value itself stays out, and a long key is cut. */
export function fieldsOf(error: z.ZodError): ErrorField[] {
  return error.issues.slice(0, mostFields).map((issue) => ({
    field: issue.path.map(String).join('.').slice(0, longestFieldName) || 'input',
    rule: issue.code,
  }))
}

/**
 * The input in the shape of its channel. Nothing that the caller sends makes this throw anything else, also not a getter or
 * a proxy of theirs.
 * @throws GuicangError `input.invalid`
 */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  let parsed
  try {
    requireModest(input)
    parsed = schema.safeParse(input)
  } catch (thrown) {
    throw thrown instanceof GuicangError ? thrown : refusal('unreadable')
  }
  if (!parsed.success) throw new GuicangError('input.invalid', { fields: fieldsOf(parsed.error) })
  return parsed.data
}

/** @throws GuicangError `input.invalid` for what is too large, too deep, no text, or neither a plain object, a list nor a single value */
function requireModest(input: unknown): void {
  let characters = 0
  let values = 0
  const count = (text: string): void => {
    characters += text.length
    if (characters > mostCharacters) throw refusal('too_big')
    // Half a character can't be written to a file or proved by the log, so it would come back as something else.
    if (!text.isWellFormed()) throw refusal('surrogate')
  }
  const waiting: { value: unknown; depth: number }[] = [{ value: input, depth: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next
    if (typeof value === 'string') count(value)
    if (typeof value !== 'object' || value === null) continue
    if (depth === deepest) throw refusal('too_deep')
    values += Array.isArray(value) ? value.length : 1
    if (values > mostValues) throw refusal('too_big')
    if (Array.isArray(value)) {
      for (let at = 0; at < value.length; at++) waiting.push({ value: value[at], depth: depth + 1 })
      continue
    }
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) throw refusal('invalid_type')
    for (const key in value) {
      values += 1
      if (values > mostValues) throw refusal('too_big')
      count(key)
      waiting.push({ value: Reflect.get(value, key), depth: depth + 1 })
    }
  }
}
