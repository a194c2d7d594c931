// A role is an entitlement to keys: what a person opens is what is sealed to them, and who loses something finds new keys.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decryptWithIdentity } from '../../electron/vault/keys/age.ts'
import { openPassphraseSlot } from '../../electron/vault/keys/slots.ts'
import { readVaultFile } from '../../electron/vault/keys/vault-file.ts'
import type { VaultSession } from '../../electron/vault/session.ts'
import { changePassphrase } from '../../electron/vault/usecases/keep-vault.ts'
import { addUser, resetUser } from '../../electron/vault/usecases/people.ts'
import {
  addPerson,
  firstPassphrase,
  openAs,
  ownPassphrase,
  reopened,
  settledPerson,
} from '../support/people.ts'
import {
  aVault,
  callVault,
  codeOf,
  contextOf,
  fakeDeviceSecret,
  freshPath,
  lightWorkFactor,
  lock,
  makeVault,
  openAt,
  owner,
  present,
  refusal,
  shut,
} from '../support/vault.ts'

const reviewer = '王芳'
const handler = '李雷'

/** The identity that a person's slot opens to, as `age` alone would get it. */
async function identityOf(dir: string, name: string, words: string): Promise<string> {
  const file = await readVaultFile(dir)
  const person = present(file.people.find((one) => one.name === name))
  const { identity } = await openPassphraseSlot(present(person.slots[0]).sealed, words, undefined)
  return identity
}

describe('a new person', () => {
  test('opens with a first passphrase, is told to change it, and is told no longer once it is changed', async () => {
    const vault = await aVault()
    await addPerson(vault.session, handler, 'handler')
    expect((await vault.call('users.list', {})).items).toMatchObject([
      { name: owner, role: 'owner', state: 'active', mustChangePassphrase: false },
      { name: handler, role: 'handler', state: 'active', mustChangePassphrase: true, lastUnlock: null },
    ])
    lock(vault.session)
    const session = await openAs(vault.dir, handler, firstPassphrase)
    expect(session.warnings).toEqual(['passphrase.mustChange'])
    const change = (newPassphrase: string) =>
      changePassphrase(contextOf(session), {
        passphrase: firstPassphrase,
        newPassphrase,
        workFactor: lightWorkFactor,
      })
    expect((await refusal(change(firstPassphrase))).fields).toEqual([
      { field: 'newPassphrase', rule: 'same' },
    ])
    await change(ownPassphrase)
    expect(session.warnings).toEqual([])
    lock(session)
    expect(await codeOf(openAs(vault.dir, handler, firstPassphrase))).toBe('vault.wrongPassphrase')
    const again = await openAs(vault.dir, handler)
    expect(again.warnings).toEqual([])
    const { items } = await callVault(again, 'users.list', {})
    expect(items[1]).toMatchObject({ name: handler, mustChangePassphrase: false })
    expect(items[1]?.lastUnlock).not.toBeNull()
    expect((await callVault(again, 'vault.verify', {})).findings).toEqual([])
  })

  test('has a name of their own that can be shown and typed', async () => {
    const vault = await aVault()
    const add = (name: string) =>
      addUser(contextOf(vault.session), { name, role: 'handler', passphrase: firstPassphrase })
    for (const taken of [owner, ` ${owner} `, 'RECOVERY-1', 'ｒecovery-2'])
      expect((await refusal(add(taken))).fields).toEqual([{ field: 'name', rule: 'taken' }])
    for (const hostile of ['', ' ', 'a\u202Eb', 'a\nb', 'a\u200Bb', '\u0000', 'x'.repeat(101), 'a\uD800'])
      expect((await refusal(add(hostile))).fields).toEqual([{ field: 'name', rule: 'format' }])
  })

  test('of a bound vault is bound as well, or not added: a keychain that has lost its share makes nobody a weaker way in', async () => {
    const deviceSecret = fakeDeviceSecret()
    const { dir } = await makeVault({ deviceSecret })
    const session = await openAt(dir, { deviceSecret })
    expect(await codeOf(addPerson(session, handler, 'handler'))).toBe('keychain.unavailable')
    const request = { name: handler, role: 'handler' as const, passphrase: firstPassphrase }
    const { id } = await addUser(contextOf(session), {
      ...request,
      deviceSecret,
      workFactor: lightWorkFactor,
    })
    const reset = { id, passphrase: ownPassphrase, workFactor: lightWorkFactor }
    expect(await codeOf(resetUser(contextOf(session), reset))).toBe('keychain.unavailable')
    const { people } = await readVaultFile(dir)
    expect(people.flatMap(({ slots }) => slots.map(({ deviceBound }) => deviceBound))).toEqual([true, true])
  })

  test('signs no checkpoint at a lock while somebody else knows the passphrase', async () => {
    const vault = await aVault()
    await addPerson(vault.session, handler, 'handler')
    lock(vault.session)
    const lastNote = (session: VaultSession) => {
      const { note } = present(session.store.records.audit.findLastCheckpoint())
      return note
    }
    const first = await openAs(vault.dir, handler, firstPassphrase)
    const before = lastNote(first)
    lock(first)
    const again = await openAs(vault.dir, handler, firstPassphrase)
    expect(lastNote(again)).toBe(before)
    await changePassphrase(contextOf(again), {
      passphrase: firstPassphrase,
      newPassphrase: ownPassphrase,
      workFactor: lightWorkFactor,
    })
    lock(again)
    const own = await openAs(vault.dir, handler)
    expect(lastNote(own)).not.toBe(before)
  })

  test('two at once both stay', async () => {
    const vault = await aVault()
    await Promise.all([
      addPerson(vault.session, handler, 'handler'),
      addPerson(vault.session, reviewer, 'reviewer'),
    ])
    const names = (await readVaultFile(vault.dir)).people.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining([owner, handler, reviewer]))
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})

describe('a reviewer', () => {
  test('has no key to identities, in this program or with stock tools', async () => {
    const vault = await aVault()
    await settledPerson(vault, reviewer, 'reviewer')
    const identity = await identityOf(vault.dir, reviewer, ownPassphrase)
    const { keys } = await readVaultFile(vault.dir)
    expect(JSON.parse(await decryptWithIdentity(keys.records, identity))).toEqual({
      records: vault.session.keys.records,
    })
    expect(await codeOf(decryptWithIdentity(keys.identities, identity))).toBe('access.denied')
    lock(vault.session)
    const session = await openAs(vault.dir, reviewer)
    expect(session.keys.identities).toBeUndefined()
    expect((await callVault(session, 'vault.getStatus', {})).compartments).toEqual(['records'])
  })

  test('searches masked data; a clear value is refused whether or not it is in the vault', async () => {
    const vault = await aVault()
    await vault.call('customers.add', { name: '张三丰', mobile: '13800001234', customerNo: 'C100' })
    await settledPerson(vault, reviewer, 'reviewer')
    lock(vault.session)
    const session = await openAs(vault.dir, reviewer)
    for (const query of ['13800001234', '13900009999', '张三丰', '赵六', 'a@b.cn', '110105194912310'])
      expect(await codeOf(callVault(session, 'customers.list', { query }))).toBe('access.denied')
    for (const [query, hits] of [
      ['C100', 1],
      ['杯子', 0],
    ] as const) {
      const { total, searched } = await callVault(session, 'customers.list', { query })
      expect([query, total, searched]).toEqual([query, hits, 'records'])
    }
    const clear = {
      kind: 'customers',
      format: 'csv',
      out: '/nowhere/bag',
      clear: true,
      reason: '核对',
    } as const
    expect(await codeOf(callVault(session, 'exports.run', clear))).toBe('access.denied')
  })

  test('who becomes one loses the key: what they kept of vault.json opens nothing that is there now', async () => {
    const vault = await aVault()
    const id = await settledPerson(vault, handler, 'handler')
    const identity = await identityOf(vault.dir, handler, ownPassphrase)
    const kept = (await readVaultFile(vault.dir)).keys
    const before = { ...vault.session.keys }
    expect(JSON.parse(await decryptWithIdentity(kept.identities, identity))).toEqual({
      identities: before.identities,
    })
    await vault.call('users.setRole', { id, role: 'reviewer' })
    expect(vault.session.keys.identities).not.toBe(before.identities)
    expect(vault.session.epoch).toBe(2)
    const { keys } = await readVaultFile(vault.dir)
    expect(await codeOf(decryptWithIdentity(keys.identities, identity))).toBe('access.denied')
    await vault.call('users.setRole', { id, role: 'handler' })
    lock(vault.session)
    expect((await openAs(vault.dir, handler)).keys.identities).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('who is disabled, removed or reset', () => {
  test('is refused, keeps nothing that opens, and comes back as they were', async () => {
    const vault = await aVault()
    const id = await settledPerson(vault, handler, 'handler')
    const older = readFileSync(join(vault.dir, 'vault.json'))
    await vault.call('users.disable', { id })
    expect((await vault.call('users.list', {})).items[1]).toMatchObject({ id, state: 'disabled' })
    lock(vault.session)
    expect(await codeOf(openAs(vault.dir, handler))).toBe('access.denied')
    expect(await codeOf(openAs(vault.dir, handler, 'wrong'))).toBe('vault.wrongPassphrase')
    // The file of before, put back, seals keys that the databases no longer have.
    const copy = freshPath('copy.vault')
    cpSync(vault.dir, copy, { recursive: true })
    writeFileSync(join(copy, 'vault.json'), older)
    expect(await codeOf(openAs(copy, handler))).toBe('vault.damaged')
    await reopened(vault)
    await vault.call('users.enable', { id })
    lock(vault.session)
    lock(await openAs(vault.dir, handler))
    await reopened(vault)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('removed for good: gone from both lists, the name is free, the log still knows their signatures', async () => {
    const vault = await aVault()
    const id = await settledPerson(vault, handler, 'handler')
    await vault.call('users.remove', { id })
    expect((await vault.call('users.list', {})).items).toHaveLength(1)
    expect((await readVaultFile(vault.dir)).people.some((person) => person.id === id)).toBe(false)
    lock(vault.session)
    expect((await refusal(openAs(vault.dir, handler))).fields).toEqual([{ field: 'user', rule: 'unknown' }])
    await reopened(vault)
    await addPerson(vault.session, handler, 'reviewer')
    // Their checkpoint of before stands in the vault and is held against the log.
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('reset: the old passphrase opens nothing, the new one has to be changed, the signatures of before hold', async () => {
    const vault = await aVault()
    const id = await settledPerson(vault, handler, 'handler')
    const older = readFileSync(join(vault.dir, 'vault.json'))
    await resetUser(contextOf(vault.session), {
      id,
      passphrase: 'brand new one 99',
      workFactor: lightWorkFactor,
    })
    expect([vault.session.epoch, vault.session.warnings]).toEqual([2, []])
    lock(vault.session)
    expect(await codeOf(openAs(vault.dir, handler))).toBe('vault.wrongPassphrase')
    const copy = freshPath('copy.vault')
    cpSync(vault.dir, copy, { recursive: true })
    writeFileSync(join(copy, 'vault.json'), older)
    expect(await codeOf(openAs(copy, handler))).toBe('vault.damaged')
    const session = await openAs(vault.dir, handler, 'brand new one 99')
    expect(session.warnings).toEqual(['passphrase.mustChange'])
    expect(session.signingKey).toBeDefined()
    lock(session)
    await reopened(vault)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('the last owner stays, and nobody takes their own entitlement', async () => {
    const vault = await aVault()
    const id = vault.session.person.id
    const acts = [
      () => vault.call('users.disable', { id }),
      () => vault.call('users.remove', { id }),
      () => vault.call('users.setRole', { id, role: 'handler' }),
    ]
    for (const act of acts) expect(await codeOf(act)).toBe('users.lastOwner')
    const other = await addPerson(vault.session, reviewer, 'owner')
    for (const act of acts) expect((await refusal(act)).fields).toEqual([{ field: 'id', rule: 'self' }])
    await vault.call('users.disable', { id: other })
    for (const act of acts) expect(await codeOf(act)).toBe('users.lastOwner')
    expect(await codeOf(vault.call('users.disable', { id: crypto.randomUUID() }))).toBe('record.notFound')
  })

  test('a vault.json of before a change, put back, is an alarm; the list in records stands', async () => {
    const vault = await aVault()
    await addPerson(vault.session, handler, 'handler')
    const older = readFileSync(join(vault.dir, 'vault.json'))
    await addPerson(vault.session, reviewer, 'reviewer')
    shut(vault.session)
    writeFileSync(join(vault.dir, 'vault.json'), older)
    const session = await openAt(vault.dir, { user: owner })
    expect(session.warnings).toEqual(['vault.slotsChanged'])
    const { items } = await callVault(session, 'users.list', {})
    expect(items.map(({ name }) => name)).toEqual([owner, handler, reviewer])
  })
})
