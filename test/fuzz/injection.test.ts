// Hostile texts in every field, through the gate and the real vault process: each comes back verbatim to who may see it,
// changes nothing else, and is harmless in what leaves.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { complaintDraftSchema } from '../../shared/types/complaint.ts'
import { customerIdentityFields } from '../../shared/types/customer.ts'
import { cli } from '../support/cli.ts'
import { codeIn, type Door, realDoor } from '../support/gate.ts'
import { copiedVault, fileWith, freshPath, passphrase, present } from '../support/vault.ts'
import { workbookOf } from '../unit/exchange/import/workbook.ts'
import { record } from './support/counts.ts'
import { hostileTexts, isFormula, terminalHazard } from './support/hostile.ts'

// Half a character is no text: canonical JSON, in which the log proves every row, has no form for it.
const texts = Object.entries(hostileTexts).filter(([, text]) => text.isWellFormed())
const halves = Object.entries(hostileTexts).filter(([, text]) => !text.isWellFormed())
const fields = ['customerNo', ...customerIdentityFields, 'registeredOn'] as const
const complaintFields = Object.keys(complaintDraftSchema.shape).filter(
  (name) => !['customerId', 'extra', 'customerNo', 'customerName', 'customerMobile'].includes(name),
)

let door: Door
let dir: string
let customers = 0
let complaints = 0

beforeAll(async () => {
  door = realDoor()
  ;({ dir } = await copiedVault())
  await door.call('vault.unlock', { path: dir, passphrase })
})

async function addCustomer(draft: object): Promise<string> {
  const { id } = await door.call('customers.add', draft)
  customers += 1
  return id
}

async function addComplaint(draft: object): Promise<string> {
  const { id } = await door.call('complaints.add', draft)
  complaints += 1
  return id
}

async function expectIntact(): Promise<void> {
  expect((await door.call('customers.list', { limit: 1 })).total).toBe(customers)
  expect((await door.call('complaints.list', { limit: 1 })).total).toBe(complaints)
  expect((await door.call('vault.verify', {})).findings).toEqual([])
  expect((await door.call('audit.verify', {})).findings).toEqual([])
}

describe('typed by a person', () => {
  test('in every field of a customer, and as names of extra columns', async () => {
    for (const [name, text] of texts) {
      const draft = Object.fromEntries(fields.map((field) => [field, text]))
      const column = text.slice(0, 200)
      const extra = column === '__proto__' ? {} : Object.fromEntries([[column, text]])
      const id = await addCustomer({ ...draft, extra })
      const clear = await door.call('customers.reveal', {
        id,
        fields: [...customerIdentityFields],
        reason: text.trim() === '' ? '核对' : text,
      })
      for (const field of customerIdentityFields)
        expect([name, field, clear[field]]).toEqual([name, field, text])
      const [shown] = (await door.call('customers.get', { id })).extraColumns
      if (shown !== undefined) {
        const value = await door.call('customers.reveal', { id, fields: [`extra:${shown}`], reason: '核对' })
        expect([name, Object.values(value)]).toEqual([name, [text]])
      }
    }
    await expectIntact()
    record('hostile texts in every field of a customer', texts.length * (fields.length + 2))
  })

  test('in every field of a complaint, its notes and its changes of status', async () => {
    for (const [name, text] of texts) {
      const id = await addComplaint(Object.fromEntries(complaintFields.map((field) => [field, text])))
      const clear = await door.call('complaints.reveal', { id, fields: ['narrative'], reason: '核对' })
      expect([name, clear['narrative']]).toEqual([name, text])
      await door.call('complaints.addNote', { id, text })
      await door.call('complaints.setStatus', { id, status: 'acknowledged', note: text })
      const { events } = await door.call('complaints.get', { id })
      expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['note', 'status']))
    }
    await expectIntact()
    record('hostile texts in every field of a complaint', texts.length * (complaintFields.length + 2))
  })

  test('in an edit, the company, the custodian and every search', async () => {
    const id = await addCustomer({ name: '王小明', mobile: '13812345678' })
    for (const [name, text] of texts) {
      const { revision } = await door.call('customers.get', { id })
      await door.call('customers.update', { id, revision, patch: { name: text, address: text } })
      const line = text.slice(0, 200)
      const person = { name: line, capacity: line, authority: line, contact: line }
      const company = { name: line.trim() === '' ? '示例' : line, creditCode: line, address: line }
      const session = await door.call('vault.setProfile', { company, custodian: person })
      expect([name, session.custodian]).toEqual([name, person])
      for (const channel of ['customers.list', 'complaints.list'] as const)
        expect([name, codeIn(await door.ask(channel, { query: line }))]).toEqual([name, 'ok'])
      expect([name, codeIn(await door.ask('complaints.list', { category: text }))]).toEqual([name, 'ok'])
      expect([name, codeIn(await door.ask('audit.list', { action: text.slice(0, 100) }))]).toEqual([
        name,
        'ok',
      ])
      for (const channel of ['customers.list', 'complaints.list'] as const)
        expect([name, codeIn(await door.ask(channel, { after: text.slice(0, 100) }))]).toEqual([
          name,
          expect.stringMatching(/^(ok|input\.invalid)$/),
        ])
    }
    await expectIntact()
    record('hostile texts in edits, profile and searches', texts.length * 16)
  })

  test('half a character is refused, and nothing of the record is kept', async () => {
    expect(halves.length).toBeGreaterThan(0)
    for (const [, text] of halves) {
      for (const field of fields)
        expect([field, codeIn(await door.ask('customers.add', { [field]: text }))]).toEqual([
          field,
          'input.invalid',
        ])
      expect(codeIn(await door.ask('complaints.add', { narrative: text }))).toBe('input.invalid')
    }
    await expectIntact()
  })

  test('as the names of fields to reveal: refused, and quietly', async () => {
    const id = await addCustomer({ name: '王小明' })
    for (const [name, text] of texts) {
      for (const field of [text.slice(0, 300), `extra:${text.slice(0, 290)}`]) {
        const result = await door.ask('customers.reveal', { id, fields: [field], reason: '核对' })
        expect([name, codeIn(result)]).toEqual([name, 'input.invalid'])
      }
    }
  })
})

describe('in files', () => {
  const heads = ['客户编号', '姓名', '身份证号', '手机号', '邮箱', '地址', '备注']

  test('in the cells of a CSV file', async () => {
    const rows = texts.map(([, text], index) =>
      Object.fromEntries(
        heads.map((head) => [head, head === '客户编号' ? `H${index}` : text.replaceAll('\0', '')]),
      ),
    )
    const path = fileWith(`\ufeff${Papa.unparse(rows, { newline: '\r\n', quotes: true })}\r\n`)
    const preview = await door.call('imports.preview', { path, rows: 1000 })
    expect(preview.rowCount).toBe(rows.length)
    const result = await door.call('imports.run', { path, kind: 'customers' })
    expect(result).toMatchObject({ rows: rows.length, accepted: rows.length })
    customers += rows.length
    await expectIntact()
    record('hostile cells in a CSV file', rows.length * heads.length)
  })

  test('in the header of a CSV file, and in its name', async () => {
    const columns = [...new Set(texts.map(([, text]) => text.replaceAll('\0', '')))]
    const csv = Papa.unparse(
      { fields: ['姓名', ...columns], data: [['王小明', ...columns]] },
      { quotes: true },
    )
    const path = fileWith(`\ufeff${csv}\r\n`, `$(id) '"\u202e${String.fromCharCode(27)}[31m=1+1.csv`)
    const result = await door.call('imports.run', { path, kind: 'customers' })
    expect(result).toMatchObject({ rows: 1, accepted: 1 })
    customers += 1
    const { items } = await door.call('customers.list', { limit: 1000 })
    const wide = present(items.find(({ extraColumns }) => extraColumns.length > 20))
    const wanted = wide.extraColumns
      .slice(0, 50)
      .map((column) => `extra:${column}`)
      .filter((one) => one.length <= 300)
    const clear = await door.call('customers.reveal', { id: wide.id, fields: wanted, reason: '核对' })
    const values = Object.values(clear)
    expect(values.length).toBe(wanted.length)
    for (const value of values) expect(columns.map((column) => column.trim())).toContain(value.trim())
    await expectIntact()
    record('hostile column names in a CSV file', columns.length)
  })

  test('in the cells of a workbook', async () => {
    const xmlSafe = texts.filter(
      ([, text]) => !/[\0-\x08\x0b-\x1f\ud800-\udfff]/.test(text.replaceAll(/[\u{10000}-\u{10ffff}]/gu, '')),
    )
    const escaped = (text: string): string =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
    const line = (at: number, cells: string[]): string =>
      `<row r="${at}">${cells.map((cell, column) => `<c r="${String.fromCharCode(65 + column)}${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`).join('')}</row>`
    const rows = [
      line(1, ['姓名', '地址', '备注']),
      ...xmlSafe.map(([, text], index) => line(index + 2, [text, text, text])),
    ]
    const path = await workbookOf({ sheets: [{ rows }] })
    const result = await door.call('imports.run', { path, kind: 'customers' })
    expect(result.accepted).toBe(xmlSafe.length)
    customers += xmlSafe.length
    await expectIntact()
    record('hostile cells in a workbook', xmlSafe.length * 3)
  })
})

describe('afterwards', () => {
  test('no cell of an export is a formula to a spreadsheet, header and rejects included', async () => {
    let cells = 0
    for (const kind of ['customers', 'complaints'] as const) {
      for (const clear of [false, true]) {
        const out = freshPath('bag')
        await door.call('exports.run', { kind, format: 'csv', out, clear, reason: clear ? '移交' : '' })
        expect(await door.call('bags.verify', { path: out })).toMatchObject({ valid: true, errors: [] })
        for (const file of globSync('data/*.csv', { cwd: out })) {
          const csv = readFileSync(join(out, file), 'utf8').replace(/^\ufeff/, '')
          const { data, errors } = Papa.parse(csv)
          expect(errors.filter(({ type }) => type !== 'Delimiter')).toEqual([])
          for (const row of z.array(z.array(z.string())).parse(data))
            for (const cell of row) {
              expect([kind, clear, isFormula(cell) ? cell : 'safe']).toEqual([kind, clear, 'safe'])
              cells += 1
            }
        }
      }
    }
    record('cells of exports, none of them a formula', cells)
  })

  test('the log holds nothing that a terminal obeys', async () => {
    const { items } = await door.call('audit.list', { limit: 1000 })
    const line = z.union([z.string(), z.array(z.string())])
    for (const { action, user, subject, detail } of items)
      for (const value of [user, subject, ...Object.keys(detail), ...Object.values(detail)]) {
        const parsed = line.safeParse(value)
        if (!parsed.success) continue
        for (const text of [parsed.data].flat())
          expect([
            action,
            terminalHazard.test(text.replaceAll('\n', '')) ? JSON.stringify(text) : 'safe',
          ]).toEqual([action, 'safe'])
      }
    record('log entries after hostile input', items.length)
  })

  test('what the command line prints for people holds nothing that a terminal obeys', async () => {
    const { items } = await door.call('complaints.list', { limit: 1000 })
    await door.app.lock('user')
    let characters = 0
    for (const args of [
      ['vault', 'open', dir],
      ['customers', 'list', dir, '--limit', '300'],
      ['complaints', 'list', dir, '--limit', '300'],
      ...items.slice(0, 2).map(({ id }) => ['complaints', 'show', dir, '--id', id]),
      ['import', 'list', dir],
      ['audit', 'list', dir, '--limit', '1000'],
    ]) {
      const { code, stdout, stderr } = await cli(args, { passphrase, plain: true })
      expect([args.slice(0, 2), code, stderr]).toEqual([args.slice(0, 2), 0, ''])
      const hazard = terminalHazard.exec(stdout.replaceAll('\n', ''))
      expect([args.slice(0, 2), hazard === null ? 'safe' : JSON.stringify(hazard[0])]).toEqual([
        args.slice(0, 2),
        'safe',
      ])
      characters += stdout.length
    }
    record('characters that the command line printed', characters)
  }, 300_000)
})
