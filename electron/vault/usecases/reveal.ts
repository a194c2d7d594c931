// What every reveal has in common: a reason, and only fields that exist.
import { GuicangError } from '../../../shared/errors.ts'
import type { RecordKind } from '../../../shared/types/exchange.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import { type ExtraColumns, shownName } from '../../domain/extra-columns.ts'
import { scanText } from '../../domain/recognisers/index.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct } from '../session.ts'
import { confidentialColumns } from './field-classes.ts'
import { requireShown } from './own-classes.ts'

const extraPrefix = 'extra:'

/**
 * The reason as the log keeps it: redacted, since an entry can never be erased.
 * @param known clear values of whom it is about
 * @throws GuicangError `reason.required` when it is blank
 */
export function requireReason(reason: string, known: readonly KnownValue[] = []): string {
  const text = reason.trim()
  if (text === '')
    throw new GuicangError('reason.required', { fields: [{ field: 'reason', rule: 'required' }] })
  return ordinaryText(text, known)
}

/**
 * The same for who was shown texts: whom they name may be named in the reason too, without a cue that tells a name.
 * @throws GuicangError as {@link requireReason}
 */
export function reasonFor(texts: readonly string[], reason: string, known: readonly KnownValue[]): string {
  return requireReason(reason, [...known, ...texts.flatMap((text) => scanText(text))])
}

interface Payload extends ExtraColumns {
  fields: Readonly<Record<string, string>>
}

export interface Reveal {
  action: string
  input: { id: string; fields: readonly string[]; reason: string }
  kind: RecordKind
  /** Fields of this kind of record. */
  fields: readonly string[]
  /** Reads the clear values; `known` are those that the entry must not repeat. */
  open: () => { payload: Payload; known: readonly KnownValue[] }
  /** What else the act writes, with the reason as the log keeps it; inside its transaction. */
  also?: (reason: string) => ChangedRow[]
}

/**
 * Clear values by the names asked for, verbatim. The entry in the log is committed before any value goes out.
 * @throws GuicangError `reason.required`, what `open` refuses, `input.invalid` for a field that isn't there, `access.denied` for a
 * trade secret that somebody else than an owner asks for
 */
export function reveal(
  context: Context,
  { action, input, kind, fields, open, also }: Reveal,
): Record<string, string> {
  requireReason(input.reason)
  const { payload, known } = open()
  const values = pickRevealed(payload, fields, input.fields)
  requireOwnerFor(context, kind, payload, input.fields)
  const reason = reasonFor(Object.values(values), input.reason, known)
  context.session.store.records.db.transaction(() => {
    const shown = input.fields.map((field) => ordinaryText(field, known))
    logAct(context, action, input.id, { fields: shown, reason }, { changed: also?.(reason) ?? [] })
  })()
  return values
}

/** Fields and columns that are classed confidential are the owners'. */
function requireOwnerFor(
  context: Context,
  kind: RecordKind,
  payload: Payload,
  wanted: readonly string[],
): void {
  requireShown(context, kind, wanted)
  if (context.session.person.role === 'owner') return
  const confidential = confidentialColumns(context, kind)
  const asked = wanted
    .filter((field) => field.startsWith(extraPrefix))
    .some((field) => confidential.has(shownName(payload, field.slice(extraPrefix.length)) ?? ''))
  if (asked) throw new GuicangError('access.denied', { fields: [{ field: 'fields', rule: 'confidential' }] })
}

/** `extra:<column>` takes the name that records show, and the one in the file. */
function pickRevealed(
  payload: Payload,
  known: readonly string[],
  wanted: readonly string[],
): Record<string, string> {
  const values: Record<string, string> = {}
  for (const field of wanted) {
    const value = field.startsWith(extraPrefix)
      ? extraValue(payload, field.slice(extraPrefix.length))
      : known.includes(field) && Object.hasOwn(payload.fields, field)
        ? payload.fields[field]
        : undefined
    if (value === undefined)
      throw new GuicangError('input.invalid', { fields: [{ field: 'fields', rule: 'unknown' }] })
    Object.defineProperty(values, field, { value, enumerable: true, configurable: true, writable: true })
  }
  return values
}

function extraValue(payload: ExtraColumns, name: string): string | undefined {
  const shown = shownName(payload, name)
  return shown === undefined ? undefined : payload.extra[shown]
}
