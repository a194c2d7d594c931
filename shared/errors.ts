// The one closed list of error codes. Both sides of every boundary know it; each code has a text in every locale
// (shared/locales/*/errors.ts), and a test holds the two together.

export const errorCodes = [
  // vault: opening and keeping
  'vault.locked',
  'vault.notFound',
  'vault.notAVault',
  'vault.exists',
  'vault.wrongPassphrase',
  'vault.damaged',
  'vault.incomplete',
  'vault.newerFormat',
  'vault.inUse',
  'vault.readOnly',
  'vault.unreadable',
  'vault.deviceMissing',
  'vault.slotsChanged',
  'vault.rolledBack',
  'vault.alreadyOpen',
  'vault.busy',
  // keys and secrets
  'passphrase.missing',
  'passphrase.weak',
  'passphrase.mustChange',
  'recovery.codeInvalid',
  'recovery.codeUnknown',
  'kits.last',
  'keychain.unavailable',
  'unlock.delayed',
  'identities.closed',
  'rotation.due',
  'inbox.unreadable',
  // files and machine
  'disk.full',
  'disk.failed',
  'file.notFound',
  'file.unreadable',
  'file.exists',
  'file.tooLarge',
  'file.changed',
  'attachment.damaged',
  'attachment.onlySaved',
  'attachment.closed',
  'opener.missing',
  'opener.failed',
  // who may
  'access.denied',
  'users.lastOwner',
  'users.openCases',
  'approval.required',
  'reason.required',
  // input
  'input.invalid',
  'record.notFound',
  'record.changed',
  'case.transition',
  'case.outcomeMissing',
  'case.reasonMissing',
  'case.closed',
  'customers.merged',
  'caller.tooMany',
  'bulk.refused',
  'clocks.invalid',
  'clocks.pending',
  // letters
  'template.invalid',
  'letter.incomplete',
  'letter.unprintable',
  // import
  'import.fileNotFound',
  'import.unreadable',
  'import.empty',
  'import.binary',
  'import.xlsxProtected',
  'import.legacyXls',
  'import.xlsxDamaged',
  'import.encodingUnknown',
  'import.tooManyColumns',
  'import.headerMissing',
  'import.tooLarge',
  'import.mappingInvalid',
  'import.rowInvalid',
  'import.batchNotFound',
  'import.batchInUse',
  'import.fileChanged',
  // export, bags, log
  'export.countMismatch',
  'bag.invalid',
  'audit.broken',
  'checkpoint.invalid',
  // the machinery
  'job.cancelled',
  'job.notFound',
  'ipc.refused',
  'process.gone',
  'cli.usage',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Which field of the input, or which row of a file, broke which rule. Never carries the value itself. */
export interface ErrorField {
  /** Path of the field, or the column's name. */
  field: string
  /** The rule in one word: `required`, `format`, `group`, `owner`, … */
  rule: string
  /** 1-based data row of a file. */
  row?: number
  /** 1-based physical line of a file. */
  line?: number
  /** A value that is safe to show (a group's number, a count, a lease owner's name); never a customer's. */
  value?: string
}

/** What crosses a boundary instead of an exception. */
export interface AppError {
  code: ErrorCode
  fields?: ErrorField[]
  /** True when the same call may succeed later without any change. */
  retryable: boolean
  /** Short random reference, also in the log, so that a person can quote it. */
  ref: string
}

const retryableCodes: ReadonlySet<ErrorCode> = new Set([
  'vault.inUse',
  'vault.busy',
  'unlock.delayed',
  'disk.full',
  'process.gone',
  'caller.tooMany',
])

/** Whether the same call may succeed later without any change. */
export function isRetryable(code: ErrorCode): boolean {
  return retryableCodes.has(code)
}

/** The only error that our own code throws on purpose inside a room. Its message is its code: no value can leak through it. */
export class GuicangError extends Error {
  readonly code: ErrorCode
  readonly fields: ErrorField[] | undefined

  constructor(code: ErrorCode, options: { fields?: ErrorField[]; cause?: unknown } = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'GuicangError'
    this.code = code
    this.fields = options.fields
  }
}
