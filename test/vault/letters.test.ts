// Letters in a vault: clear on paper and in identities only, one commit each, and nothing over a file that stands there.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sha256Hex } from '../../electron/vault/audit/canonical.ts'
import { aCase, address, cellsOf, flat, mobile, name, order, verified } from '../support/letters.ts'
import { pdfText } from '../support/pdf-text.ts'
import { aVault, codeOf, fileWith, freshPath, present, refusal } from '../support/vault.ts'

describe('a letter that goes out', () => {
  test('is clear on paper and in identities, redacted in records, one line of history and one entry', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const before = (await vault.call('audit.list', {})).items.length
    const fields = { reasons: `致电 ${mobile} 核对`, remedy: '五日内到账' }
    const input = order(id, { fields, reason: `${name}来函` })
    const done = await vault.call('letters.render', input)
    const bytes = readFileSync(input.out)
    expect(done).toMatchObject({ sha256: sha256Hex(bytes), size: bytes.length, pages: 1, boxes: [] })
    expect(statSync(input.out).mode & 0o777).toBe(0o600)
    const paper = flat(pdfText(bytes))
    const { complaint, events } = await vault.call('complaints.get', { id })
    for (const part of [
      `${name}：`,
      flat(address),
      `（编号${complaint.complaintNo}）`,
      `处理结果：${name}的余额已退回`,
      `理由：致电${mobile}核对`,
      '所作补救：退款人民币320.50元。',
      '示例商贸有限公司',
    ])
      expect(paper).toContain(part)
    const { items } = await vault.call('letters.list', { complaintId: id })
    expect(items).toMatchObject([{ id: done.letterId, template: 'outcome', lang: 'zh-CN', state: 'sent' }])
    expect(present(items[0]).text).toContain('处理结果：[姓名 1]的余额已退回')
    expect(events.at(-1)).toMatchObject({ kind: 'letter', text: present(items[0]).title })
    const log = (await vault.call('audit.list', {})).items
    expect(log).toHaveLength(before + 1)
    expect(log.find(({ action }) => action === 'letters.sent')).toMatchObject({
      subject: id,
      detail: { template: 'outcome', lang: 'zh-CN', reason: '[姓名 1]来函' },
    })
    const records = cellsOf(vault, 'records')
    for (const clear of [name, mobile, address, flat(address), done.sha256])
      expect(records).not.toContain(clear)
    expect(cellsOf(vault, 'identities')).toContain(done.sha256)
    expect(await verified(vault)).toEqual([])
  })

  test('is read again by reason only, as it went out, and printed again byte for byte', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const input = order(id)
    const { letterId, sha256 } = await vault.call('letters.render', input)
    await vault.call('complaints.work', { id, patch: { outcome: '后来改了' } })
    const letter = present(letterId)
    expect(await codeOf(vault.call('letters.reveal', { id: letter, reason: ' ' }))).toBe('reason.required')
    const shown = await vault.call('letters.reveal', { id: letter, reason: '核对' })
    expect(shown.text).toContain(`${name}的余额已退回`)
    const out = freshPath('again.pdf')
    const copy = await vault.call('letters.copy', { id: letter, out, reason: '补寄' })
    expect(copy).toMatchObject({ same: true, sha256 })
    expect(readFileSync(out).equals(readFileSync(input.out))).toBe(true)
    const { events } = await vault.call('complaints.get', { id })
    expect(events.filter(({ kind }) => kind === 'reveal').map(({ text }) => text)).toEqual(['核对', '补寄'])
    expect(await verified(vault)).toEqual([])
  })

  test('whose text was changed behind the program’s back is found out', async () => {
    const vault = await aVault()
    await vault.call('letters.render', order(await aCase(vault)))
    present(vault.session.store.identities).db.exec(
      `UPDATE letter_versions SET payload = replace(payload, '已退回', '未退回')`,
    )
    vault.session.store.records.db.exec(`UPDATE letters SET state = 'failed'`)
    const codes = (await verified(vault)).map(({ code, where }) => `${code} ${where}`)
    expect(codes).toEqual(expect.arrayContaining(['identity.changed letters 1', 'row.changed letters 1']))
  })

  test('whose customer is known only later is redacted again', async () => {
    const vault = await aVault()
    const { id } = await vault.call('complaints.add', {
      customerNo: 'K9',
      category: '退款',
      receivedAt: '2026-03-01',
    })
    const fields = { customerName: '司马相如', progress: '司马相如的账户由卓文君代管' }
    await vault.call('letters.render', order(id, { templateId: 'interim', fields }))
    const textOf = async () => present((await vault.call('letters.list', { complaintId: id })).items[0]).text
    expect(await textOf()).toContain('的账户由卓文君代管')
    await vault.call('imports.run', { path: fileWith('客户编号,客户姓名\nK9,卓文君\n'), kind: 'customers' })
    expect(await textOf()).not.toContain('卓文君')
    for (const clear of ['司马相如', '卓文君']) expect(cellsOf(vault, 'records')).not.toContain(clear)
    expect(await verified(vault)).toEqual([])
  })
})

describe('a letter that can’t go out', () => {
  test('is held back with its empty fields named, and leaves nothing', async () => {
    const vault = await aVault()
    const { id } = await vault.call('complaints.add', { category: '退款', receivedAt: '2026-03-01' })
    const input = order(id)
    expect(await refusal(vault.call('letters.render', input))).toMatchObject({
      code: 'letter.incomplete',
      fields: [
        { field: 'customerName', rule: 'required' },
        { field: 'outcome', rule: 'required' },
      ],
    })
    expect(existsSync(input.out)).toBe(false)
    expect((await vault.call('letters.list', { complaintId: id })).items).toEqual([])
    expect((await vault.call('complaints.get', { id })).events).toEqual([])
  })

  test('for a name that no font has is refused, or printed with a box where that is allowed', async () => {
    const vault = await aVault()
    const id = await aCase(vault, { name: '王𠮷', mobile, address })
    const input = order(id)
    expect(await codeOf(vault.call('letters.render', input))).toBe('letter.unprintable')
    expect(existsSync(input.out)).toBe(false)
    expect(await vault.call('letters.render', { ...input, allowBoxes: true })).toMatchObject({
      boxes: ['𠮷'],
    })
    expect(flat(pdfText(readFileSync(input.out)))).toContain('王□：')
  })

  test('never goes over a file, a folder or a link, and is not on record then', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const file = fileWith('mine', 'taken.pdf')
    const folder = freshPath('folder.pdf')
    mkdirSync(folder)
    const link = freshPath('link.pdf')
    symlinkSync(freshPath('nowhere.pdf'), link)
    for (const out of [file, folder, link])
      expect(await codeOf(vault.call('letters.render', order(id, { out })))).toBe('file.exists')
    const missing = join(freshPath('no-folder'), 'letter.pdf')
    expect(await codeOf(vault.call('letters.render', order(id, { out: missing })))).toBe('file.notFound')
    expect(readFileSync(file, 'utf8')).toBe('mine')
    expect(readdirSync(dirname(file)).filter((entry) => entry.includes('.partial'))).toEqual([])
    expect((await vault.call('letters.list', { complaintId: id })).items).toEqual([])
  })

  test('wants a template that there is, a complaint that there is, and identities open', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    expect(await codeOf(vault.call('letters.render', order(id, { templateId: 'none' })))).toBe(
      'input.invalid',
    )
    expect(await codeOf(vault.call('letters.render', order(crypto.randomUUID())))).toBe('record.notFound')
    vault.session.store.identities?.db.close()
    vault.session.store.identities = undefined
    expect(await codeOf(vault.call('letters.render', order(id)))).toBe('identities.closed')
    const preview = await vault.call('letters.preview', {
      complaintId: id,
      templateId: 'outcome',
      lang: 'en',
    })
    expect(preview.document.salutation).toBe('Dear 欧***,')
  })

  test('as a draft wants a reason, and only the log tells of it', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    expect(await codeOf(vault.call('letters.render', order(id, { send: false })))).toBe('reason.required')
    const input = order(id, { send: false, reason: '先行审阅' })
    expect((await vault.call('letters.render', input)).letterId).toBeNull()
    expect(existsSync(input.out)).toBe(true)
    expect((await vault.call('letters.list', { complaintId: id })).items).toEqual([])
    expect((await vault.call('audit.list', {})).items[0]).toMatchObject({
      action: 'letters.drafted',
      detail: { reason: '先行审阅' },
    })
  })

  test('whose name is taken at the last moment is marked as failed', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const input = order(id)
    const { db } = vault.session.store.records
    // Somebody else's file comes to stand there between the commit and the naming of ours.
    const pretend = db.function.bind(db)
    pretend('take', () => {
      writeFileSync(input.out, 'somebody else')
      return 0
    })
    db.exec(`CREATE TEMP TRIGGER taken AFTER INSERT ON letters BEGIN SELECT take(); END`)
    expect(await codeOf(vault.call('letters.render', input))).toBe('file.exists')
    expect(readFileSync(input.out, 'utf8')).toBe('somebody else')
    const { items } = await vault.call('letters.list', { complaintId: id })
    expect(items).toMatchObject([{ state: 'failed' }])
    expect((await vault.call('audit.list', {})).items[0]).toMatchObject({
      action: 'letters.failed',
      detail: { code: 'file.exists' },
    })
    expect(await verified(vault)).toEqual([])
  })
})

describe('a preview', () => {
  test('is masked for everybody, names what is missing, and is clear by reason only', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const input = {
      complaintId: id,
      templateId: 'information-request',
      lang: 'zh-CN' as const,
      fields: {},
    }
    const shown = await vault.call('letters.preview', input)
    expect(shown.missing).toEqual(['request'])
    expect(shown.document.salutation).toBe('欧***：')
    expect(JSON.stringify(shown)).not.toMatch(new RegExp([name, mobile, '478'].join('|')))
    expect(await codeOf(vault.call('letters.previewClear', { ...input, reason: '' }))).toBe('reason.required')
    const before = (await vault.call('audit.list', {})).items.length
    const clear = await vault.call('letters.previewClear', { ...input, reason: '寄出前核对' })
    expect(clear.document.addressee).toEqual([name, address])
    expect((await vault.call('audit.list', {})).items).toHaveLength(before + 1)
  })

  test('doesn’t tell which of typed names is the customer’s: nobody would see in the log that it was asked', async () => {
    const vault = await aVault()
    const { id: customerId } = await vault.call('customers.add', { customerNo: 'K7', name: 'Zorvex' })
    const { id } = await vault.call('complaints.add', { customerId, narrative: 'x', category: '退款' })
    const { document } = await vault.call('letters.preview', {
      complaintId: id,
      templateId: 'information-request',
      lang: 'zh-CN',
      fields: { request: 'Kliml ; Zorvex ; Smirn' },
    })
    expect(document.paragraphs).toContain('Kliml ; Zorvex ; Smirn')
  })
})

test.each([
  ['2025-03-01', false],
  ['', true],
])(
  'a letter about a case of “%s” promises the next answer only while that is to come: %s',
  async (receivedAt, told) => {
    const vault = await aVault()
    const { id } = await vault.call('complaints.add', { receivedAt, narrative: 'x', category: '退款' })
    const preview = { complaintId: id, templateId: 'acknowledgement', lang: 'en' as const, fields: {} }
    const { document } = await vault.call('letters.preview', preview)
    const promise = document.paragraphs.find((text) => text.startsWith('You can expect our next answer by'))
    expect(promise !== undefined).toBe(told)
    if (promise === undefined) return
    // The letter acknowledges, and no more: what it promises is the first answer.
    const clocks = await vault.call('complaints.clocks', { id })
    const days = clocks.map(({ clock, dueAt }) => [
      clock,
      new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Asia/Shanghai' }).format(
        new Date(dueAt),
      ),
    ])
    const promised = days.find(([, day]) => promise.includes(day ?? ''))?.[0]
    expect(promised).toBe('first-answer')
  },
)
