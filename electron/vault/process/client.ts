// Main's side of the port to the vault process.
import { GuicangError } from '../../../shared/errors.ts'
import type { JobProgress } from '../../../shared/events.ts'
import { failure, type Result } from '../../../shared/result.ts'
import { type PortRequest, portReplySchema } from './port.ts'
import type { VaultTransport } from './transport.ts'

export interface VaultClient {
  /** Sends one request; answers an error `process.gone` when the process ends before it answers. Never rejects. */
  call(act: string, input: unknown, jobId?: string): Promise<Result<unknown>>
  cancel(jobId: string): void
  onProgress(listener: (progress: JobProgress) => void): void
  onExit(listener: () => void): void
  /** Ends the process, and with it every key. */
  kill(): void
}

/** @param ref makes the short reference of an error that arises here */
export function createVaultClient(transport: VaultTransport, ref: () => string): VaultClient {
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  const progressListeners = new Set<(progress: JobProgress) => void>()
  const exitListeners = new Set<() => void>()
  let nextId = 1
  let gone = false

  transport.onMessage((message) => {
    const parsed = portReplySchema.safeParse(message)
    if (!parsed.success) {
      // Not what our vault process says: whoever waits for an answer is told that it is gone, rather than wait for ever.
      transport.kill()
      return
    }
    const reply = parsed.data
    if (reply.type === 'progress') {
      for (const listener of progressListeners) listener(reply.progress)
      return
    }
    const resolve = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.result.ok) resolve?.({ ok: true, value: reply.result.value })
    else resolve?.({ ok: false, error: withoutUndefined(reply.result.error) })
  })
  transport.onExit(() => {
    if (gone) return
    gone = true
    for (const resolve of waiting.values()) resolve(failure(new GuicangError('process.gone'), ref()))
    waiting.clear()
    for (const listener of exitListeners) listener()
  })

  return {
    call: (act, input, jobId) => {
      if (gone) return Promise.resolve(failure(new GuicangError('process.gone'), ref()))
      const id = nextId
      nextId += 1
      const request: PortRequest = { type: 'call', id, act, input, ...(jobId === undefined ? {} : { jobId }) }
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        transport.post(request)
      })
    },
    cancel: (jobId) => {
      transport.post({ type: 'cancel', jobId } satisfies PortRequest)
    },
    onProgress: (listener) => {
      progressListeners.add(listener)
    },
    onExit: (listener) => {
      exitListeners.add(listener)
    },
    kill: () => {
      transport.kill()
    },
  }
}

type ReplyError = Extract<
  Extract<ReturnType<typeof portReplySchema.parse>, { type: 'reply' }>['result'],
  { ok: false }
>['error']

function withoutUndefined(error: ReplyError): Extract<Result<unknown>, { ok: false }>['error'] {
  const { code, retryable, ref } = error
  const fields = error.fields?.map(({ field, rule, row, line, value }) => ({
    field,
    rule,
    ...(row === undefined ? {} : { row }),
    ...(line === undefined ? {} : { line }),
    ...(value === undefined ? {} : { value }),
  }))
  return { code, retryable, ref, ...(fields === undefined ? {} : { fields }) }
}
