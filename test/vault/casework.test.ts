// Work by hand: forms, status, notes, reveals, search, pages.
import { describe, expect, test } from 'vitest'
import { nextStatuses } from '../../electron/domain/case-states.ts'
import { revealCustomer } from '../../electron/vault/usecases/customers.ts'
import { complaintRow, csvOf, customerRow, customerRows } from '../support/rows.ts'
import {
  aVault,
  codeOf,
  contextOf,
  dump,
  fileWith,
  present,
  rawDb,
  type TestVault,
} from '../support/vault.ts'

const clear = {
  customerNo: 'K1',
  name: '欧阳懿一',
  mobile: '13892483177',
  residentId: '510107199801280972',
  email: 'zhang8313@example.com',
  address: '四川省成都市武侯区文三路89号14幢4单元387室',
  bankCard: '6217001860913909966',
}
const reason = '客户来电核对'

function closeIdentities(vault: TestVault): void {
  vault.session.store.identities?.db.close()
  vault.session.store.identities = undefined
}

describe('customers by hand', () => {
  test('added masked, revealed verbatim; a blank form is refused', async () => {
    const vault = await aVault()
    const { id } = await vault.call('customers.add', { ...clear, extra: { 备注: '暗语' } })
    const shown = await vault.call('customers.get', { id })
    for (const [field, value] of Object.entries(clear)) {
      if (field !== 'customerNo') expect(JSON.stringify(shown)).not.toContain(value)
    }
    expect(shown.mobile).toBe('138****3177')
    expect(shown.source).toBeNull()
    const fields = [...Object.keys(clear), 'extra:备注']
    expect(await vault.call('customers.reveal', { id, fields, reason })).toEqual({
      ...clear,
      'extra:备注': '暗语',
    })
    expect(await codeOf(vault.call('customers.add', { name: ' ' }))).toBe('input.invalid')
    const copy = await vault.call('customers.add', { name: '欧阳懿一', mobile: '+86 138-9248-3177' })
    expect((await vault.call('customers.get', { id: copy.id })).duplicate).toBe(true)
  })

  test('an edit changes the named fields only; a stale one is refused and changes nothing', async () => {
    const vault = await aVault()
    const { id } = await vault.call('customers.add', { ...clear, extra: { 备注: '暗语' } })
    const changed = await vault.call('customers.update', {
      id,
      revision: 1,
      patch: { mobile: '13700001111', email: '' },
    })
    expect(changed).toMatchObject({ revision: 2, mobile: '137****1111', email: '' })
    const fields = [...Object.keys(clear), 'extra:备注']
    const now = { ...clear, mobile: '13700001111', email: '', 'extra:备注': '暗语' }
    expect(await vault.call('customers.reveal', { id, fields, reason })).toEqual(now)
    const stale = vault.call('customers.update', { id, revision: 1, patch: { name: '别人' } })
    expect(await codeOf(stale)).toBe('record.changed')
    expect(await vault.call('customers.reveal', { id, fields, reason })).toEqual(now)
    expect((await vault.call('customers.list', { query: '13892483177' })).total).toBe(0)
    expect((await vault.call('customers.list', { query: '13700001111' })).total).toBe(1)
    expect(present(vault.session.store.identities).customers.count()).toBe(1)
    const [entry] = (await vault.call('audit.list', { action: 'customers.edited' })).items
    expect(present(entry).detail).toEqual({ fields: ['mobile', 'email'] })
    expect(
      await codeOf(vault.call('customers.update', { id: crypto.randomUUID(), revision: 1, patch: {} })),
    ).toBe('record.notFound')
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})

describe('a complaint from received to closed', () => {
  test('gets a number and a time of its own, walks the path, and the history tells it', async () => {
    const vault = await aVault()
    const { id: customerId } = await vault.call('customers.add', clear)
    const taken = await vault.call('complaints.add', {
      customerId,
      narrative: `客户${clear.name}称未退款，电话${clear.mobile}`,
    })
    const second = await vault.call('complaints.add', { category: '退款' })
    expect(taken.complaintNo).toMatch(/^GC\d{9}$/)
    expect(second.complaintNo).not.toBe(taken.complaintNo)
    const { complaint, nextStatuses: next } = await vault.call('complaints.get', { id: taken.id })
    expect(complaint).toMatchObject({ status: 'received', customerId, customerNo: 'K1', unreviewed: true })
    expect(complaint.receivedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
    expect(complaint.narrative).not.toContain(clear.name)
    expect(complaint.narrative).not.toContain(clear.mobile)
    expect(next).toEqual(nextStatuses('received'))
    for (const status of [
      'acknowledged',
      'investigating',
      'awaiting-customer',
      'resolved',
      'closed',
      'reopened',
      'closed',
    ] as const) {
      await vault.call('complaints.setStatus', {
        id: taken.id,
        status,
        note: { resolved: `已致电 ${clear.mobile}`, reopened: '客户有新证据' }[String(status)] ?? '',
      })
    }
    const done = await vault.call('complaints.get', { id: taken.id })
    expect(done.complaint.status).toBe('closed')
    expect(done.complaint.closedAt).not.toBe('')
    expect(done.events.map(({ from, to }) => `${from ?? ''}>${to ?? ''}`)).toEqual([
      'received>acknowledged',
      'acknowledged>investigating',
      'investigating>awaiting-customer',
      'awaiting-customer>resolved',
      'resolved>closed',
      'closed>reopened',
      'reopened>closed',
    ])
    const noted = present(done.events.find(({ to }) => to === 'resolved'))
    expect(noted.text).toContain('已致电')
    expect(noted.text).not.toContain(clear.mobile)
    expect((await vault.call('complaints.summary', {})).byStatus).toEqual({ closed: 1, received: 1 })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('a forbidden step is refused and leaves no line', async () => {
    const vault = await aVault()
    const { id } = await vault.call('complaints.add', { category: '退款' })
    expect(await codeOf(vault.call('complaints.setStatus', { id, status: 'closed' }))).toBe(
      'case.outcomeMissing',
    )
    await vault.call('complaints.setStatus', { id, status: 'closed', note: '已退款' })
    for (const status of ['acknowledged', 'closed', 'resolved'] as const) {
      expect(await codeOf(vault.call('complaints.setStatus', { id, status }))).toBe('case.transition')
    }
    const { events } = await vault.call('complaints.get', { id })
    expect(events).toHaveLength(1)
  })

  test('notes: redacted in records, as typed in identities; an edit of the narrative is unreviewed again', async () => {
    const vault = await aVault()
    const { id } = await vault.call('complaints.add', { customerName: clear.name, narrative: '原文' })
    const text = `${clear.name}的邮箱是${clear.email}`
    await vault.call('complaints.addNote', { id, text })
    expect(await codeOf(vault.call('complaints.addNote', { id, text: ' ' }))).toBe('input.invalid')
    const { records, identities } = vault.session.keys
    const cells = (name: string, key: string): string => {
      const db = rawDb(`${vault.dir}/${name}.db`, key)
      const all = dump(db).join('\n')
      db.close()
      return all
    }
    expect(cells('records', records)).not.toContain(clear.email)
    expect(cells('records', records)).not.toContain(clear.name)
    expect(cells('identities', present(identities))).toContain(text)
    const reviewed = await vault.call('complaints.markReviewed', { id })
    expect(reviewed.complaint.unreviewed).toBe(false)
    const { revision } = reviewed.complaint
    const edited = await vault.call('complaints.update', {
      id,
      revision,
      patch: { narrative: `请回电 ${clear.mobile}` },
    })
    expect(edited).toMatchObject({ unreviewed: true, status: 'received' })
    expect(edited.narrative).not.toContain(clear.mobile)
    expect(await vault.call('complaints.reveal', { id, fields: ['narrative'], reason })).toEqual({
      narrative: `请回电 ${clear.mobile}`,
    })
    expect(await codeOf(vault.call('complaints.update', { id, revision, patch: {} }))).toBe('record.changed')
  })
})

describe('reveal', () => {
  test('needs a reason and a field that is there; its entry is committed before the value goes out', async () => {
    const vault = await aVault()
    const { id } = await vault.call('customers.add', clear)
    const audited = async () => (await vault.call('audit.list', {})).total
    const before = await audited()
    for (const bad of ['', '   ']) {
      expect(await codeOf(vault.call('customers.reveal', { id, fields: ['mobile'], reason: bad }))).toBe(
        'reason.required',
      )
    }
    for (const field of ['nickname', 'extra:没有', 'constructor', '__proto__', 'extra:__proto__', 'salt']) {
      expect(await codeOf(vault.call('customers.reveal', { id, fields: ['mobile', field], reason }))).toBe(
        'input.invalid',
      )
    }
    expect(await audited()).toBe(before)
    await vault.call('customers.reveal', { id, fields: ['mobile', 'name'], reason: `核对 ${clear.mobile}` })
    const [entry] = (await vault.call('audit.list', { limit: 1 })).items
    expect(entry).toMatchObject({
      action: 'customers.revealed',
      subject: id,
      detail: { fields: ['mobile', 'name'] },
    })
    expect(JSON.stringify(entry)).not.toContain(clear.mobile)
    // No entry, no value: where the log can't be written, nothing goes out.
    const { records } = vault.session.store
    const add = records.audit.add
    records.audit.add = () => {
      throw new Error('the log can’t be written')
    }
    expect(() => revealCustomer(contextOf(vault.session), { id, fields: ['mobile'], reason })).toThrow(
      'the log can’t be written',
    )
    records.audit.add = add
    expect(await audited()).toBe(before + 1)
  })

  test('with identities closed nothing clear comes out, and the refusal says why', async () => {
    const vault = await aVault()
    const { id } = await vault.call('customers.add', clear)
    const complaint = await vault.call('complaints.add', { narrative: '原文' })
    closeIdentities(vault)
    const refused = [
      vault.call('customers.reveal', { id, fields: ['mobile'], reason }),
      vault.call('complaints.reveal', { id: complaint.id, fields: ['narrative'], reason }),
      vault.call('customers.add', clear),
      vault.call('customers.update', { id, revision: 1, patch: {} }),
      vault.call('exports.run', {
        kind: 'customers',
        format: 'csv',
        out: '/nowhere/bag',
        clear: true,
        reason,
      }),
    ]
    for (const work of refused) expect(await codeOf(work)).toBe('identities.closed')
    expect((await vault.call('customers.list', {})).items[0]?.mobile).toBe('138****3177')
    await vault.call('complaints.setStatus', { id: complaint.id, status: 'acknowledged' })
  })
})

describe('search', () => {
  test('clear with identities open, and logged without its words; masked only with them closed', async () => {
    const vault = await aVault()
    await vault.call('imports.run', { path: fileWith(csvOf(customerRows(30))), kind: 'customers' })
    await vault.call('imports.run', {
      path: fileWith(csvOf([1, 2, 3].map((index) => complaintRow(index)))),
      kind: 'complaints',
    })
    const one = customerRow(7)
    for (const query of [
      one.手机号,
      one.手机号.slice(-4),
      one.身份证号,
      one.邮箱,
      one.地址.slice(-8),
      one.备注,
      one.客户编号,
    ]) {
      const found = await vault.call('customers.list', { query })
      expect([query, found.items.some(({ customerNo }) => customerNo === one.客户编号)]).toEqual([
        query,
        true,
      ])
      expect(found.searched).toBe('identities')
    }
    expect((await vault.call('complaints.list', { query: customerRow(2).手机号 })).total).toBe(1)
    const entries = (await vault.call('audit.list', { action: 'customers.searched' })).items
    expect(entries).toHaveLength(7)
    expect(JSON.stringify(entries)).not.toContain(one.手机号)
    const again = async (): Promise<number> =>
      (await vault.call('audit.list', { action: 'customers.searched' })).items.length
    for (const offset of [0, 1, 2]) await vault.call('customers.list', { query: '例', offset })
    expect([await again(), (await vault.call('customers.list', { query: '例子' })).searched]).toEqual([
      8,
      'identities',
    ])
    expect(await again()).toBe(9)
    for (const query of ['"', '*', 'a OR b', ')(', 'NEAR(', '%', "'; --"]) {
      expect((await vault.call('customers.list', { query })).searched).toBe('identities')
    }
    closeIdentities(vault)
    const masked = await vault.call('customers.list', { query: one.手机号 })
    expect(masked).toMatchObject({ total: 0, searched: 'records' })
    expect((await vault.call('customers.list', { query: one.姓名 })).total).toBe(0)
    expect((await vault.call('customers.list', { query: one.客户编号 })).total).toBe(1)
    expect((await vault.call('customers.list', {})).searched).toBe('none')
  })
})
