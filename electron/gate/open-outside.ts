// Handing an attachment or a letter to another program: whether there is one is asked before anything is decrypted.
import { contract } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import { sessionActs } from '../vault/process/port.ts'
import { type Ask, handle, type MainContext, type Runner } from './handle.ts'

const done = { ok: true } as const

/** @returns the handlers of `attachments.open` and `letters.open` */
export function openingHandlers(
  { options, sessions, opened }: MainContext,
  ask: Ask,
): Readonly<Record<'attachments.open' | 'letters.open', Runner>> {
  /**
   * @param write has the vault process write the clear copy into the folder
   * @param sayNotOpened has the log say that no program took it
   * @throws GuicangError `opener.missing`, `opener.failed`, what `write` throws
   */
  async function openCopy(
    write: (folder: string) => Promise<{ path: string }>,
    sayNotOpened: () => Promise<unknown>,
  ): Promise<typeof done> {
    const { opener } = options
    if (opener === undefined || !(await opener.available())) throw new GuicangError('opener.missing')
    await opened.keep(async (folder) => {
      const { path } = await write(folder)
      if (await opener.open(path)) return
      // After a lock there is no log to write into, and no process that should be started for it.
      if (sessions.current() !== undefined) await sayNotOpened()
      throw new GuicangError('opener.failed')
    })
    return done
  }

  return {
    'attachments.open': handle(contract['attachments.open'], (input, jobId) =>
      openCopy(
        (folder) =>
          ask(sessionActs['session.openAttachment'], 'session.openAttachment', { ...input, folder }, jobId),
        () =>
          ask(sessionActs['session.openAttachmentFailed'], 'session.openAttachmentFailed', { id: input.id }),
      ),
    ),
    'letters.open': handle(contract['letters.open'], (input, jobId) =>
      openCopy(
        (folder) => ask(sessionActs['session.openLetter'], 'session.openLetter', { ...input, folder }, jobId),
        () => ask(sessionActs['session.openLetterFailed'], 'session.openLetterFailed', { id: input.id }),
      ),
    ),
  }
}
