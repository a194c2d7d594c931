// The vault process's own side of the port, in this process: what main would be answered.
import { createServer } from '../../../electron/vault/process/server.ts'
import type { PortReply } from '../../../electron/vault/process/port.ts'
import { contract, type Output, type Request, type VaultChannel } from '../../../shared/contract/index.ts'
import type { Result } from '../../../shared/result.ts'
import { z } from 'zod'

export interface TestServer {
  /** Everything that was sent to main. */
  sent: readonly PortReply[]
  /** Posts a message as it is. Throws what the process would end with. */
  receive(message: unknown): void
  ask(act: string, input: unknown): Promise<Result<unknown>>
  /** The value of a call that must succeed. */
  value<C extends VaultChannel>(channel: C, input: Request<C>): Promise<Output<C>>
}

export function startServer(): TestServer {
  const sent: PortReply[] = []
  const waiting = new Map<number, (result: Result<unknown>) => void>()
  let nextId = 1
  const server = createServer(
    (reply) => {
      sent.push(reply)
      if (reply.type !== 'reply') return
      const { result } = reply
      const answer: Result<unknown> = result.ok
        ? { ok: true, value: result.value }
        : {
            ok: false,
            error: z.custom<Extract<Result<unknown>, { ok: false }>['error']>().parse(result.error),
          }
      waiting.get(reply.id)?.(answer)
      waiting.delete(reply.id)
    },
    () => new Date(),
  )
  const ask = (act: string, input: unknown): Promise<Result<unknown>> => {
    const id = nextId
    nextId += 1
    return new Promise((resolve) => {
      waiting.set(id, resolve)
      server.receive({ type: 'call', id, act, input })
    })
  }
  return {
    sent,
    receive: server.receive,
    ask,
    value: async (channel, input) => {
      const result = await ask(channel, input)
      if (!result.ok) throw new Error(`${channel}: ${JSON.stringify(result.error)}`)
      return z
        .custom<Output<typeof channel>>((value) => contract[channel].output.safeParse(value).success)
        .parse(result.value)
    },
  }
}
