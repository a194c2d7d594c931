import { expect, test } from 'vitest'
import { canonicalJson, sha256Hex } from '../../../electron/vault/audit/canonical.ts'
import { GuicangError } from '../../../shared/errors.ts'

function refusal(value: unknown): string | undefined {
  try {
    canonicalJson(value)
    return undefined
  } catch (error) {
    return error instanceof GuicangError ? `${error.code} ${error.fields?.[0]?.rule ?? ''}` : 'another error'
  }
}

test('writes the example of RFC 8785 section 3.2.3 and its number forms', () => {
  const value: unknown = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
  )
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})

test('sorts member names by UTF-16 code unit, as RFC 8785 section 3.2.3 orders them', () => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
  const order = [...canonicalJson(value).matchAll(/:(\d)/g)].map((match) => Number(match[1]))
  expect(order).toEqual([2, 4, 6, 7, 1, 5, 3])
  expect(canonicalJson({ b: -0, a: '客户' })).toBe('{"a":"客户","b":0}')
})

test('refuses what JSON would silently drop or bend', () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = [cycle]
  expect(refusal({ a: undefined })).toBe('internal type')
  expect(refusal(undefined)).toBe('internal type')
  const sparse: unknown[] = []
  sparse[2] = 1
  expect(refusal(sparse)).toBe('internal type')
  expect(refusal({ a: Number.NaN })).toBe('internal number')
  expect(refusal([Number.POSITIVE_INFINITY])).toBe('internal number')
  expect(refusal({ a: 1n })).toBe('internal type')
  expect(refusal({ a: new Date(0) })).toBe('internal type')
  expect(refusal({ a: new Map() })).toBe('internal type')
  expect(refusal({ a: () => 1 })).toBe('internal type')
  expect(refusal(cycle)).toBe('internal cycle')
  expect(refusal({ a: '\ud800' })).toBe('input.invalid surrogate')
  expect(refusal({ '\udc00': 1 })).toBe('input.invalid surrogate')
})

test('takes the same object twice and any depth', () => {
  const shared = { x: 1 }
  expect(canonicalJson([shared, shared])).toBe('[{"x":1},{"x":1}]')
  let deep: unknown = 1
  for (let level = 0; level < 50_000; level += 1) deep = [deep]
  expect(canonicalJson(deep)).toHaveLength(100_001)
})

test('hashes text as UTF-8 and bytes alike', () => {
  expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(sha256Hex('归藏')).toBe(sha256Hex(Buffer.from('归藏', 'utf8')))
})
