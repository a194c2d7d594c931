// One letter to each of many complaints, into a new folder. Each letter is an act of its own, so that what stops half way leaves
// whole letters only.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { type ErrorCode, GuicangError } from '../../../shared/errors.ts'
import type { complaintIdSchema } from '../../../shared/types/ids.ts'
import type { z } from 'zod'
import { refuseTaken } from '../../exchange/export/bag-folder.ts'
import { openFontFiles } from '../../exchange/export/certificate-fonts.ts'
import { asOutputError } from '../../exchange/export/output-error.ts'
import { type Context, logAct, released } from '../session.ts'
import { translateError } from '../store/sqlite-errors.ts'
import { requireIdentities } from '../store/store.ts'
import { requireComplaint } from './complaints.ts'
import { requireTemplate } from './letter-templates.ts'
import { fillingOf } from './letter-values.ts'
import { writeLetter } from './letters.ts'

const most = 5000
const page = 500

type ComplaintId = z.output<typeof complaintIdSchema>
type Report = Output<'letters.batch'>

/** What keeps one letter back and says nothing about the next. */
const ofOneLetter: ReadonlySet<ErrorCode> = new Set([
  'letter.incomplete',
  'letter.unprintable',
  'inbox.unreadable',
  'record.notFound',
  'file.exists',
])

/** @throws GuicangError `input.invalid` for more complaints than one batch takes, and for none */
async function complaintsOf(context: Context, input: Input<'letters.batch'>): Promise<ComplaintId[]> {
  if (input.ids !== undefined) return [...new Set(input.ids)]
  const { complaints } = context.session.store.records
  const filter = { status: input.status, category: input.category }
  const total = complaints.count(filter)
  if (total > most)
    throw new GuicangError('input.invalid', {
      fields: [{ field: 'filter', rule: 'tooMany', value: String(total) }],
    })
  const ids: ComplaintId[] = []
  for (let after: { receivedAt: string; seq: number } | undefined; ;) {
    const { items, last } = complaints.list({ ...filter, limit: page, after })
    ids.push(...items.map(({ id }) => id))
    if (last === undefined || ids.length > most) return ids.slice(0, most)
    after = last
    await context.job.pause()
  }
}

/** A folder that is free or empty. @throws GuicangError `file.exists`, `file.notFound`, `file.unreadable`, `disk.full` */
async function makeFolder(path: string): Promise<void> {
  try {
    if (!(await refuseTaken(path))) await mkdir(path, { mode: 0o700 })
  } catch (thrown) {
    throw asOutputError(thrown)
  }
}

const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu

/** Names of files by complaint number: it stands in clear in records, so it says nothing that everybody doesn't know. */
function fileNames(): (complaintNo: string, id: string) => string {
  const taken = new Set<string>()
  return (complaintNo, id) => {
    const plain = complaintNo.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-').replaceAll(/^-+|-+$/gu, '')
    const stem = plain === '' || plain.length > 60 || reserved.test(plain) ? id : plain
    const name = taken.has(stem.toLowerCase()) ? `${stem}-${id}` : stem
    taken.add(name.toLowerCase())
    return `${name}.pdf`
  }
}

/**
 * Writes and records a letter for each complaint. What keeps a single letter back is reported by number; anything else, and a
 * cancel, stops the batch, and the report says how many had gone out by then.
 * @throws GuicangError `input.invalid`, `identities.closed`, `file.exists` for a folder with something in it, and whatever
 * stops the first letter
 */
export async function writeLetterBatch(context: Context, input: Input<'letters.batch'>): Promise<Report> {
  const { job, session } = context
  requireIdentities(session.store)
  const { customerName, customerAddress } = input.fields
  // Every letter would go to the same person.
  if (customerName !== undefined || customerAddress !== undefined)
    throw new GuicangError('input.invalid', { fields: [{ field: 'fields', rule: 'oneCustomer' }] })
  const template = requireTemplate(context, input.templateId, input.lang)
  const ids = await complaintsOf(context, input)
  if (ids.length === 0)
    throw new GuicangError('input.invalid', { fields: [{ field: 'filter', rule: 'empty' }] })
  await makeFolder(input.folder)
  const fonts = await openFontFiles()
  const nameOf = fileNames()
  const report: Report = { sent: 0, refused: [], stopped: '', total: ids.length }
  for (const [index, id] of ids.entries()) {
    let complaintNo = ''
    try {
      await job.pause()
      await released(session)
      complaintNo = requireComplaint(context, id).complaint_no
      await writeLetter(context, id, {
        template,
        filling: fillingOf(input),
        out: join(input.folder, nameOf(complaintNo, id)),
        allowBoxes: input.allowBoxes,
        send: { reason: '' },
        draftReason: '',
        fonts,
      })
      report.sent += 1
    } catch (thrown) {
      const translated = translateError(thrown)
      if (!(translated instanceof GuicangError)) throw translated
      const { code, fields } = translated
      if (!ofOneLetter.has(code)) {
        if (report.sent === 0 && code !== 'job.cancelled') throw translated
        report.stopped = code
        break
      }
      report.refused.push({ complaintNo, id, code, field: fields?.map(({ field }) => field).join(' ') ?? '' })
    }
    job.report('letters', index + 1, ids.length, 'rows')
  }
  await released(session)
  session.store.records.db.transaction(() => {
    const { sent, refused, stopped, total } = report
    const detail = { lang: input.lang, sent, refused: refused.length, total }
    logAct(context, 'letters.batch', template.id, stopped === '' ? detail : { ...detail, stopped })
  })()
  return report
}
