// A letter that goes out, on record: the text as sent in identities, redacted in records, a line of history, an entry of the log.
import { GuicangError } from '../../../shared/errors.ts'
import type { LetterDocument, Template } from '../../../shared/types/letter.ts'
import { letterText } from '../../domain/letters/compose.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct } from '../session.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import { translateError } from '../store/sqlite-errors.ts'
import { commitAct } from '../store/store.ts'
import { renewDue } from './due.ts'
import { addLine, markWorkedOn } from './history.ts'
import { newVersion } from './identity-payloads.ts'

export interface WrittenLetter {
  template: Template
  document: LetterDocument
  /** The same letter as everybody may see it. */
  shown: LetterDocument
  at: string
  /** Of the PDF. */
  sha256: string
}

/** One commit over both compartments. @throws GuicangError `identities.closed`, `disk.full` */
export function recordLetter(
  context: Context,
  complaint: ComplaintRow,
  letterId: string,
  { template, document, shown, at, sha256 }: WrittenLetter,
  reason: string,
): void {
  const { records } = context.session.store
  const user = context.session.person.name
  commitAct(context.session.store, {
    identities: (identities, commitId) => {
      const version = newVersion(identities, { document, text: letterText(document), sha256 })
      const { id, salt, payload } = version
      identities.letters.add({ id, ownerId: letterId, commitId, salt, payload })
      return version
    },
    records: (version) => {
      const line = addLine(context, complaint.id, { kind: 'letter', at, text: shown.title })
      const letter = {
        id: letterId,
        complaint_id: complaint.id,
        event_seq: line.seq,
        template: template.id,
        lang: template.lang,
        at,
        user,
        title: shown.title,
        text: letterText(shown),
        state: 'sent',
        identity_version: version.id,
        identity_digest: version.digest,
      }
      const seq = records.letters.add(letter)
      // A letter is an answer: the clocks see it.
      renewDue(context, complaint.seq)
      const changed: ChangedRow[] = [
        line.changed,
        { kind: 'letter', row: { seq, ...letter } },
        markWorkedOn(context, complaint, at),
      ]
      const detail = { letter: letterId, template: template.id, lang: template.lang }
      logAct(context, 'letters.sent', complaint.id, reason === '' ? detail : { ...detail, reason }, {
        changed,
      })
    },
  })
}

/** The file of a letter could not be put in place after all: record and log say so. */
export function recordFailedLetter(
  context: Context,
  complaintId: string,
  letterId: string | null,
  thrown: unknown,
): void {
  const { records } = context.session.store
  const letter = letterId === null ? undefined : records.letters.find(letterId)
  const translated = translateError(thrown)
  const code = translated instanceof GuicangError ? translated.code : 'internal'
  try {
    records.db.transaction(() => {
      const failed = letter === undefined ? undefined : { ...letter, state: 'failed' }
      if (failed !== undefined) {
        records.letters.update(failed)
        // Nothing went out: the clocks go on.
        const complaint = records.complaints.findRow(complaintId)
        if (complaint !== undefined) renewDue(context, complaint.seq)
      }
      const detail = failed === undefined ? { code } : { code, letter: failed.id }
      const changed: ChangedRow[] = failed === undefined ? [] : [{ kind: 'letter', row: failed }]
      logAct(context, 'letters.failed', complaintId, detail, { changed })
    })()
  } catch (second) {
    // Without room for an entry, or locked meanwhile: the first failure is the one to report.
    if (!(second instanceof Error)) throw second
  }
}
