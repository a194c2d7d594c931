// What fails behind a commit must not undo it, nor tell anybody that it did not happen.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { GuicangError } from '../../shared/errors.ts'
import { startBatch } from '../../electron/vault/usecases/import-batch.ts'
import { csvOf, customerRows } from '../support/rows.ts'
import { aVault, fileWith, present, type TestVault } from '../support/vault.ts'

/** From now on, an act can't be marked as settled: as when another connection holds the file. */
function failSettling(vault: TestVault): void {
  const { own } = present(vault.session.store.identities)
  own.removePending = () => {
    throw new GuicangError('vault.busy')
  }
}

test('an import that can’t be tidied up behind its commit stands', async () => {
  const vault = await aVault()
  failSettling(vault)
  const path = fileWith(csvOf(customerRows(20)))
  await vault.call('imports.run', { path, kind: 'customers' })
  expect((await vault.call('customers.list', {})).total).toBe(20)
  await vault.reopen()
  expect((await vault.call('customers.list', {})).total).toBe(20)
  expect(present(vault.session.store.identities).own.listPending()).toEqual([])
  expect((await vault.call('vault.verify', {})).findings).toEqual([])
})

test('a published batch is not taken back, whoever asks', async () => {
  const vault = await aVault()
  const none = { rows: 0, accepted: 0, warned: 0, rejected: 0, duplicates: 0, skipped: 0 }
  const source = { kind: 'customers' as const, fileName: 'a.csv', sha256: '0'.repeat(64), mapping: '{}' }
  const writer = startBatch(vault.context, { ...source, dropped: [] })
  const row = (await vault.call('customers.add', { name: '范懿一' })).id
  writer.publish(none)
  await writer.discard()
  expect((await vault.call('imports.list', {})).items).toHaveLength(1)
  expect((await vault.call('customers.list', {})).items.map(({ id }) => id)).toEqual([row])
  expect((await vault.call('vault.verify', {})).findings).toEqual([])
})

test('an edit whose old version can’t be removed is answered, and the old version goes at the next opening', async () => {
  const vault = await aVault()
  const { id } = await vault.call('customers.add', { name: '范懿一', mobile: '13892483177' })
  failSettling(vault)
  const edited = await vault.call('customers.update', { id, revision: 1, patch: { mobile: '13700001111' } })
  expect(edited).toMatchObject({ revision: 2, mobile: '137****1111' })
  await vault.reopen()
  const identities = present(vault.session.store.identities)
  expect(identities.customers.count()).toBe(1)
  expect(identities.own.hasKey('', '范懿一|13892483177')).toBe(false)
  expect((await vault.call('vault.verify', {})).findings).toEqual([])
})

test('an act that records refuse is refused with its own error, also where it can’t be withdrawn at once', async () => {
  const vault = await aVault()
  failSettling(vault)
  const { customers } = vault.session.store.records
  customers.add = () => {
    throw new GuicangError('disk.full')
  }
  await expect(vault.call('customers.add', { name: '范懿一' })).rejects.toMatchObject({ code: 'disk.full' })
  await vault.reopen()
  expect(present(vault.session.store.identities).customers.count()).toBe(0)
})

/** The next commit of records reaches the disk and is told as failed: as when the last flush of its journal fails. */
function failNextCommit(vault: TestVault): void {
  const { db } = vault.session.store.records
  const value = (work: () => unknown) => (): never => {
    Reflect.deleteProperty(db, 'transaction')
    db.transaction(work)()
    throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' })
  }
  Object.defineProperty(db, 'transaction', { value, configurable: true })
}

/** The next commit of records is refused at its last step: as when another thread reads the file just then. */
function refuseNextCommit(vault: TestVault): void {
  const { db } = vault.session.store.records
  const value = (work: () => unknown) => (): never => {
    Reflect.deleteProperty(db, 'transaction')
    return db.transaction((): never => {
      work()
      throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
    })()
  }
  Object.defineProperty(db, 'transaction', { value, configurable: true })
}

test('an act whose commit is refused is gone at once: tried again, it is no duplicate of itself', async () => {
  const vault = await aVault()
  const draft = { name: '范懿一', mobile: '13892483177' }
  refuseNextCommit(vault)
  await expect(vault.call('customers.add', draft)).rejects.toMatchObject({ code: 'vault.busy' })
  const identities = present(vault.session.store.identities)
  expect([identities.customers.count(), identities.own.listPending()]).toEqual([0, []])
  expect(identities.own.hasKey('', '范懿一|13892483177')).toBe(false)
})

test('an import whose commit is refused is taken back: tried again, nothing of it is skipped', async () => {
  const vault = await aVault()
  const none = { rows: 0, accepted: 0, warned: 0, rejected: 0, duplicates: 0, skipped: 0 }
  const source = { kind: 'customers' as const, fileName: 'a.csv', sha256: '0'.repeat(64), mapping: '{}' }
  const writer = startBatch(vault.context, { ...source, dropped: [] })
  refuseNextCommit(vault)
  expect(() => writer.publish(none)).toThrow('locked')
  await writer.discard()
  expect((await vault.call('imports.list', {})).items).toEqual([])
  expect(vault.session.store.records.batches.listNotLive()).toEqual([])
})

test.each([
  ['refused', refuseNextCommit, 'vault.busy', 0],
  ['in doubt', failNextCommit, 'disk.failed', 1],
] as const)(
  'a file whose commit is %s stays only with its attachment, and so does its key',
  async (_, fail, code, kept) => {
    const vault = await aVault()
    const { id: complaintId } = await vault.call('complaints.add', { narrative: '预付卡' })
    const path = fileWith('凭证', '凭证.txt')
    fail(vault)
    await expect(vault.call('attachments.add', { complaintId, path })).rejects.toMatchObject({ code })
    await vault.reopen()
    const { items } = await vault.call('attachments.list', { complaintId })
    const { blobs } = present(vault.session.store.identities)
    const files = readdirSync(join(vault.dir, 'attachments'), { recursive: true, withFileTypes: true })
    const stored = files.filter((entry) => entry.isFile()).length
    expect([items.length, blobs.listIds().length, stored]).toEqual([kept, kept, kept])
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    // Taken away in doubt, the content goes when it is known that it was.
    const [attachment] = items
    if (attachment === undefined) return
    fail(vault)
    const removed = vault.call('attachments.remove', { id: attachment.id, reason: '误存' })
    await expect(removed).rejects.toMatchObject({ code })
    await vault.reopen()
    expect(present(vault.session.store.identities).blobs.listIds()).toEqual([])
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  },
)

test('an act whose commit fails on its last flush is not half withdrawn: the next opening finds it whole', async () => {
  const vault = await aVault()
  failNextCommit(vault)
  const added = vault.call('customers.add', { name: '范懿一' })
  await expect(added).rejects.toMatchObject({ code: 'disk.failed' })
  await vault.reopen()
  expect((await vault.call('customers.list', {})).total).toBe(1)
  expect(present(vault.session.store.identities).own.listPending()).toEqual([])
  expect((await vault.call('vault.verify', {})).findings).toEqual([])
})

test('an import whose commit fails on its last flush is not taken back: the next opening finds it whole', async () => {
  const vault = await aVault()
  const none = { rows: 0, accepted: 0, warned: 0, rejected: 0, duplicates: 0, skipped: 0 }
  const source = { kind: 'customers' as const, fileName: 'a.csv', sha256: '0'.repeat(64), mapping: '{}' }
  const writer = startBatch(vault.context, { ...source, dropped: [] })
  failNextCommit(vault)
  expect(() => writer.publish(none)).toThrow('disk I/O error')
  await writer.discard()
  await vault.reopen()
  expect((await vault.call('imports.list', {})).items).toHaveLength(1)
  expect((await vault.call('vault.verify', {})).findings).toEqual([])
})
