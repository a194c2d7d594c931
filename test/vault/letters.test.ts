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
import type { Request } from '../../shared/contract/index.ts'
import { pdfText } from '../support/pdf-text.ts'
import type { TestVault } from '../support/vault.ts'
import {
  aVault,
  callVault,
  codeOf,
  dump,
  fileWith,
  freshPath,
  lock,
  openAt,
  present,
  rawDb,
  refusal,
  testJob,
} from '../support/vault.ts'

const name = '欧阳懿一'
const mobile = '13892483177'
const address = '浙江省杭州市西湖区文三路 478 号 2 幢 301 室'
const flat = (text: string): string => text.replaceAll(/\s/gu, '')

async function aCase(vault: TestVault, customer = { name, mobile, address }): Promise<string> {
  const { id: customerId } = await vault.call('customers.add', customer)
  const complaint = { customerId, narrative: '没有退款', category: '退款', receivedAt: '2026-03-01' }
  const { id } = await vault.call('complaints.add', complaint)
  const relief = { kind: 'refund', amount: '320.50', currency: 'CNY' } as const
  const patch = { outcome: `${name}的余额已退回`, outcomeKind: 'upheld', relief } as const
  await vault.call('complaints.work', { id, patch })
  return id
}

function order(id: string, more: Partial<Request<'letters.render'>> = {}): Request<'letters.render'> {
  const out = freshPath('letter.pdf')
  return { complaintId: id, templateId: 'outcome', lang: 'zh-CN', out, ...more }
}

/** Every cell of a compartment, in clear. */
function cellsOf({ dir, session }: TestVault, compartment: 'records' | 'identities'): string {
  const db = rawDb(join(dir, `${compartment}.db`), present(session.keys[compartment]))
  try {
    return dump(db).join('\n')
  } finally {
    db.close()
  }
}

const verified = async (vault: TestVault) => (await vault.call('vault.verify', {})).findings

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
      fields: { answerBy: `请${name}于年底前` },
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
})

describe('templates of one’s own', () => {
  const own = {
    id: 'outcome',
    lang: 'zh-CN' as const,
    title: '答复 {{complaintNo}}',
    paragraphs: [{ text: '结果：{{outcome}}' }],
  }

  test('stand in for ours, are vouched for, and ours come back', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    expect(await vault.call('templates.put', own)).toMatchObject({
      builtIn: false,
      needs: ['customerName', 'complaintNo', 'outcome'],
    })
    const input = order(id)
    await vault.call('letters.render', input)
    expect(flat(pdfText(readFileSync(input.out)))).toContain(`结果：${name}的余额已退回`)
    await vault.call('templates.put', { ...own, id: 'own', paragraphs: [{ text: '特此函告。' }] })
    const { items } = await vault.call('letters.templates', {})
    expect(items).toHaveLength(15)
    await vault.call('templates.remove', { id: 'outcome', lang: 'zh-CN' })
    expect(await codeOf(vault.call('templates.remove', { id: 'outcome', lang: 'zh-CN' }))).toBe(
      'record.notFound',
    )
    await vault.call('templates.put', own)
    await vault.reopen()
    const again = (await vault.call('letters.templates', {})).items
    expect(again.filter(({ builtIn }) => !builtIn).map((one) => one.id)).toEqual(['outcome', 'own'])
    expect(await verified(vault)).toEqual([])
  })

  test('with anything but text and known places in them are refused and not kept', async () => {
    const vault = await aVault()
    const bad = { ...own, paragraphs: [{ text: '<img src=x onerror=alert(1)>' }] }
    for (const channel of ['templates.put', 'templates.preview'] as const)
      expect(await codeOf(vault.call(channel, bad))).toBe('template.invalid')
    expect((await vault.call('letters.templates', {})).items.every(({ builtIn }) => builtIn)).toBe(true)
  })
})

describe('a batch', () => {
  async function someCases(vault: TestVault, count: number): Promise<string[]> {
    const ids: string[] = []
    for (let index = 0; index < count; index += 1) {
      const customer = { name: `${name.slice(0, 2)}第${index}`, mobile: `138924831${10 + index}`, address }
      const { id: customerId } = await vault.call('customers.add', customer)
      ids.push((await vault.call('complaints.add', { customerId, category: '退款' })).id)
    }
    return ids
  }
  const batch = (more: Partial<Request<'letters.batch'>>): Request<'letters.batch'> => ({
    templateId: 'acknowledgement',
    lang: 'zh-CN',
    folder: freshPath('letters'),
    ...more,
  })

  test('writes one letter each under the complaint’s number, and names those that it can’t', async () => {
    const vault = await aVault()
    const ids = await someCases(vault, 3)
    const nameless = await vault.call('complaints.add', { category: '退款' })
    const input = batch({ status: 'received' })
    const report = await vault.call('letters.batch', input)
    expect(report).toEqual({
      sent: 3,
      total: 4,
      stopped: '',
      refused: [
        {
          complaintNo: nameless.complaintNo,
          id: nameless.id,
          code: 'letter.incomplete',
          field: 'customerName',
        },
      ],
    })
    const numbers = await Promise.all(
      ids.map(async (id) => (await vault.call('complaints.get', { id })).complaint.complaintNo),
    )
    expect(readdirSync(input.folder).toSorted()).toEqual(numbers.map((no) => `${no}.pdf`).toSorted())
    for (const id of ids) {
      const { items } = await vault.call('letters.list', { complaintId: id })
      expect(items).toMatchObject([{ template: 'acknowledgement', state: 'sent' }])
    }
    expect(await verified(vault)).toEqual([])
  })

  test('that is cancelled leaves whole letters only, and says how many', async () => {
    const vault = await aVault()
    const ids = await someCases(vault, 4)
    const controller = new AbortController()
    const job = {
      ...testJob(controller.signal),
      report: (_phase: string, done: number) => {
        if (done === 2) controller.abort()
      },
    }
    const input = batch({ ids })
    const report = await vault.call('letters.batch', input, job)
    expect(report).toMatchObject({ sent: 2, total: 4, stopped: 'job.cancelled', refused: [] })
    const files = readdirSync(input.folder)
    expect(files).toHaveLength(2)
    for (const file of files) expect(pdfText(readFileSync(join(input.folder, file)))).toContain('特此函告。')
    const letters = await Promise.all(
      ids.map(async (id) => (await vault.call('letters.list', { complaintId: id })).items.length),
    )
    expect(letters.toSorted()).toEqual([0, 0, 1, 1])
    expect(await verified(vault)).toEqual([])
  })

  test('wants a folder of its own and something to write to', async () => {
    const vault = await aVault()
    await someCases(vault, 1)
    const folder = freshPath('full')
    mkdirSync(folder)
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    expect(await codeOf(vault.call('letters.batch', batch({ folder })))).toBe('file.exists')
    expect(await codeOf(vault.call('letters.batch', batch({ status: 'closed' })))).toBe('input.invalid')
    const empty = freshPath('empty')
    mkdirSync(empty)
    expect(await vault.call('letters.batch', batch({ folder: empty }))).toMatchObject({ sent: 1 })
  })
})

describe('after a crash', () => {
  test('between the two commits of a letter nothing of it is left', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const before = cellsOf(vault, 'identities')
    const { db } = vault.session.store.records
    db.exec(`CREATE TEMP TRIGGER crash BEFORE INSERT ON letters BEGIN SELECT RAISE(ABORT, 'crash'); END`)
    const input = order(id)
    await expect(vault.call('letters.render', input)).rejects.toThrow()
    expect(existsSync(input.out)).toBe(false)
    expect(readdirSync(dirname(input.out)).filter((entry) => entry.includes('.partial'))).toEqual([])
    lock(vault.session)
    const session = await openAt(vault.dir)
    expect((await callVault(session, 'letters.list', { complaintId: id })).items).toEqual([])
    const after = cellsOf({ ...vault, session }, 'identities')
    expect(after.split('\n').length).toBe(before.split('\n').length)
    expect((await callVault(session, 'vault.verify', {})).findings).toEqual([])
    lock(session)
  })
})
