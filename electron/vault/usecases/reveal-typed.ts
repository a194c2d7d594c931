// What somebody typed, as they typed it: notes, and what stands of customers besides their fields.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct } from '../session.ts'
import { requireIdentities } from '../store/store.ts'
import { requireComplaint } from './complaints.ts'
import { knownOfGroup } from './customer-groups.ts'
import { addLine } from './history.ts'
import { noteText } from './identity-payloads.ts'
import { knownOf } from './redact-anew.ts'
import { reasonFor, requireReason } from './reveal.ts'

interface Typed {
  action: string
  subject: string
  detail: Record<string, string | number>
  /** What records name; '' where nothing was typed, or it still waits in the inbox. */
  version: string
  known: readonly KnownValue[]
  reason: string
  also?: (reason: string) => ChangedRow[]
}

/** The entry in the log is committed before the text goes out. */
function revealTyped(context: Context, { action, subject, detail, version, known, ...act }: Typed): string {
  requireReason(act.reason)
  const { store } = context.session
  if (version === '') throw new GuicangError('record.notFound')
  const text = noteText(requireIdentities(store), version)
  const reason = reasonFor([text], act.reason, known)
  store.records.db.transaction(() => {
    logAct(context, action, subject, { ...detail, reason }, { changed: act.also?.(reason) ?? [] })
  })()
  return text
}

/**
 * A line of a complaint's history as it was typed.
 * @throws GuicangError `record.notFound` for a line that isn't there, or has no original; `reason.required`,
 * `identities.closed`, `vault.damaged` when its version is gone
 */
export function revealLine(
  context: Context,
  { id, line, reason }: Input<'complaints.revealLine'>,
): Output<'complaints.revealLine'> {
  const complaint = requireComplaint(context, id)
  const row = context.session.store.records.events.findRow(line)
  if (row?.complaint_id !== id) throw new GuicangError('record.notFound')
  const text = revealTyped(context, {
    action: 'complaints.lineRevealed',
    subject: id,
    detail: { line },
    version: row.identity_version,
    known: knownOf(context, complaint),
    reason,
    also: (shown) => {
      const at = context.now().toISOString()
      return [addLine(context, id, { kind: 'reveal', at, text: shown }).changed]
    },
  })
  return { text }
}

/**
 * Purpose and evidence of a fact about a customer, or the note of a relation, as they were typed.
 * @throws GuicangError as {@link revealLine}
 */
export function revealCustomerText(
  context: Context,
  { id, reason }: Input<'customers.revealText'>,
): Output<'customers.revealText'> {
  const { customerFacts, relations } = context.session.store.records
  const fact = customerFacts.find(id)
  const relation = fact === undefined ? relations.find(id) : undefined
  const row = fact ?? relation
  if (row === undefined) throw new GuicangError('record.notFound')
  const known = knownOfGroup(context, row.customer_id)
  const text = revealTyped(context, {
    action: 'customers.textRevealed',
    subject: row.customer_id,
    detail: fact === undefined ? { relation: id } : { fact: id },
    version: row.identity_version,
    known: relation === undefined ? known : [...known, ...knownOfGroup(context, relation.other_id)],
    reason,
  })
  return { text }
}
