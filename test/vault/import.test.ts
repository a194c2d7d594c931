// Bringing files in: three outcomes, duplicates, mapping, nothing lost on the way through, and back out again.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { complaintRow, csvOf, customerRow, customerRows, residentId } from '../support/rows.ts'
import {
  aVault,
  codeOf,
  dump,
  fileWith,
  freshPath,
  present,
  rawDb,
  refusal,
  type TestVault,
} from '../support/vault.ts'

const reason = '核对'
const importRows = (
  vault: TestVault,
  rows: readonly object[],
  kind: 'customers' | 'complaints' = 'customers',
) => vault.call('imports.run', { path: fileWith(csvOf(rows)), kind })

async function allFindings(vault: TestVault, batchId: string) {
  return (await vault.call('imports.findings', { batchId, limit: 1000 })).items
}

describe('three outcomes', () => {
  const text = [
    '客户编号,姓名,身份证号,手机号',
    `K1,赵一一,${residentId(1)},13800000001`,
    `K2,赵二二,1.1E+17,13800000002`,
    `K3,赵三三,${residentId(3).slice(0, 17)}${residentId(3).endsWith('0') ? '1' : '0'},13800000003`,
    `K4,赵四四,${residentId(4)},1380000`,
    `K5,,${residentId(5)},13800000005`,
    'K6,太少',
    `K7,太多,${residentId(7)},13800000007,还有,还有`,
    `K1b,赵一一,${residentId(1)},13800000001`,
    '"K8,没有闭合的引号,,',
    `K9,赵九九,${residentId(9)},13800000009`,
    '',
  ].join('\n')

  test('rows = accepted + rejected + skipped; warned rows are accepted and kept verbatim', async () => {
    const vault = await aVault()
    const path = fileWith(text)
    const result = await vault.call('imports.run', { path, kind: 'customers' })
    expect(result).toMatchObject({ rows: 10, accepted: 7, warned: 4, rejected: 3, duplicates: 1, skipped: 0 })
    expect(result.rows).toBe(result.accepted + result.rejected + result.skipped)
    const items = (await vault.call('customers.list', {})).items
    expect(items).toHaveLength(7)
    const bad = present(items.find(({ customerNo }) => customerNo === 'K2'))
    expect(bad.residentId).toBe('***')
    expect(bad.source).toMatchObject({ batchId: result.batchId, row: 2 })
    expect(await vault.call('customers.reveal', { id: bad.id, fields: ['residentId'], reason })).toEqual({
      residentId: '1.1E+17',
    })
    const findings = await allFindings(vault, result.batchId)
    const lines = findings
      .filter(({ outcome }) => outcome === 'rejected')
      .map(({ line, rule }) => [line, rule])
    expect(lines).toEqual([
      [7, 'too-few-cells'],
      [8, 'too-many-cells'],
      [10, 'unclosed-quote'],
    ])
    expect(findings.filter(({ outcome }) => outcome === 'warned').map(({ row }) => row)).toEqual([2, 3, 4, 5])
    expect(findings.filter(({ outcome }) => outcome === 'duplicate')).toMatchObject([
      { row: 8, field: 'residentId' },
    ])
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('duplicates: by resident ID or by name and mobile, in the file and in the vault; kept or skipped', async () => {
    const vault = await aVault()
    await importRows(vault, customerRows(3))
    const first = customerRow(1)
    const rows = [
      { ...customerRow(50), 身份证号: first.身份证号 },
      { ...customerRow(51), 姓名: first.姓名, 手机号: `+86 ${first.手机号}` },
      { ...customerRow(52), 姓名: first.姓名 },
      customerRow(53),
      { ...customerRow(54), 身份证号: customerRow(53).身份证号.toLowerCase() },
    ]
    const path = fileWith(csvOf(rows))
    const kept = await vault.call('imports.run', { path, kind: 'customers', dryRun: true })
    expect(kept).toMatchObject({ rows: 5, accepted: 5, duplicates: 3, skipped: 0 })
    const skipped = await vault.call('imports.run', { path, kind: 'customers', duplicates: 'skip' })
    expect(skipped).toMatchObject({ rows: 5, accepted: 2, duplicates: 3, skipped: 3, rejected: 0 })
    const again = await vault.call('imports.run', { path, kind: 'customers' })
    expect(again).toMatchObject({ accepted: 5, duplicates: 5 })
    const items = (await vault.call('customers.list', {})).items
    expect(items.filter(({ duplicate }) => duplicate)).toHaveLength(5)
    expect(items).toHaveLength(10)
  })

  test('a dry run counts the same and writes nothing', async () => {
    const vault = await aVault()
    const { keys, dir } = vault.session
    const tables = (): string[] =>
      (['records', 'identities'] as const).flatMap((name) => {
        const db = rawDb(`${dir}/${name}.db`, present(keys[name]))
        const cells = dump(db)
        db.close()
        return cells
      })
    const before = tables()
    const path = fileWith(text)
    const dry = await vault.call('imports.run', { path, kind: 'customers', dryRun: true })
    expect(dry).toMatchObject({ rows: 10, accepted: 7, rejected: 3, dryRun: true })
    expect(tables()).toEqual(before)
    const real = await vault.call('imports.run', { path, kind: 'customers' })
    const { batchId: _dryId, dryRun: _dryRun, ...counted } = dry
    expect(real).toMatchObject(counted)
  })
})

describe('the rejects file', () => {
  const text = '姓名,手机号\n=1+1,13800000001,多\n好,13800000002\n'

  test('holds reason, line and the row exactly as it stood; an earlier one is replaced', async () => {
    const vault = await aVault()
    const rejectsPath = freshPath('rejects.csv')
    const run = () => vault.call('imports.run', { path: fileWith(text), kind: 'customers', rejectsPath })
    expect(await run()).toMatchObject({ accepted: 1, rejected: 1 })
    const content = readFileSync(rejectsPath, 'utf8')
    expect(content.startsWith('\ufeffline,row,reason,raw\r\n')).toBe(true)
    const { data } = Papa.parse<string[]>(content.slice(1).trimEnd())
    expect(data[1]).toEqual(['2', '1', 'too-many-cells', '=1+1,13800000001,多'])
    await run()
    expect(readFileSync(rejectsPath, 'utf8')).toBe(content)
  })

  test('never overwrites what is not its own', async () => {
    const vault = await aVault()
    const foreign = fileWith('my own file\n', 'mine.csv')
    const path = fileWith(text)
    const run = (rejectsPath: string) => vault.call('imports.run', { path, kind: 'customers', rejectsPath })
    expect(await codeOf(run(foreign))).toBe('file.exists')
    expect(await codeOf(run(path))).toBe('file.exists')
    expect(readFileSync(foreign, 'utf8')).toBe('my own file\n')
    const folder = freshPath('folder')
    mkdirSync(folder)
    expect(await codeOf(run(folder))).toBe('file.exists')
    expect(await codeOf(run(`${freshPath('missing')}/rejects.csv`))).toBe('file.unreadable')
    // A file that happens to be called like a draft is somebody's too.
    const place = freshPath('rejects.csv')
    writeFileSync(`${place}.partial`, 'somebody’s')
    expect(await run(place)).toMatchObject({ rejected: 1 })
    expect(readFileSync(`${place}.partial`, 'utf8')).toBe('somebody’s')
    expect((await vault.call('customers.list', {})).total).toBe(1)
  })
})

describe('mapping', () => {
  const path = () => fileWith(csvOf(customerRows(2)))

  test('drop is recorded, null keeps the column as extra, verbatim and revealable', async () => {
    const vault = await aVault()
    const rows = [{ 姓名: '赵一一', 代码: ' 007 ', 密: '丢掉', constructor: 'c', 公式: '=SUM(A1)' }]
    const file = fileWith(csvOf(rows))
    const result = await vault.call('imports.run', {
      path: file,
      kind: 'customers',
      mapping: { 姓名: 'name', 密: 'drop', 代码: null },
    })
    expect(result.dropped).toEqual(['密'])
    const item = present((await vault.call('customers.list', {})).items[0])
    expect(item.extraColumns).toEqual(['代码', 'constructor', '公式'])
    const fields = ['extra:代码', 'extra:constructor', 'extra:公式']
    expect(await vault.call('customers.reveal', { id: item.id, fields, reason })).toEqual({
      'extra:代码': ' 007 ',
      'extra:constructor': 'c',
      'extra:公式': '=SUM(A1)',
    })
    expect(await codeOf(vault.call('customers.reveal', { id: item.id, fields: ['extra:密'], reason }))).toBe(
      'input.invalid',
    )
    const [entry] = (await vault.call('audit.list', { action: 'imports.run' })).items
    expect(present(entry).detail['dropped']).toEqual(['密'])
  })

  test.each([
    ['a column that the file doesn’t have', { 没有: 'name' }, '没有', 'noSuchColumn'],
    ['a field that doesn’t exist', { 姓名: 'nickname' }, '姓名', 'noSuchField'],
    ['an inherited field', { 姓名: 'constructor' }, '姓名', 'noSuchField'],
    ['two columns for one field', { 姓名: 'name', 备注: 'name' }, '备注', 'fieldTwice'],
  ])('%s is refused', async (_, mapping, field, rule) => {
    const vault = await aVault()
    const error = await refusal(vault.call('imports.run', { path: path(), kind: 'customers', mapping }))
    expect(error).toMatchObject({ code: 'import.mappingInvalid', fields: [{ field, rule }] })
    expect((await vault.call('imports.list', {})).items).toEqual([])
  })

  test('a file that changed since its preview is refused', async () => {
    const vault = await aVault()
    const file = path()
    const { sha256, mapping } = await vault.call('imports.preview', { path: file })
    writeFileSync(file, csvOf(customerRows(3)))
    expect(await codeOf(vault.call('imports.run', { path: file, kind: 'customers', mapping, sha256 }))).toBe(
      'import.fileChanged',
    )
  })
})

describe('there and back', () => {
  const cellsOf = (bag: string, name: string): string[][] =>
    z.array(z.array(z.string())).parse(
      Papa.parse(readFileSync(`${bag}/data/${name}`, 'utf8').replace(/^\ufeff/, ''), {
        skipEmptyLines: true,
      }).data,
    )

  test.each(['customers', 'complaints'] as const)(
    'an own clear export of %s, imported elsewhere, exports the same cells',
    async (kind) => {
      const rows =
        kind === 'customers'
          ? [
              ...customerRows(20),
              { ...customerRow(21), 姓名: '=cmd|1', 备注: "'已有撇号" },
              { ...customerRow(22), 备注: '+86 -1\n第二行 "引号"' },
            ]
          : Array.from({ length: 20 }, (_, index) => ({ ...complaintRow(index + 1), 附言: `-${index}` }))
      const first = await aVault()
      await importRows(first, rows, kind)
      const out = freshPath('bag')
      await first.call('exports.run', { kind, format: 'csv', out, clear: true, reason })
      const second = await aVault()
      const path = `${out}/data/${kind}.csv`
      const result = await second.call('imports.run', { path, kind })
      expect(result).toMatchObject({ rows: rows.length, accepted: rows.length, rejected: 0 })
      const again = freshPath('bag')
      await second.call('exports.run', { kind, format: 'csv', out: again, clear: true, reason })
      const without = (cells: string[][]): string[][] => cells.map(([, ...rest]) => rest)
      expect(without(cellsOf(again, `${kind}.csv`))).toEqual(without(cellsOf(out, `${kind}.csv`)))
      const flat = cellsOf(out, `${kind}.csv`).flat()
      if (kind === 'customers') expect(flat).toEqual(expect.arrayContaining(["'=cmd|1", "''已有撇号"]))
    },
  )
})

describe('complaints find their customers', () => {
  const customers = csvOf(customerRows(5))
  const complaints = csvOf([1, 2, 3, 99].map((index) => complaintRow(index)))
  const linked = async (vault: TestVault) =>
    (await vault.call('complaints.list', {})).items.filter(({ customerId }) => customerId !== null).length
  const bring = (vault: TestVault, text: string, kind: 'customers' | 'complaints') =>
    vault.call('imports.run', { path: fileWith(text), kind })

  test.each([
    ['customers first', true],
    ['complaints first', false],
  ])('%s: linked by number; undoing either leaves the log whole', async (_, customersFirst) => {
    const vault = await aVault()
    const first = await bring(
      vault,
      customersFirst ? customers : complaints,
      customersFirst ? 'customers' : 'complaints',
    )
    const second = await bring(
      vault,
      customersFirst ? complaints : customers,
      customersFirst ? 'complaints' : 'customers',
    )
    expect(await linked(vault)).toBe(3)
    const one = present(
      (await vault.call('complaints.list', {})).items.find(({ complaintNo }) => complaintNo === 'TS000001'),
    )
    const { 姓名, 手机号, 身份证号, 地址 } = customerRow(1)
    for (const value of [手机号, 身份证号, 地址, ...(customersFirst ? [姓名] : [])])
      expect(one.narrative).not.toContain(value)
    expect(one.unreviewed).toBe(true)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    const customerBatch = customersFirst ? first.batchId : second.batchId
    const complaintBatch = customersFirst ? second.batchId : first.batchId
    await vault.call('imports.undo', { batchId: customerBatch })
    expect(await linked(vault)).toBe(0)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    await bring(vault, customers, 'customers')
    expect(await linked(vault)).toBe(3)
    await vault.call('imports.undo', { batchId: complaintBatch })
    expect((await vault.call('complaints.list', {})).total).toBe(0)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    await vault.reopen()
    await bring(vault, complaints, 'complaints')
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
    expect(existsSync(vault.dir)).toBe(true)
  })
})
