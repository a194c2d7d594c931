// A panic lock asks nobody and waits for nothing.
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { createApp } from '../../electron/gate/app.ts'
import { forkTransport } from '../../electron/vault/process/transport.ts'
import { codeIn, origin, realDoor, window } from '../support/gate.ts'
import { csvOf, customerRows } from '../support/rows.ts'
import { copiedVault, fileWith, freshPath, passphrase } from '../support/vault.ts'

test('it kills the vault process, and the vault opens again whole', async () => {
  const door = realDoor()
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  await door.call('customers.add', { name: '甲' })
  await door.call('vault.lock', { reason: 'panic' })
  await door.started.at(-1)?.gone
  expect(door.events.at(-1)).toEqual({ type: 'session.locked', reason: 'panic' })
  expect(codeIn(await door.ask('customers.list', {}))).toBe('vault.locked')
  expect((await door.call('app.getInfo', {})).lastLock?.reason).toBe('panic')
  await door.call('vault.unlock', { path: dir, passphrase })
  expect((await door.call('vault.verify', {})).ok).toBe(true)
})

test('it asks nothing of a process that may not answer', async () => {
  const posted: string[] = []
  const entry = fileURLToPath(new URL('../../electron/vault/process/entry.ts', import.meta.url))
  const { appDataDir } = realDoor()
  const app = createApp({
    host: 'chromium',
    version: '0.0.0',
    trustedOrigins: [origin],
    startVaultProcess: () => {
      const real = forkTransport(entry)
      return {
        ...real,
        post: (message) => {
          posted.push(JSON.stringify(message))
          // A process that hangs: it never hears of the lock, which would be waited for.
          if (!JSON.stringify(message).includes('session.lock')) real.post(message)
        },
      }
    },
    appDataDir,
    systemLocale: 'en-US',
  })
  const { dir } = await copiedVault()
  expect(codeIn(await app.invoke(window, 'vault.unlock', { path: dir, passphrase }))).toBe('ok')
  expect(codeIn(await app.invoke(window, 'vault.lock', { reason: 'panic' }))).toBe('ok')
  expect(posted.join()).not.toContain('session.lock')
  expect(app.isOpen()).toBe(false)
  await app.dispose()
})

test('it ends a job in the middle', async () => {
  const door = realDoor()
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  const job = door.ask('vault.verify', {}, uuidv7())
  await door.call('vault.lock', { reason: 'panic' })
  expect(codeIn(await job)).toBe('process.gone')
})

test('it leaves nothing clear where an export was being written', async () => {
  const door = realDoor()
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  await door.call('imports.run', { path: fileWith(csvOf(customerRows(3000))), kind: 'customers' })
  const parent = freshPath('stick')
  mkdirSync(parent)
  const out = join(parent, 'bag')
  const clear = { kind: 'customers', format: 'csv', out, clear: true, reason: '移交' }
  const job = door.ask('exports.run', clear, uuidv7())
  while (readdirSync(parent).length === 0) await setTimeout(1)
  await door.call('vault.lock', { reason: 'panic' })
  expect(codeIn(await job)).toBe('process.gone')
  expect(readdirSync(parent)).toEqual([])
})

test('with nothing open the window is told all the same, so that it starts anew', async () => {
  const door = realDoor()
  await door.call('vault.lock', { reason: 'panic' })
  expect(door.events).toEqual([{ type: 'session.locked', reason: 'panic' }])
})
