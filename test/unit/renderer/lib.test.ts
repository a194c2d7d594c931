import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clockNow,
  formatAmount,
  formatBytes,
  formatClock,
  formatElapsed,
  formatInstant,
} from '../../../renderer/lib/format.ts'
import { detailText } from '../../../renderer/features/audit/detail-text.ts'
import { locales } from '../../../shared/locales/index.ts'
import { redact } from '../../../electron/domain/redact.ts'
import { PageCache } from '../../../renderer/lib/page-cache.ts'
import { baseName, fileNameOf, joinPath, parentFolder } from '../../../renderer/lib/paths.ts'
import { piecesOf } from '../../../renderer/lib/placeholders.ts'
import {
  codeOf,
  dataOf,
  groupsOf,
  groupState,
  recoveryLength,
  spread,
  wrongGroups,
} from '../../../renderer/lib/recovery-groups.ts'
import { physicalHeight, toPhysical, toVirtual } from '../../../renderer/lib/scroll-scale.ts'

const code = 'AGE-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE'

describe('an entry of the log', () => {
  it('calls what was dropped by what it was: columns of a file, or people’s ways in', () => {
    const told = (locale: 'zh-CN' | 'en', action: string) =>
      detailText(
        { action, detail: { dropped: ['p1'] } },
        { texts: locales[locale], locale, timeZone: undefined },
      )
    expect(told('en', 'imports.run')).toBe('columns left out p1')
    for (const action of ['vault.slotsAcknowledged', 'vault.recovered']) {
      expect(told('en', action)).toBe('people who lost a way in p1')
      expect(told('zh-CN', action)).toBe('被取消打开方式的人 p1')
    }
  })
})

describe('the words of an entry', () => {
  const told = (action: string, subject: string, detail: Parameters<typeof detailText>[0]['detail']) =>
    detailText(
      { action, subject, detail },
      { texts: locales['zh-CN'], locale: 'zh-CN', timeZone: undefined, names: { p1: '陈静' } },
    )

  it('names a field as its own kind of record does', () => {
    const detail = { fields: ['amount'], class: 'confidential' }
    expect(told('fields.ownClassed', 'transactions', detail)).toBe('字段 金额 · 类别 商业秘密')
    expect(told('complaints.edited', 'c1', { fields: ['amount'] })).toBe('字段 涉及金额')
  })

  it('names people, kinds and codes rather than showing ids', () => {
    expect(told('handover.created', 'h1', { from: 'p1', to: 'p9', cases: 3 })).toBe(
      '移交人 陈静 · 接收人 p9 · 件数 3',
    )
    expect(told('customers.factAdded', 'c1', { kind: 'consent', code: 'marketing' })).toBe(
      '内容 同意 · 事项 营销',
    )
    expect(told('exports.failed', '', { code: 'disk.full' })).toContain('错误代码 ')
    expect(told('exports.failed', '', { code: 'disk.full' })).not.toContain('disk.full')
  })
})

describe('dates and numbers', () => {
  it('writes instants as readers of each language do, in the company’s zone', () => {
    expect(formatInstant('2025-09-15T02:16:00.000Z', 'zh-CN', 'Asia/Shanghai')).toBe('2025年9月15日 10:16')
    expect(formatInstant('2025-09-15T02:16:00.000Z', 'en', 'Asia/Shanghai')).toBe('15 Sep 2025, 10:16')
  })

  it('keeps clock times as precise as they came, and anything else as it is', () => {
    expect(formatClock('2025-09-15T10:16', 'zh-CN')).toBe('2025年9月15日 10:16')
    expect(formatClock('2025-09-15', 'en')).toBe('15 Sep 2025')
    expect(formatClock('1998-**-**', 'en')).toBe('1998-**-**')
    expect(formatClock('2025-13-45', 'en')).toBe('2025-13-45')
  })

  it('survives a zone that the browser doesn’t know', () => {
    expect(formatInstant('2025-09-15T02:16:00.000Z', 'en', 'Mars/Base')).toContain('2025')
  })

  it('groups amounts without touching their decimals', () => {
    expect(formatAmount('9551.54', 'en')).toBe('9,551.54')
    expect(formatAmount('1234.50', 'zh-CN')).toBe('1,234.50')
    expect(formatAmount('', 'en')).toBe('')
    expect(formatAmount('about 5', 'en')).toBe('about 5')
    expect(formatAmount('12345678901234567890.12', 'en')).toBe('12345678901234567890.12')
  })

  it('reads the clock on the wall of a zone', () => {
    expect(clockNow('Asia/Shanghai', new Date('2026-11-22T16:05:00Z'))).toBe('2026-11-23T00:05')
  })

  it('writes sizes in the unit that people read', () => {
    expect(formatBytes(0, 'en')).toBe('0 B')
    expect(formatBytes(999, 'en')).toBe('999 B')
    expect(formatBytes(1_540_000, 'zh-CN')).toBe('1.5 MB')
    expect(formatBytes(417_300_000, 'en')).toBe('417 MB')
  })

  it('counts elapsed time', () => {
    expect(formatElapsed(42_400)).toBe('0:42')
    expect(formatElapsed(725_000)).toBe('12:05')
  })
})

describe('recovery groups', () => {
  it('finds the groups that an error names, and none in another error', () => {
    const error = { code: 'recovery.codeInvalid', retryable: false, ref: '' } as const
    const fields = [{ field: 'recoveryCode', rule: 'group', value: '3' }]
    expect(wrongGroups({ ...error, fields })).toEqual([2])
    expect(wrongGroups({ ...error, code: 'recovery.codeUnknown', fields })).toEqual([])
    expect(wrongGroups(undefined)).toEqual([])
  })

  it('splits a code into ten groups and puts it together again', () => {
    expect(groupsOf(code).map((group) => group.length)).toEqual([6, 6, 6, 6, 6, 6, 6, 6, 6, 4])
    expect(codeOf(groupsOf(code))).toBe(code)
    expect(dataOf(code)).toHaveLength(recoveryLength)
  })

  it('takes a code as people paste it: spaces, dashes, small or full-width letters, with or without prefix', () => {
    const grouped = groupsOf(code).join(' – ').toLowerCase()
    expect(codeOf([grouped])).toBe(code)
    const wide = [...dataOf(code)].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('')
    expect(dataOf(wide)).toBe(dataOf(code))
    expect(dataOf(`AGE-SECRET-KEY-1 ${dataOf(code)}\n`)).toBe(dataOf(code))
  })

  it('names right, partial and wrong groups', () => {
    expect(groupState('QPZRY9', 0, 'QPZRY9')).toBe('right')
    expect(groupState('qpz', 0, 'QPZRY9')).toBe('partial')
    expect(groupState('QPX', 0, 'QPZRY9')).toBe('wrong')
    expect(groupState('', 0, 'QPZRY9')).toBe('empty')
    expect(groupState('QPXRY9', 0)).toBe('full')
    expect(groupState('KHCE', 9)).toBe('full')
  })

  it('spreads a pasted code over the boxes from where it was pasted', () => {
    const empty = groupsOf('').map(() => '')
    expect(spread(empty, 0, code)).toEqual(groupsOf(code))
    expect(spread(empty, 8, 'AAAAAABBBB').slice(8)).toEqual(['AAAAAA', 'BBBB'])
  })
})

describe('page cache', () => {
  it('never keeps more pages than its bound, and forgets the one used longest ago', () => {
    const cache = new PageCache<number>(10, 3)
    for (const page of [0, 1, 2]) cache.put(page, [page * 10])
    cache.touch(0, 9)
    cache.put(3, [30])
    expect(cache.size).toBe(3)
    expect(cache.at(0)).toBe(0)
    expect(cache.at(10)).toBeUndefined()
    expect(cache.missing(0, 39)).toEqual([1])
  })
})

describe('long lists', () => {
  it('reaches first and last row of any list on any screen', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000_000 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 200, max: 2000 }),
        (rows, ratio, viewport) => {
          const height = rows * 32
          const physical = physicalHeight(height, ratio)
          expect(physical * ratio).toBeLessThan(2 ** 25)
          if (height <= viewport) return
          expect(toVirtual(0, height, physical, viewport)).toBe(0)
          const end = toVirtual(physical - viewport, height, physical, viewport)
          expect(Math.abs(end - (height - viewport))).toBeLessThan(0.01)
          const middle = toPhysical(height / 3, height, physical, viewport)
          expect(Math.abs(toVirtual(middle, height, physical, viewport) - height / 3)).toBeLessThan(0.01)
        },
      ),
    )
  })
})

describe('paths', () => {
  it('joins and parts in the manner of the platform', () => {
    expect(joinPath('/home/lin', 'a.vault', 'linux')).toBe('/home/lin/a.vault')
    expect(joinPath('C:\\', 'a.vault', 'win32')).toBe('C:\\a.vault')
    expect(baseName('C:\\data\\a.vault\\')).toBe('a.vault')
    expect(parentFolder('/home/lin/a.vault')).toBe('/home/lin')
    expect(parentFolder('/a')).toBe('/')
    expect(parentFolder('')).toBe('')
  })

  it('makes a folder name of a company’s name', () => {
    expect(fileNameOf(' 示例/商贸: 有限公司. ')).toBe('示例-商贸- 有限公司')
  })
})

describe('placeholders', () => {
  it('marks placeholders of both languages and loses no text', () => {
    const text = '来电[手机号 1]，[姓名 2]说。Call [phone 1]; see [note]. [ID 3]'
    const pieces = piecesOf(text)
    expect(pieces.map((piece) => piece.text).join('')).toBe(text)
    expect(pieces.filter((piece) => piece.placeholder).map((piece) => piece.text)).toEqual([
      '[手机号 1]',
      '[姓名 2]',
      '[phone 1]',
      '[ID 3]',
    ])
  })

  it('knows the placeholders that redaction writes', () => {
    for (const text of ['手机 13812345678，邮箱 a@example.com', 'call +1 202 555 0172 or a@example.com']) {
      const redacted = redact(text, []).text
      expect(piecesOf(redacted).filter((piece) => piece.placeholder)).toHaveLength(2)
    }
  })
})
