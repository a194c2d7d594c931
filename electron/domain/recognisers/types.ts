export const piiTypes = [
  'name',
  'mobile',
  'landline',
  'resident-id',
  'uscc',
  'bank-card',
  'passport',
  'email',
  'address',
  'intl-phone',
] as const

export type PiiType = (typeof piiTypes)[number]

export interface Finding {
  type: PiiType
  /** Offset of the first Unicode code point. */
  start: number
  /** Offset behind the last Unicode code point. */
  end: number
  /** The source text between them, exactly as it stands there. */
  value: string
}

/** A candidate in the normalised text, in UTF-16 units of `TextView.norm`. */
export interface Span {
  type: PiiType
  from: number
  to: number
}
