// Texts that were redacted before their customer's values were known, or while other values stood there. They are redacted
// again from the originals, with what is known now; what people have changed is in those originals.
import { columnsOfFile } from '../../domain/extra-columns.ts'
import { complaintRecord, knownOfComplaint } from '../../domain/complaint-record.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import { type KnownValue, redact } from '../../domain/redact.ts'
import type { ChangedRow } from '../audit/log.ts'
import type { Context } from '../session.ts'
import type { AttachmentRow } from '../store/repositories/attachments.ts'
import type { LetterRow } from '../store/repositories/letters.ts'
import type { ComplaintRow, EventRow } from '../store/repositories/rows.ts'
import type { SearchText } from '../store/repositories/versions.ts'
import { type IdentitiesStore, requireIdentities } from '../store/store.ts'
import { attachmentsAnew } from './attachment-names.ts'
import { knownOfGroup } from './customer-groups.ts'
import { ordinaryColumns } from './field-classes.ts'
import { factsAnew, type FactsRedaction, writeFacts } from './facts-anew.ts'
import { complaintPayload, noteText } from './identity-payloads.ts'

/** A complaint's redacted texts, ready to be written. */
export interface Redaction {
  texts: Pick<
    ComplaintRow,
    | 'channel'
    | 'category'
    | 'subcategory'
    | 'issue'
    | 'sub_issue'
    | 'handler'
    | 'narrative'
    | 'outcome'
    | 'extra_columns'
  >
  search: SearchText
  /** Lines of its history whose text changes. */
  events: EventRow[]
  facts: FactsRedaction
  /** Attachments whose name reads differently. */
  attachments: AttachmentRow[]
  letters: LetterRow[]
}

/** Everything clear that is known of a complaint's customer, so that it goes from any text first; nothing while identities is closed. */
export function knownOf(
  context: Context,
  row: { customer_id: string | null; identity_version: string },
): KnownValue[] {
  const { identities } = context.session.store
  if (identities === undefined) return []
  const ofCustomer = row.customer_id === null ? [] : knownOfGroup(context, row.customer_id)
  return knownOfComplaint(complaintPayload(identities, row.identity_version).fields, ofCustomer)
}

/**
 * Redacts a complaint and its history again; writes nothing.
 * @param ofCustomer clear values of the customer that it is, or is about to be, linked to
 * @throws GuicangError `identities.closed`, `vault.damaged` when an original is gone
 */
export function redactAnew(
  context: Context,
  row: ComplaintRow,
  ofCustomer: readonly KnownValue[],
): Redaction {
  const identities = requireIdentities(context.session.store)
  const payload = complaintPayload(identities, row.identity_version)
  const draft = { fields: payload.fields, extra: columnsOfFile(payload) }
  const ordinary = ordinaryColumns(context, 'complaints')
  const { masked, maskedSearch, extraColumns } = complaintRecord(draft, ofCustomer, ordinary)
  const known = knownOfComplaint(payload.fields, ofCustomer)
  return {
    texts: {
      channel: masked.channel,
      category: masked.category,
      subcategory: masked.subcategory,
      issue: masked.issue,
      sub_issue: masked.subIssue,
      handler: masked.handler,
      narrative: masked.narrative,
      outcome: masked.outcome,
      extra_columns: extraColumns,
    },
    search: maskedSearch,
    events: eventsAnew(context, identities, row, known),
    facts: factsAnew(context, row, known),
    attachments: attachmentsAnew(context, row.id, known),
    letters: lettersAnew(context, row, known),
  }
}

function eventsAnew(
  context: Context,
  identities: IdentitiesStore,
  row: ComplaintRow,
  known: readonly KnownValue[],
): EventRow[] {
  return context.session.store.records.events.rowsOf(row.id).flatMap((event) => {
    if (event.identity_version === '') return []
    const text = ordinaryText(noteText(identities, event.identity_version), known)
    return text === event.text ? [] : [{ ...event, text }]
  })
}

/** Letters were redacted with what was known when they went out: what is known since is taken out of what stands there. */
function lettersAnew(context: Context, row: ComplaintRow, known: readonly KnownValue[]): LetterRow[] {
  return context.session.store.records.letters.rowsOf(row.id).flatMap((letter) => {
    const text = redact(letter.text, known).text
    // Without anything known it would read the same: the company's own telephone, say, may stand there.
    return text === redact(letter.text, []).text ? [] : [{ ...letter, text }]
  })
}

/**
 * Writes a redaction; inside a transaction on records. Status, closing time and revision stay; a narrative that reads
 * differently now has to be reviewed again.
 * @param row the complaint as it stands but for its texts
 * @returns what the entry in the log has to vouch for
 */
export function writeRedaction(context: Context, row: ComplaintRow, redaction: Redaction): ChangedRow[] {
  const { complaints, complaintSearch, events, attachments, letters } = context.session.store.records
  const { texts, search } = redaction
  const written: ComplaintRow = {
    ...row,
    ...texts,
    unreviewed: texts.narrative === row.narrative ? row.unreviewed : 1,
  }
  complaints.update(written)
  complaintSearch.remove(row.seq)
  complaintSearch.add(row.seq, search)
  for (const event of redaction.events) events.update(event)
  for (const attachment of redaction.attachments) attachments.update(attachment)
  for (const letter of redaction.letters) letters.update(letter)
  return [
    { kind: 'complaint', row: written },
    ...redaction.events.map((event) => ({ kind: 'event' as const, row: event })),
    ...redaction.letters.map((letter) => ({ kind: 'letter' as const, row: letter })),
    ...writeFacts(context, redaction.facts),
    ...redaction.attachments.map((attachment) => ({ kind: 'attachment' as const, row: attachment })),
  ]
}

/** Whether a redaction changes anything that stands there. */
export function changesTexts(row: ComplaintRow, redaction: Redaction): boolean {
  const now: Redaction['texts'] = row
  const { texts, events, facts, attachments, letters } = redaction
  const told =
    facts.facts !== undefined || facts.changes.length > 0 || attachments.length > 0 || letters.length > 0
  return told || events.length > 0 || textKeys.some((key) => texts[key] !== now[key])
}

const textKeys = [
  'channel',
  'category',
  'subcategory',
  'issue',
  'sub_issue',
  'handler',
  'narrative',
  'outcome',
  'extra_columns',
] as const satisfies readonly (keyof Redaction['texts'])[]
