// What the gate adds to people's ways in: a first passphrase that binds its hands, this computer's keychain, and its memory of the log.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { contract, isChannel } from '../../shared/contract/index.ts'
import { GuicangError } from '../../shared/errors.ts'
import { appMemory } from '../../electron/gate/app-memory.ts'
import type { DeviceKeychain } from '../../electron/gate/keychain.ts'
import { openedFiles } from '../../electron/gate/opened-files.ts'
import { mainHandlers } from '../../electron/gate/main-handlers.ts'
import { createSessions } from '../../electron/gate/sessions.ts'
import { forkTransport } from '../../electron/vault/process/transport.ts'
import { codeIn, realDoor } from '../support/gate.ts'
import { memoryKeychain } from '../support/memory-keychain.ts'
import { addPerson, firstPassphrase, ownPassphrase } from '../support/people.ts'
import { aVault, copiedVault, freshPath, lock, passphrase, present } from '../support/vault.ts'

const folder = mkdtempSync(join(tmpdir(), 'guicang-way-in-'))
const ended: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const end of ended) await end()
  rmSync(folder, { recursive: true, force: true })
})

/** A computer of its own: a keychain, a memory, and main's handlers over a real vault process. */
function aComputer(keychain: DeviceKeychain = memoryKeychain()) {
  const entry = fileURLToPath(new URL('../../electron/vault/process/entry.ts', import.meta.url))
  const memory = appMemory(mkdtempSync(join(folder, 'memory-')))
  const sessions = createSessions({
    startVaultProcess: () => forkTransport(entry),
    memory,
    keychain,
    emit: () => undefined,
    ref: () => 'ref',
  })
  ended.push(() => sessions.lock('quit'))
  const handlers = mainHandlers({
    options: {
      host: 'chromium',
      version: '0',
      trustedOrigins: [],
      startVaultProcess: () => forkTransport(entry),
      appDataDir: folder,
      systemLocale: 'en',
    },
    sessions,
    memory,
    keychain,
    idleLockMs: 1000,
    opened: openedFiles(folder),
  })
  return { sessions, handlers }
}

const company = { name: 'A', creditCode: '', address: '', timeZone: 'Asia/Shanghai' }

describe('a first passphrase', () => {
  test('lets its person look, refuses all that would stand in their name, and is forgotten once it is changed', async () => {
    const vault = await aVault(await copiedVault())
    await addPerson(vault.session, '李雷', 'handler')
    lock(vault.session)
    const door = realDoor()
    const session = await door.call('vault.unlock', {
      path: vault.dir,
      user: '李雷',
      passphrase: firstPassphrase,
    })
    expect(session.warnings).toEqual(['passphrase.mustChange'])
    expect(codeIn(await door.ask('customers.list', {}))).toBe('ok')
    expect(codeIn(await door.ask('audit.list', {}))).toBe('ok')
    for (const [channel, input] of [
      ['customers.add', { name: '张三' }],
      ['complaints.add', { narrative: 'x' }],
      ['exports.run', { kind: 'customers', format: 'csv', out: '/nowhere' }],
      ['audit.checkpoint', {}],
      ['vault.setQuickUnlock', { on: true }],
    ] as const)
      expect([channel, codeIn(await door.ask(channel, input))]).toEqual([channel, 'passphrase.mustChange'])
    await door.call('vault.changePassphrase', { passphrase: firstPassphrase, newPassphrase: ownPassphrase })
    expect(codeIn(await door.ask('customers.add', { name: '张三' }))).toBe('ok')
  })

  test('binds every channel that changes the vault or answers a clear value: the contract says which', () => {
    const reading =
      /[.](list|get\w*|summary|preview|findings|verify|checkStrength|overview|duplicates|clocks|templates|all)$/
    // Shows what lies in a file, in clear.
    const clear = new Set(['attachments.preview'])
    // These begin, end or re-key a session, concern this computer only, or let go of what was shown.
    const apart = new Set([
      'vault.openIdentities',
      'vault.changePassphrase',
      'backups.setSettings',
      'attachments.closePreview',
    ])
    for (const [name, declaration] of Object.entries(contract)) {
      if (!isChannel(name) || declaration.access === 'closed' || apart.has(name)) continue
      const writes = 'writes' in declaration && declaration.writes === true
      expect([name, writes]).toEqual([name, clear.has(name) || !reading.test(name)])
    }
  })
})

describe('this computer', () => {
  test('a bound vault carried to another one is enrolled there; quick unlock opens masked work until it is turned off', async () => {
    const office = aComputer()
    const path = join(folder, 'bound.vault')
    await office.sessions.create({ path, company, owner: 'O', passphrase, deviceBinding: true })
    expect(await office.handlers['devices.carry']({ passphrase }, undefined)).toEqual({ ok: true })
    await office.sessions.lock('user')

    const home = aComputer()
    const session = await home.sessions.unlock({ path, passphrase })
    await home.handlers['devices.add']({ passphrase }, undefined)
    expect(await home.handlers['devices.list']({}, undefined)).toMatchObject({
      items: [{ here: false }, { here: true, deviceBound: true }],
    })
    await home.handlers['vault.setQuickUnlock']({ on: true }, undefined)
    await home.sessions.lock('user')
    expect(await home.handlers['vault.listQuickUnlock']({ path }, undefined)).toEqual({
      people: [session.userId],
    })
    expect(await office.handlers['vault.listQuickUnlock']({ path }, undefined)).toEqual({ people: [] })
    const quick = await home.sessions.unlockQuick({ path, person: session.userId })
    expect([quick.compartments, quick.canSign, quick.warnings]).toEqual([['records'], false, []])
    await home.handlers['vault.setQuickUnlock']({ on: false }, undefined)
    await home.sessions.lock('user')
    expect(await home.handlers['vault.listQuickUnlock']({ path }, undefined)).toEqual({ people: [] })

    // Both computers open it by passphrase; a third one has neither.
    await (await office.sessions.unlock({ path, passphrase }), office.sessions.lock('user'))
    await expect(aComputer().sessions.unlock({ path, passphrase })).rejects.toMatchObject({
      code: 'vault.deviceMissing',
    })
  }, 120_000)

  test('a keychain that doesn’t answer keeps nobody out who has a slot of no computer, and is named to whoever has none', async () => {
    const keychain = memoryKeychain()
    const computer = aComputer(keychain)
    const path = join(folder, 'carried.vault')
    await computer.sessions.create({ path, company, owner: 'O', passphrase, deviceBinding: true })
    const unlock = async () => (await computer.sessions.unlock({ path, passphrase })).user
    await computer.sessions.lock('user')
    keychain.getDeviceSecret = () => Promise.reject(new GuicangError('keychain.unavailable'))
    await expect(unlock()).rejects.toMatchObject({ code: 'keychain.unavailable' })
    keychain.getDeviceSecret = (vaultId) => Promise.resolve(keychain.secrets.get(vaultId))
    await unlock()
    await computer.handlers['devices.carry']({ passphrase }, undefined)
    await computer.sessions.lock('user')
    keychain.getDeviceSecret = () => Promise.reject(new GuicangError('keychain.unavailable'))
    expect(await unlock()).toBe('O')
    await computer.sessions.closeIdentities()
    expect((await computer.sessions.openIdentities(passphrase)).compartments).toContain('identities')
  }, 120_000)

  test('quick unlock of a vault that is bound to no computer doesn’t make its passphrase ask the keychain', async () => {
    const keychain = memoryKeychain()
    const computer = aComputer(keychain)
    const path = join(folder, 'free.vault')
    await computer.sessions.create({ path, company, owner: 'O', passphrase, deviceBinding: false })
    await computer.handlers['vault.setQuickUnlock']({ on: true }, undefined)
    await computer.sessions.lock('user')
    keychain.getDeviceSecret = () => Promise.reject(new Error('was asked'))
    expect((await computer.sessions.unlock({ path, passphrase })).user).toBe('O')
  }, 120_000)

  test('quick unlock turned on again has one way in here, and a try that fails leaves the former one working', async () => {
    const keychain = memoryKeychain()
    const computer = aComputer(keychain)
    const path = join(folder, 'again.vault')
    const { session } = await computer.sessions.create({
      path,
      company,
      owner: 'O',
      passphrase,
      deviceBinding: false,
    })
    const person = present(session).userId
    const turnOn = () => computer.handlers['vault.setQuickUnlock']({ on: true }, undefined)
    const quickSlots = async () =>
      (await computer.sessions.info(path)).people
        .flatMap(({ slots }) => slots)
        .filter(({ kind }) => kind === 'device')
    await turnOn()
    const [first] = await quickSlots()
    const file = join(path, 'vault.json')
    const older = readFileSync(file)
    await turnOn()
    const [second, ...more] = await quickSlots()
    expect([more, second?.id === first?.id]).toEqual([[], false])

    // An older vault.json was put back: the slot can't be written.
    const whole = readFileSync(file)
    writeFileSync(file, older)
    await expect(turnOn()).rejects.toMatchObject({ code: 'vault.slotsChanged' })
    writeFileSync(file, whole)
    await computer.sessions.lock('user')
    expect((await computer.sessions.unlockQuick({ path, person })).compartments).toEqual(['records'])
  }, 120_000)

  test('a keychain that lost its content is vault.deviceMissing; a kit recovers, and the computer is enrolled again', async () => {
    const keychain = memoryKeychain()
    const computer = aComputer(keychain)
    const path = join(folder, 'lost.vault')
    const { recoveryCodes } = await computer.sessions.create({
      path,
      company,
      owner: 'O',
      passphrase,
      deviceBinding: true,
    })
    await computer.sessions.lock('user')
    keychain.secrets.clear()
    await expect(computer.sessions.unlock({ path, passphrase })).rejects.toMatchObject({
      code: 'vault.deviceMissing',
    })
    const code = present(recoveryCodes[0])
    expect(await computer.handlers['vault.checkKit']({ path, recoveryCode: code }, undefined)).toEqual({
      ok: true,
    })
    await computer.sessions.recover({ path, recoveryCode: code, newPassphrase: ownPassphrase })
    await computer.sessions.lock('user')
    await computer.sessions.unlock({ path, passphrase: ownPassphrase })
    expect(keychain.secrets.size).toBe(1)
    expect(await computer.handlers['devices.list']({}, undefined)).toMatchObject({
      items: [{ deviceBound: true, here: true }],
    })
  }, 120_000)
})

test('an older state of a vault is noticed on this computer only as long as nobody has acknowledged it', async () => {
  const door = realDoor()
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  await door.app.lock('user')
  const past = freshPath('past.vault')
  cpSync(dir, past, { recursive: true })
  await door.call('vault.unlock', { path: dir, passphrase })
  await door.call('customers.add', { name: '张三' })
  await door.app.lock('user')
  // Seeing it twice doesn't make it right.
  for (const _ of [1, 2]) {
    expect((await door.call('vault.unlock', { path: past, passphrase })).warnings).toEqual([
      'vault.rolledBack',
    ])
    await door.app.lock('user')
  }
  await door.call('vault.unlock', { path: past, passphrase })
  expect((await door.call('vault.acknowledge', { warning: 'vault.rolledBack' })).warnings).toEqual([])
  await door.app.lock('user')
  expect((await door.call('vault.unlock', { path: past, passphrase })).warnings).toEqual([])
  await door.app.lock('user')
  expect((await door.call('vault.unlock', { path: dir, passphrase })).warnings).toEqual(['vault.rolledBack'])
}, 120_000)

test('a recovery tells of an older state and of failed unlocks as an unlock does', async () => {
  const door = realDoor()
  const { dir, codes } = await copiedVault()
  const past = freshPath('past.vault')
  cpSync(dir, past, { recursive: true })
  await door.call('vault.unlock', { path: dir, passphrase })
  await door.call('customers.add', { name: '张三' })
  await door.app.lock('user')
  // Somebody puts the vault of before back: the passphrase of today may well not open it.
  expect(codeIn(await door.ask('vault.unlock', { path: past, passphrase: 'of today' }))).toBe(
    'vault.wrongPassphrase',
  )
  const recoveryCode = present(codes[0])
  const session = await door.call('vault.recover', { path: past, recoveryCode, newPassphrase: ownPassphrase })
  expect([session.warnings, session.failedUnlocks]).toEqual([['vault.rolledBack'], 1])
  await door.app.lock('user')
  expect((await door.call('vault.unlock', { path: past, passphrase: ownPassphrase })).warnings).toEqual([
    'vault.rolledBack',
  ])
}, 120_000)

test('a lock while identities are being opened leaves the vault locked, and it can be unlocked again', async () => {
  const { sessions } = aComputer()
  const path = join(folder, 'opening.vault')
  await sessions.create({ path, company, owner: 'O', passphrase, deviceBinding: false })
  await sessions.closeIdentities()
  const opening = sessions.openIdentities(passphrase).then(
    () => 'opened',
    (thrown: unknown) => (thrown instanceof GuicangError ? thrown.code : 'internal'),
  )
  // A second or so of scrypt: the vault process answers what it had begun before it ends.
  await setTimeout(150)
  await sessions.lock('user')
  expect(['vault.locked', 'process.gone']).toContain(await opening)
  expect(sessions.current()).toBeUndefined()
  expect((await sessions.unlock({ path, passphrase })).user).toBe('O')
}, 120_000)
