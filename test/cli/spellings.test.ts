// Every spelling that the issue names, as a stranger's script calls it: shape, exit code, one document, no secret.
import { cpSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cli, type CliRun } from '../support/cli.ts'
import { complaintRow, csvOf, customerRow, customerRows, residentId } from '../support/rows.ts'
import { aVault, fileWith, freshPath, lock, makeVault, passphrase, present } from '../support/vault.ts'

const reason = '核对'
let template = ''
beforeAll(async () => {
  const vault = await aVault(await makeVault())
  await vault.call('imports.run', { path: fileWith(csvOf(customerRows(12))), kind: 'customers' })
  await vault.call('imports.run', {
    path: fileWith(csvOf([1, 2, 3].map((index) => complaintRow(index)))),
    kind: 'complaints',
  })
  lock(vault.session)
  template = vault.dir
})

/** A copy of the vault of this file: twelve customers, three complaints. */
function aCopy(): string {
  const dir = freshPath('copy.vault')
  cpSync(template, dir, { recursive: true })
  return dir
}

const run = (args: readonly string[]): Promise<CliRun> => cli(args, { passphrase })

/** The one document of a verb that succeeds. */
async function ok<T>(schema: z.ZodType<T>, args: readonly string[], passphraseNow = passphrase): Promise<T> {
  const result = await cli(args, { passphrase: passphraseNow })
  expect([result.code, result.stderr]).toEqual([0, ''])
  return schema.parse(result.json())
}

/** The code of a verb that refuses: nothing on stdout, exit 1. */
async function refused(result: Promise<CliRun>): Promise<string> {
  const { code, stdout, error } = await result
  expect([code, stdout]).toEqual([1, ''])
  return error().code
}

const opened = z.strictObject({
  user: z.string(),
  role: z.literal('owner'),
  compartments: z.tuple([z.literal('records'), z.literal('identities')]),
  warnings: z.array(z.string()),
  counts: z.strictObject({
    customers: z.number(),
    complaints: z.number(),
    attachments: z.number(),
    auditEntries: z.number(),
  }),
})

describe('import', () => {
  const result = z.object({
    batchId: z.uuid(),
    sha256: z.string().length(64),
    rows: z.number(),
    accepted: z.number(),
    warned: z.number(),
    rejected: z.number(),
    duplicates: z.number(),
    skipped: z.number(),
  })

  test('preview shows the file’s cells, exactly, without any vault', async () => {
    const rows = [
      ['=1+1', ' 空格 ', '13800001234'],
      ["'x", '"引号"', '第一行\n第二行'],
    ]
    const file = fileWith(
      `甲,姓名,手机号\r\n${rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')}\r\n`,
    )
    const preview = await ok(
      z.object({
        encoding: z.string(),
        delimiter: z.string(),
        columns: z.array(z.string()),
        mapping: z.record(z.string(), z.string().nullable()),
        rowCount: z.number(),
        rows: z.array(z.array(z.string())),
      }),
      ['import', 'preview', '--file', file, '--rows', '5'],
      '',
    )
    expect(preview).toMatchObject({
      encoding: 'utf-8',
      delimiter: ',',
      columns: ['甲', '姓名', '手机号'],
      rowCount: 2,
      rows,
    })
    expect(preview.mapping).toEqual({ 甲: null, 姓名: 'name', 手机号: 'mobile' })
    expect(await refused(cli(['import', 'preview', '--file', freshPath('none.csv')]))).toBe(
      'import.fileNotFound',
    )
  })

  test('run with mapping, dry run, duplicates, rejects; undo', async () => {
    const dir = aCopy()
    const mapping = fileWith(JSON.stringify({ 姓名: 'name', 备注: 'drop' }), 'mapping.json')
    const file = fileWith(`姓名,备注\n赵一,a\n钱二,b,多\n`)
    const rejects = freshPath('rejects.csv')
    const args = ['import', 'run', dir, '--kind', 'customers', '--file', file, '--mapping', mapping]
    const dry = await ok(result, [...args, '--dry-run'])
    expect(dry).toMatchObject({ rows: 2, accepted: 1, rejected: 1, skipped: 0 })
    const real = await ok(result, [...args, '--rejects', rejects])
    expect(readFileSync(rejects, 'utf8')).toContain('too-many-cells')
    expect(
      await ok(z.strictObject({ removed: z.number() }), ['import', 'undo', dir, '--batch', real.batchId]),
    ).toEqual({ removed: 1 })
    const duplicates = fileWith(csvOf(customerRows(2)))
    const skipped = await ok(result, [
      'import',
      'run',
      dir,
      '--kind',
      'customers',
      '--file',
      duplicates,
      '--duplicates',
      'skip',
    ])
    expect(skipped).toMatchObject({ rows: 2, accepted: 0, duplicates: 2, skipped: 2 })
    expect(await refused(run(['import', 'run', dir, '--kind', 'customers', '--file', fileWith('')]))).toBe(
      'import.empty',
    )
    expect((await ok(opened, ['vault', 'open', dir])).counts.customers).toBe(12)
  })
})

describe('customers and complaints', () => {
  const masked = z.looseObject({
    id: z.uuid(),
    customerNo: z.string(),
    name: z.string(),
    mobile: z.string(),
    residentId: z.string(),
    email: z.string(),
    address: z.string(),
    bankCard: z.string(),
  })
  const page = z.looseObject({ items: z.array(masked), next: z.string().nullable() })
  const complaintItem = z.looseObject({
    id: z.uuid(),
    complaintNo: z.string(),
    customerId: z.uuid().nullable(),
    receivedAt: z.string(),
    category: z.string(),
    status: z.string(),
    narrative: z.string(),
  })
  const complaintPage = z.looseObject({ items: z.array(complaintItem), next: z.string().nullable() })

  test('list masked by pages, add, reveal with a reason', async () => {
    const dir = aCopy()
    const first = await ok(page, ['customers', 'list', dir, '--limit', '7'])
    const second = await ok(page, ['customers', 'list', dir, '--limit', '7', '--after', present(first.next)])
    expect([...first.items, ...second.items].map(({ customerNo }) => customerNo)).toEqual(
      customerRows(12).map((row) => row.客户编号),
    )
    expect(second.next).toBeNull()
    const one = customerRow(1)
    for (const value of [one.姓名, one.手机号, one.身份证号, one.邮箱, one.地址])
      expect(JSON.stringify(first)).not.toContain(value)
    const { id } = present(first.items[0])
    const revealed = await ok(z.record(z.string(), z.string()), [
      'customers',
      'reveal',
      dir,
      '--id',
      id,
      '--fields',
      'mobile,residentId',
      '--reason',
      reason,
    ])
    expect(revealed).toEqual({ mobile: one.手机号, residentId: one.身份证号 })
    expect(
      await refused(run(['customers', 'reveal', dir, '--id', id, '--fields', 'mobile', '--reason', ' '])),
    ).toBe('reason.required')
    expect(
      (await ok(page, ['customers', 'list', dir, '--query', one.手机号])).items.map((item) => item.id),
    ).toEqual([id])
    const draft = fileWith(
      JSON.stringify({ name: '王新', mobile: '13911112222', residentId: residentId(77) }),
      'c.json',
    )
    const added = await ok(z.strictObject({ id: z.uuid() }), ['customers', 'add', dir, '--file', draft])
    expect((await ok(page, ['customers', 'list', dir])).items.at(-1)).toMatchObject({
      id: added.id,
      mobile: '139****2222',
    })
    expect(
      await refused(run(['customers', 'add', dir, '--file', fileWith('{"nick": "x"}', 'bad.json')])),
    ).toBe('input.invalid')
    expect(await refused(run(['customers', 'add', dir, '--file', fileWith('{', 'bad.json')]))).toBe(
      'input.invalid',
    )
  })

  test('complaints: add, show, set along the path, list by status and words', async () => {
    const dir = aCopy()
    const draft = fileWith(
      JSON.stringify({ customerNo: 'KH000001', category: '退款', narrative: `电话${customerRow(1).手机号}` }),
      'p.json',
    )
    const added = await ok(z.strictObject({ id: z.uuid(), complaintNo: z.string().min(1) }), [
      'complaints',
      'add',
      dir,
      '--file',
      draft,
    ])
    const shown = await ok(complaintItem, ['complaints', 'show', dir, '--id', added.id])
    expect(shown.narrative).not.toContain(customerRow(1).手机号)
    expect(shown.customerId).not.toBeNull()
    await ok(complaintItem, [
      'complaints',
      'set',
      dir,
      '--id',
      added.id,
      '--status',
      'investigating',
      '--note',
      '已联系',
    ])
    const close = ['complaints', 'set', dir, '--id', added.id, '--status', 'closed']
    expect(await refused(run(close))).toBe('case.outcomeMissing')
    const closed = await ok(complaintItem, [
      ...close,
      '--outcome',
      '已退款',
      '--relief',
      'refund',
      '--amount',
      '320.50',
      '--currency',
      'CNY',
      '--severity',
      'low',
      '--assignee',
      '林晓',
    ])
    expect(closed.status).toBe('closed')
    expect(await refused(run(['complaints', 'set', dir, '--id', added.id, '--status', 'resolved']))).toBe(
      'case.transition',
    )
    const list = await ok(complaintPage, ['complaints', 'list', dir, '--status', 'closed'])
    expect(list.items.map(({ id }) => id)).toEqual([added.id])
    expect(
      (await ok(complaintPage, ['complaints', 'list', dir, '--query', 'TS000002', '--limit', '1'])).items,
    ).toHaveLength(1)
  })
})

describe('audit and pii', () => {
  test('list, checkpoint, verify against it however it was saved; a foreign one is a finding', async () => {
    const dir = aCopy()
    const entry = z.strictObject({
      index: z.number(),
      at: z.iso.datetime(),
      user: z.string(),
      action: z.string(),
      subject: z.string(),
      detail: z.record(z.string(), z.unknown()),
    })
    expect(await ok(z.array(entry), ['audit', 'list', dir, '--limit', '3'])).toHaveLength(3)
    const { note } = await ok(z.strictObject({ note: z.string() }), ['audit', 'checkpoint', dir])
    const report = z.strictObject({ ok: z.literal(true), entries: z.number(), findings: z.tuple([]) })
    for (const text of [note, note.trimEnd(), `${note}\n`, note.replaceAll('\n', '\r\n')]) {
      await ok(report, ['audit', 'verify', dir, '--checkpoint', fileWith(text, 'note.txt')])
    }
    const other = await run([
      'audit',
      'verify',
      dir,
      '--checkpoint',
      fileWith(note.replace(/\n\d+\n/, '\n2\n'), 'note.txt'),
    ])
    expect(other.code).toBe(1)
    const bad = z.strictObject({
      ok: z.literal(false),
      entries: z.number(),
      findings: z.array(z.looseObject({ code: z.string() })).min(1),
    })
    expect(bad.parse(other.json()).findings.map(({ code }) => code)).toContain('audit.checkpointUnsigned')
    expect(await refused(run(['audit', 'verify', dir, '--checkpoint', freshPath('none')]))).toBe(
      'file.notFound',
    )
  })

  test('pii scan counts in code points, in order, without overlaps', async () => {
    const text = `😀联系人：范懿一，手机13892483177，𠮷邮箱 a.b@example.com，证件 ${residentId(3)}。`
    const found = await ok(
      z.array(z.strictObject({ type: z.string(), start: z.number(), end: z.number(), value: z.string() })),
      ['pii', 'scan', '--file', fileWith(text, 'text.txt')],
      '',
    )
    const points = [...text]
    for (const { start, end, value } of found) expect(points.slice(start, end).join('')).toBe(value)
    for (const [index, { start }] of found.entries())
      expect(start).toBeGreaterThanOrEqual(found[index - 1]?.end ?? 0)
    expect(found.map(({ type }) => type)).toEqual(expect.arrayContaining(['mobile', 'email', 'resident-id']))
  })
})
