// What a person changes in a case, as columns and as told changes.
import type { CaseChange, CaseField, CasePatch } from '../../shared/types/case.ts'

/** The facts of a case as its row holds them; texts are redacted already. Empty: not said. */
export interface CaseFacts {
  assignee: string
  severity: string
  currency: string
  root_cause: string
  outcome_kind: string
  relief_kind: string
  relief_amount: string
  relief_currency: string
  escalated_to: string
  escalation_body: string
  escalation_ref: string
  satisfaction: string
  closing_reason: string
  clock_pack: string
}

const fieldOf: Readonly<Record<keyof CaseFacts, CaseField>> = {
  assignee: 'assignee',
  severity: 'severity',
  currency: 'currency',
  root_cause: 'rootCause',
  outcome_kind: 'outcomeKind',
  relief_kind: 'reliefKind',
  relief_amount: 'reliefAmount',
  relief_currency: 'reliefCurrency',
  escalated_to: 'escalatedTo',
  escalation_body: 'escalationBody',
  escalation_ref: 'escalationReference',
  satisfaction: 'satisfaction',
  closing_reason: 'closingReason',
  clock_pack: 'clockPack',
}
const columns = [
  'assignee',
  'severity',
  'currency',
  'root_cause',
  'outcome_kind',
  'relief_kind',
  'relief_amount',
  'relief_currency',
  'escalated_to',
  'escalation_body',
  'escalation_ref',
  'satisfaction',
  'closing_reason',
  'clock_pack',
] as const satisfies readonly (keyof CaseFacts)[]

/** Fields that belong to how a case ended: they stand still while it is closed. */
const endingFields: ReadonlySet<string> = new Set(['outcome', 'outcomeKind', 'relief', 'closingReason'])

/** Whether a patch says how a case ended. */
export function changesEnding(patch: CasePatch): boolean {
  return Object.entries(patch).some(([field, value]) => value !== undefined && endingFields.has(field))
}

/** The facts with a patch laid over them; `redacted` is what becomes of each free text. */
export function patchedFacts(
  old: CaseFacts,
  patch: CasePatch,
  redacted: (text: string) => string,
): CaseFacts {
  const { relief, escalation } = patch
  return {
    assignee: patch.assignee === undefined ? old.assignee : (patch.assignee ?? ''),
    severity: patch.severity === undefined ? old.severity : (patch.severity ?? ''),
    currency: patch.currency ?? old.currency,
    root_cause: patch.rootCause === undefined ? old.root_cause : redacted(patch.rootCause.trim()),
    outcome_kind: patch.outcomeKind === undefined ? old.outcome_kind : (patch.outcomeKind ?? ''),
    relief_kind: relief === undefined ? old.relief_kind : (relief?.kind ?? ''),
    relief_amount: relief === undefined ? old.relief_amount : (relief?.amount ?? ''),
    relief_currency: relief === undefined ? old.relief_currency : (relief?.currency ?? ''),
    escalated_to: escalation === undefined ? old.escalated_to : (escalation?.to ?? ''),
    escalation_body: escalation === undefined ? old.escalation_body : redacted(escalation?.body.trim() ?? ''),
    escalation_ref:
      escalation === undefined ? old.escalation_ref : redacted(escalation?.reference.trim() ?? ''),
    satisfaction:
      patch.satisfaction === undefined ? old.satisfaction : (patch.satisfaction?.toString() ?? ''),
    closing_reason: patch.closingReason === undefined ? old.closing_reason : (patch.closingReason ?? ''),
    clock_pack: patch.clockPack ?? old.clock_pack,
  }
}

/** What differs, field by field. */
export function factChanges(old: CaseFacts, now: CaseFacts): CaseChange[] {
  return columns
    .filter((column) => old[column] !== now[column])
    .map((column) => ({ field: fieldOf[column], before: old[column], after: now[column] }))
}

/** Free texts of a patch, as typed: redaction may take something out of them, so the original is kept with the event. */
export function typedTexts({ rootCause, escalation }: CasePatch): string[] {
  return [rootCause, escalation?.body, escalation?.reference].flatMap((text) =>
    text === undefined || text.trim() === '' ? [] : [text.trim()],
  )
}

/** The facts as they were before some changes. */
export function factsBefore(changes: readonly CaseChange[]): Partial<CaseFacts> {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const change = changes.find(({ field }) => field === fieldOf[column])
      return change === undefined ? [] : [[column, change.before]]
    }),
  )
}
