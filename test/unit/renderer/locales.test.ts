// The languages say the same things: the compiler holds their shape together, this holds what it can't see.
import { describe, expect, it } from 'vitest'
import { warningCodes } from '../../../electron/domain/warnings.ts'
import { errorCodes } from '../../../shared/errors.ts'
import { errorText, locales } from '../../../shared/locales/index.ts'
import { customerFields } from '../../../shared/types/customer.ts'
import { complaintFields, complaintStatuses } from '../../../shared/types/complaint.ts'

function* leaves(value: unknown, path: string): Generator<[path: string, text: string]> {
  if (typeof value === 'string') yield [path, value]
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* leaves(inner, `${path}.${key}`)
  }
}
const zh = new Map(leaves(locales['zh-CN'], ''))
const en = new Map(leaves(locales.en, ''))
const byText = (a: string, b: string) => a.localeCompare(b)
const variables = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').toSorted(byText)

describe('locales', () => {
  it.each([...errorCodes])('%s has three sentences in each language', (code) => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const text = errorText(locale, code)
      for (const sentence of [text.what, text.safe, text.next]) expect(sentence).toMatch(/[。.]$/)
    }
  })

  it('has the same texts with the same variables in both', () => {
    expect([...en.keys()].toSorted(byText)).toEqual([...zh.keys()].toSorted(byText))
    for (const [path, text] of zh)
      expect([path, variables(en.get(path) ?? '')]).toEqual([path, variables(text)])
  })

  it('has no empty text and no exclamation mark', () => {
    for (const [path, text] of [...zh, ...en]) {
      expect([path, text.trim()]).not.toEqual([path, ''])
      expect(text).not.toMatch(/[!！]/)
    }
  })

  it('has words for every warning, status and field', () => {
    for (const texts of [locales['zh-CN'], locales.en]) {
      expect(Object.keys(texts.imports.warnings)).toEqual(expect.arrayContaining([...warningCodes]))
      expect(Object.keys(texts.complaints.status)).toEqual([...complaintStatuses])
      expect(Object.keys(texts.customers.fields)).toEqual([...customerFields])
      expect(Object.keys(texts.complaints.fields)).toEqual([...complaintFields])
    }
  })
})
