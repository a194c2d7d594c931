// Handing an attachment to another program: whether there is one is asked before anything is decrypted.
import { contract } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import { sessionActs } from '../vault/process/port.ts'
import { type Ask, handle, type MainContext, type Runner } from './handle.ts'

const done = { ok: true } as const

export function openingHandlers(
  { options, sessions, opened }: MainContext,
  ask: Ask,
): Readonly<Record<'attachments.open', Runner>> {
  async function sayNotOpened(id: string): Promise<void> {
    // After a lock there is no log to write into, and no process that should be started for it.
    if (sessions.current() === undefined) return
    await ask(sessionActs['session.openAttachmentFailed'], 'session.openAttachmentFailed', { id })
  }

  return {
    'attachments.open': handle(contract['attachments.open'], async (input, jobId) => {
      const { opener } = options
      if (opener === undefined || !(await opener.available())) throw new GuicangError('opener.missing')
      await opened.keep(async (folder) => {
        const request = { ...input, folder }
        const act = sessionActs['session.openAttachment']
        const { path } = await ask(act, 'session.openAttachment', request, jobId)
        if (await opener.open(path)) return
        await sayNotOpened(input.id)
        throw new GuicangError('opener.failed')
      })
      return done
    }),
  }
}
