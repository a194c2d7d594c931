// Every bad file of the issue, through the import itself: its own code, and nothing written.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { csvOf, customerRows } from '../support/rows.ts'
import { aVault, codeOf, fileWith, freshPath, present } from '../support/vault.ts'

const ole = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
const names = (count: number): string => Array.from({ length: count }, (_, index) => `c${index}`).join(',')

describe('refused as a whole', () => {
  test.each<[string, () => string, string]>([
    ['no file', () => freshPath('none.csv'), 'import.fileNotFound'],
    [
      'a folder',
      () => {
        const folder = freshPath('folder.csv')
        mkdirSync(folder)
        return folder
      },
      'import.unreadable',
    ],
    ['an empty file', () => fileWith(''), 'import.empty'],
    ['blank lines', () => fileWith('\n\n , \n'), 'import.empty'],
    ['a million empty rows', () => fileWith(',,,\n'.repeat(1_000_000)), 'import.empty'],
    ['random bytes', () => fileWith(randomBytes(50_000)), 'import.binary'],
    [
      'a picture',
      () => fileWith(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])),
      'import.binary',
    ],
    ['NULs', () => fileWith(Buffer.alloc(10_000)), 'import.binary'],
    [
      'an old workbook',
      () => fileWith(Buffer.concat([ole, Buffer.alloc(4096)]), 'a.xls'),
      'import.legacyXls',
    ],
    [
      'a workbook with a password',
      () =>
        fileWith(
          Buffer.concat([ole, Buffer.alloc(4096), Buffer.from('EncryptedPackage', 'utf16le')]),
          'a.xlsx',
        ),
      'import.xlsxProtected',
    ],
    [
      'a broken workbook',
      () => fileWith(Buffer.concat([Buffer.from('PK\u0003\u0004'), randomBytes(2000)]), 'a.xlsx'),
      'import.xlsxDamaged',
    ],
    ['a million columns', () => fileWith(`${names(1_000_000)}\n`), 'import.tooManyColumns'],
    ['no header', () => fileWith('张三,13800001234\n'), 'import.headerMissing'],
    ['a header with an open quote', () => fileWith('姓名,"手机\n张三,13800001234\n'), 'import.headerMissing'],
  ])('%s', async (_, make, code) => {
    const vault = await aVault()
    const audited = (await vault.call('audit.list', {})).total
    const files = readdirSync(vault.dir).toSorted()
    const rejectsPath = freshPath('rejects.csv')
    expect(await codeOf(vault.call('imports.run', { path: make(), kind: 'customers', rejectsPath }))).toBe(
      code,
    )
    expect((await vault.call('customers.list', {})).total).toBe(0)
    expect((await vault.call('imports.list', {})).items).toEqual([])
    expect((await vault.call('audit.list', {})).total).toBe(audited)
    expect(readdirSync(vault.dir).toSorted()).toEqual(files)
    expect(
      readdirSync(dirname(rejectsPath)).filter((name) => name.startsWith(basename(rejectsPath))),
    ).toEqual([])
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })
})

describe('rows that are none, among rows that are', () => {
  const header = '姓名,手机号\n'

  test.each<[string, string, string]>([
    ['ragged: too few', '只有一格', 'too-few-cells'],
    ['ragged: too many', '一,二,三', 'too-many-cells'],
    ['an unclosed quote', '"没有闭合,13800000000', 'unclosed-quote'],
    ['a NUL', '张\0三,13800000000', 'nul-character'],
    ['a cell of 10 MB', `${'长'.repeat(10 * 1024 * 1024)},13800000000`, 'cell-too-long'],
  ])('%s: rejected with its reason and line, the others accepted', async (_, bad, rule) => {
    const vault = await aVault()
    const path = fileWith(`${header}赵一,13800000001\n${bad}\n钱二,13800000002\n`)
    const result = await vault.call('imports.run', { path, kind: 'customers' })
    expect(result).toMatchObject({ rows: 3, accepted: 2, rejected: 1 })
    const found = result.findings.filter(({ outcome }) => outcome === 'rejected')
    expect(found).toMatchObject([{ row: 2, line: 3, rule }])
    expect((await vault.call('customers.list', {})).total).toBe(2)
    expect((await vault.call('vault.verify', {})).findings).toEqual([])
  })

  test('a million empty rows behind a table cost nothing and count as nothing', async () => {
    const vault = await aVault()
    const path = fileWith(`${header}赵一,13800000001\n${',\n'.repeat(1_000_000)}`)
    expect(await vault.call('imports.run', { path, kind: 'customers' })).toMatchObject({
      rows: 1,
      accepted: 1,
      rejected: 0,
    })
  })

  test('values far longer than a form takes come in whole, can be revealed, and don’t stand in the way of an edit', async () => {
    const vault = await aVault()
    const address = `四川省成都市${'很长的地址'.repeat(200)}`
    const extra = '注'.repeat(150_000)
    const path = fileWith(`姓名,手机号,地址,备注\n赵一,13800000001,${address},${extra}\n`)
    await vault.call('imports.run', { path, kind: 'customers' })
    const { id, revision } = present((await vault.call('customers.list', {})).items[0])
    const fields = ['address', 'extra:备注']
    const clear = { address, 'extra:备注': extra }
    expect(await vault.call('customers.reveal', { id, fields, reason: '核对' })).toEqual(clear)
    await vault.call('customers.update', { id, revision, patch: { mobile: '13900000002' } })
    expect(await vault.call('customers.reveal', { id, fields, reason: '核对' })).toEqual(clear)
  })

  test('formulas, control characters and bidi marks are values like others', async () => {
    const vault = await aVault()
    const rows = customerRows(1).map((row) => ({ ...row, 备注: '=HYPERLINK("http://x")\u202e\u0007' }))
    await vault.call('imports.run', { path: fileWith(csvOf(rows)), kind: 'customers' })
    const { id } = present((await vault.call('customers.list', {})).items[0])
    const clear = await vault.call('customers.reveal', { id, fields: ['extra:备注'], reason: '核对' })
    expect(clear).toEqual({ 'extra:备注': rows[0]?.备注 })
  })
})
