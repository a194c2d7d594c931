import type { WarningCode } from '../warnings.ts'

export const fieldKinds = [
  'name',
  'mobile',
  'landline',
  'phone',
  'residentId',
  'passport',
  'bankCard',
  'email',
  'address',
  'birthDate',
  'uscc',
  'text',
] as const

export type FieldKind = (typeof fieldKinds)[number]

export interface Masked {
  /** What `records.db` may hold: never more than the kind's rule shows; `***` for a value that doesn't parse, '' for an empty one. */
  masked: string
  parsed: boolean
  warning?: WarningCode
  /** The one written form of a parsed value, for duplicates and exact search; clear, so for identities only. */
  normalised?: string
}

/** Stands for a value that doesn't parse: not even its length is told. */
export const hidden = '***'

/** A value that its rule can't read. */
export function unparsed(warning: WarningCode): Masked {
  return { masked: hidden, parsed: false, warning }
}
