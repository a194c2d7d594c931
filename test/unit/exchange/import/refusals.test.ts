// What is no table is refused with a code of its own, before anything is read as rows.
import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openTable, previewTable } from '../../../../electron/exchange/import/index.ts'
import { GuicangError } from '../../../../shared/errors.ts'
import { codeOf, fileOf, temporaryPath } from './support.ts'

const ole = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
const header = (names: number): string => Array.from({ length: names }, (_, index) => `c${index}`).join(',')

describe('refused files', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['no bytes', '', 'import.empty'],
    ['only a byte order mark', '\uFEFF', 'import.empty'],
    ['only blank lines', '\n \r\n\t\n', 'import.empty'],
    ['only delimiters', ',,,\n,,,\n', 'import.empty'],
    ['PDF', '%PDF-1.7\n1 0 obj', 'import.binary'],
    ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'import.binary'],
    ['SQLite', 'SQLite format 3\0abc', 'import.binary'],
    ['an age file', 'age-encryption.org/v1\n-> X25519 abc\n', 'import.binary'],
    ['random bytes', randomBytes(100_000), 'import.binary'],
    ['NULs', Buffer.alloc(5000), 'import.binary'],
    [
      'an old .xls',
      Buffer.concat([ole, Buffer.alloc(4096), Buffer.from('Workbook', 'utf16le')]),
      'import.legacyXls',
    ],
    [
      'a workbook with a password',
      Buffer.concat([
        ole,
        Buffer.alloc(300_000),
        Buffer.from('EncryptedPackage', 'utf16le'),
        Buffer.alloc(512),
      ]),
      'import.xlsxProtected',
    ],
    ['2,001 columns', `${header(2001)}\n1\n`, 'import.tooManyColumns'],
    [
      'no header: an ID',
      'KH1,张三,510107199801280972\nKH2,李四,510107199801280972\n',
      'import.headerMissing',
    ],
    ['no header: a mobile', '张三,13800001234\n', 'import.headerMissing'],
    ['a header with an open quote', 'a,"b,c\n1,2,3\n4,5,6\n', 'import.headerMissing'],
    ['a header with a NUL', 'a,b\0,c\n1,2,3\n', 'import.headerMissing'],
    ['one endless line', 'x'.repeat(20 * 1024 * 1024), 'import.headerMissing'],
  ])('%s', async (_, content, code) => {
    expect(await codeOf(openTable(fileOf(content)))).toBe(code)
    expect(await codeOf(previewTable(fileOf(content), 5))).toBe(code)
  })

  test('a missing file and a folder', async () => {
    expect(await codeOf(openTable(temporaryPath()))).toBe('import.fileNotFound')
    const folder = temporaryPath('folder.csv')
    mkdirSync(folder)
    expect(await codeOf(openTable(folder))).toBe('import.unreadable')
  })

  test('2,000 columns are allowed', async () => {
    expect((await openTable(fileOf(`${header(2000)}\n`))).meta.columns).toHaveLength(2000)
  })

  test('a million columns are refused at once, in little memory', async () => {
    const path = fileOf(`${header(1_000_000)}\n${header(1_000_000)}\n`)
    const before = process.memoryUsage().rss
    const started = performance.now()
    expect(await codeOf(openTable(path))).toBe('import.tooManyColumns')
    expect(performance.now() - started).toBeLessThan(3000)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })

  test('no refusal says anything about the file but the rule and the line', async () => {
    const error = await openTable(fileOf('张三,13800001234\n', '王小明.csv')).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(GuicangError)
    expect(JSON.stringify(error) + String(error)).not.toMatch(/张三|138|王小明/)
    expect(error).toMatchObject({ fields: [{ field: 'header', rule: 'value', line: 1 }] })
  })
})
