// Short facts of a case were redacted with what was known when they were typed. Their rows hold no originals, so what is known
// since is taken out of what stands there.
import { ordinaryText } from '../../domain/customer-record.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { ChangedRow } from '../audit/log.ts'
import type { Context } from '../session.ts'
import type { CaseChangeRow, CaseRow } from '../store/repositories/cases.ts'

export interface FactsRedaction {
  facts: CaseRow | undefined
  changes: CaseChangeRow[]
}

const textColumns = ['root_cause', 'escalation_body', 'escalation_ref'] as const
const textFields: ReadonlySet<string> = new Set([
  'rootCause',
  'escalationBody',
  'escalationReference',
  'category',
  'subcategory',
])

/** What changes in the facts of a complaint, and in what is told of them; writes nothing. */
export function factsAnew(
  context: Context,
  complaint: { seq: number; id: string },
  known: readonly KnownValue[],
): FactsRedaction {
  const { cases, caseChanges } = context.session.store.records
  const facts = cases.findRow(complaint.seq)
  // Nothing has been said that could name anybody.
  if (facts === undefined && known.length === 0) return { facts: undefined, changes: [] }
  const now = facts === undefined ? undefined : { ...facts }
  if (now !== undefined) for (const column of textColumns) now[column] = ordinaryText(now[column], known)
  const same = facts === undefined || textColumns.every((column) => now?.[column] === facts[column])
  const changes = caseChanges.rowsOf(complaint.id).flatMap((row) => {
    if (!textFields.has(row.field)) return []
    const redacted = {
      ...row,
      before: ordinaryText(row.before, known),
      after: ordinaryText(row.after, known),
    }
    return redacted.before === row.before && redacted.after === row.after ? [] : [redacted]
  })
  return { facts: same ? undefined : now, changes }
}

/** Writes them; inside a transaction on records. Answers what the log has to vouch for. */
export function writeFacts(context: Context, { facts, changes }: FactsRedaction): ChangedRow[] {
  const { cases, caseChanges } = context.session.store.records
  if (facts !== undefined) cases.put(facts)
  for (const row of changes) caseChanges.update(row)
  return [
    ...(facts === undefined ? [] : [{ kind: 'case' as const, row: facts }]),
    ...changes.map((row) => ({ kind: 'caseChange' as const, row })),
  ]
}
