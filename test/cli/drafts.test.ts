// A record from a JSON file.
import { expect, test } from 'vitest'
import { draftOf } from '../../electron/cli/drafts.ts'
import { codeOf } from '../support/vault.ts'

test('fields by name, numbers as text, what has no field of its own in extra', () => {
  const json = { name: '甲', mobile: 13800000000, vip: true, note: null, extra: { 来源: '门店' } }
  expect(draftOf(json, ['name', 'mobile'])).toEqual({
    name: '甲',
    mobile: '13800000000',
    extra: { vip: 'true', note: '', 来源: '门店' },
  })
})

test.each([[[1]], ['text'], [null], [{ name: { first: '甲' } }], [{ name: ['甲'] }]])(
  '%j is no record',
  async (json) => {
    expect(await codeOf(() => draftOf(json, ['name']))).toBe('input.invalid')
  },
)
