// A letter: previewed, written, recorded, read again.
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { letterIdSchema } from '../../../shared/types/ids.ts'
import type { LetterDocument, Template } from '../../../shared/types/letter.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import { composeLetter, missingFields, requireComplete } from '../../domain/letters/compose.ts'
import type { FontFiles } from '../../exchange/export/certificate-fonts.ts'
import { type LetterPdf, letterPdf } from '../../exchange/letters/letter-pdf.ts'
import { placeFile } from '../../exchange/place-file.ts'
import { sha256Hex } from '../audit/canonical.ts'
import { type Context, logAct, released } from '../session.ts'
import type { KnownValue } from '../../domain/redact.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import { requireIdentities } from '../store/store.ts'
import { requireComplaint } from './complaints.ts'
import { addLine } from './history.ts'
import { letterPayload } from './identity-payloads.ts'
import { recordFailedLetter, recordLetter, type WrittenLetter } from './letter-record.ts'
import { requireTemplate } from './letter-templates.ts'
import { clearValues, type Filling, fillingOf, knownOfLetter, maskedValues } from './letter-values.ts'
import { knownOf } from './redact-anew.ts'
import { reasonFor, requireReason } from './reveal.ts'

/** The letter as everybody may see it. */
function maskedLetter(
  context: Context,
  row: ComplaintRow,
  template: Template,
  filling: Filling,
  known: readonly KnownValue[],
): Output<'letters.preview'> {
  const values = maskedValues(context, row, filling, known)
  const document = composeLetter(template, values, (text) => ordinaryText(text, known))
  return { document, missing: missingFields(template, values) }
}

/**
 * What is typed is redacted by the recognisers alone: taking out just what is known of the customer would tell, without an
 * entry in the log, which of the typed names is theirs.
 * @throws GuicangError `record.notFound`, `input.invalid` for a template that isn't there
 */
export function previewLetter(context: Context, input: Input<'letters.preview'>): Output<'letters.preview'> {
  const row = requireComplaint(context, input.complaintId)
  const template = requireTemplate(context, input.templateId, input.lang)
  return maskedLetter(context, row, template, fillingOf(input), [])
}

/**
 * The letter with its clear values; the entry in the log is committed before they go out.
 * @throws GuicangError `record.notFound`, `input.invalid`, `reason.required`, `identities.closed`
 */
export function previewLetterClear(
  context: Context,
  input: Input<'letters.previewClear'>,
): Output<'letters.previewClear'> {
  const row = requireComplaint(context, input.complaintId)
  const template = requireTemplate(context, input.templateId, input.lang)
  const filling = fillingOf(input)
  requireReason(input.reason)
  const values = clearValues(context, row, filling)
  const reason = requireReason(input.reason, knownOfLetter(context, row, filling))
  context.session.store.records.db.transaction(() => {
    logAct(context, 'letters.previewed', row.id, { template: template.id, lang: template.lang, reason })
  })()
  return { document: composeLetter(template, values), missing: missingFields(template, values) }
}

export interface LetterOrder {
  template: Template
  filling: Filling
  out: string
  allowBoxes: boolean
  /** Undefined: nothing is recorded but an entry in the log. */
  send: { reason: string } | undefined
  draftReason: string
  fonts?: FontFiles
}

interface PrintedLetter extends Omit<WrittenLetter, 'shown'> {
  pdf: LetterPdf
}

/** Composes a letter and prints it. @throws GuicangError `letter.incomplete`, `letter.unprintable`, `identities.closed` */
async function printLetter(
  context: Context,
  row: ComplaintRow,
  { template, filling, allowBoxes, fonts }: LetterOrder,
): Promise<PrintedLetter> {
  const values = clearValues(context, row, filling)
  requireComplete(template, values)
  const document = composeLetter(template, values)
  const at = context.now()
  const pdf = await letterPdf(document, at, fonts)
  if (pdf.boxes.length > 0 && !allowBoxes)
    throw new GuicangError('letter.unprintable', {
      fields: [{ field: 'text', rule: 'glyph', value: String(pdf.boxes.length) }],
    })
  return { template, document, at: at.toISOString(), sha256: sha256Hex(pdf.bytes), pdf }
}

/**
 * Writes one letter. The file is written whole beside its place, then the letter is recorded, then the file gets its name: a
 * crash can leave a letter on record whose file is missing, which `letters.copy` makes again, and never a letter that went
 * out with nothing to tell of it.
 * @throws GuicangError what {@link printLetter} and `placeFile` refuse; where the name is taken between the two, the letter
 * is marked as failed
 */
export async function writeLetter(
  context: Context,
  complaintId: string,
  order: LetterOrder,
): Promise<{ letterId: string | null; written: PrintedLetter }> {
  const written = await printLetter(context, requireComplaint(context, complaintId), order)
  const file = await placeFile(order.out, written.pdf.bytes)
  let letterId: string | null = null
  try {
    await released(context.session)
    const row = requireComplaint(context, complaintId)
    if (order.send === undefined) {
      context.session.store.records.db.transaction(() => {
        logAct(context, 'letters.drafted', row.id, {
          template: written.template.id,
          lang: written.template.lang,
          reason: order.draftReason,
        })
      })()
    } else {
      letterId = uuidv7()
      // Redacted with what is known now: printing took its time.
      const known = knownOfLetter(context, row, order.filling)
      const shown = maskedLetter(context, row, written.template, order.filling, known).document
      recordLetter(context, row, letterId, { ...written, shown }, order.send.reason)
    }
  } catch (thrown) {
    await file.abort()
    throw thrown
  }
  try {
    await file.publish()
  } catch (thrown) {
    await file.abort()
    await released(context.session)
    recordFailedLetter(context, complaintId, letterId, thrown)
    throw thrown
  }
  return { letterId, written }
}

/**
 * @throws GuicangError `record.notFound`; `input.invalid` for a template that isn't there; `reason.required` for a draft
 * without a reason; and what {@link writeLetter} refuses
 */
export async function renderLetter(
  context: Context,
  input: Input<'letters.render'>,
): Promise<Output<'letters.render'>> {
  const { complaintId, lang, out, send, allowBoxes } = input
  const row = requireComplaint(context, complaintId)
  const template = requireTemplate(context, input.templateId, lang)
  const filling = fillingOf(input)
  requireIdentities(context.session.store)
  const known = knownOfLetter(context, row, filling)
  const reason = send && input.reason.trim() === '' ? '' : requireReason(input.reason, known)
  const { letterId, written } = await writeLetter(context, complaintId, {
    template,
    filling,
    out,
    allowBoxes,
    send: send ? { reason } : undefined,
    draftReason: reason,
  })
  return { letterId: letterId === null ? null : letterIdSchema.parse(letterId), ...sizesOf(written) }
}

function sizesOf({ sha256, pdf }: { sha256: string; pdf: LetterPdf }): {
  sha256: string
  size: number
  pages: number
  boxes: string[]
} {
  return { sha256, size: pdf.bytes.length, pages: pdf.pages, boxes: pdf.boxes }
}

/** @throws GuicangError `record.notFound` */
export function listLetters(context: Context, input: Input<'letters.list'>): Output<'letters.list'> {
  const { id } = requireComplaint(context, input.complaintId)
  return { items: context.session.store.records.letters.ofComplaint(id) }
}

/**
 * What went out, once the log says who looked and why.
 * @throws GuicangError `record.notFound`, `reason.required`, `identities.closed`, `vault.damaged` when the text is gone
 */
export function openLetter(
  context: Context,
  action: string,
  id: string,
  typedReason: string,
): { document: LetterDocument; text: string; sha256: string; at: string; complaintId: string } {
  const { records } = context.session.store
  const letter = records.letters.find(id)
  if (letter === undefined) throw new GuicangError('record.notFound')
  requireReason(typedReason)
  const payload = letterPayload(requireIdentities(context.session.store), letter.identity_version)
  const complaint = requireComplaint(context, letter.complaint_id)
  // The name was typed for this letter where the case has no customer.
  const [name = '', ...address] = payload.document.addressee
  const known: KnownValue[] = [
    { type: 'name', value: name },
    ...address.map((value) => ({ type: 'address' as const, value })),
    ...knownOf(context, complaint),
  ]
  const reason = reasonFor(
    [payload.text],
    typedReason,
    known.filter(({ value }) => value.trim() !== ''),
  )
  records.db.transaction(() => {
    const at = context.now().toISOString()
    const { changed } = addLine(context, complaint.id, { kind: 'reveal', at, text: reason })
    logAct(context, action, id, { complaint: complaint.id, reason }, { changed: [changed] })
  })()
  return { ...payload, at: letter.at, complaintId: complaint.id }
}

/** @throws GuicangError `record.notFound`, `reason.required`, `identities.closed`, `vault.damaged` when the text is gone */
export function revealLetter(context: Context, input: Input<'letters.reveal'>): Output<'letters.reveal'> {
  const { text, sha256 } = openLetter(context, 'letters.revealed', input.id, input.reason)
  return { text, sha256 }
}

/**
 * Prints a letter again as it went out.
 * @throws GuicangError what {@link revealLetter} and `placeFile` refuse
 */
export async function copyLetter(
  context: Context,
  input: Input<'letters.copy'>,
): Promise<Output<'letters.copy'>> {
  const { document, sha256, at, complaintId } = openLetter(context, 'letters.copied', input.id, input.reason)
  const pdf = await letterPdf(document, new Date(at))
  try {
    const file = await placeFile(input.out, pdf.bytes)
    try {
      await file.publish()
    } catch (thrown) {
      await file.abort()
      throw thrown
    }
  } catch (thrown) {
    await released(context.session)
    // The entry that told of the copy came first.
    recordFailedLetter(context, complaintId, null, thrown)
    throw thrown
  }
  const own = sha256Hex(pdf.bytes)
  return { ...sizesOf({ sha256: own, pdf }), same: own === sha256 }
}
