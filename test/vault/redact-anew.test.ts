// What is known of a customer goes from every text about them, also where it came to be known later.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { csvOf } from '../support/rows.ts'
import {
  aVault,
  dump,
  fileWith,
  freshPath,
  present,
  rawDb,
  refusal,
  type TestVault,
} from '../support/vault.ts'

// A name that no recogniser sees in running text.
const name = '欧阳小糖'
const narrative = `包裹给了${name}却没人签收`
const reason = '客户来电核对'

function recordsText(vault: TestVault): string {
  const db = rawDb(`${vault.dir}/records.db`, vault.session.keys.records)
  const all = dump(db).join('\n')
  db.close()
  return all
}

async function importRows(vault: TestVault, kind: 'customers' | 'complaints', rows: readonly object[]) {
  return vault.call('imports.run', { path: fileWith(csvOf(rows)), kind })
}

async function onlyComplaint(vault: TestVault) {
  return present((await vault.call('complaints.list', {})).items[0])
}

describe('the reason of a reveal', () => {
  test('keeps no value of the customer or of the complaint', async () => {
    const vault = await aVault()
    const { id } = await vault.call('customers.add', { customerNo: 'KH1', name })
    await vault.call('customers.reveal', { id, fields: ['name'], reason: `${name}要求核对` })
    const complaint = await vault.call('complaints.add', { customerId: id, narrative: '未退款' })
    await vault.call('complaints.reveal', {
      id: complaint.id,
      fields: ['narrative'],
      reason: `${name}要求核对`,
    })
    const other = await vault.call('complaints.add', { customerName: name, narrative: '未退款' })
    await vault.call('complaints.reveal', { id: other.id, fields: ['narrative'], reason: `${name}要求核对` })
    for (const action of ['customers.revealed', 'complaints.revealed']) {
      for (const { detail } of (await vault.call('audit.list', { action })).items)
        expect(detail['reason']).toBe('[姓名 1]要求核对')
    }
    expect(recordsText(vault)).not.toContain(name)
  })
})

describe('complaints that came before their customers', () => {
  test('are redacted anew when they are linked; status, edits and the log stand', async () => {
    const vault = await aVault()
    await importRows(vault, 'complaints', [
      { 投诉编号: 'TS1', 客户编号: 'KH1', 投诉内容: narrative, 状态: '待受理' },
      { 投诉编号: 'TS2', 客户编号: 'KH1', 投诉内容: '没有署名', 状态: '待受理' },
    ])
    const { items } = await vault.call('complaints.list', {})
    const first = present(items.find(({ complaintNo }) => complaintNo === 'TS1'))
    const second = present(items.find(({ complaintNo }) => complaintNo === 'TS2'))
    expect(first.narrative).toContain(name)
    await vault.call('complaints.update', {
      id: first.id,
      revision: first.revision,
      patch: { outcome: `已联系${name}` },
    })
    await vault.call('complaints.addNote', { id: first.id, text: `${name}同意` })
    await vault.call('complaints.setStatus', { id: first.id, status: 'closed' })
    for (const { id } of [first, second]) await vault.call('complaints.markReviewed', { id })
    const closed = (await vault.call('complaints.get', { id: first.id })).complaint

    await importRows(vault, 'customers', [{ 客户编号: 'KH1', 姓名: name, 手机号: '13892483177' }])
    const { complaint, events } = await vault.call('complaints.get', { id: first.id })
    expect(complaint).toMatchObject({
      narrative: '包裹给了[姓名 1]却没人签收',
      outcome: '已联系[姓名 1]',
      status: 'closed',
      closedAt: closed.closedAt,
      unreviewed: true,
    })
    expect(complaint.customerId).not.toBeNull()
    expect(events.map(({ text }) => text)).toContain('[姓名 1]同意')
    const untouched = (await vault.call('complaints.get', { id: second.id })).complaint
    expect(untouched).toMatchObject({ narrative: '没有署名', unreviewed: false })
    expect(recordsText(vault)).not.toContain(name)
    expect(await vault.call('complaints.reveal', { id: first.id, fields: ['narrative'], reason })).toEqual({
      narrative,
    })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    // The masked index doesn't find the name any more either.
    vault.session.store.identities?.db.close()
    vault.session.store.identities = undefined
    expect((await vault.call('complaints.list', { query: '小糖' })).total).toBe(0)
    expect((await vault.call('complaints.list', { query: '没人签收' })).total).toBe(1)
  })

  test('worked on while the customers come in: what stands at the end is redacted', async () => {
    const vault = await aVault()
    await importRows(vault, 'complaints', [{ 投诉编号: 'TS1', 客户编号: 'KH1', 投诉内容: '没有署名' }])
    const { id } = await onlyComplaint(vault)
    const rows = [{ 客户编号: 'KH1', 姓名: name }]
    for (let index = 2; index < 1200; index += 1) rows.push({ 客户编号: `KH${index}`, 姓名: '' })
    const importing = importRows(vault, 'customers', rows)
    // The first slice is written (and the complaint prepared) before the last: an edit in between must not be lost.
    const { customers } = vault.session.store.records
    while (customers.highestSeq() === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(vault.session.writingBatch).toBe(true)
    const edited = await vault.call('complaints.update', { id, revision: 1, patch: { narrative } })
    expect(edited.customerId).toBeNull()
    await importing
    expect(await onlyComplaint(vault)).toMatchObject({
      narrative: '包裹给了[姓名 1]却没人签收',
      unreviewed: true,
    })
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})

describe('an edited customer', () => {
  test('takes the new values from its complaints and notes, and the old ones stay out', async () => {
    const vault = await aVault()
    const { id } = await vault.call('customers.add', { customerNo: 'KH1', name: '范懿一' })
    const complaint = await vault.call('complaints.add', {
      customerId: id,
      narrative: `范懿一：${narrative}`,
    })
    await vault.call('complaints.addNote', { id: complaint.id, text: `${name}同意` })
    await vault.call('complaints.setStatus', { id: complaint.id, status: 'acknowledged' })
    await vault.call('complaints.markReviewed', { id: complaint.id })
    expect(recordsText(vault)).toContain(name)

    await vault.call('customers.update', { id, revision: 1, patch: { name } })
    const { complaint: now, events } = await vault.call('complaints.get', { id: complaint.id })
    expect(now).toMatchObject({ unreviewed: true, status: 'acknowledged' })
    expect(now.narrative).toBe('[姓名 1]：包裹给了[姓名 2]却没人签收')
    expect(events.map(({ text }) => text)).toContain('[姓名 1]同意')
    // Two edits later the first name must not come back, neither in a text redacted anew nor in a new one.
    await vault.call('customers.update', { id, revision: 2, patch: { name: '司马小盐' } })
    await vault.call('complaints.addNote', { id: complaint.id, text: `曾用名${name}` })
    const text = recordsText(vault)
    expect(text).not.toContain(name)
    expect(text).not.toContain('范懿一')
    expect((await vault.call('customers.list', { query: name })).total).toBe(0)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('an edit that changes no value about the person leaves reviewed complaints alone', async () => {
    const vault = await aVault()
    const { id } = await vault.call('customers.add', { customerNo: 'KH1', name })
    const complaint = await vault.call('complaints.add', { customerId: id, narrative })
    await vault.call('complaints.markReviewed', { id: complaint.id })
    await vault.call('customers.update', { id, revision: 1, patch: { registeredOn: '2024-01-02' } })
    expect((await vault.call('complaints.get', { id: complaint.id })).complaint.unreviewed).toBe(false)
  })

  test('is a duplicate, or no longer one, by what it now holds', async () => {
    const vault = await aVault()
    await vault.call('customers.add', { name, mobile: '13892483177' })
    const { id } = await vault.call('customers.add', { name, mobile: '13700001111' })
    expect((await vault.call('customers.get', { id })).duplicate).toBe(false)
    const same = await vault.call('customers.update', { id, revision: 1, patch: { mobile: '13892483177' } })
    expect(same.duplicate).toBe(true)
    const noted = await vault.call('customers.update', { id, revision: 2, patch: { email: 'a@example.org' } })
    expect(noted.duplicate).toBe(true)
    const apart = await vault.call('customers.update', { id, revision: 3, patch: { mobile: '13700001111' } })
    expect(apart.duplicate).toBe(false)
  })
})

describe('names of columns', () => {
  test('stand redacted in records and the log; values are reached by either name', async () => {
    const vault = await aVault()
    const clear = '联系13892483177'
    const { id } = await vault.call('customers.add', {
      name,
      extra: { [clear]: '甲', 联系13892483178: '乙', 备注: '丙' },
    })
    const { extraColumns } = await vault.call('customers.get', { id })
    expect(extraColumns).toEqual(['联系[手机号 1]', '联系[手机号 1] (2)', '备注'])
    const fields = [...extraColumns.map((column) => `extra:${column}`), `extra:${clear}`]
    expect(await vault.call('customers.reveal', { id, fields, reason })).toEqual({
      'extra:联系[手机号 1]': '甲',
      'extra:联系[手机号 1] (2)': '乙',
      'extra:备注': '丙',
      [`extra:${clear}`]: '甲',
    })
    const out = freshPath('bag')
    await vault.call('exports.run', { kind: 'customers', format: 'csv', out, clear: true, reason })
    const [header = '', row = ''] = readFileSync(join(out, 'data/customers.csv'), 'utf8').split('\r\n')
    expect(header).toContain('联系[手机号 1],联系[手机号 1] (2),备注')
    expect(row).toContain('甲,乙,丙')
    // Edits keep the columns and their names.
    await vault.call('customers.update', { id, revision: 1, patch: { email: 'a@example.org' } })
    expect(await vault.call('customers.reveal', { id, fields: [`extra:${clear}`], reason })).toEqual({
      [`extra:${clear}`]: '甲',
    })
    const complaint = await vault.call('complaints.add', { narrative: '原文', extra: { [clear]: '丁' } })
    await vault.call('complaints.update', { id: complaint.id, revision: 1, patch: { category: '退款' } })
    expect(
      await vault.call('complaints.reveal', { id: complaint.id, fields: [`extra:${clear}`], reason }),
    ).toEqual({ [`extra:${clear}`]: '丁' })
    expect(recordsText(vault)).not.toMatch(/1389248317[78]/)
  })

  test('a header that holds a person leaves no trace in the mapping, the log or a refusal', async () => {
    const vault = await aVault()
    const address = '四川省成都市武侯区文三路89号14幢4单元387室'
    const path = fileWith(`姓名,${address},丙列\r\n${name},1,2\r\n`)
    const mapping = { 姓名: 'name', [address]: null, 丙列: 'drop' }
    await vault.call('imports.run', { path, kind: 'customers', mapping })
    const dropped = { 姓名: 'name', [address]: 'drop', 丙列: null }
    await vault.call('imports.run', { path, kind: 'customers', mapping: dropped, duplicates: 'keep' })
    expect(recordsText(vault)).not.toContain('文三路')
    const wrong = { 姓名: 'name', [address]: 'nickname' }
    const refused = await refusal(vault.call('imports.run', { path, kind: 'customers', mapping: wrong }))
    expect(refused.code).toBe('import.mappingInvalid')
    expect(JSON.stringify(refused.fields)).not.toContain('文三路')
  })
})

test('a complaint for a customer whose number is hidden keeps the number in identities', async () => {
  const vault = await aVault()
  const customerNo = '13892483177'
  const { id: customerId } = await vault.call('customers.add', { customerNo, name })
  const { id } = await vault.call('complaints.add', { customerId, narrative })
  expect((await vault.call('complaints.get', { id })).complaint.customerNo).toBe('***')
  expect(await vault.call('complaints.reveal', { id, fields: ['customerNo'], reason })).toEqual({
    customerNo,
  })
})
