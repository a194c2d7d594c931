// Computers: a bound slot wants its own computer's secret; a vault is carried, enrolled, and unlocked quickly for masked work.
import { describe, expect, test } from 'vitest'
import { generateRecoveryKit } from '../../electron/vault/keys/recovery-code.ts'
import { addSlot, listOwnSlots, setQuickUnlock } from '../../electron/vault/usecases/devices.ts'
import { changePassphrase } from '../../electron/vault/usecases/keep-vault.ts'
import { openIdentities } from '../../electron/vault/usecases/open-identities.ts'
import { openVaultQuick } from '../../electron/vault/usecases/open-vault.ts'
import { metaKeys } from '../../electron/vault/store/meta-keys.ts'
import { addPerson } from '../support/people.ts'
import {
  aVault,
  callVault,
  codeOf,
  contextOf,
  fakeDeviceSecret,
  lightWorkFactor,
  lock,
  makeVault,
  openAt,
  passphrase,
  present,
  refusal,
} from '../support/vault.ts'

const office = fakeDeviceSecret()
const home = fakeDeviceSecret()
const words = { passphrase, workFactor: lightWorkFactor }

describe('a second computer', () => {
  test('the vault is carried with a slot of no computer and enrolled there; then both open, each by its own secret', async () => {
    const { dir } = await makeVault({ deviceSecret: office })
    const atOffice = await openAt(dir, { deviceSecret: office })
    await addSlot(contextOf(atOffice), { ...words, deviceSecret: office, bind: false })
    lock(atOffice)
    const atHome = await openAt(dir)
    await addSlot(contextOf(atHome), { ...words, deviceSecret: home, bind: true })
    expect((await listOwnSlots(contextOf(atHome), home)).items.map(({ here }) => here)).toEqual([false, true])
    lock(atHome)
    expect(await codeOf(openAt(dir))).toBe('vault.deviceMissing')
    expect(await codeOf(openAt(dir, { deviceSecret: fakeDeviceSecret() }))).toBe('vault.deviceMissing')
    lock(await openAt(dir, { deviceSecret: home }))
    const session = await openAt(dir, { deviceSecret: office })
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
  })

  test('enrolled twice it has one slot; a new passphrase leaves only the computer on which it was set', async () => {
    const { dir } = await makeVault({ deviceSecret: office })
    const session = await openAt(dir, { deviceSecret: office })
    for (const secret of [office, office])
      await addSlot(contextOf(session), { ...words, deviceSecret: secret, bind: true })
    await addSlot(contextOf(session), { ...words, deviceSecret: office, bind: false })
    expect((await listOwnSlots(contextOf(session), office)).items).toHaveLength(2)
    const newPassphrase = 'another 河 passphrase'
    const change = { passphrase, newPassphrase, deviceSecret: office, workFactor: lightWorkFactor }
    await changePassphrase(contextOf(session), change)
    expect((await listOwnSlots(contextOf(session), office)).items).toMatchObject([
      { deviceBound: true, here: true },
    ])
    lock(session)
    expect(await codeOf(openAt(dir, { passphrase: newPassphrase, deviceSecret: home }))).toBe(
      'vault.deviceMissing',
    )
    lock(await openAt(dir, { passphrase: newPassphrase, deviceSecret: office }))
  })

  test('a lost one is taken away; the last way in stays', async () => {
    const { dir } = await makeVault({ deviceSecret: office })
    const session = await openAt(dir, { deviceSecret: office })
    await addSlot(contextOf(session), { ...words, deviceSecret: office, bind: false })
    const { items } = await listOwnSlots(contextOf(session), office)
    const [bound, carried] = items
    await callVault(session, 'devices.remove', { id: present(bound).id })
    expect((await refusal(callVault(session, 'devices.remove', { id: present(carried).id }))).fields).toEqual(
      [{ field: 'id', rule: 'last' }],
    )
    lock(session)
    lock(await openAt(dir))
  })

  test('listing them while something about people changes takes nothing from that change', async () => {
    const vault = await aVault()
    const lists: Promise<unknown>[] = []
    const { meta } = vault.session.store.records
    const set = meta.set
    meta.set = (key, value) => {
      set(key, value)
      // The moment between announcing a new vault.json and writing it.
      if (key === metaKeys.vaultFilePending) lists.push(listOwnSlots(vault.context, undefined))
    }
    const id = await addPerson(vault.session, '李雷', 'handler')
    await Promise.all(lists)
    expect(lists).toHaveLength(1)
    expect((await vault.call('users.list', {})).items.map((one) => one.id)).toContain(id)
    await vault.reopen()
    expect(vault.session.warnings).toEqual([])
  })

  test('binding needs the keychain’s share, and the passphrase', async () => {
    const vault = await aVault()
    expect(await codeOf(addSlot(vault.context, { ...words, bind: true }))).toBe('keychain.unavailable')
    const wrong = { ...words, passphrase: 'wrong', deviceSecret: home, bind: true }
    expect(await codeOf(addSlot(vault.context, wrong))).toBe('vault.wrongPassphrase')
  })
})

describe('quick unlock', () => {
  test('opens masked work only, signs nothing until the passphrase comes, and ends when it is turned off', async () => {
    const vault = await aVault()
    const { id } = await vault.call('customers.add', { name: '张三丰', mobile: '13800001234' })
    const { code: identity, recipient } = await generateRecoveryKit()
    await setQuickUnlock(vault.context, { recipient })
    await addSlot(vault.context, { ...words, deviceSecret: home, bind: true })
    await addSlot(vault.context, { ...words, deviceSecret: home, bind: false })
    const personId = vault.session.person.id
    lock(vault.session)
    const quick = () =>
      openVaultQuick({ path: vault.dir, personId, identity, failedUnlocks: [], seen: undefined }, new Date())

    const session = await quick()
    const status = await callVault(session, 'vault.getStatus', {})
    expect([status.compartments, status.canSign]).toEqual([['records'], false])
    expect((await callVault(session, 'customers.list', {})).items[0]?.mobile).toBe('138****1234')
    expect(
      await codeOf(callVault(session, 'customers.reveal', { id, fields: ['mobile'], reason: '核对' })),
    ).toBe('identities.closed')
    expect(await codeOf(callVault(session, 'audit.checkpoint', {}))).toBe('access.denied')
    const { items: slots } = await listOwnSlots(contextOf(session), undefined)
    const own = slots.find(({ kind }) => kind === 'passphrase')
    expect(await codeOf(callVault(session, 'devices.remove', { id: present(own).id }))).toBe('access.denied')
    await openIdentities(contextOf(session), { passphrase })
    expect((await callVault(session, 'vault.getStatus', {})).canSign).toBe(true)
    expect(await callVault(session, 'customers.reveal', { id, fields: ['mobile'], reason: '核对' })).toEqual({
      mobile: '13800001234',
    })
    const { items } = await callVault(session, 'audit.list', {})
    expect(items.map(({ action }) => action)).toEqual(expect.arrayContaining(['session.signed']))
    expect(items.find(({ action }) => action === 'session.unlocked')?.detail).toMatchObject({ quick: true })
    await setQuickUnlock(contextOf(session), {})
    lock(session)
    expect(await codeOf(quick())).toBe('access.denied')
    const again = await openAt(vault.dir)
    expect((await callVault(again, 'vault.verify', {})).findings).toEqual([])
  })

  test('belongs to one person: another’s identity, or a stranger’s, opens nothing', async () => {
    const vault = await aVault()
    const { code, recipient } = await generateRecoveryKit()
    await setQuickUnlock(vault.context, { recipient })
    lock(vault.session)
    const request = { path: vault.dir, failedUnlocks: [], seen: undefined }
    const stranger = await generateRecoveryKit()
    const personId = vault.session.person.id
    for (const attempt of [
      { personId, identity: stranger.code },
      { personId: crypto.randomUUID(), identity: code },
    ])
      expect(await codeOf(openVaultQuick({ ...request, ...attempt }, new Date()))).toBe('access.denied')
  })
})
