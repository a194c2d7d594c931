// What every reveal has in common: a reason, and only fields that exist.
import { GuicangError } from '../../../shared/errors.ts'
import { ordinaryText } from '../../domain/customer-record.ts'

const extraPrefix = 'extra:'

/** The reason as the log keeps it: redacted. @throws GuicangError `reason.required` when it is blank */
export function requireReason(reason: string): string {
  const text = reason.trim()
  if (text === '')
    throw new GuicangError('reason.required', { fields: [{ field: 'reason', rule: 'required' }] })
  return ordinaryText(text)
}

/** @throws GuicangError `input.invalid` for a field or an extra column that the record doesn't have */
export function pickRevealed(
  payload: { fields: Readonly<Record<string, string>>; extra: Readonly<Record<string, string>> },
  known: readonly string[],
  wanted: readonly string[],
): Record<string, string> {
  const values: Record<string, string> = {}
  for (const field of wanted) {
    const extra = field.startsWith(extraPrefix) ? field.slice(extraPrefix.length) : undefined
    const source = extra === undefined ? payload.fields : payload.extra
    const key = extra ?? field
    const value =
      Object.hasOwn(source, key) && (extra !== undefined || known.includes(key)) ? source[key] : undefined
    if (value === undefined)
      throw new GuicangError('input.invalid', { fields: [{ field: 'fields', rule: 'unknown' }] })
    Object.defineProperty(values, field, { value, enumerable: true, configurable: true, writable: true })
  }
  return values
}
