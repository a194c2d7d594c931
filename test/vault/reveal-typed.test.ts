// What was typed stands redacted for everybody; as it was typed it is there for who may see it, with a reason.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { aVault, codeOf, freshPath, present } from '../support/vault.ts'

const reason = '核对原文'

test('a note, and what changed in a case, can be read as they were typed', async () => {
  const vault = await aVault()
  const { id } = await vault.call('complaints.add', { narrative: 'x', category: '退款' })
  const other = await vault.call('complaints.add', { narrative: 'y', category: '退款' })
  const text = '客户张三丰改了电话：13812345678'
  await vault.call('complaints.addNote', { id, text, kind: 'call' })
  await vault.call('complaints.work', { id, patch: { rootCause: '店员李强漏记' } })
  await vault.call('complaints.work', { id, patch: { severity: 'high' } })
  const { events } = await vault.call('complaints.get', { id })
  const [note, cause, severity] = events.filter(({ kind }) => kind === 'call' || kind === 'case')
  expect(present(note).text).not.toMatch(/张三丰|13812345678/u)
  expect([note, cause, severity].map((event) => event?.original)).toEqual([true, true, false])
  const line = present(note).seq
  const shown = await vault.call('complaints.revealLine', { id, line, reason: '张三丰来电' })
  expect(shown).toEqual({ text })
  expect(await vault.call('complaints.revealLine', { id, line: present(cause).seq, reason })).toEqual({
    text: '店员李强漏记',
  })
  // The reason is kept as redacted as everything else, in the history and in the log.
  const after = (await vault.call('complaints.get', { id })).events.at(-2)
  expect(after).toMatchObject({ kind: 'reveal', original: false })
  const { items } = await vault.call('audit.list', {})
  expect(items.filter(({ action }) => action === 'complaints.lineRevealed')).toHaveLength(2)
  expect(JSON.stringify([after, items])).not.toContain('张三丰')

  const refused = (input: object) =>
    codeOf(vault.call('complaints.revealLine', { id, line, reason, ...input }))
  expect(await refused({ reason: ' ' })).toBe('reason.required')
  expect(await refused({ line: present(severity).seq })).toBe('record.notFound')
  expect(await refused({ id: other.id })).toBe('record.notFound')
  expect((await vault.call('vault.verify', {})).findings).toEqual([])
})

test('what stands of a customer besides the fields can be too', async () => {
  const vault = await aVault()
  const { id } = await vault.call('customers.add', { customerNo: 'K1', name: '张三丰' })
  const { id: otherId } = await vault.call('customers.add', { customerNo: 'K2', name: '李小红' })
  const fact = await vault.call('customers.addFact', {
    customerId: id,
    kind: 'consent',
    code: 'marketing',
    purpose: '向张三丰寄送通知',
    evidence: '李小红代签，13812345678',
  })
  await vault.call('customers.relate', { id, otherId, kind: 'spouse', note: '李小红是张三丰的妻子' })
  const { relations, facts } = await vault.call('customers.overview', { id })
  const [relation] = relations
  expect([present(relation).original, facts[0]?.original, fact.original]).toEqual([true, true, true])
  expect(JSON.stringify([relations, facts])).not.toMatch(/13812345678|是张三丰/u)
  expect(await vault.call('customers.revealText', { id: fact.id, reason })).toEqual({
    text: '向张三丰寄送通知\n李小红代签，13812345678',
  })
  const told = await vault.call('customers.revealText', { id: present(relation).id, reason: '李小红询问' })
  expect(told).toEqual({ text: '李小红是张三丰的妻子' })
  const { items } = await vault.call('audit.list', {})
  const entries = items.filter(({ action }) => action === 'customers.textRevealed')
  expect(entries).toHaveLength(2)
  expect(JSON.stringify(entries)).not.toContain('李小红')
  const unknown = { id: '01900000-0000-7000-8000-000000000001', reason }
  expect(await codeOf(vault.call('customers.revealText', unknown))).toBe('record.notFound')
})

test('a reason names nobody whom the text names, nor whom a letter was written to', async () => {
  const vault = await aVault()
  const { id } = await vault.call('complaints.add', { narrative: '客户张三丰反映余额未退' })
  const revealed = await vault.call('complaints.reveal', { id, fields: ['narrative'], reason: '张三丰来电' })
  expect(revealed).toEqual({ narrative: '客户张三丰反映余额未退' })
  const fields = { request: '付款凭证', customerName: '欧阳懿一', customerAddress: '文三路 90 号 5 楼' }
  const draft = { complaintId: id, templateId: 'information-request', lang: 'zh-CN', fields } as const
  const sent = await vault.call('letters.render', { ...draft, out: freshPath('letter.pdf') })
  await vault.call('letters.reveal', {
    id: present(sent.letterId),
    reason: '欧阳懿一来电，住文三路 90 号 5 楼',
  })
  const path = join(freshPath('folder'), '客户李小红的凭证.txt')
  mkdirSync(dirname(path))
  writeFileSync(path, '凭证')
  const { attachmentId } = await vault.call('attachments.add', { complaintId: id, path })
  await vault.call('attachments.preview', { id: attachmentId, reason: '李小红来电' })
  const { events } = await vault.call('complaints.get', { id })
  const { items } = await vault.call('audit.list', {})
  const kept = JSON.stringify([events.filter(({ kind }) => kind === 'reveal'), items])
  expect(kept).toContain('来电')
  expect(kept).not.toMatch(/张三丰|欧阳懿一|文三路|李小红/u)
})
