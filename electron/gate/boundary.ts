// Results become exceptions inside main, and exceptions results again at its edge.
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { GuicangError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'

/** A short reference that a person can quote. */
export function newRef(): string {
  return randomBytes(4).toString('hex')
}

/** An error that came from the vault process: keeps the reference it was given there. */
export class ForwardedError extends GuicangError {
  readonly ref: string

  constructor(error: Extract<Result<unknown>, { ok: false }>['error']) {
    super(error.code, error.fields === undefined ? {} : { fields: error.fields })
    this.ref = error.ref
  }
}

/** The value of an answer from the vault process in its declared shape. @throws ForwardedError; `internal` for another shape */
export function unwrapAs<T>(schema: z.ZodType<T>, result: Result<unknown>): T {
  const parsed = schema.safeParse(unwrap(result))
  if (!parsed.success) throw new GuicangError('internal')
  return parsed.data
}

/** The value of a result. @throws ForwardedError */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw new ForwardedError(result.error)
}
