// The port between main and the vault process, when one of them says something that it never should.
import fc from 'fast-check'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createVaultClient } from '../../electron/vault/process/client.ts'
import { portReplySchema, portRequestSchema, sessionActs } from '../../electron/vault/process/port.ts'
import { forkTransport, type VaultTransport } from '../../electron/vault/process/transport.ts'
import { contract } from '../../shared/contract/index.ts'
import { errorCodes, GuicangError } from '../../shared/errors.ts'
import { codeIn } from '../support/gate.ts'
import { copiedVault, passphrase } from '../support/vault.ts'
import { record, seed, share, tally } from './support/counts.ts'
import { cloneable, marker } from './support/malformed.ts'
import { startServer } from './support/server.ts'

const acts = [...Object.keys(contract), ...Object.keys(sessionActs)]
const entry = fileURLToPath(new URL('../../electron/vault/process/entry.ts', import.meta.url))

const requests: fc.Arbitrary<unknown> = fc.oneof(
  cloneable,
  fc.record(
    {
      type: fc.oneof(fc.constantFrom('call', 'cancel', 'reply', '__proto__'), cloneable),
      id: fc.oneof(fc.integer(), cloneable),
      act: fc.oneof(fc.constantFrom(...acts), cloneable),
      input: cloneable,
      jobId: fc.oneof(fc.uuid(), cloneable),
      extra: cloneable,
    },
    { requiredKeys: [] },
  ),
)

describe('at the vault process', () => {
  test('a message that is no request ends it; it answers nothing', () => {
    const server = startServer()
    let count = 0
    fc.assert(
      fc.property(
        requests.filter((message) => !portRequestSchema.safeParse(message).success),
        (message) => {
          expect(() => server.receive(message)).toThrow(GuicangError)
          count += 1
        },
      ),
      { numRuns: share(0.3), seed },
    )
    expect(server.sent).toEqual([])
    record('malformed messages at the vault process', count)
  })

  test('the real process ends, and with it its keys', async () => {
    for (const message of [null, 'x', 7, {}, { type: 'call' }, { type: 'call', id: 1, act: {}, input: {} }]) {
      const transport = forkTransport(entry)
      const said: unknown[] = []
      transport.onMessage((reply) => said.push(reply))
      const gone = new Promise<void>((resolve) => {
        transport.onExit(resolve)
      })
      transport.post({ message })
      await gone
      expect(said).toEqual([])
    }
  })

  test('a request with any input whatever is answered once, quietly, and the vault is as it was', async () => {
    const { dir } = await copiedVault()
    const server = startServer()
    expect(codeIn(await server.ask('session.unlock', { path: dir, passphrase, failedUnlocks: [] }))).toBe(
      'ok',
    )
    const codes: string[] = []
    const calls = fc.tuple(fc.constantFrom(...acts.filter((act) => act !== 'session.lock')), cloneable)
    await fc.assert(
      fc.asyncProperty(calls, async ([act, input]) => {
        const result = await server.ask(act, input)
        codes.push(codeIn(result))
        if (result.ok) return
        expect(errorCodes).toContain(result.error.code)
        expect(JSON.stringify(result.error)).not.toContain(marker)
      }),
      { numRuns: share(0.2), seed },
    )
    const ids = server.sent.flatMap((reply) => (reply.type === 'reply' ? [reply.id] : []))
    expect(ids).toHaveLength(new Set(ids).size)
    expect((await server.value('vault.verify', {})).findings).toEqual([])
    await server.ask('session.lock', {})
    record('requests of any input at the vault process', codes.length, tally(codes))
  })
})

interface FakeProcess extends VaultTransport {
  say(message: unknown): void
  killed: number
}

/** A vault process that says what it is told to. */
function fakeProcess(): FakeProcess {
  const onMessage: ((message: unknown) => void)[] = []
  const onExit: (() => void)[] = []
  return {
    killed: 0,
    post: () => {},
    onMessage: (listener) => {
      onMessage.push(listener)
    },
    onExit: (listener) => {
      onExit.push(listener)
    },
    kill() {
      this.killed += 1
      for (const listener of onExit) listener()
    },
    say: (message) => {
      for (const listener of onMessage) listener(message)
    },
  }
}

const replies: fc.Arbitrary<unknown> = fc.oneof(
  cloneable,
  fc.record(
    {
      type: fc.oneof(fc.constantFrom('reply', 'progress', 'call'), cloneable),
      id: fc.oneof(fc.constant(1), cloneable),
      result: fc.oneof(
        cloneable,
        fc.record(
          { ok: fc.oneof(fc.boolean(), cloneable), value: cloneable, error: cloneable, more: cloneable },
          { requiredKeys: [] },
        ),
      ),
      progress: cloneable,
    },
    { requiredKeys: [] },
  ),
)

describe('at main’s client', () => {
  test('a reply that is none ends the process, and whoever waits is told so', async () => {
    let count = 0
    await fc.assert(
      fc.asyncProperty(
        replies.filter((message) => !portReplySchema.safeParse(message).success),
        async (message) => {
          const process = fakeProcess()
          const client = createVaultClient(process, () => 'ref')
          const answer = client.call('customers.list', {})
          process.say(message)
          const result = await answer
          expect(result).toMatchObject({ ok: false, error: { code: 'process.gone' } })
          expect(JSON.stringify(result)).not.toContain(marker)
          expect(process.killed).toBe(1)
          count += 1
        },
      ),
      { numRuns: share(0.3), seed },
    )
    record('malformed replies at main', count)
  })

  test('a reply to nobody, or once more, changes nothing', async () => {
    const process = fakeProcess()
    const client = createVaultClient(process, () => 'ref')
    const answer = client.call('customers.list', {})
    for (const id of [0, -1, 2, 2 ** 40])
      process.say({ type: 'reply', id, result: { ok: true, value: 'other' } })
    process.say({ type: 'reply', id: 1, result: { ok: true, value: 'mine' } })
    process.say({ type: 'reply', id: 1, result: { ok: true, value: 'again' } })
    expect(await answer).toEqual({ ok: true, value: 'mine' })
    expect(process.killed).toBe(0)
  })
})
