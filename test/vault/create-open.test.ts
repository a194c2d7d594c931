// Creating, opening, locking: on real files, with every refusal in its own code.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readVaultFile } from '../../electron/vault/keys/vault-file.ts'
import { changePassphrase } from '../../electron/vault/usecases/keep-vault.ts'
import { recoverVault } from '../../electron/vault/usecases/recover-vault.ts'
import { startChild } from '../support/vault-process.ts'
import {
  aVault,
  callVault,
  codeOf,
  contextOf,
  copiedVault,
  digestOf,
  fakeDeviceSecret,
  fileWith,
  freshPath,
  lightWorkFactor,
  lock,
  makeVault,
  openAt,
  owner,
  passphrase,
  present,
  refusal,
  shut,
} from '../support/vault.ts'

const newPassphrase = 'an other 口令 entirely'
const changeTo = (passphraseNow: string, deviceSecret?: string) => ({
  passphrase: passphraseNow,
  newPassphrase,
  deviceSecret,
  workFactor: lightWorkFactor,
})

describe('creating', () => {
  test('makes a folder of two encrypted files, vault.json and attachments, and nothing beside it', async () => {
    const parent = freshPath('parent')
    mkdirSync(parent)
    const { dir, codes } = await makeVault({ dir: join(parent, 'v.vault') })
    // TRUNCATE keeps an empty rollback journal beside each database.
    const names = readdirSync(dir).filter((name) => !name.endsWith('-journal'))
    expect(names.toSorted()).toEqual(['attachments', 'identities.db', 'records.db', 'vault.json'])
    expect(readdirSync(parent)).toEqual(['v.vault'])
    expect(codes).toHaveLength(2)
    for (const code of codes) expect(code).toMatch(/^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/)
    const file = await readVaultFile(dir)
    expect(file.people.map(({ role }) => role)).toEqual(['owner', 'recovery', 'recovery'])
    for (const secret of [...codes, passphrase]) {
      for (const name of ['vault.json', 'records.db', 'identities.db']) {
        expect(readFileSync(join(dir, name)).includes(secret)).toBe(false)
      }
    }
  })

  test('takes an empty folder, refuses one that holds anything, a file, a missing parent', async () => {
    const empty = freshPath('empty')
    mkdirSync(empty)
    await makeVault({ dir: empty })
    expect(existsSync(join(empty, 'records.db'))).toBe(true)
    const taken = freshPath('taken')
    mkdirSync(taken)
    writeFileSync(join(taken, 'mine.txt'), 'mine')
    expect(await codeOf(makeVault({ dir: taken }))).toBe('vault.exists')
    expect(readdirSync(taken)).toEqual(['mine.txt'])
    expect(await codeOf(makeVault({ dir: fileWith('x') }))).toBe('vault.exists')
    const nowhere = freshPath('nowhere')
    expect(await codeOf(makeVault({ dir: join(nowhere, 'v') }))).toBe('vault.notFound')
    expect(existsSync(nowhere)).toBe(false)
  })
})

describe('opening and locking', () => {
  test('opens both compartments for the owner, and again after a lock, with a checkpoint of the lock', async () => {
    const vault = await aVault()
    const first = await vault.call('vault.getStatus', {})
    expect(first).toMatchObject({
      user: owner,
      role: 'owner',
      compartments: ['records', 'identities'],
      warnings: [],
    })
    expect(first).toMatchObject({ lastUnlock: null, lastCheckpoint: null, failedUnlocks: 0 })
    await vault.reopen()
    const second = await vault.call('vault.getStatus', {})
    expect(second.lastUnlock).not.toBeNull()
    expect(second.lastCheckpoint).not.toBeNull()
    expect(second.counts.auditEntries).toBe(first.counts.auditEntries + 1)
    expect(existsSync(join(vault.dir, 'lease.json'))).toBe(true)
    lock(vault.session)
    expect(existsSync(join(vault.dir, 'lease.json'))).toBe(false)
  })

  test('a passphrase opens in any Unicode form that a keyboard gives', async () => {
    const { dir } = await makeVault({ passphrase: 'Ame\u0301lie 口令 1' })
    lock(await openAt(dir, { passphrase: 'Amélie 口令 1' }))
  })

  test('wrong passphrase, damage, a missing compartment, a newer format: four codes, no file touched', async () => {
    const { dir } = await copiedVault()
    const before = ['vault.json', 'records.db', 'identities.db'].map((name) => digestOf(join(dir, name)))
    expect(await codeOf(openAt(dir, { passphrase: 'wrong' }))).toBe('vault.wrongPassphrase')
    expect(['vault.json', 'records.db', 'identities.db'].map((name) => digestOf(join(dir, name)))).toEqual(
      before,
    )

    for (const name of ['records.db', 'identities.db']) {
      const damaged = (await copiedVault()).dir
      const bytes = readFileSync(join(damaged, name))
      bytes.fill(0xff, 100, 200)
      writeFileSync(join(damaged, name), bytes)
      const error = await refusal(openAt(damaged))
      expect(error).toMatchObject({ code: 'vault.damaged', fields: [{ field: name }] })
      expect(readFileSync(join(damaged, name)).equals(bytes)).toBe(true)

      const incomplete = (await copiedVault()).dir
      rmSync(join(incomplete, name))
      expect(await refusal(openAt(incomplete))).toMatchObject({
        code: 'vault.incomplete',
        fields: [{ field: name }],
      })
      expect(existsSync(join(incomplete, name))).toBe(false)
    }

    const newer = (await copiedVault()).dir
    const text = readFileSync(join(newer, 'vault.json'), 'utf8').replace('"format": 1', '"format": 2')
    writeFileSync(join(newer, 'vault.json'), text)
    expect(await codeOf(openAt(newer))).toBe('vault.newerFormat')
    const newerDatabase = await aVault()
    newerDatabase.session.store.records.db.pragma('user_version = 999')
    shut(newerDatabase.session)
    expect(await codeOf(openAt(newerDatabase.dir))).toBe('vault.newerFormat')
  })

  test.each(['records.db', 'identities.db'])(
    'an emptied %s is damage, and stays as it was found',
    async (name) => {
      const { dir } = await copiedVault()
      writeFileSync(join(dir, name), '')
      expect(await refusal(openAt(dir))).toMatchObject({ code: 'vault.damaged', fields: [{ field: name }] })
      expect(readFileSync(join(dir, name))).toHaveLength(0)
      expect(existsSync(join(dir, 'before-migration'))).toBe(false)
    },
  )

  test('a folder that is no vault, and no folder at all', async () => {
    const folder = freshPath('folder')
    mkdirSync(folder)
    expect(await codeOf(openAt(folder))).toBe('vault.notAVault')
    expect(readdirSync(folder)).toEqual([])
    expect(await codeOf(openAt(freshPath('nothing')))).toBe('vault.notFound')
  })

  test('failed unlocks that main has queued are folded in as unauthenticated', async () => {
    const { dir } = await copiedVault()
    const times = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:05.000Z']
    const session = await openAt(dir, { failedUnlocks: times })
    const { items } = await callVault(session, 'audit.list', { action: 'session.unlockFailed' })
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ user: '', detail: { authenticated: false, count: 2, times } })
  })
})

describe('one vault, one writer', () => {
  test('in use in another process: the owner is named; killed with -9, its lease is gone', async () => {
    const { dir } = await copiedVault()
    const other = await startChild(dir, passphrase, { act: 'open' })
    const error = await refusal(openAt(dir))
    expect(error.code).toBe('vault.inUse')
    expect(present(error.fields)[0]?.value).toContain(owner)
    await other.kill()
    const session = await openAt(dir)
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
  })
})

describe('bound to a computer', () => {
  test('the passphrase alone is vault.deviceMissing; another computer’s secret is not this one’s', async () => {
    const deviceSecret = fakeDeviceSecret()
    const { dir, codes } = await makeVault({ deviceSecret })
    expect(await codeOf(openAt(dir))).toBe('vault.deviceMissing')
    // Not taken for a wrong passphrase: the slot says which secret it wants.
    expect(await codeOf(openAt(dir, { deviceSecret: fakeDeviceSecret() }))).toBe('vault.deviceMissing')
    const session = await openAt(dir, { deviceSecret })
    expect(await codeOf(changePassphrase(contextOf(session), changeTo('wrong', deviceSecret)))).toBe(
      'vault.wrongPassphrase',
    )
    await changePassphrase(contextOf(session), changeTo(passphrase, deviceSecret))
    lock(session)
    expect(await codeOf(openAt(dir, { passphrase: newPassphrase }))).toBe('vault.deviceMissing')
    lock(await openAt(dir, { passphrase: newPassphrase, deviceSecret }))
    const request = {
      path: dir,
      recoveryCode: present(codes[0]),
      newPassphrase: passphrase,
      workFactor: lightWorkFactor,
    }
    lock(await recoverVault(request, new Date()))
    lock(await openAt(dir))
  })
})
