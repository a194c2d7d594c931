// A letter as it went out, for another program to print: into a private folder that main made and wipes.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import { asOutputError } from '../../exchange/export/output-error.ts'
import { letterPdf } from '../../exchange/letters/letter-pdf.ts'
import { type Context, released } from '../session.ts'
import { openLetter } from './letters.ts'
import { logFailure } from './seal-bag.ts'

interface Request {
  id: string
  reason: string
  /** Made by main for this one file (0700); main wipes it, whatever happens here. */
  folder: string
}

/**
 * Writes the letter to `letter.pdf` (0600) in the folder; the entry in the log is committed before the file exists.
 * @throws GuicangError `reason.required`, `record.notFound`, `identities.closed`, `vault.damaged`; `disk.full`, `file.unreadable`:
 * the log then says that it failed
 */
export async function openLetterOutside(context: Context, request: Request): Promise<{ path: string }> {
  await released(context.session)
  const { document, at } = openLetter(context, 'letters.opened', request.id, request.reason)
  const path = join(request.folder, 'letter.pdf')
  try {
    const { bytes } = await letterPdf(document, new Date(at))
    await writeFile(path, bytes, { flag: 'wx', mode: 0o600 }).catch((thrown: unknown) => {
      throw asOutputError(thrown)
    })
  } catch (thrown) {
    await released(context.session)
    logLetterNotOpened(context, request.id, thrown)
    throw thrown
  }
  return { path }
}

/** Says in the log that a letter didn't reach another program. @throws GuicangError `record.notFound` */
export function logLetterNotOpened(context: Context, id: string, thrown: unknown): void {
  const letter = context.session.store.records.letters.find(id)
  if (letter === undefined) throw new GuicangError('record.notFound')
  logFailure(context, 'letters.openFailed', letter.complaint_id, { letter: letter.id }, thrown)
}
