// A preview on its way to the window, part by part, so that neither the window nor main stands still for a large file. What is
// still to go lies in this process's memory, checked already, for the session that opened it, and is overwritten when it has
// gone, when nobody wants it, when identities closes and when the vault locks.
import { randomUUID } from 'node:crypto'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { previewPartBytes } from '../../../shared/types/attachment.ts'
import { previewIdSchema } from '../../../shared/types/ids.ts'
import type { Context, OpenPreview, VaultSession } from '../session.ts'
import { requireIdentities } from '../store/store.ts'

/** Kept so long when no part is asked for: the window asks as fast as it can. */
export const unusedMs = 30_000

/**
 * The first part of a checked content. What is left of it becomes the session's one open preview, in a copy of its own; `bytes`
 * stays the caller's to overwrite.
 */
export function beginParts(
  session: VaultSession,
  bytes: Buffer,
): Pick<Extract<Output<'attachments.preview'>['content'], { kind: 'pdf' }>, 'base64' | 'rest'> {
  dropPreview(session)
  const base64 = bytes.toString('base64', 0, previewPartBytes)
  if (bytes.length <= previewPartBytes) return { base64, rest: null }
  const id = previewIdSchema.parse(randomUUID())
  const kept = Buffer.alloc(bytes.length - previewPartBytes)
  bytes.copy(kept, 0, previewPartBytes)
  const timer = closeLater(session, id)
  session.preview = { id, bytes: kept, start: previewPartBytes, sent: 0, timer }
  return { base64, rest: id }
}

/**
 * The next part. After the last one the preview is closed.
 * @throws GuicangError `identities.closed`; `attachment.closed` for a preview that isn't the open one; `input.invalid` (rule
 * `order`) for a part that isn't the next
 */
export function previewPart(
  { session }: Context,
  { preview, from }: Input<'attachments.previewPart'>,
): Output<'attachments.previewPart'> {
  requireIdentities(session.store)
  const open = session.preview
  if (open?.id !== preview) throw new GuicangError('attachment.closed')
  if (from !== open.start + open.sent)
    throw new GuicangError('input.invalid', { fields: [{ field: 'from', rule: 'order' }] })
  const part = open.bytes.subarray(open.sent, open.sent + previewPartBytes)
  const base64 = part.toString('base64')
  part.fill(0)
  open.sent += part.length
  if (open.sent === open.bytes.length) dropPreview(session)
  else open.timer.refresh()
  return { base64 }
}

/** Closes the preview, where it is the one that is open. */
export function closePreview(
  { session }: Context,
  { preview }: Input<'attachments.closePreview'>,
): Output<'attachments.closePreview'> {
  if (session.preview?.id === preview) dropPreview(session)
  return { ok: true }
}

/** Overwrites whatever of a preview is still here. */
export function dropPreview(session: VaultSession): void {
  const open: OpenPreview | undefined = session.preview
  if (open === undefined) return
  clearTimeout(open.timer)
  open.bytes.fill(0)
  session.preview = undefined
}

function closeLater(session: VaultSession, id: string): NodeJS.Timeout {
  const close = (): void => {
    if (session.preview?.id === id) dropPreview(session)
  }
  return setTimeout(close, unusedMs).unref()
}
