// All or nothing: undo, cancel, kill -9 at any moment, a folder that moved before it was opened again.
import { existsSync, renameSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { contract } from '../../shared/contract/index.ts'
import { complaintRow, csvOf, customerRow, customerRows } from '../support/rows.ts'
import { startChild } from '../support/vault-process.ts'
import {
  aVault,
  callVault,
  codeOf,
  copiedVault,
  dump,
  fileWith,
  freshPath,
  lock,
  openAt,
  passphrase,
  present,
  rawDb,
  refusal,
  shut,
  testJob,
} from '../support/vault.ts'

const batchIdOf = (text: string) => contract['imports.undo'].input.parse({ batchId: text }).batchId

describe('undo', () => {
  test('takes every trace away, identities and search too, and leaves the log whole', async () => {
    const vault = await aVault()
    await vault.call('imports.run', { path: fileWith(csvOf(customerRows(5))), kind: 'customers' })
    const rows = customerRows(1200, 100)
    const text = `${csvOf(rows)}多一格,a,b,c,d,e,f,g\r\n`
    const { batchId } = await vault.call('imports.run', { path: fileWith(text), kind: 'customers' })
    const one = customerRow(700)
    expect((await vault.call('customers.list', { query: one.手机号 })).total).toBe(1)
    expect(await vault.call('imports.undo', { batchId })).toEqual({ removed: 1200 })
    expect((await vault.call('customers.list', { query: one.手机号 })).total).toBe(0)
    expect((await vault.call('customers.list', {})).total).toBe(5)
    const identities = rawDb(join(vault.dir, 'identities.db'), present(vault.session.keys.identities))
    const left = dump(identities).join(' ')
    for (const value of [one.手机号, one.身份证号, one.姓名 + one.地址, '多一格'])
      expect(left).not.toContain(value)
    identities.close()
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    expect((await vault.call('imports.list', {})).items.map(({ state }) => state)).toEqual(['undone', 'live'])
    expect(await codeOf(vault.call('imports.undo', { batchId }))).toBe('import.batchNotFound')
    // What was undone is no duplicate of what comes next.
    const again = await vault.call('imports.run', { path: fileWith(csvOf(rows)), kind: 'customers' })
    expect(again).toMatchObject({ accepted: 1200, duplicates: 0 })
    await vault.reopen()
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('is refused, with the count, once rows were worked on by hand; unknown batches are named', async () => {
    const vault = await aVault()
    const { batchId } = await vault.call('imports.run', {
      path: fileWith(csvOf(customerRows(3))),
      kind: 'customers',
    })
    const [first] = (await vault.call('customers.list', {})).items
    const { id, revision } = present(first)
    await vault.call('customers.update', { id, revision, patch: { email: 'new@example.org' } })
    const error = await refusal(vault.call('imports.undo', { batchId }))
    expect(error).toMatchObject({ code: 'import.batchInUse', fields: [{ value: '1' }] })
    expect((await vault.call('customers.list', {})).total).toBe(3)
    const complaints = await vault.call('imports.run', {
      path: fileWith(csvOf([complaintRow(9)])),
      kind: 'complaints',
    })
    const [complaint] = (await vault.call('complaints.list', {})).items
    await vault.call('complaints.addNote', { id: present(complaint).id, text: '已致电' })
    expect(await codeOf(vault.call('imports.undo', { batchId: complaints.batchId }))).toBe(
      'import.batchInUse',
    )
    expect(await codeOf(vault.call('imports.undo', { batchId: crypto.randomUUID() }))).toBe(
      'import.batchNotFound',
    )
  })

  test('killed in the middle, it is finished at the next opening', async () => {
    const { dir } = await copiedVault()
    const before = await openAt(dir)
    const { batchId } = await callVault(before, 'imports.run', {
      path: fileWith(csvOf(customerRows(2500))),
      kind: 'customers',
    })
    lock(before)
    const child = await startChild(dir, passphrase, {
      act: 'undo',
      batchId: batchIdOf(batchId),
      afterReports: 0,
    })
    expect(await child.ended).toBe('SIGKILL')
    const session = await openAt(dir)
    expect((await callVault(session, 'customers.list', {})).total).toBe(0)
    expect(session.store.identities?.customers.count()).toBe(0)
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
  })
})

describe('cancel', () => {
  test('in the middle of an import leaves nothing, not even for the next search', async () => {
    const vault = await aVault()
    const audited = (await vault.call('audit.list', {})).total
    const controller = new AbortController()
    let reports = 0
    const job = testJob(controller.signal, () => {
      reports += 1
      if (reports === 2) controller.abort()
    })
    const rejectsPath = freshPath('rejects.csv')
    const path = fileWith(csvOf(customerRows(3000)))
    expect(await codeOf(vault.call('imports.run', { path, kind: 'customers', rejectsPath }, job))).toBe(
      'job.cancelled',
    )
    expect(existsSync(rejectsPath)).toBe(false)
    expect((await vault.call('customers.list', {})).total).toBe(0)
    expect((await vault.call('imports.list', {})).items).toEqual([])
    expect(present(vault.session.store.identities).customers.count()).toBe(0)
    expect(present(vault.session.store.identities).own.listPending()).toEqual([])
    expect((await vault.call('audit.list', {})).total).toBe(audited)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    expect(await vault.call('imports.run', { path, kind: 'customers' })).toMatchObject({
      accepted: 3000,
      duplicates: 0,
    })
  })

  test('other requests are answered while an import runs, and see nothing of it; a second import is refused', async () => {
    const vault = await aVault()
    const running = vault.call('imports.run', {
      path: fileWith(csvOf(customerRows(3000))),
      kind: 'customers',
    })
    const seen = new Set<number>()
    for (let index = 0; index < 5; index += 1) {
      await delay(10)
      seen.add((await vault.call('customers.list', { limit: 1 })).total)
    }
    const second = vault.call('imports.run', { path: fileWith(csvOf(customerRows(1))), kind: 'customers' })
    expect(await codeOf(second)).toBe('vault.busy')
    // Work by hand and a check in between neither get lost nor alarm.
    await vault.call('customers.add', { name: '新来的' })
    expect((await vault.call('audit.verify', {})).findings).toEqual([])
    expect(await running).toMatchObject({ accepted: 3000 })
    expect([...seen]).toEqual([0])
    expect((await vault.call('customers.list', { limit: 1 })).total).toBe(3001)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})

describe('kill -9', () => {
  test('at five moments of an import, the folder then moved: nothing or all, and the log whole', async () => {
    const rows = 2000
    const path = fileWith(csvOf(customerRows(rows)))
    const outcomes: number[] = []
    for (const moment of [0.02, 0.25, 0.5, 0.75, 0.97]) {
      const { dir } = await copiedVault()
      const child = await startChild(dir, passphrase, { act: 'import', path, kind: 'customers' })
      // About as long as the import takes on two busy cores; the last one is usually too late, which is a moment too.
      await delay(moment * 1500 * (0.8 + Math.random() * 0.4))
      await child.kill()
      const moved = freshPath('moved.vault')
      renameSync(dir, moved)
      const session = await openAt(moved)
      const { total } = await callVault(session, 'customers.list', { limit: 1 })
      outcomes.push(total)
      expect([0, rows]).toContain(total)
      expect(session.store.identities?.customers.count()).toBe(total)
      expect((await callVault(session, 'imports.list', {})).items).toHaveLength(total === 0 ? 0 : 1)
      expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
      shut(session)
    }
    expect(outcomes[0]).toBe(0)
  })
})
