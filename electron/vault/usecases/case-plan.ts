// What an act on a case comes to: which rows change and how, or why it is refused.
import { GuicangError } from '../../../shared/errors.ts'
import type { CaseChange, CasePatch } from '../../../shared/types/case.ts'
import {
  type ComplaintStatus,
  complaintStatusSchema,
  type EventKind,
} from '../../../shared/types/complaint.ts'
import { changesEnding, factChanges, patchedFacts, typedTexts } from '../../domain/case-facts.ts'
import { canTransition, isOpen, missingGuard } from '../../domain/case-states.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import type { Context } from '../session.ts'
import { type CaseRow, emptyCaseRow } from '../store/repositories/cases.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import { localMinute, requireComplaint } from './complaints.ts'
import { clocksOf } from './clock-book.ts'
import { knownOf } from './redact-anew.ts'

export interface CaseWork {
  status?: ComplaintStatus | undefined
  note: string
  /** How the line of history is called where it is neither a step nor a change. */
  kind: EventKind
  patch: CasePatch
  /** Fields of the complaint's row that the act changes besides. */
  row?: Partial<ComplaintRow>
}

/** Everything that an act writes, decided on the complaint as it stands. */
export interface Plan {
  old: ComplaintRow
  row: ComplaintRow
  facts: CaseRow | undefined
  changes: CaseChange[]
  kind: EventKind
  from: ComplaintStatus | null
  to: ComplaintStatus | null
  /** Originals that are redacted anew into the row; undefined where none changes. */
  texts: Record<string, string> | undefined
  /** What was typed, for identities. */
  typed: string
}

const textFields = ['category', 'subcategory', 'outcome'] as const

/**
 * Decides what an act writes; writes nothing.
 * @throws GuicangError `record.notFound`; `case.transition`, `case.outcomeMissing`, `case.reasonMissing` for a step that isn't
 * allowed (yet); `case.closed` for an outcome on a closed complaint; `input.invalid` for an assignee who isn't one
 */
export function planOf(context: Context, id: string, work: CaseWork): Plan {
  const { records, identities } = context.session.store
  const old = requireComplaint(context, id)
  const from = complaintStatusSchema.parse(old.status)
  const { status: to } = work
  const note = work.note.trim()
  if (to !== undefined) requirePath(from, to)
  const patch = withOutcomeOf(work, old, identities !== undefined)
  if (from === 'closed' && to !== 'reopened' && changesEnding(patch)) throw new GuicangError('case.closed')
  requireAssignee(context, patch.assignee)
  requirePack(context, patch.clockPack)
  const facts = records.cases.findRow(old.seq) ?? emptyCaseRow(old.seq, old.id)
  const known = knownOf(context, old)
  const newFacts = { ...facts, ...patchedFacts(facts, patch, (text) => ordinaryText(text, known)) }
  const texts = changedTexts(patch)
  const explained = (patch.outcome ?? old.outcome).trim() !== ''
  const outcome = explained || newFacts.outcome_kind !== '' || newFacts.relief_kind !== ''
  if (to !== undefined) requireGuards(from, to, { outcome, reason: note !== '' })
  const changes = [
    ...factChanges(facts, newFacts),
    ...Object.keys(texts ?? {}).flatMap((field) => textChange(field, old)),
  ]
  const closedAt =
    to === 'closed' ? localMinute(context) : to !== undefined && isOpen(to) ? '' : old.closed_at
  const at = context.now().toISOString()
  return {
    old,
    row: {
      ...old,
      ...work.row,
      status: to ?? old.status,
      closed_at: closedAt,
      revision: old.revision + 1,
      hand_edited: 1,
      updated_at: at,
    },
    facts: factChanges(facts, newFacts).length > 0 ? newFacts : undefined,
    changes,
    kind: to !== undefined ? 'status' : changes.length > 0 ? kindOfChanges(changes) : work.kind,
    from: to === undefined ? null : from,
    to: to ?? null,
    texts,
    // With identities closed nobody knows yet what may not stand there: it is looked at again when the line is taken in.
    typed: [
      note,
      ...typedTexts(patch).filter((text) => identities === undefined || ordinaryText(text, known) !== text),
    ]
      .filter((text) => text !== '')
      .join('\n'),
  }
}

/** How a step to an end was explained is its outcome, where nobody has recorded one. */
function withOutcomeOf(work: CaseWork, old: ComplaintRow, open: boolean): CasePatch {
  const ends = work.status === 'resolved' || work.status === 'closed'
  const note = work.note.trim()
  const said = old.outcome !== '' || work.patch.outcome !== undefined || old.identity_version === ''
  return ends && !said && open && note !== '' ? { ...work.patch, outcome: note } : work.patch
}

function kindOfChanges(changes: readonly CaseChange[]): EventKind {
  return changes.every(({ field }) => field === 'assignee') ? 'assigned' : 'case'
}

function changedTexts(patch: CasePatch): Record<string, string> | undefined {
  const texts = textFields.flatMap((field) => {
    const text = patch[field]
    return text === undefined ? [] : [[field, text] as const]
  })
  return texts.length === 0 ? undefined : Object.fromEntries(texts)
}

/** Of an outcome only the fact is told: the text stands in the case. The new category is put in when it is redacted. */
function textChange(field: string, old: ComplaintRow): CaseChange[] {
  if (field === 'outcome') return [{ field, before: '', after: '' }]
  if (field === 'category' || field === 'subcategory') return [{ field, before: old[field], after: '' }]
  return []
}

function requirePath(from: ComplaintStatus, to: ComplaintStatus): void {
  if (canTransition(from, to)) return
  throw new GuicangError('case.transition', {
    fields: [{ field: 'status', rule: 'transition', value: `${from} → ${to}` }],
  })
}

function requireGuards(
  from: ComplaintStatus,
  to: ComplaintStatus,
  has: { outcome: boolean; reason: boolean },
): void {
  const missing = missingGuard(from, to, has)
  if (missing === 'outcome')
    throw new GuicangError('case.outcomeMissing', { fields: [{ field: 'outcome', rule: 'required' }] })
  if (missing === 'reason')
    throw new GuicangError('case.reasonMissing', { fields: [{ field: 'note', rule: 'required' }] })
}

function requirePack({ session }: Context, pack: string | undefined): void {
  if (pack === undefined || pack === '' || clocksOf(session).book.packs.some(({ id }) => id === pack)) return
  throw new GuicangError('input.invalid', { fields: [{ field: 'clockPack', rule: 'unknown' }] })
}

/** @throws GuicangError `input.invalid` for somebody who can't have a case; nobody is fine */
export function requireAssignee(
  context: Context,
  personId: string | null | undefined,
  field = 'assignee',
): void {
  if (personId === null || personId === undefined || isAssignable(context, personId)) return
  throw new GuicangError('input.invalid', { fields: [{ field, rule: 'unknown' }] })
}

/** Whether somebody can have cases; nobody can, as an empty id. */
export function isAssignable(context: Context, personId: string): boolean {
  if (personId === '') return true
  const person = context.session.store.records.people.find(personId)
  return person?.state === 'active' && person.role !== 'recovery' && person.role !== 'auditor'
}
