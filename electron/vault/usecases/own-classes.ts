// Own fields that owners have classed as trade secrets. Rows stay as they are: it is a rule over what leaves the vault process, and
// everything that hands out such a value asks `withheldFields` first.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { RecordKind } from '../../../shared/types/exchange.ts'
import {
  type ClassedField,
  confidentialFieldsSchema,
  ownClasses,
  settableFields,
} from '../../../shared/types/field-class.ts'
import {
  type SecretTransactionField,
  secretTransactionFields,
  type StoredTransaction,
  type Transaction,
} from '../../../shared/types/transaction.ts'
import { type Context, logAct } from '../session.ts'
import { keepSetting, settingReader } from './keep-setting.ts'

const setting = 'confidential-fields'

const readConfidential = settingReader(setting, confidentialFieldsSchema)

/** What goes with a field: an amount in an unknown currency is still told by its currency. */
const companions: Readonly<Record<string, readonly string[]>> = { amount: ['currency'] }

/** Own fields of a kind of record that whoever has unlocked may not see. An owner may see all. */
export function withheldFields(context: Pick<Context, 'session'>, kind: RecordKind): ReadonlySet<string> {
  if (context.session.person.role === 'owner') return new Set()
  const fields = readConfidential(context)[kind] ?? []
  return new Set(fields.flatMap((field) => [field, ...(companions[field] ?? [])]))
}

/**
 * Asked before somebody names fields, to read them or to write them: an edit that changes nothing would tell a right guess.
 * @throws GuicangError `access.denied` for a trade secret that isn't theirs
 */
export function requireShown(
  context: Pick<Context, 'session'>,
  kind: RecordKind,
  named: readonly string[],
): void {
  const withheld = withheldFields(context, kind)
  if (named.some((field) => withheld.has(field)))
    throw new GuicangError('access.denied', { fields: [{ field: 'fields', rule: 'confidential' }] })
}

/**
 * A transaction as a person may see it.
 * @param withheld from {@link withheldFields}
 */
export function shownTransaction(stored: StoredTransaction, withheld: ReadonlySet<string>): Transaction {
  const unlessWithheld = (field: SecretTransactionField): string | null =>
    withheld.has(field) ? null : stored[field]
  return {
    ...stored,
    date: unlessWithheld('date'),
    amount: unlessWithheld('amount'),
    currency: unlessWithheld('currency'),
    status: unlessWithheld('status'),
    // A warning says that there is a value, and of what kind.
    warnings: stored.warnings.filter((warning) => !withheld.has(warning.split(':')[0] ?? '')),
    withheld: secretTransactionFields.filter((field) => withheld.has(field)),
  }
}

const kinds: readonly RecordKind[] = ['customers', 'complaints', 'transactions']

/** Every own field whose class can be set, with the class that it has. */
export function listOwnFields(context: Pick<Context, 'session'>): ClassedField[] {
  const confidential = readConfidential(context)
  return kinds.flatMap((kind) =>
    Object.entries(ownClasses[kind]).flatMap(([field, ownClass]) => {
      if (!isSettable(kind, field)) return []
      const secret = confidential[kind]?.includes(field) === true
      return [{ kind, field, class: secret ? ('confidential' as const) : ownClass, ownClass }]
    }),
  )
}

function isSettable(kind: RecordKind, field: string): boolean {
  const fields: readonly string[] = settableFields[kind]
  return fields.includes(field)
}

/**
 * Classes an own field as a trade secret, or gives it its own class back. It counts at once; said again, nothing is written.
 * @throws GuicangError `input.invalid` for a field whose class is fixed (`fixed`) and for a class that the field can't have (`class`)
 */
export function setOwnClass(
  context: Context,
  { kind, field, class: given }: Input<'fields.setOwnClass'>,
): Output<'fields.setOwnClass'> {
  const now = listOwnFields(context).find((one) => one.kind === kind && one.field === field)
  if (now === undefined)
    throw new GuicangError('input.invalid', { fields: [{ field: 'field', rule: 'fixed' }] })
  if (given !== 'confidential' && given !== now.ownClass)
    throw new GuicangError('input.invalid', { fields: [{ field: 'class', rule: 'class' }] })
  if (given === now.class) return now
  const confidential = readConfidential(context)
  const others = (confidential[kind] ?? []).filter((one) => one !== field)
  const value = { ...confidential, [kind]: given === 'confidential' ? [...others, field] : others }
  context.session.store.records.db.transaction(() => {
    const changed = [keepSetting(context, setting, value)]
    logAct(context, 'fields.ownClassed', kind, { fields: [field], class: given }, { changed })
  })()
  return { ...now, class: given }
}
