// What a command line or a file gives, in the shape of its schema.
import type { z } from 'zod'
import { GuicangError } from '../../shared/errors.ts'

/** @throws GuicangError `input.invalid`, naming fields and rules */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown, where = 'file'): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => ({
    field: issue.path.map(String).join('.') || where,
    rule: issue.code,
  }))
  throw new GuicangError('input.invalid', { fields })
}
