// What crosses every boundary: a value or an error, never an exception.
import { type AppError, GuicangError, isRetryable } from './errors.ts'

export type Result<T> = { ok: true; value: T } | { ok: false; error: AppError }

export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

/**
 * Turns anything thrown into the closed error shape. An error that isn't ours becomes `internal`: its message, which may
 * hold SQL, a path or a customer's value, stays behind.
 */
export function failure(thrown: unknown, ref: string): { ok: false; error: AppError } {
  const code = thrown instanceof GuicangError ? thrown.code : 'internal'
  const fields = thrown instanceof GuicangError ? thrown.fields : undefined
  return {
    ok: false,
    error: { code, ...(fields === undefined ? {} : { fields }), retryable: isRetryable(code), ref },
  }
}
