// Idleness: clear values close first, masked work goes on; later everything locks.
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { codeIn, realDoor } from '../support/gate.ts'
import { copiedVault, passphrase } from '../support/vault.ts'

test('identities close when idle, masked work goes on, and the passphrase opens them again', async () => {
  const door = realDoor({ idle: { lockMs: 600_000, identitiesMs: 300 } })
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  await delay(1500)
  expect(door.events.at(-1)).toEqual({ type: 'session.identities', open: false })
  expect((await door.call('customers.list', { query: '1' })).searched).toBe('records')
  expect(codeIn(await door.ask('customers.add', { name: '甲' }))).toBe('identities.closed')
  expect((await door.call('vault.openIdentities', { passphrase })).compartments).toContain('identities')
  await door.call('customers.add', { name: '甲' })
})

test('a window that nobody uses locks', async () => {
  const door = realDoor({ idle: { lockMs: 500, identitiesMs: 400_000 } })
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  await delay(2000)
  expect(door.events.at(-1)).toEqual({ type: 'session.locked', reason: 'idle' })
  expect(codeIn(await door.ask('customers.list', {}))).toBe('vault.locked')
})
