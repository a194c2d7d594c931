// Creating, opening, locking, a changed passphrase, recovery: on real files, with every refusal in its own code.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readVaultFile, serialiseVaultFile, vaultFileDigest, writeVaultFile } from '../../electron/vault/keys/vault-file.ts'
import { metaKeys } from '../../electron/vault/store/meta-keys.ts'
import { changePassphrase, recoverVault } from '../../electron/vault/usecases/keep-vault.ts'
import { changeVaultFile } from '../../electron/vault/usecases/vault-file-change.ts'
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
    expect(first).toMatchObject({ user: owner, role: 'owner', compartments: ['records', 'identities'], warnings: [] })
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
    expect(['vault.json', 'records.db', 'identities.db'].map((name) => digestOf(join(dir, name)))).toEqual(before)

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
      expect(await refusal(openAt(incomplete))).toMatchObject({ code: 'vault.incomplete', fields: [{ field: name }] })
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

  test.each(['records.db', 'identities.db'])('an emptied %s is damage, and stays as it was found', async (name) => {
    const { dir } = await copiedVault()
    writeFileSync(join(dir, name), '')
    expect(await refusal(openAt(dir))).toMatchObject({ code: 'vault.damaged', fields: [{ field: name }] })
    expect(readFileSync(join(dir, name))).toHaveLength(0)
    expect(existsSync(join(dir, 'before-migration'))).toBe(false)
  })

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
    expect(await codeOf(openAt(dir, { deviceSecret: fakeDeviceSecret() }))).toBe('vault.wrongPassphrase')
    const session = await openAt(dir, { deviceSecret })
    expect(await codeOf(changePassphrase(contextOf(session), changeTo('wrong', deviceSecret)))).toBe('vault.wrongPassphrase')
    await changePassphrase(contextOf(session), changeTo(passphrase, deviceSecret))
    lock(session)
    expect(await codeOf(openAt(dir, { passphrase: newPassphrase }))).toBe('vault.deviceMissing')
    lock(await openAt(dir, { passphrase: newPassphrase, deviceSecret }))
    const request = { path: dir, recoveryCode: present(codes[0]), newPassphrase: passphrase, workFactor: lightWorkFactor }
    lock(await recoverVault(request, new Date()))
    lock(await openAt(dir))
  })
})

describe('a changed passphrase', () => {
  test('the new one opens, the old one doesn’t, the log says so', async () => {
    const vault = await aVault()
    expect(await codeOf(changePassphrase(vault.context, changeTo('wrong')))).toBe('vault.wrongPassphrase')
    await changePassphrase(vault.context, changeTo(passphrase))
    expect((await vault.call('audit.list', { limit: 1 })).items[0]?.action).toBe('vault.passphraseChanged')
    lock(vault.session)
    expect(await codeOf(openAt(vault.dir))).toBe('vault.wrongPassphrase')
    const session = await openAt(vault.dir, { passphrase: newPassphrase })
    expect(session.warnings).toEqual([])
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
  })

  test('an older vault.json put back is noticed, named by verify, and blocks the next change', async () => {
    const vault = await aVault()
    const old = readFileSync(join(vault.dir, 'vault.json'))
    await changePassphrase(vault.context, changeTo(passphrase))
    lock(vault.session)
    writeFileSync(join(vault.dir, 'vault.json'), old)
    const session = await openAt(vault.dir)
    expect(session.warnings).toEqual(['vault.slotsChanged'])
    const report = await callVault(session, 'vault.verify', {})
    expect(report.findings.map(({ code, where }) => [code, where])).toEqual([['vault.slotsChanged', 'vault.json']])
    expect(await codeOf(changePassphrase(contextOf(session), changeTo(passphrase)))).toBe('vault.slotsChanged')
  })

  test('a recovery doesn’t launder a vault.json that was edited from outside', async () => {
    const { dir, codes } = await copiedVault()
    const file = await readVaultFile(dir)
    const [first, ...others] = file.people
    const renamed = { ...file, people: [{ ...present(first), name: '冒名' }, ...others] }
    writeFileSync(join(dir, 'vault.json'), serialiseVaultFile(renamed))
    const request = { path: dir, recoveryCode: present(codes[0]), newPassphrase, workFactor: lightWorkFactor }
    const session = await recoverVault(request, new Date())
    expect(session.warnings).toContain('vault.slotsChanged')
  })

  test.each(['before vault.json is written', 'after vault.json is written'])('killed %s: no alarm', async (moment) => {
    const vault = await aVault()
    const { records } = vault.session.store
    const file = await readVaultFile(vault.dir)
    const slot = { ...present(present(file.people[0]).slots[0]), id: crypto.randomUUID() }
    const changed = { ...file, people: file.people.map((person, index) => (index === 0 ? { ...person, slots: [slot] } : person)) }
    const pending = {
      digest: vaultFileDigest(changed),
      entry: {
        personId: vault.session.person.id,
        user: owner,
        at: new Date().toISOString(),
        action: 'vault.passphraseChanged',
        subject: vault.session.person.id,
        detail: { slot: slot.id },
        people: [],
      },
    }
    records.meta.set(metaKeys.vaultFilePending, JSON.stringify(pending))
    if (moment.startsWith('after')) await writeVaultFile(vault.dir, changed)
    shut(vault.session)
    const session = await openAt(vault.dir)
    expect(session.warnings).toEqual([])
    expect(session.store.records.meta.find(metaKeys.vaultFilePending)).toBeUndefined()
    const { items } = await callVault(session, 'audit.list', { action: 'vault.passphraseChanged' })
    expect(items).toHaveLength(moment.startsWith('after') ? 1 : 0)
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
  })

  test('the steps of a real change, cut by a kill right after it, leave the new passphrase', async () => {
    const { dir } = await copiedVault()
    const child = await startChild(dir, passphrase, { act: 'passphrase', newPassphrase })
    expect(await child.ended).toBe('SIGKILL')
    const session = await openAt(dir, { passphrase: newPassphrase })
    expect(session.warnings).toEqual([])
    const file = await readVaultFile(dir)
    await changeVaultFile(session.store.records, dir, file, {
      personId: session.person.id,
      user: owner,
      at: new Date().toISOString(),
      action: 'test.unchanged',
      subject: '',
      detail: {},
      people: [],
    })
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
  })
})

describe('recovery', () => {
  test('each kit sets a new passphrase, again and again; the log and its signatures stay provable', async () => {
    const { dir, codes } = await copiedVault()
    for (const [index, recoveryCode] of codes.entries()) {
      const chosen = `recovered ${index}`
      const session = await recoverVault({ path: dir, recoveryCode, newPassphrase: chosen, workFactor: lightWorkFactor }, new Date())
      const { note } = await callVault(session, 'audit.checkpoint', {})
      expect((await callVault(session, 'audit.verify', { checkpoint: note })).findings).toEqual([])
      lock(session)
      expect(await codeOf(openAt(dir))).toBe('vault.wrongPassphrase')
      lock(await openAt(dir, { passphrase: chosen }))
    }
    const session = await openAt(dir, { passphrase: 'recovered 1' })
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
    expect((await callVault(session, 'audit.list', { action: 'vault.recovered' })).total).toBeGreaterThanOrEqual(2)
  })

  test('a mistyped code names its group before anything else; a good one of another vault is unknown', async () => {
    const { dir, codes } = await copiedVault()
    const code = present(codes[0])
    const before = digestOf(join(dir, 'vault.json'))
    const at = 'AGE-SECRET-KEY-1'.length + 20
    const typo = code.slice(0, at) + (code[at] === 'Q' ? 'P' : 'Q') + code.slice(at + 1)
    const request = (recoveryCode: string, path = dir) =>
      recoverVault({ path, recoveryCode, newPassphrase, workFactor: lightWorkFactor }, new Date())
    const error = await refusal(request(typo))
    expect(error.code).toBe('recovery.codeInvalid')
    expect(present(error.fields)[0]).toMatchObject({ rule: 'group' })
    expect(present(present(error.fields)[0]?.value)).toMatch(/^\d+$/)
    // Also where there is no vault to recover: the typo comes first.
    expect(await codeOf(request(typo, freshPath('nothing')))).toBe('recovery.codeInvalid')
    const other = await makeVault()
    expect(await codeOf(request(present(other.codes[0])))).toBe('recovery.codeUnknown')
    expect(digestOf(join(dir, 'vault.json'))).toBe(before)
    lock(await openAt(dir))
  })
})

describe('parts of two vaults', () => {
  test('a vault.json of another vault opens nothing here', async () => {
    const mine = await copiedVault()
    const other = await makeVault()
    cpSync(join(other.dir, 'vault.json'), join(mine.dir, 'vault.json'))
    expect(await codeOf(openAt(mine.dir))).toBe('vault.damaged')
    cpSync(join(mine.dir, 'records.db'), join(mine.dir, 'records.bak'))
    expect(await codeOf(openAt(mine.dir))).toBe('vault.damaged')
  })

  test('databases swapped with each other, or for another vault’s', async () => {
    const swapped = (await copiedVault()).dir
    cpSync(join(swapped, 'records.db'), join(swapped, 'aside'))
    cpSync(join(swapped, 'identities.db'), join(swapped, 'records.db'))
    cpSync(join(swapped, 'aside'), join(swapped, 'identities.db'))
    expect(await codeOf(openAt(swapped))).toBe('vault.damaged')
    const other = await makeVault()
    for (const name of ['records.db', 'identities.db']) {
      const { dir } = await copiedVault()
      cpSync(join(other.dir, name), join(dir, name))
      expect(await refusal(openAt(dir))).toMatchObject({ code: 'vault.damaged', fields: [{ field: name }] })
    }
  })
})
