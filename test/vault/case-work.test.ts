// A case in one go: status, facts, notes; guards; who has it; what belongs together; what is told afterwards.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { TestVault } from '../support/vault.ts'
import { aVault, callVault, codeOf, dump, fileWith, lock, openAt, present, rawDb } from '../support/vault.ts'

const name = '欧阳懿一'
const mobile = '13892483177'

async function aCase(vault: TestVault): Promise<string> {
  const { id: customerId } = await vault.call('customers.add', { customerNo: 'K1', name, mobile })
  return (await vault.call('complaints.add', { customerId, narrative: '没有退款', category: '退款' })).id
}

/** Every cell of a compartment, in clear. */
function cellsOf(vault: TestVault, compartment: 'records' | 'identities'): string {
  const db = rawDb(join(vault.dir, `${compartment}.db`), present(vault.session.keys[compartment]))
  try {
    return dump(db).join('\n')
  } finally {
    db.close()
  }
}

describe('work on a case', () => {
  test('is one commit: step, facts, outcome and note stand in one line of its history and one entry', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const { items } = await vault.call('users.list', {})
    const assignee = present(items[0]).id
    const before = (await vault.call('audit.list', {})).items.length
    const done = await vault.call('complaints.work', {
      id,
      status: 'resolved',
      note: `已致电${mobile}`,
      patch: {
        assignee,
        category: '预付卡退款',
        severity: 'high',
        outcome: `${name}同意退款 320.50 元`,
        outcomeKind: 'upheld',
        relief: { kind: 'refund', amount: '320.50', currency: 'CNY' },
        escalation: { to: 'regulator', body: '西湖区市场监督管理局', reference: '2026-118' },
        satisfaction: 4,
        closingReason: 'answered',
        rootCause: '系统未同步',
      },
    })
    expect(done.complaint).toMatchObject({
      status: 'resolved',
      category: '预付卡退款',
      severity: 'high',
      assignee: { id: assignee, name: '林晓' },
      outcome: '[姓名 1]同意退款 320.50 元',
    })
    expect(done.case).toMatchObject({
      outcomeKind: 'upheld',
      relief: { kind: 'refund', amount: '320.50', currency: 'CNY' },
      escalation: { to: 'regulator', body: '西湖区市场监督管理局', reference: '2026-118' },
      satisfaction: 4,
      closingReason: 'answered',
      rootCause: '系统未同步',
    })
    expect(done.events).toHaveLength(1)
    const [event] = done.events
    expect(event).toMatchObject({
      kind: 'status',
      from: 'received',
      to: 'resolved',
      text: '已致电[手机号 1]',
    })
    expect(present(event).changes).toContainEqual({ field: 'assignee', before: '', after: '林晓' })
    expect(present(event).changes).toContainEqual({ field: 'category', before: '退款', after: '预付卡退款' })
    expect((await vault.call('audit.list', {})).items).toHaveLength(before + 1)
    expect(
      await vault.call('complaints.reveal', { id, fields: ['outcome', 'category'], reason: '核对' }),
    ).toEqual({ outcome: `${name}同意退款 320.50 元`, category: '预付卡退款' })
    expect(cellsOf(vault, 'records')).not.toContain(name)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('closing wants an outcome, reopening a reason, and a closed outcome stands still', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    expect(await codeOf(vault.call('complaints.work', { id, status: 'closed' }))).toBe('case.outcomeMissing')
    await vault.call('complaints.work', { id, patch: { outcomeKind: 'rejected' } })
    await vault.call('complaints.work', { id, status: 'closed' })
    const late = vault.call('complaints.work', { id, patch: { outcome: '另有结果' } })
    expect(await codeOf(late)).toBe('case.closed')
    expect(await codeOf(vault.call('complaints.work', { id, patch: { relief: null } }))).toBe('case.closed')
    expect(await codeOf(vault.call('complaints.work', { id, status: 'reopened' }))).toBe('case.reasonMissing')
    const reopened = await vault.call('complaints.work', { id, status: 'reopened', note: '客户有新证据' })
    expect(reopened.complaint).toMatchObject({ status: 'reopened', closedAt: '' })
    const { events } = await vault.call('complaints.get', { id })
    expect(events.map(({ kind }) => kind)).toEqual(['case', 'status', 'status'])
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('what was withdrawn is closed without an outcome', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    await vault.call('complaints.work', { id, status: 'withdrawn' })
    const closed = await vault.call('complaints.work', { id, status: 'closed' })
    expect(closed.complaint.status).toBe('closed')
  })

  test('of two windows the second is told that somebody was there first, and changes nothing', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const { revision } = (await vault.call('complaints.get', { id })).complaint
    await vault.call('complaints.work', { id, revision, patch: { severity: 'low' } })
    const second = vault.call('complaints.work', { id, revision, patch: { severity: 'high' } })
    expect(await codeOf(second)).toBe('record.changed')
    expect((await vault.call('complaints.get', { id })).complaint.severity).toBe('low')
  })

  test('is given only to people who can work, and nothing at all is refused', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const stranger = vault.call('complaints.work', { id, patch: { assignee: crypto.randomUUID() } })
    expect(await codeOf(stranger)).toBe('input.invalid')
    expect(await codeOf(vault.call('complaints.work', { id, note: ' ' }))).toBe('input.invalid')
    expect((await vault.call('complaints.get', { id })).events).toEqual([])
  })

  test('that changes nothing leaves no line and no entry', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const before = (await vault.call('audit.list', {})).items.length
    const same = await vault.call('complaints.work', { id, patch: { assignee: null, severity: null } })
    expect(same.events).toEqual([])
    expect((await vault.call('audit.list', {})).items).toHaveLength(before)
  })

  test('with identities closed facts and notes go on; a text with an original waits', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    vault.session.store.identities?.db.close()
    vault.session.store.identities = undefined
    const work = await vault.call('complaints.work', { id, note: '已核对', patch: { severity: 'medium' } })
    expect(work.complaint.severity).toBe('medium')
    expect(work.events).toMatchObject([{ kind: 'case', text: '已核对' }])
    expect(await codeOf(vault.call('complaints.work', { id, patch: { outcome: '退款' } }))).toBe(
      'identities.closed',
    )
  })

  test('a name in a short fact is redacted in records and kept as typed behind the line of history', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const work = await vault.call('complaints.work', { id, patch: { rootCause: `${name}地址有误` } })
    expect(work.case.rootCause).toBe('[姓名 1]地址有误')
    expect(cellsOf(vault, 'records')).not.toContain(name)
    expect(cellsOf(vault, 'identities')).toContain(`${name}地址有误`)
  })
})

describe('what was typed before its customer’s values were known', () => {
  test('goes from facts and changes when identities is next opened, and when the customer comes', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const early = await vault.call('complaints.add', { customerNo: 'K2', category: '退款' })
    await vault.call('complaints.work', { id: early.id, patch: { rootCause: '司马相如记错了' } })
    vault.session.store.identities?.db.close()
    vault.session.store.identities = undefined
    const body = `${name}所在街道`
    await vault.call('complaints.work', { id, patch: { escalation: { to: 'other', body, reference: '' } } })
    lock(vault.session)
    const session = await openAt(vault.dir)
    const opened = await callVault(session, 'complaints.get', { id })
    expect(opened.case.escalation?.body).toBe('[姓名 1]所在街道')
    expect(opened.events.flatMap(({ changes }) => changes.map(({ after }) => after))).toContain(
      '[姓名 1]所在街道',
    )
    await callVault(session, 'imports.run', {
      path: fileWith('客户编号,客户姓名\nK2,司马相如\n'),
      kind: 'customers',
    })
    const linked = await callVault(session, 'complaints.get', { id: early.id })
    expect(linked.case.rootCause).toBe('[姓名 1]记错了')
    const cells = cellsOf({ ...vault, session }, 'records')
    for (const clear of [name, '司马相如']) expect(cells).not.toContain(clear)
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
    lock(session)
  })
})

describe('the timeline', () => {
  test('tells calls, messages, visits and reveals, each by its kind', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    for (const kind of ['call', 'email-in', 'email-out', 'visit'] as const)
      await vault.call('complaints.addNote', { id, kind, text: `${kind}：${name}` })
    await vault.call('complaints.reveal', { id, fields: ['narrative'], reason: `${name}来电` })
    const { events } = await vault.call('complaints.get', { id })
    expect(events.map(({ kind, text }) => [kind, text])).toEqual([
      ['call', 'call：[姓名 1]'],
      ['email-in', 'email-in：[姓名 1]'],
      ['email-out', 'email-out：[姓名 1]'],
      ['visit', 'visit：[姓名 1]'],
      ['reveal', '[姓名 1]来电'],
    ])
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})

describe('linked complaints', () => {
  test('are told on both sides, changed and taken away, and never linked to themselves', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const other = await vault.call('complaints.add', { category: '退款' })
    const otherId = other.id
    const linked = await vault.call('complaints.link', { id, otherId })
    expect(linked.linked).toMatchObject([{ id: otherId, complaintNo: other.complaintNo, kind: 'related' }])
    await vault.call('complaints.link', { id: otherId, otherId: id, kind: 'duplicate' })
    expect((await vault.call('complaints.get', { id: otherId })).linked).toMatchObject([
      { id, kind: 'duplicate' },
    ])
    await vault.call('complaints.link', { id, otherId, linked: false })
    const alone = await vault.call('complaints.get', { id })
    expect(alone.linked).toEqual([])
    expect(alone.events).toHaveLength(3)
    expect(await codeOf(vault.call('complaints.link', { id, otherId: id }))).toBe('input.invalid')
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})
