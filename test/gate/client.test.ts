// Main's side of the port, against a process that doesn't keep to it.
import { expect, test } from 'vitest'
import { createVaultClient } from '../../electron/vault/process/client.ts'
import { codeIn } from '../support/gate.ts'

test.each([
  [{}],
  ['text'],
  [{ type: 'reply', id: 'one' }],
  [{ type: 'reply', id: 1, result: { ok: false, error: {} } }],
])('a process that answers %j is ended, and nobody waits for it', async (nonsense) => {
  let say: (message: unknown) => void = () => undefined
  let end: () => void = () => undefined
  let killed = 0
  const client = createVaultClient(
    {
      post: () => say(nonsense),
      onMessage: (listener) => {
        say = listener
      },
      onExit: (listener) => {
        end = listener
      },
      kill: () => {
        killed += 1
        end()
      },
    },
    () => 'ref',
  )
  expect(codeIn(await client.call('session.info', {}))).toBe('process.gone')
  expect(killed).toBe(1)
})
