// Session acts take turns, a lock interrupts them, and a recovery that fails takes nothing away.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, expect, test } from 'vitest'
import { appMemory } from '../../electron/gate/app-memory.ts'
import type { DeviceKeychain } from '../../electron/gate/keychain.ts'
import type { Sessions } from '../../electron/gate/session-types.ts'
import { createSessions } from '../../electron/gate/sessions.ts'
import { forkTransport } from '../../electron/vault/process/transport.ts'
import { codeIn, realDoor } from '../support/gate.ts'
import { memoryKeychain } from '../support/memory-keychain.ts'
import { csvOf, customerRows } from '../support/rows.ts'
import { copiedVault, fileWith, passphrase } from '../support/vault.ts'

const folder = mkdtempSync(join(tmpdir(), 'guicang-turns-'))
const started: Sessions[] = []
afterAll(async () => {
  for (const sessions of started) await sessions.lock('quit')
  rmSync(folder, { recursive: true, force: true })
})

function aSessions(keychain: DeviceKeychain): Sessions {
  const entry = fileURLToPath(new URL('../../electron/vault/process/entry.ts', import.meta.url))
  const sessions = createSessions({
    startVaultProcess: () => forkTransport(entry),
    memory: appMemory(mkdtempSync(join(folder, 'memory-'))),
    keychain,
    emit: () => undefined,
    ref: () => 'ref',
  })
  started.push(sessions)
  return sessions
}

test('a mistyped recovery code takes nothing from a bound vault: the passphrase still opens it', async () => {
  const keychain = memoryKeychain()
  const sessions = aSessions(keychain)
  const path = join(folder, 'bound.vault')
  const company = { name: 'A', creditCode: '', address: '', timeZone: 'Asia/Shanghai' }
  const created = await sessions.create({ path, company, owner: 'O', passphrase, deviceBinding: true })
  const secret = keychain.secrets.get(created.vaultId)
  await sessions.lock('user')
  const [code = ''] = created.recoveryCodes
  const mistyped = `${code.slice(0, 30)}${code[30] === 'Q' ? 'P' : 'Q'}${code.slice(31)}`
  await expect(
    sessions.recover({ path, recoveryCode: mistyped, newPassphrase: 'another one 9' }),
  ).rejects.toMatchObject({
    code: 'recovery.codeInvalid',
  })
  expect(keychain.secrets.get(created.vaultId)).toBe(secret)
  expect((await sessions.unlock({ path, passphrase })).user).toBe('O')
  await sessions.lock('user')
  await sessions.recover({ path, recoveryCode: code, newPassphrase: 'another one 9' })
  await sessions.lock('user')
  expect((await sessions.unlock({ path, passphrase: 'another one 9' })).user).toBe('O')
})

test('two unlocks at once: one vault is open, the other is told so and nobody holds it', async () => {
  const door = realDoor()
  const [first, second] = [await copiedVault(), await copiedVault()]
  const answers = await Promise.all([
    door.ask('vault.unlock', { path: first.dir, passphrase }),
    door.ask('vault.unlock', { path: second.dir, passphrase }),
  ])
  expect(answers.map(codeIn)).toEqual(['ok', 'vault.alreadyOpen'])
  const other = realDoor()
  expect(codeIn(await other.ask('vault.unlock', { path: second.dir, passphrase }))).toBe('ok')
})

test('a lock during an unlock wins: nothing opens behind a locked screen', async () => {
  const door = realDoor()
  const { dir } = await copiedVault()
  const unlocking = door.ask('vault.unlock', { path: dir, passphrase })
  await delay(150)
  await door.app.lock('suspend')
  expect(codeIn(await unlocking)).not.toBe('ok')
  expect(door.app.isOpen()).toBe(false)
  await delay(300)
  expect(codeIn(await door.ask('customers.list', {}))).toBe('vault.locked')
})

test('a lock in the middle of a clear export leaves no clear value on the disk', async () => {
  const door = realDoor()
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  await door.call('imports.run', { path: fileWith(csvOf(customerRows(4000))), kind: 'customers' })
  const out = mkdtempSync(join(folder, 'out-'))
  const exporting = door.ask(
    'exports.run',
    { kind: 'customers', format: 'csv', out: join(out, 'bag'), clear: true, reason: 'test' },
    uuidv7(),
  )
  while (readdirSync(out).length === 0) await delay(5)
  await door.app.lock('screen')
  expect(codeIn(await exporting)).not.toBe('ok')
  expect(readdirSync(out)).toEqual([])
  expect(existsSync(join(out, 'bag'))).toBe(false)
})
