// Letters on the command line: the spelling, shapes, refusals by name.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { cli } from '../support/cli.ts'
import { pdfText } from '../support/pdf-text.ts'
import { aVault, fileWith, freshPath, lock, passphrase } from '../support/vault.ts'

const name = '欧阳懿一'
let dir = ''
let complaint = ''
beforeAll(async () => {
  const vault = await aVault()
  const { id: customerId } = await vault.call('customers.add', { name, mobile: '13892483177' })
  complaint = (await vault.call('complaints.add', { customerId, category: '退款' })).id
  lock(vault.session)
  dir = vault.dir
})

const run = (...args: string[]) => cli(args, { passphrase })
const render = (out: string, ...more: string[]) =>
  run('letters', 'render', dir, '--complaint', complaint, '--lang', 'zh-CN', '--out', out, ...more)

test('render, list, show and copy are one document each, and the PDF is where it was asked for', async () => {
  const out = freshPath('F.pdf')
  const done = await render(out, '--template', 'acknowledgement')
  expect([done.code, done.stderr]).toEqual([0, ''])
  const { letterId, sha256 } = z
    .object({ letterId: z.uuid(), sha256: z.string().length(64) })
    .parse(done.json())
  expect(pdfText(readFileSync(out))).toContain(`${name}：`)
  const listed = await run('letters', 'list', dir, '--complaint', complaint)
  expect(listed.json()).toMatchObject([{ id: letterId, template: 'acknowledgement', state: 'sent' }])
  expect(listed.stdout).not.toContain(name)
  const shown = await run('letters', 'show', dir, '--letter', letterId, '--reason', '核对')
  expect(shown.json()).toMatchObject({ sha256 })
  const copy = freshPath('copy.pdf')
  const copied = await run('letters', 'copy', dir, '--letter', letterId, '--out', copy, '--reason', '补寄')
  expect(copied.json()).toMatchObject({ sha256, same: true })
})

test('a letter that isn’t whole, a template that isn’t there, and wrong usage are refused by name', async () => {
  const out = freshPath('F.pdf')
  const refusal = await render(out, '--template', 'refusal')
  expect([refusal.code, refusal.stdout]).toEqual([1, ''])
  expect(refusal.error()).toMatchObject({
    code: 'letter.incomplete',
    fields: [{ field: 'reasons', rule: 'required' }],
  })
  expect((await render(out, '--template', 'none')).error().code).toBe('input.invalid')
  expect((await render(out)).code).toBe(2)
  expect(existsSync(out)).toBe(false)
  const fields = fileWith(JSON.stringify({ reasons: '超出受理范围' }), 'fields.json')
  expect((await render(out, '--template', 'refusal', '--fields', fields)).code).toBe(0)
})

test('a template is taken in, listed and taken away; one that isn’t text is refused by part and rule', async () => {
  const template = { id: 'own', lang: 'en', title: 'Hello', paragraphs: [{ text: 'To {{customerName}}' }] }
  const file = fileWith(JSON.stringify(template), 'template.json')
  expect((await run('letters', 'import-template', dir, '--file', file)).code).toBe(0)
  const all = z.array(z.object({ id: z.string() })).parse((await run('letters', 'templates', dir)).json())
  expect(all.map(({ id }) => id)).toContain('own')
  const bad = fileWith(JSON.stringify({ ...template, paragraphs: [{ text: '{{salary}}' }] }), 'bad.json')
  expect((await run('letters', 'import-template', dir, '--file', bad)).error()).toMatchObject({
    code: 'template.invalid',
    fields: [{ field: 'paragraphs.1', rule: 'unknownField', value: 'salary' }],
  })
  const away = await run('letters', 'remove-template', dir, '--template', 'own', '--lang', 'en')
  expect(away.json()).toEqual({ ok: true })
})

test('a batch fills a new folder and says how many', async () => {
  const to = freshPath('letters')
  const batch = ['letters', 'batch', dir, '--template', 'acknowledgement', '--lang', 'en', '--to', to]
  expect((await run(...batch, '--status', 'received')).json()).toMatchObject({
    sent: 1,
    total: 1,
    stopped: '',
  })
  expect(readdirSync(to)).toHaveLength(1)
  expect((await run(...batch)).error().code).toBe('file.exists')
})
