// Who works without the identities key can still take something in: redacted at once, sealed, and taken in when that key is next there.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { GuicangError } from '../../shared/errors.ts'
import { openIdentities } from '../../electron/vault/usecases/open-identities.ts'
import { openAs, reopened, settledPerson } from '../support/people.ts'
import {
  aVault,
  callVault,
  codeOf,
  contextOf,
  dump,
  fileWith,
  freshPath,
  lock,
  passphrase,
  present,
  rawDb,
  refusal,
  type TestVault,
} from '../support/vault.ts'

const reviewer = '王芳'
const note = '张三丰来电说 13800001234 打不通，身份证 11010519491231002X'

async function withReviewer(): Promise<
  TestVault & { customerId: string; complaintId: string; identitiesKey: string }
> {
  const vault = await aVault()
  const customer = await vault.call('customers.add', {
    name: '张三丰',
    mobile: '13800001234',
    customerNo: 'C100',
  })
  const complaint = await vault.call('complaints.add', { narrative: '退款', customerId: customer.id })
  await settledPerson(vault, reviewer, 'reviewer')
  const identitiesKey = present(vault.session.keys.identities)
  lock(vault.session)
  return Object.assign(vault, { customerId: customer.id, complaintId: complaint.id, identitiesKey })
}

function recordsText(dir: string, key: string): string {
  const db = rawDb(join(dir, 'records.db'), key)
  const text = dump(db).join('\n')
  db.close()
  return text
}

describe('a reviewer’s note', () => {
  test('stands redacted at once, its original sealed; the next owner finds it in identities, redacted with what is known', async () => {
    const vault = await withReviewer()
    const session = await openAs(vault.dir, reviewer)
    const { events } = await callVault(session, 'complaints.addNote', { id: vault.complaintId, text: note })
    // The recognisers see the numbers; the name has no cue, and the customer's values are not known here.
    expect(events.at(-1)?.text).toContain('张三丰来电说 [手机号 1] 打不通')
    expect((await callVault(session, 'vault.getStatus', {})).inbox).toBe(1)
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
    expect(recordsText(vault.dir, session.keys.records)).not.toContain('13800001234')
    lock(session)

    await reopened(vault)
    const status = await vault.call('vault.getStatus', {})
    expect([status.inbox, status.warnings]).toEqual([0, []])
    const after = await vault.call('complaints.get', { id: vault.complaintId })
    expect(after.events.at(-1)).toMatchObject({ user: reviewer, kind: 'note' })
    expect(after.events.at(-1)?.text).toBe('[姓名 1]来电说 [手机号 1] 打不通，身份证 [证件号 1]')
    const { items } = await vault.call('audit.list', { action: 'inbox.absorbed' })
    expect(items[0]).toMatchObject({
      subject: vault.complaintId,
      detail: { kind: 'note', writtenBy: reviewer },
    })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    expect(recordsText(vault.dir, vault.session.keys.records)).not.toContain('张三丰')
    const clear = rawDb(join(vault.dir, 'identities.db'), present(vault.session.keys.identities))
    expect(dump(clear).join('\n')).toContain(note)
    clear.close()
  })
})

describe('a reviewer’s complaint', () => {
  test('is worked on masked, and keeps its original for those who may see it', async () => {
    const vault = await withReviewer()
    const session = await openAs(vault.dir, reviewer)
    const narrative = '我是张三丰，请打13800001234'
    const added = await callVault(session, 'complaints.add', {
      narrative,
      customerNo: 'C100',
      extra: { 来源: '前台' },
    })
    const masked = await callVault(session, 'complaints.get', { id: added.id })
    expect(masked.complaint).toMatchObject({ unreviewed: true, customerId: vault.customerId })
    expect(masked.complaint.narrative).not.toContain('13800001234')
    await callVault(session, 'complaints.setStatus', {
      id: added.id,
      status: 'acknowledged',
      note: '张三丰同意',
    })
    expect(await codeOf(callVault(session, 'customers.get', { id: crypto.randomUUID() }))).toBe(
      'record.notFound',
    )
    lock(session)

    await reopened(vault)
    const { complaint, events } = await vault.call('complaints.get', { id: added.id })
    expect(complaint).toMatchObject({ status: 'acknowledged', narrative: '我是[姓名 1]，请打[手机号 1]' })
    expect(events.at(-1)?.text).toBe('[姓名 1]同意')
    const revealed = await vault.call('complaints.reveal', {
      id: added.id,
      fields: ['narrative', 'extra:来源'],
      reason: '核对原文',
    })
    expect(revealed).toEqual({ narrative, 'extra:来源': '前台' })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('the same for a handler whose identities closed for idleness, taken in when they open again', async () => {
    const vault = await aVault()
    const { session } = vault
    session.store.identities?.db.close()
    session.store.identities = undefined
    session.keys.identities = undefined
    const { id } = await vault.call('complaints.add', { narrative: '请打13800001234' })
    expect((await vault.call('vault.getStatus', {})).inbox).toBe(1)
    await openIdentities(contextOf(session), { passphrase })
    expect((await vault.call('vault.getStatus', {})).inbox).toBe(0)
    expect(await vault.call('complaints.reveal', { id, fields: ['narrative'], reason: '核对' })).toEqual({
      narrative: '请打13800001234',
    })
  })
})

describe('what goes wrong with an inbox', () => {
  test('an item that can’t be opened stays, is warned of, and holds nobody up', async () => {
    const vault = await withReviewer()
    const session = await openAs(vault.dir, reviewer)
    const broken = await callVault(session, 'complaints.add', { narrative: '第一件' })
    const whole = await callVault(session, 'complaints.add', { narrative: '第二件' })
    const [row] = session.store.records.inbox.pageAfter(0, 1)
    const sealed = present(row).sealed.replace(/\n([A-Za-z0-9+/])/, '\n!')
    session.store.records.db
      .prepare('UPDATE inbox SET sealed = ? WHERE seq = ?')
      .run(sealed, present(row).seq)
    lock(session)
    await reopened(vault)
    expect(vault.session.warnings).toEqual(['inbox.unreadable'])
    expect((await vault.call('vault.getStatus', {})).inbox).toBe(1)
    expect(
      await vault.call('complaints.reveal', { id: whole.id, fields: ['narrative'], reason: '核对' }),
    ).toEqual({ narrative: '第二件' })
    // Worked on all the same.
    await vault.call('complaints.addNote', { id: broken.id, text: '原文解不开' })
    const { findings } = await vault.call('vault.verify', {})
    expect(findings.map(({ code, where }) => [code, where])).toEqual([
      ['row.changed', `inbox ${present(row).seq}`],
    ])
  })

  /** A complaint whose original can't be opened: what stands redacted is all that is left of it. */
  async function withUnreadable(): Promise<TestVault & { id: string }> {
    const vault = await withReviewer()
    const session = await openAs(vault.dir, reviewer)
    const { id } = await callVault(session, 'complaints.add', { narrative: '退款未到账', customerNo: 'C200' })
    session.store.records.db.prepare(`UPDATE inbox SET sealed = 'x'`).run()
    lock(session)
    await reopened(vault)
    return Object.assign(vault, { id })
  }

  test('what stands redacted of an original that can’t be opened is lost neither by a form nor by linking', async () => {
    const vault = await withUnreadable()
    const update = { id: vault.id, revision: 1, patch: { category: '退款' } }
    expect(await codeOf(vault.call('complaints.update', update))).toBe('inbox.unreadable')
    const path = fileWith('客户编号,姓名\nC200,李四\n')
    await vault.call('imports.run', { path, kind: 'customers' })
    const { complaint } = await vault.call('complaints.get', { id: vault.id })
    expect(complaint.narrative).toBe('退款未到账')
    const { id, revision } = await vault.call('customers.get', { id: present(complaint.customerId) })
    await vault.call('customers.update', { id, revision, patch: { mobile: '13700001111' } })
    expect((await vault.call('complaints.get', { id: vault.id })).complaint.narrative).toBe('退款未到账')
    expect((await vault.call('complaints.list', { query: '到账' })).total).toBe(1)
  })

  test('an original that can’t be opened is named where it is asked for: nothing empty passes for it', async () => {
    const vault = await withUnreadable()
    const named = {
      code: 'inbox.unreadable',
      fields: [{ field: 'complaint', rule: 'original', value: vault.id }],
    }
    const reveal = { id: vault.id, fields: ['narrative'], reason: '核对' }
    expect(await refusal(vault.call('complaints.reveal', reveal))).toMatchObject(named)
    const out = freshPath('bag')
    const clear = { kind: 'complaints', format: 'csv', out, clear: true, reason: '核对' } as const
    expect(await refusal(vault.call('exports.run', clear))).toMatchObject(named)
    expect(existsSync(out)).toBe(false)
    const { items } = await vault.call('audit.list', {})
    const told = items.map(({ action }) => action)
    expect(told).not.toContain('exports.run')
    expect(told).not.toContain('complaints.revealed')
    // Masked, what stands redacted of it still leaves.
    await vault.call('exports.run', { kind: 'complaints', format: 'csv', out })
  })

  test('an item that meets damage in identities keeps nobody out', async () => {
    const vault = await withReviewer()
    const session = await openAs(vault.dir, reviewer)
    await callVault(session, 'complaints.add', { narrative: '退款', customerId: vault.customerId })
    lock(session)
    const clear = rawDb(join(vault.dir, 'identities.db'), vault.identitiesKey)
    clear.prepare('DELETE FROM customer_versions').run()
    clear.close()
    await reopened(vault)
    expect(vault.session.warnings).toEqual(['inbox.unreadable'])
    const { findings } = await vault.call('vault.verify', {})
    expect(findings.map(({ code }) => code)).toContain('identity.missing')
  })

  test('identities that could not be opened to the end are closed, with their key', async () => {
    const { session } = await aVault()
    session.store.identities?.db.close()
    session.store.identities = undefined
    session.keys.identities = undefined
    session.store.records.inbox.list = () => {
      throw new GuicangError('disk.full')
    }
    expect(await codeOf(openIdentities(contextOf(session), { passphrase }))).toBe('disk.full')
    expect([session.store.identities, session.keys.identities]).toEqual([undefined, undefined])
  })

  test('a recipient that was exchanged behind the program’s back is put right, and the log says so', async () => {
    const vault = await withReviewer()
    await reopened(vault)
    const right = vault.session.store.records.meta.find('inbox.recipient')
    vault.session.store.records.meta.set(
      'inbox.recipient',
      'age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg',
    )
    await vault.reopen()
    expect(vault.session.store.records.meta.find('inbox.recipient')).toBe(right)
    expect((await vault.call('audit.list', { action: 'inbox.recipientSet' })).items).toHaveLength(1)
  })
})
