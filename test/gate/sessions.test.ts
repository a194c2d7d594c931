// Sessions behind the door: failed unlocks, locks, a process that dies, jobs, recents.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { unlockDelayMs } from '../../electron/gate/unlock-delay.ts'
import { codeIn, type Door, realDoor } from '../support/gate.ts'
import { csvOf, customerRows } from '../support/rows.ts'
import { copiedVault, fileWith, freshPath, owner, passphrase, present } from '../support/vault.ts'

async function openDoor(): Promise<{ door: Door; dir: string }> {
  const door = realDoor()
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  return { door, dir }
}

/** Base-2 logarithms of scrypt's N, as the headers of a vault's age files name them. */
function workFactors(dir: string): string[] {
  const armored = readFileSync(join(dir, 'vault.json'), 'utf8').match(/(?<=FILE-----)[\w+/=\\]+/g) ?? []
  return armored
    .map((text) => Buffer.from(text.replaceAll('\\n', ''), 'base64').toString('latin1'))
    .flatMap((header) => /-> scrypt \S+ (\d+)/.exec(header)?.[1] ?? [])
}

test('a renewal of keys whose files can’t be exchanged ends the session; the next opening finishes it', async () => {
  const { door, dir } = await openDoor()
  await door.call('customers.add', { name: '甲' })
  // Something stands where the former file goes: the new keys count by then, and neither file may stay open.
  const inTheWay = join(dir, 'records.db.former', 'x')
  mkdirSync(inTheWay, { recursive: true })
  expect(codeIn(await door.ask('vault.rotate', {}))).toBe('vault.locked')
  expect(door.app.isOpen()).toBe(false)
  await door.started.at(-1)?.gone
  expect(door.events.at(-1)).toEqual({ type: 'session.locked', reason: 'crash' })
  rmSync(join(dir, 'records.db.former'), { recursive: true })
  const session = await door.call('vault.unlock', { path: dir, passphrase })
  expect([session.counts.customers, session.warnings]).toEqual([1, []])
  expect((await door.call('vault.getInfo', { path: dir })).epoch).toBe(2)
  expect((await door.call('vault.verify', {})).findings).toEqual([])
})

describe('sessions', () => {
  test('delays grow from the eleventh failure on, from 1 s to 60 s', () => {
    expect([0, 9, 10, 11, 12, 13, 14, 15, 16, 17, 1000, 100_000].map(unlockDelayMs)).toEqual([
      0, 0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000,
    ])
  })

  test('failed unlocks wait beside the app and are folded in, unauthenticated, at the next good one', async () => {
    const door = realDoor()
    const { dir } = await copiedVault()
    for (const wrong of ['a', 'b', 'c']) {
      expect(codeIn(await door.ask('vault.unlock', { path: dir, passphrase: wrong }))).toBe(
        'vault.wrongPassphrase',
      )
    }
    const memory = (): string => readFileSync(join(door.appDataDir, 'guicang.json'), 'utf8')
    expect(memory().match(/T\d\d:/g)).toHaveLength(3)
    const session = await door.call('vault.unlock', { path: dir, passphrase })
    expect(session.failedUnlocks).toBe(3)
    const { items } = await door.call('audit.list', { action: 'session.unlockFailed' })
    expect(items).toMatchObject([{ user: '', detail: { count: 3, authenticated: false } }])
    expect(memory()).not.toMatch(/T\d\d:/)
    expect(codeIn(await door.ask('vault.unlock', { path: dir, passphrase }))).toBe('vault.alreadyOpen')
  })

  test('a passphrase that is wrong inside an open vault counts as well: quick unlock is no place to guess at it', async () => {
    const { door, dir } = await openDoor()
    const wrong = { passphrase: 'wrong' }
    for (const [channel, input] of [
      ['vault.changePassphrase', { ...wrong, newPassphrase: 'other' }],
      ['devices.carry', wrong],
    ] as const)
      expect([channel, codeIn(await door.ask(channel, input))]).toEqual([channel, 'vault.wrongPassphrase'])
    await door.app.lock('user')
    expect((await door.call('vault.unlock', { path: dir, passphrase })).failedUnlocks).toBe(2)
  })

  test('asking for sample data while a vault is open is refused, and the vault stays open', async () => {
    const { door } = await openDoor()
    expect(codeIn(await door.ask('vault.createSample', {}))).toBe('vault.alreadyOpen')
    expect(door.app.isOpen()).toBe(true)
    expect((await door.call('customers.list', {})).total).toBe(0)
  })

  test.each(['panic', 'crash'] as const)(
    'a sample leaves nothing behind, ended by %s: nobody could open it again',
    async (reason) => {
      const { door } = await openDoor()
      await door.app.lock('user')
      const { path } = await door.call('vault.createSample', {})
      const folder = dirname(path)
      expect(dirname(folder)).toBe(tmpdir())
      expect(readdirSync(path)).toContain('records.db')
      if (reason === 'crash') present(door.started.at(-1)).transport.kill()
      else await door.app.lock(reason)
      await expect.poll(() => existsSync(folder), { timeout: 20_000 }).toBe(false)
    },
  )

  test('a passphrase that somebody types is stretched; that of a sample, which nobody does, is not', async () => {
    const door = realDoor()
    const path = freshPath('typed.vault')
    await door.call('vault.create', {
      path,
      company: { name: '甲' },
      owner,
      passphrase,
      deviceBinding: false,
    })
    expect(workFactors(path)).toEqual(['18'])
    await door.app.lock('user')
    const sample = await door.call('vault.createSample', {})
    expect(workFactors(sample.path)).toEqual(['10'])
    await door.app.lock('quit')
  })

  test('what a person saved beside a sample stays', async () => {
    const { door } = await openDoor()
    await door.app.lock('user')
    const { path } = await door.call('vault.createSample', {})
    writeFileSync(join(dirname(path), 'kept.txt'), 'mine')
    await door.app.lock('quit')
    expect(readdirSync(dirname(path))).toEqual(['kept.txt'])
    rmSync(dirname(path), { recursive: true })
  })

  test('a vault process that is killed locks the window, tells it so, and a new unlock works', async () => {
    const { door, dir } = await openDoor()
    const pending = door.ask('imports.run', { path: fileWith(csvOf(customerRows(3000))), kind: 'customers' })
    present(door.started.at(-1)).transport.kill()
    expect(codeIn(await pending)).toBe('process.gone')
    expect(door.app.isOpen()).toBe(false)
    expect(door.events.at(-1)).toEqual({ type: 'session.locked', reason: 'crash' })
    expect(codeIn(await door.ask('customers.list', {}))).toBe('vault.locked')
    await door.call('vault.unlock', { path: dir, passphrase })
    expect((await door.call('customers.list', {})).total).toBe(0)
    expect((await door.call('vault.verify', {})).findings).toEqual([])
  })

  test.each(['user', 'suspend', 'screen'] as const)(
    'a lock by %s ends the process, and with it every key',
    async (reason) => {
      const { door, dir } = await openDoor()
      const before = (await door.call('audit.list', {})).total
      await door.app.lock(reason)
      await present(door.started.at(-1)).gone
      expect(door.events.at(-1)).toEqual({ type: 'session.locked', reason })
      expect(codeIn(await door.ask('customers.list', {}))).toBe('vault.locked')
      const session = await door.call('vault.unlock', { path: dir, passphrase })
      expect(session.lastCheckpoint).not.toBeNull()
      expect(session.counts.auditEntries).toBe(before + 1)
      expect(door.started.length).toBeGreaterThan(1)
    },
  )

  test('a job is cancelled through the door and leaves nothing', async () => {
    const { door } = await openDoor()
    const jobId = crypto.randomUUID()
    const path = fileWith(csvOf(customerRows(6000)), 'big.csv')
    const running = door.ask('imports.run', { path, kind: 'customers' }, jobId)
    await expect
      .poll(() => door.events.some(({ type }) => type === 'job.progress'), { timeout: 10_000 })
      .toBe(true)
    await door.call('jobs.cancel', { jobId })
    expect(codeIn(await running)).toBe('job.cancelled')
    expect((await door.call('customers.list', {})).total).toBe(0)
    expect((await door.call('imports.list', {})).items).toEqual([])
  })

  test('creating, locking, reopening, recovering: the recents remember places, never secrets', async () => {
    const door = realDoor()
    const path = freshPath('made.vault')
    const company = { name: '示例' }
    const made = await door.call('vault.create', {
      path,
      company,
      owner: '林晓',
      passphrase,
      deviceBinding: false,
    })
    expect(made.recoveryCodes).toHaveLength(2)
    await door.call('vault.lock', {})
    const recovered = await door.call('vault.recover', {
      path,
      recoveryCode: present(made.recoveryCodes[1]),
      newPassphrase: 'neu neu neu',
    })
    expect(recovered.user).toBe('林晓')
    const memory = readFileSync(join(door.appDataDir, 'guicang.json'), 'utf8')
    for (const secret of [passphrase, 'neu neu neu', ...made.recoveryCodes])
      expect(memory).not.toContain(secret)
    expect((await door.call('app.listRecents', {})).items).toMatchObject([
      { path, name: '示例', exists: true },
    ])
  })
})
