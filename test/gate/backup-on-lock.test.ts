// A backup before the lock: where a person asked for one, when there is time, about once a day, and never in the way of
// a lock that must be at once.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { appMemory } from '../../electron/gate/app-memory.ts'
import { backupOnLock } from '../../electron/gate/backup-on-lock.ts'
import { createTurns } from '../../electron/gate/turns.ts'
import type { VaultClient } from '../../electron/vault/process/client.ts'
import type { LockReason } from '../../shared/events.ts'
import { type Session, sessionSchema } from '../../shared/types/vault.ts'
import { codeIn, type Door, realDoor } from '../support/gate.ts'
import { copiedVault, freshPath, passphrase, present } from '../support/vault.ts'

interface Case {
  door: Door
  dir: string
  folder: string
}

function folderOf(name = 'backups'): string {
  const path = freshPath(name)
  mkdirSync(path)
  return path
}

/** A vault open behind the door, with a folder for its backups. */
async function opened(extra: Parameters<typeof realDoor>[0] = {}): Promise<Case> {
  const door = realDoor(extra)
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  const folder = folderOf()
  await door.call('backups.setSettings', { folder, onLock: true })
  return { door, dir, folder }
}

const openAgain = ({ door, dir }: Case) => door.call('vault.unlock', { path: dir, passphrase })

describe('a lock with a backup', () => {
  test('tells the window at once, makes the backup, and then the process is gone', async () => {
    const made = await opened()
    const { door, folder } = made
    const locking = door.call('vault.lock', {})
    await expect.poll(() => door.events.at(-1)).toEqual({ type: 'session.locked', reason: 'user' })
    expect(door.app.isOpen()).toBe(false)
    expect(codeIn(await door.ask('customers.list', {}))).toBe('vault.locked')
    await locking
    await present(door.started.at(-1)).gone
    const [name, ...more] = readdirSync(folder)
    expect([basename(present(name)).slice(0, 15), more]).toEqual(['guicang-backup-', []])
    expect(door.events.filter(({ type }) => type === 'session.locked')).toHaveLength(1)
    const session = await openAgain(made)
    expect(session.lastBackup).not.toBeNull()
    expect(await door.call('backups.getSettings', {})).toMatchObject({
      folder,
      onLock: true,
      last: { ok: true, backup: join(folder, present(name)) },
    })
    const report = await door.call('backups.verify', { path: join(folder, present(name)), passphrase })
    expect(report).toMatchObject({ valid: true, opened: true })
  })

  test('an unlock that comes meanwhile waits for the end of it and opens', async () => {
    const made = await opened()
    const locking = made.door.app.lock('user')
    const unlocking = openAgain(made)
    await locking
    expect(readdirSync(made.folder)).toHaveLength(1)
    expect((await unlocking).lastBackup).not.toBeNull()
    expect(made.door.app.isOpen()).toBe(true)
  })

  test('quitting waits for it too', async () => {
    const { door, folder } = await opened()
    await door.app.dispose()
    await present(door.started.at(-1)).gone
    expect(readdirSync(folder)).toHaveLength(1)
  })

  test('the next lock of the day makes none; a backup by hand counts as well', async () => {
    const made = await opened()
    const { backup } = await made.door.call('backups.create', { to: made.folder })
    expect((await made.door.call('backups.getSettings', {})).last).toMatchObject({ ok: true, backup })
    await made.door.app.lock('user')
    await openAgain(made)
    await made.door.app.lock('quit')
    expect(readdirSync(made.folder)).toEqual([basename(backup)])
  })

  test.each(['suspend', 'screen', 'crash'] as const)('none where there is hurry: %s', async (reason) => {
    const { door, folder } = await opened()
    await door.app.lock(reason)
    await present(door.started.at(-1)).gone
    expect(readdirSync(folder)).toEqual([])
    expect(door.events.at(-1)).toEqual({ type: 'session.locked', reason })
  })

  test('hurry while it is being made ends the process there and then; nothing half done counts', async () => {
    const made = await opened()
    const { door, folder } = made
    const locking = door.app.lock('user')
    await expect.poll(() => readdirSync(folder).length, { timeout: 10_000, interval: 1 }).toBe(1)
    await door.app.lock('suspend')
    await present(door.started.at(-1)).gone
    await locking
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual([])
    const session = await openAgain(made)
    expect(session.lastBackup).toBeNull()
    expect((await door.call('backups.getSettings', {})).last).toMatchObject({ ok: false })
    // What the killed process left goes with the next one.
    await door.call('backups.create', { to: folder })
    expect(readdirSync(folder)).toHaveLength(1)
  })

  test('that fails is remembered and shown; the lock goes on', async () => {
    const made = await opened()
    rmSync(made.folder, { recursive: true })
    await made.door.app.lock('user')
    expect(made.door.app.isOpen()).toBe(false)
    await openAgain(made)
    expect((await made.door.call('backups.getSettings', {})).last).toMatchObject({ ok: false, backup: '' })
    expect((await made.door.call('vault.verify', {})).findings).toEqual([])
  })

  test('identities that close for idleness are backed up before: afterwards no copy could be verified', async () => {
    const made = await opened({ idle: { lockMs: 60_000, identitiesMs: 300 } })
    await expect
      .poll(() => made.door.events.some(({ type }) => type === 'session.identities'), { timeout: 20_000 })
      .toBe(true)
    expect(readdirSync(made.folder)).toHaveLength(1)
    await made.door.app.lock('idle')
    expect(readdirSync(made.folder)).toHaveLength(1)
  })
})

describe('settings', () => {
  test('are of this computer and this vault; a folder that isn’t there or lies in the vault is refused', async () => {
    const { door, dir } = await opened()
    const fail = async (folder: string) =>
      codeIn(await door.ask('backups.setSettings', { folder, onLock: true }))
    expect(await fail(freshPath('no'))).toBe('file.notFound')
    expect(await fail(freshPath('长'.repeat(200)))).toBe('file.notFound')
    expect(await fail(dir)).toBe('input.invalid')
    expect(await door.call('backups.setSettings', { folder: null, onLock: false })).toEqual({
      folder: null,
      onLock: false,
      last: null,
    })
    const other = await copiedVault()
    await door.app.lock('user')
    expect(codeIn(await door.ask('backups.getSettings', {}))).toBe('vault.locked')
    await door.call('vault.unlock', { path: other.dir, passphrase })
    expect(readFileSync(join(door.appDataDir, 'guicang.json'), 'utf8')).not.toContain(passphrase)
  })

  test('a passphrase tried on a backup counts as one tried on the vault', async () => {
    const { door, folder } = await opened()
    const { backup } = await door.call('backups.create', { to: folder })
    expect(codeIn(await door.ask('backups.verify', { path: backup, passphrase: 'falsch' }))).toBe(
      'vault.wrongPassphrase',
    )
    const to = freshPath('restored.vault')
    expect(codeIn(await door.ask('backups.restore', { path: backup, to, passphrase: 'falsch' }))).toBe(
      'vault.wrongPassphrase',
    )
    const memory = z.object({ failedUnlocks: z.record(z.string(), z.array(z.string())) })
    const noted = memory.parse(JSON.parse(readFileSync(join(door.appDataDir, 'guicang.json'), 'utf8')))
    expect(Object.values(noted.failedUnlocks).map((times) => times.length)).toEqual([2])
  })
})

const vaultId = '0190a0b0-0000-7000-8000-000000000001'
const hour = 60 * 60 * 1000

describe('when one is due', () => {
  let now = new Date('2026-11-26T12:00:00Z')
  let memory = appMemory(folderOf('memory'))
  let onLock = backupOnLock(memory, () => now)
  beforeEach(() => {
    now = new Date('2026-11-26T12:00:00Z')
    memory = appMemory(folderOf('memory'))
    onLock = backupOnLock(memory, () => now)
    memory.setBackups(vaultId, { folder: '/backups', onLock: true })
  })
  const vault = (
    more: Partial<Pick<Session, 'role' | 'compartments' | 'warnings'>> = {},
    sample = false,
  ) => ({
    vaultId,
    sample,
    session: sessionSchema.parse({ ...aSession, ...more }),
  })

  test.each([
    ['user', true],
    ['idle', true],
    ['quit', true],
    ['suspend', false],
    ['screen', false],
    ['crash', false],
  ] as [LockReason, boolean][])('at a lock by %s: %s', (reason, due) => {
    expect(onLock.isDue(vault(), reason)).toBe(due)
  })

  test('not for a sample, a reviewer, a person on a first passphrase, closed identities, without a folder, or turned off', () => {
    expect(onLock.isDue(vault({}, true), 'user')).toBe(false)
    expect(onLock.isDue(vault({ role: 'reviewer' }), 'user')).toBe(false)
    expect(onLock.isDue(vault({ compartments: ['records'] }), 'user')).toBe(false)
    expect(onLock.isDue(vault({ warnings: ['passphrase.mustChange'] }), 'user')).toBe(false)
    memory.setBackups(vaultId, { onLock: false })
    expect(onLock.isDue(vault(), 'user')).toBe(false)
    memory.setBackups(vaultId, { onLock: true, folder: null })
    expect(onLock.isDue(vault(), 'user')).toBe(false)
  })

  test('again after twenty hours, at once after one that failed, and when the clock was wrong', () => {
    const last = { at: now.toISOString(), backup: '/backups/b', ok: true }
    memory.setBackups(vaultId, { last })
    now = new Date(now.getTime() + 19 * hour)
    expect(onLock.isDue(vault(), 'user')).toBe(false)
    now = new Date(now.getTime() + 2 * hour)
    expect(onLock.isDue(vault(), 'user')).toBe(true)
    now = new Date('2026-11-26T11:00:00Z')
    expect(onLock.isDue(vault(), 'user')).toBe(true)
    memory.setBackups(vaultId, { last: { ...last, ok: false } })
    now = new Date('2026-11-26T12:00:01Z')
    expect(onLock.isDue(vault(), 'user')).toBe(true)
  })

  test('one that runs already is waited for; one that was called off is neither made nor failed', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    let calls = 0
    const client: VaultClient = {
      call: async () => {
        calls += 1
        await promise
        return { ok: false, error: { code: 'job.cancelled', retryable: false, ref: '' } }
      },
      cancel: () => {},
      onProgress: () => {},
      onExit: () => {},
      kill: () => {},
    }
    const both = [onLock.make(client, vault()), onLock.make(client, vault())]
    resolve()
    await Promise.all(both)
    expect(calls).toBe(1)
    expect(memory.backups(vaultId).last).toBeNull()
  })

  test('notes that can’t be written keep no lock up', async () => {
    const dir = folderOf('memory')
    const broken = appMemory(dir)
    broken.setBackups(vaultId, { folder: '/backups', onLock: true })
    const client: VaultClient = {
      call: () => {
        rmSync(dir, { recursive: true })
        writeFileSync(dir, '')
        return Promise.resolve({ ok: true, value: { backup: '/backups/b', bytes: 1, verified: true } })
      },
      cancel: () => {},
      onProgress: () => {},
      onExit: () => {},
      kill: () => {},
    }
    await expect(backupOnLock(broken, () => now).make(client, vault())).resolves.toBeUndefined()
  })
})

describe('turns', () => {
  test('wait for what holds them, however it ends', async () => {
    const turns = createTurns()
    const order: string[] = []
    const { promise, reject } = Promise.withResolvers<void>()
    turns.holdFor(promise.finally(() => order.push('held')))
    const turn = turns.take(async () => {
      order.push('turn')
      return Promise.resolve()
    })
    await Promise.resolve()
    expect(order).toEqual([])
    reject(new Error('failed'))
    await turn
    expect(order).toEqual(['held', 'turn'])
  })
})

const aSession: Session = sessionSchema.parse({
  vaultId,
  userId: '0190a0b0-0000-7000-8000-000000000002',
  user: 'A',
  role: 'owner',
  compartments: ['records', 'identities'],
  warnings: [],
  counts: { customers: 0, complaints: 0, attachments: 0, auditEntries: 0 },
  company: { name: 'C' },
  custodian: {},
  lastUnlock: null,
  failedUnlocks: 0,
  lastCheckpoint: null,
  lastBackup: null,
  canSign: true,
  inbox: 0,
})
