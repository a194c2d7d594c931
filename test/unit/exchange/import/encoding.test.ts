// The encoding is found by itself, and bytes that are no text cost their row, not the file.
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { codeOf, fileOf, readTable } from './support.ts'
import { openTable } from '../../../../electron/exchange/import/index.ts'

const text = '客户编号,姓名,备注\r\nKH1,张三,"第一行\n第二行"\r\nKH2,𠮷野,café €\r\n'
const rows = [
  ['KH1', '张三', '第一行\n第二行'],
  ['KH2', '𠮷野', 'café €'],
]
const columns = ['客户编号', '姓名', '备注']

/** Bytes of a text in an encoding that Node only decodes. */
function encode(content: string, encoding: string): Buffer {
  return execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: content })
}

function hasIconv(): boolean {
  try {
    return encode('好', 'BIG5').length === 2
  } catch {
    console.warn('skipped: no iconv on this machine to write GB18030 and Big5 files with')
    return false
  }
}

const iconv = hasIconv()

describe('encodings', () => {
  test.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8-bom', Buffer.from(`\uFEFF${text}`)],
    ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
  ])('%s', async (encoding, bytes) => {
    const read = await readTable(fileOf(bytes))
    expect(read.meta).toMatchObject({ encoding, columns })
    expect(read.cells).toEqual(rows)
  })

  test.skipIf(!iconv)('GB18030, four-byte characters included', async () => {
    const read = await readTable(fileOf(encode(text, 'GB18030')))
    expect(read.meta).toMatchObject({ encoding: 'gb18030', columns })
    expect(read.cells).toEqual(rows)
  })

  test.skipIf(!iconv)('Big5 by the characters it gives', async () => {
    const traditional =
      '客戶編號,姓名,電話,投訴內容\nKH1,陳大文,02-12345678,公司註銷後沒有人處理我的投訴，請退還餘額\n'
    const read = await readTable(fileOf(encode(traditional, 'BIG5')))
    expect(read.meta).toMatchObject({ encoding: 'big5', columns: ['客戶編號', '姓名', '電話', '投訴內容'] })
    expect(read.cells[0]?.[3]).toBe('公司註銷後沒有人處理我的投訴，請退還餘額')
  })

  test.skipIf(!iconv)('traditional characters in GB18030 are not taken for Big5', async () => {
    const traditional = '客戶編號,姓名,電話\nKH1,陳大文,公司註銷後沒有人處理我的投訴\n'
    const read = await readTable(fileOf(encode(traditional, 'GB18030')))
    expect(read.meta).toMatchObject({ encoding: 'gb18030', columns: ['客戶編號', '姓名', '電話'] })
  })

  test('a byte text with stray NULs is no UTF-16', async () => {
    const read = await readTable(fileOf('a,b\n1,x\0\n2,y\0\n3,z\n'))
    expect(read.meta.encoding).toBe('utf-8')
    expect(read.rejected.map((event) => event.reason)).toEqual(['nul-character', 'nul-character'])
    expect(read.cells).toEqual([['3', 'z']])
  })

  test('characters are whole across the borders of chunks', async () => {
    const name = '龘😀é'.repeat(50)
    const read = await readTable(
      fileOf(`姓名,号\n${Array.from({ length: 4000 }, (_, i) => `${name},${i}`).join('\n')}\n`),
    )
    expect(read.cells).toHaveLength(4000)
    expect(new Set(read.cells.map((row) => row[0]))).toEqual(new Set([name]))
  })
})

describe('bytes that are no text', () => {
  const clean = Array.from({ length: 40 }, (_, index) => `KH${index},张三丰,无\n`).join('')

  test('in UTF-8 they reject their row, and can be seen in its text', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`编号,姓名,备注\n${clean}X1,李`),
      Buffer.from([0xe5, 0xbc]),
      Buffer.from(`,"q"\n${clean}`),
    ])
    const read = await readTable(fileOf(bytes))
    expect(read.meta.encoding).toBe('utf-8')
    expect(read.cells).toHaveLength(80)
    expect(read.cells[79]).toEqual(['KH39', '张三丰', '无'])
    expect(read.rejected).toEqual([
      { kind: 'rejected', line: 42, rowNumber: 41, reason: 'undecodable', raw: 'X1,李\\xE5\\xBC,"q"' },
    ])
  })

  test('behind a UTF-8 byte order mark too, however many', async () => {
    const bytes = Buffer.concat([
      Buffer.from('\uFEFFa,b\n1,2\n'),
      Buffer.from([0x33, 0x2c, 0xff, 0xfe, 0x0a]),
    ])
    const read = await readTable(fileOf(bytes))
    expect(read.meta.encoding).toBe('utf-8-bom')
    expect(read.cells).toEqual([['1', '2']])
    expect(read.rejected).toMatchObject([{ line: 3, reason: 'undecodable', raw: '3,\\xFF\\xFE' }])
  })

  test.skipIf(!iconv)('in GB18030, where a program cut a text in the middle of a character', async () => {
    const bytes = Buffer.concat([
      encode(`客户编号,姓名,备注\n${clean}X1,`, 'GB18030'),
      encode('李', 'GB18030').subarray(0, 1),
      encode(`,无\n${clean}`, 'GB18030'),
    ])
    const read = await readTable(fileOf(bytes))
    expect(read.meta.encoding).toBe('gb18030')
    expect(read.cells).toHaveLength(80)
    expect(read.rejected).toMatchObject([{ line: 42, reason: 'undecodable' }])
  })

  test('in UTF-16 an unpaired surrogate', async () => {
    const read = await readTable(fileOf(Buffer.from('\uFEFFa,b\n1,x\uD800y\n3,4\n', 'utf16le')))
    expect(read.rejected).toMatchObject([{ line: 2, reason: 'undecodable', raw: '1,x\\uD800y' }])
    expect(read.cells).toEqual([['3', '4']])
  })

  test.each([
    ['Latin-1', Buffer.from('name,city\nMüller,é\nJosé,ñ\n', 'latin1')],
    ['UTF-32', Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from('a\0\0\0', 'latin1')])],
  ])('a file in no known encoding is refused: %s', async (_, bytes) => {
    expect(await codeOf(openTable(fileOf(bytes)))).toBe('import.encodingUnknown')
  })
})
