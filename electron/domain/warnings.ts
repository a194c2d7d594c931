// What may be wrong with a value that is kept all the same. Stored beside the row, counted in import results and translated
// by the screens: codes only, never the value.

export const warningCodes = [
  'missing-name',
  'resident-id-mangled',
  'resident-id-check-digit',
  'resident-id-invalid',
  'mobile-short',
  'mobile-invalid',
  'landline-invalid',
  'passport-invalid',
  'uscc-invalid',
  'email-invalid',
  'bank-card-invalid',
  'birth-date-invalid',
  'address-unparsed',
  'date-invalid',
  'amount-invalid',
  'status-unknown',
  'kind-unknown',
  'currency-unknown',
  'value-too-long',
] as const

export type WarningCode = (typeof warningCodes)[number]
