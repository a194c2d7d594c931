// Templates of one's own, letters to many at once, and what a crash leaves.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Request } from '../../shared/contract/index.ts'
import { aCase, address, cellsOf, flat, name, order, verified } from '../support/letters.ts'
import { pdfText } from '../support/pdf-text.ts'
import type { TestVault } from '../support/vault.ts'
import { aVault, callVault, codeOf, freshPath, lock, openAt, testJob } from '../support/vault.ts'

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
    expect(letters.toSorted((a, b) => a - b)).toEqual([0, 0, 1, 1])
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
    const toOne = batch({ fields: { customerName: '李四' } })
    expect(await codeOf(vault.call('letters.batch', toOne))).toBe('input.invalid')
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
