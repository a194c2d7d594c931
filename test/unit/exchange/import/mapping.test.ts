import { describe, expect, test } from 'vitest'
import {
  complaintFields,
  customerFields,
  guessKind,
  isTargetField,
  proposeMapping,
} from '../../../../electron/exchange/import/index.ts'
import { normalizeHeader } from '../../../../electron/exchange/import/mapping.ts'
import {
  cfpbPreset,
  complaintSynonyms,
  customerSynonyms,
} from '../../../../electron/exchange/import/synonyms.ts'

describe('proposed mapping', () => {
  test.each([
    ['手机号', 'mobile'],
    ['手 机 号 码（必填）', 'mobile'],
    ['\uFEFF ＭＯＢＩＬＥ＿ＮＯ. ', 'mobile'],
    ['E-mail Address', 'email'],
    ['身分證字號', 'residentId'],
    ['Date of Birth', 'birthDate'],
    ['座机', 'landline'],
    ['护照号', 'passport'],
    ['Customer No.', 'customerNo'],
    ['会员姓名', 'name'],
    ['备注', null],
    ['积分', null],
    ['constructor', null],
    ['__proto__', null],
  ])('%j becomes %j', (column, field) => {
    expect(Object.entries(proposeMapping([column], 'customers'))).toEqual([[column, field]])
  })

  test('two columns never get the same field: the more specific name wins, then the left one', () => {
    expect(proposeMapping(['编号', '客户编号', '电话', '手机', '手机_2'], 'customers')).toEqual({
      编号: null,
      客户编号: 'customerNo',
      电话: null,
      手机: 'mobile',
      手机_2: null,
    })
    const columns = [
      'id',
      'Customer ID',
      'name',
      'full name',
      'Name',
      'phone',
      'mobile',
      'cell',
      'email',
      'e-mail',
    ]
    const fields = Object.values(proposeMapping(columns, 'customers')).filter((field) => field !== null)
    expect(new Set(fields).size).toBe(fields.length)
  })

  test('the CFPB preset, whatever the case of its columns', () => {
    const columns = Object.keys(cfpbPreset)
    expect(proposeMapping(columns, 'complaints')).toEqual(cfpbPreset)
    const upper = columns.map((column) => column.toUpperCase())
    expect(Object.values(proposeMapping(upper, 'complaints'))).toEqual(Object.values(cfpbPreset))
    expect(guessKind(columns)).toBe('complaints')
  })

  test('values speak where a name says nothing, and never take a field that is named', () => {
    const rows = [
      ['510107199801280972', '15878220482', 'a@example.com', '13800001234'],
      ['330106196007265851', '150 7519 6458', 'b@example.com', '13800001235'],
      ['320102200107143087', '177-6645-3392', '', '13800001236'],
      ['610113195510310630', '189 9415 2665', 'c@example.com', ''],
    ]
    expect(proposeMapping(['x', 'y', 'z', '手机'], 'customers', rows)).toEqual({
      x: 'residentId',
      y: null,
      z: 'email',
      手机: 'mobile',
    })
    expect(proposeMapping(['x', 'y'], 'customers', rows.slice(0, 2))).toEqual({ x: null, y: null })
  })

  test("the id column of our own exports is nobody's number, the field names of the product are known", () => {
    expect(proposeMapping(['guicang_id', ...customerFields], 'customers')).toEqual({
      guicang_id: null,
      ...Object.fromEntries(customerFields.map((field) => [field, field])),
    })
    expect(proposeMapping([...complaintFields], 'complaints')).toEqual(
      Object.fromEntries(complaintFields.map((field) => [field, field])),
    )
  })

  test('kinds', () => {
    expect(guessKind(['姓名', '手机', '地址'])).toBe('customers')
    expect(guessKind(['客户编号', '投诉内容', '状态'])).toBe('complaints')
    expect(guessKind(['Ticket ID', 'Description', 'Status', 'Customer name'])).toBe('complaints')
    expect(guessKind(['x', 'y'])).toBe('customers')
  })

  test('target fields are closed lists, and drop', () => {
    expect(isTargetField('customers', 'mobile')).toBe(true)
    expect(isTargetField('customers', 'drop')).toBe(true)
    expect(isTargetField('customers', 'narrative')).toBe(false)
    expect(isTargetField('complaints', 'toString')).toBe(false)
  })

  test.each([
    ['customers', customerSynonyms],
    ['complaints', complaintSynonyms],
  ])('no synonym of %s stands in two fields, or says nothing', (_, synonyms) => {
    const seen = new Map<string, string>()
    for (const [field, names] of Object.entries(synonyms)) {
      for (const name of names) {
        const key = normalizeHeader(name)
        expect(key).not.toBe('')
        expect(seen.get(key) ?? field).toBe(field)
        seen.set(key, field)
      }
    }
  })
})
