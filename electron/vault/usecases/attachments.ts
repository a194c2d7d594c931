// Attachments: the list for everybody, contents with a reason.
import { lstat, open, realpath } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import {
  attachmentTypeSchema,
  mostPdfBytes,
  mostPreviewBytes,
  previewOf,
} from '../../../shared/types/attachment.ts'
import { fileText } from '../../exchange/file-kinds.ts'
import { plainFileName } from '../../domain/file-names.ts'
import { mostPixels, pixelsOf } from '../../domain/image-size.ts'
import { draftPath, removeStaleDrafts, savedFileStem } from '../../exchange/drafts.ts'
import { asOutputError, errnoOf } from '../../exchange/export/output-error.ts'
import { dropDraft, giveName } from '../../exchange/give-name.ts'
import { damagedAttachment } from '../keys/age-stream.ts'
import { type Context, released } from '../session.ts'
import { toAttachment } from '../store/repositories/attachments.ts'
import { commitReveal, openAttachment, type OpenedAttachment } from './attachment-acts.ts'
import { contentPieces } from './blob-content.ts'
import { requireComplaint } from './complaints.ts'
import { beginParts, dropPreview } from './preview-parts.ts'
import { requireReason } from './reveal.ts'
import { logFailure } from './seal-bag.ts'

export function listAttachments(
  context: Context,
  { complaintId }: Input<'attachments.list'>,
): Output<'attachments.list'> {
  requireComplaint(context, complaintId)
  return { items: context.session.store.records.attachments.ofComplaint(complaintId).map(toAttachment) }
}

/** More than this of a text isn't shown. */
const mostCharacters = 200_000

/**
 * A picture, a PDF or a text to look at, decrypted and checked whole; the entry in the log is committed before any of it goes
 * out. What doesn't fit into the first part is kept for {@link previewPart}; the preview before it is closed.
 * @throws GuicangError `reason.required`, `record.notFound`, `identities.closed`; `input.invalid` (rule `noPreview`) for a
 * file that is none of these; `file.tooLarge` for one with too many bytes or pixels; `attachment.damaged`
 */
export async function previewAttachment(
  context: Context,
  input: Input<'attachments.preview'>,
): Promise<Output<'attachments.preview'>> {
  const { session } = context
  requireReason(input.reason)
  const opened = openAttachment(context, input.id)
  const { row, payload } = opened
  const type = attachmentTypeSchema.parse(row.type)
  const most = type === 'application/pdf' ? mostPdfBytes : mostPreviewBytes
  if (row.bytes > most) throw new GuicangError('file.tooLarge')
  const kind = previewOf(type, row.bytes)
  if (kind === 'none')
    throw new GuicangError('input.invalid', { fields: [{ field: 'id', rule: 'noPreview' }] })
  dropPreview(session)
  const bytes = Buffer.alloc(row.bytes)
  try {
    await readWhole(context, opened, bytes)
    if (kind === 'image' && (pixelsOf(type, bytes) ?? Infinity) > mostPixels)
      throw new GuicangError('file.tooLarge')
    await released(session)
    commitReveal(context, openAttachment(context, input.id), input.reason)
    const content = kind === 'text' ? textOf(bytes) : { kind, ...beginParts(session, bytes) }
    return { name: plainFileName(payload.name), type, size: bytes.length, content }
  } finally {
    bytes.fill(0)
  }
}

function textOf(bytes: Buffer): { kind: 'text'; text: string; truncated: boolean } {
  const text = fileText(bytes).toWellFormed()
  return {
    kind: 'text',
    text: text.slice(0, mostCharacters).toWellFormed(),
    truncated: text.length > mostCharacters,
  }
}

/** Fills `bytes` with the content, which is checked when this answers; nothing clear is left elsewhere. */
async function readWhole(
  context: Context,
  { payload, blob }: OpenedAttachment,
  bytes: Buffer,
): Promise<void> {
  const { job, session } = context
  let at = 0
  for await (const piece of contentPieces(session.dir, blob, payload, job.signal)) {
    if (at + piece.length > bytes.length) throw damagedAttachment('changed')
    bytes.set(piece, at)
    piece.fill(0)
    at += piece.length
  }
  if (at !== bytes.length) throw damagedAttachment('changed')
}

/**
 * Writes the content to a new file; the entry in the log is committed before a byte goes out. The file has its name only
 * once it is whole and checked.
 * @throws GuicangError `reason.required`, `record.notFound`, `identities.closed`; `file.exists` where anything, also a link,
 * stands there; `input.invalid` (a place inside the vault), `file.notFound`, `file.unreadable`, `disk.full`,
 * `attachment.damaged`, `job.cancelled`; nothing is left at `out` then, and the log says that it failed
 */
export async function saveAttachment(
  context: Context,
  input: Input<'attachments.save'>,
): Promise<Output<'attachments.save'>> {
  const { dir } = context.session
  requireReason(input.reason)
  const opened = openAttachment(context, input.id)
  const { row, payload } = opened
  const out = resolve(input.out)
  await requireFree(out, dir)
  await released(context.session)
  commitReveal(context, openAttachment(context, input.id), input.reason)
  try {
    await writeOut(context, opened, out)
  } catch (thrown) {
    await released(context.session)
    logFailure(context, 'attachments.saveFailed', row.complaint_id, { attachment: row.id }, thrown)
    throw thrown
  }
  return { out, sha256: payload.sha256, size: payload.bytes }
}

async function requireFree(out: string, vaultDir: string): Promise<void> {
  try {
    const folder = await realpath(dirname(out))
    const way = relative(await realpath(vaultDir), folder)
    const inside = way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`))
    if (inside) throw new GuicangError('input.invalid', { fields: [{ field: 'out', rule: 'insideVault' }] })
    await lstat(out)
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT' && (await isThere(dirname(out)))) return
    throw asOutputError(thrown)
  }
  throw new GuicangError('file.exists')
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

async function writeOut(context: Context, { payload, blob }: OpenedAttachment, out: string): Promise<void> {
  const { job, session } = context
  const stem = savedFileStem(out)
  await removeStaleDrafts(stem)
  const draft = draftPath(stem)
  try {
    const file = await open(draft, 'wx', 0o600)
    let written = 0
    try {
      for await (const piece of contentPieces(session.dir, blob, payload, job.signal)) {
        await file.writeFile(piece)
        written += piece.length
        job.report('save', written, payload.bytes, 'bytes')
      }
      await file.sync()
    } finally {
      await file.close()
    }
    await giveName(draft, out)
  } catch (thrown) {
    await dropDraft(draft)
    throw asOutputError(thrown)
  }
}
