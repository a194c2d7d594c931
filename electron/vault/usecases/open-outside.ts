// A clear copy for another program: into a private folder that main made and wipes, under a name that says nothing.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import { attachmentTypeSchema, openedEnding } from '../../../shared/types/attachment.ts'
import { carriesCode } from '../../exchange/carries-code.ts'
import { asOutputError } from '../../exchange/export/output-error.ts'
import { type Context, released } from '../session.ts'
import { commitReveal, openAttachment, type OpenedAttachment, requireAttachment } from './attachment-acts.ts'
import { contentPieces } from './blob-content.ts'
import { requireReason } from './reveal.ts'
import { logFailure } from './seal-bag.ts'

interface Request {
  id: string
  reason: string
  /** Made by main for this one file (0700); main wipes it, whatever happens here. */
  folder: string
}

/**
 * Writes the content to `attachment.ENDING` (0600) in the folder; the entry in the log is committed before the file exists.
 * @throws GuicangError `reason.required`, `record.notFound`, `identities.closed`; `attachment.onlySaved` for a kind that could run
 * or brings macros or a script with it; `attachment.damaged`, `disk.full`, `file.unreadable`, `job.cancelled`: the log then says
 * that it failed
 */
export async function openOutside(context: Context, request: Request): Promise<{ path: string }> {
  const { session, job } = context
  requireReason(request.reason)
  await released(session)
  const opened = openAttachment(context, request.id)
  const type = attachmentTypeSchema.parse(opened.row.type)
  const ending = openedEnding(type)
  if (ending === undefined || (await carriesCode(type, contentOf(context, opened))))
    throw new GuicangError('attachment.onlySaved')
  await released(session)
  commitReveal(context, openAttachment(context, request.id), request.reason, 'attachments.opened')
  const path = join(request.folder, `attachment.${ending}`)
  try {
    await writeCopy(context, opened, path)
  } catch (thrown) {
    await released(session)
    logNotOpened(context, request.id, thrown)
    throw thrown
  }
  job.report('open', opened.payload.bytes, opened.payload.bytes, 'bytes')
  return { path }
}

/** Says in the log that what it says was opened didn't reach another program. @throws GuicangError `record.notFound` */
export function logNotOpened(context: Context, id: string, thrown: unknown): void {
  const row = requireAttachment(context, id)
  logFailure(context, 'attachments.openFailed', row.complaint_id, { attachment: row.id }, thrown)
}

function contentOf(context: Context, { blob, payload }: OpenedAttachment): AsyncGenerator<Uint8Array> {
  return contentPieces(context.session.dir, blob, payload, context.job.signal)
}

async function writeCopy(context: Context, opened: OpenedAttachment, path: string): Promise<void> {
  let written = 0
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const piece of contentOf(context, opened)) {
        await file.writeFile(piece)
        written += piece.length
        context.job.report('open', written, opened.payload.bytes, 'bytes')
      }
    } finally {
      await file.close()
    }
  } catch (thrown) {
    throw asOutputError(thrown)
  }
}
