// The three sample files: every row accounted for.
import { describe, expect, test } from 'vitest'
import { guessKind, previewTable, proposeMapping } from '../../../../electron/exchange/import/index.ts'
import { sharedData } from '../../../support/shared-data.ts'
import { readTable } from './support.ts'

const customers = sharedData('customers-gb18030.csv')
const complaints = sharedData('complaints-zh.csv')
const cfpb = sharedData('cfpb-complaints.csv')

describe('sample files', () => {
  test.skipIf(customers === undefined)('customers in GB18030, with a cell of two lines', async () => {
    const preview = await previewTable(customers ?? '', 20)
    expect(preview.meta).toMatchObject({ format: 'csv', encoding: 'gb18030', delimiter: ',', bytes: 265106 })
    expect(preview).toMatchObject({ rowCount: 1521, rejected: 0, blank: 0 })
    expect(preview.rows).toHaveLength(20)
    expect(preview.rows[0]?.slice(0, 3)).toEqual(['KH000001', '赵铭', '510107199801280972'])
    expect(preview.rows[2]?.at(-1)).toBe('第一行\n第二行')
    expect(preview.rows[7]?.at(-1)).toBe('')
    expect(preview.rows.map((row) => row.at(-1))).toContain('=HYPERLINK("http://example.com","点我")')
    expect(guessKind(preview.meta.columns)).toBe('customers')
    expect(proposeMapping(preview.meta.columns, 'customers')).toEqual({
      客户编号: 'customerNo',
      客户姓名: 'name',
      身份证号: 'residentId',
      手机号码: 'mobile',
      电子邮箱: 'email',
      联系地址: 'address',
      银行卡号: 'bankCard',
      出生日期: 'birthDate',
      建档日期: 'registeredOn',
      备注: null,
    })
  })

  test.skipIf(customers === undefined)('lines count the line breaks inside of cells', async () => {
    const { events } = await readTable(customers ?? '')
    expect(events.slice(0, 4).map(({ line, rowNumber }) => [line, rowNumber])).toEqual([
      [2, 1],
      [3, 2],
      [4, 3],
      [6, 4],
    ])
  })

  test.skipIf(complaints === undefined)('complaints in UTF-8 with a byte order mark', async () => {
    const preview = await previewTable(complaints ?? '', 1)
    expect(preview.meta).toMatchObject({ encoding: 'utf-8-bom', delimiter: ',' })
    expect(preview).toMatchObject({ rowCount: 1200, rejected: 0, blank: 0 })
    expect(preview.meta.columns[0]).toBe('投诉编号')
    expect(guessKind(preview.meta.columns)).toBe('complaints')
    expect(proposeMapping(preview.meta.columns, 'complaints')).toEqual({
      投诉编号: 'complaintNo',
      客户编号: 'customerNo',
      投诉时间: 'receivedAt',
      渠道: 'channel',
      类别: 'category',
      投诉内容: 'narrative',
      涉及金额: 'amount',
      状态: 'status',
      处理人: 'handler',
      处理结果: 'outcome',
      结案时间: 'closedAt',
    })
  })

  test.skipIf(cfpb === undefined)('the CFPB download, with narratives of many lines', async () => {
    const { meta, cells, rejected } = await readTable(cfpb ?? '')
    expect(meta).toMatchObject({ encoding: 'utf-8', delimiter: ',' })
    expect(cells).toHaveLength(130)
    expect(rejected).toEqual([])
    expect(cells.some((row) => (row[5] ?? '').includes('\n'))).toBe(true)
    expect(guessKind(meta.columns)).toBe('complaints')
    const mapping = proposeMapping(meta.columns, 'complaints')
    expect(mapping).toMatchObject({
      'Complaint ID': 'complaintNo',
      'Submitted via': 'channel',
      Company: null,
      State: null,
    })
    expect(mapping['Company response to consumer']).toBe('status')
  })
})
