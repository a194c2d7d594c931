// Letters on the command line: the spelling, shapes, refusals by name.
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { cli } from '../support/cli.ts'
import { pdfText } from '../support/pdf-text.ts'
import { aVault, fileWith, freshPath, lock, passphrase } from '../support/vault.ts'

const name = '欧阳懿一'
let made = ''
let complaint = ''
let letter = ''
let sha256 = ''
beforeAll(async () => {
  const vault = await aVault()
  const { id: customerId } = await vault.call('customers.add', { name, mobile: '13892483177' })
  complaint = (await vault.call('complaints.add', { customerId, category: '退款' })).id
  const order = { complaintId: complaint, templateId: 'acknowledgement', lang: 'zh-CN' as const }
  const sent = await vault.call('letters.render', { ...order, out: freshPath('first.pdf') })
  letter = sent.letterId ?? ''
  sha256 = sent.sha256
  lock(vault.session)
  made = vault.dir
})

/** A vault of its own with one complaint and one letter. */
function aCopy(): string {
  const dir = freshPath('copy.vault')
  cpSync(made, dir, { recursive: true })
  return dir
}

const run = (...args: string[]) => cli(['letters', ...args], { passphrase })
const render = (out: string, ...more: string[]) =>
  run('render', aCopy(), '--complaint', complaint, '--lang', 'zh-CN', '--out', out, ...more)

test('render puts a PDF where it was asked to, as one document on stdout', async () => {
  const out = freshPath('F.pdf')
  const done = await render(out, '--template', 'acknowledgement')
  expect([done.code, done.stderr]).toEqual([0, ''])
  const shape = z.looseObject({ letterId: z.uuid(), sha256: z.string().length(64) })
  expect(shape.parse(done.json())).toMatchObject({ pages: 1, boxes: [] })
  expect(done.stdout).not.toContain(name)
  expect(pdfText(readFileSync(out))).toContain(`${name}：`)
})

test('list shows redacted letters', async () => {
  const listed = await run('list', aCopy(), '--complaint', complaint)
  expect(listed.json()).toMatchObject([{ id: letter, template: 'acknowledgement', state: 'sent' }])
  expect(listed.stdout).not.toContain(name)
})

test('copy makes the same file again', async () => {
  const out = freshPath('c.pdf')
  const copied = await run('copy', aCopy(), '--letter', letter, '--out', out, '--reason', '补寄')
  expect(copied.json()).toMatchObject({ sha256, same: true })
  expect(pdfText(readFileSync(out))).toContain(`${name}：`)
})

test('show answers the text as it went out', async () => {
  const shown = await run('show', aCopy(), '--letter', letter, '--reason', '核对')
  expect(shown.json()).toMatchObject({ sha256 })
  expect(z.object({ text: z.string() }).parse(shown.json()).text).toContain(`${name}：`)
})

test('a line of history is told as it was typed, for a reason', async () => {
  const dir = aCopy()
  const on = (...args: string[]) => cli(['complaints', ...args, dir, '--id', complaint], { passphrase })
  expect((await on('note')).code).toBe(2)
  const noted = await cli(['complaints', 'note', dir, '--id', complaint, '--text', `${name}改约周五`], {
    passphrase,
  })
  expect([noted.code, noted.stdout.includes(name)]).toEqual([0, false])
  const lines = z
    .array(z.looseObject({ seq: z.number(), kind: z.string(), original: z.boolean() }))
    .parse((await on('timeline')).json())
  const line = lines.find(({ kind }) => kind === 'note')
  expect(line?.original).toBe(true)
  const reveal = (...args: string[]) =>
    cli(['complaints', 'reveal-line', dir, '--id', complaint, '--line', String(line?.seq), ...args], {
      passphrase,
    })
  expect((await reveal('--reason', '核对')).json()).toEqual({ text: `${name}改约周五` })
  expect((await reveal()).error().code).toBe('reason.required')
})

test('a letter that isn’t whole is refused by the name of its field, and wrong usage before anything', async () => {
  const out = freshPath('F.pdf')
  const refusal = await render(out, '--template', 'refusal')
  expect([refusal.code, refusal.stdout]).toEqual([1, ''])
  expect(refusal.error()).toMatchObject({
    code: 'letter.incomplete',
    fields: [{ field: 'reasons', rule: 'required' }],
  })
  expect((await render(out)).code).toBe(2)
  expect(existsSync(out)).toBe(false)
})

test('fields from a file fill what the case doesn’t have', async () => {
  const out = freshPath('F.pdf')
  const fields = fileWith(JSON.stringify({ reasons: '超出受理范围' }), 'fields.json')
  expect((await render(out, '--template', 'refusal', '--fields', fields)).code).toBe(0)
  expect(pdfText(readFileSync(out))).toContain('超出受理范围')
})

const template = { id: 'own', lang: 'en', title: 'Hello', paragraphs: [{ text: 'To {{customerName}}' }] }

test('a template is taken in and listed', async () => {
  const dir = aCopy()
  const file = fileWith(JSON.stringify(template), 'template.json')
  expect((await run('import-template', dir, '--file', file)).code).toBe(0)
  const all = z.array(z.object({ id: z.string() })).parse((await run('templates', dir)).json())
  expect(all.map(({ id }) => id)).toContain('own')
})

test('a template that isn’t text is refused by part and rule, before the vault is opened', async () => {
  const bad = fileWith(JSON.stringify({ ...template, paragraphs: [{ text: '{{salary}}' }] }), 'bad.json')
  expect((await run('import-template', freshPath('none.vault'), '--file', bad)).error()).toMatchObject({
    code: 'template.invalid',
    fields: [{ field: 'paragraphs.1', rule: 'unknownField', value: 'salary' }],
  })
})

test('a batch fills a new folder and says how many', async () => {
  const to = freshPath('letters')
  const order = ['--template', 'acknowledgement', '--lang', 'en', '--to', to, '--status', 'received']
  const done = await run('batch', aCopy(), ...order)
  expect(done.json()).toMatchObject({ sent: 1, total: 1, stopped: '', refused: [] })
  expect(readdirSync(to)).toHaveLength(1)
})
