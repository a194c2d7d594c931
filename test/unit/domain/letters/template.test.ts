// Templates are text with places to fill: anything else is refused by its name.
import { describe, expect, test } from 'vitest'
import { composeLetter, missingFields, requireComplete } from '../../../../electron/domain/letters/compose.ts'
import { sampleValues } from '../../../../electron/domain/letters/sample.ts'
import { fieldsOf, parseTemplate } from '../../../../electron/domain/letters/template.ts'
import { dayWords, moneyWords, reliefWords } from '../../../../electron/domain/letters/words.ts'
import { builtInTemplates } from '../../../../electron/exchange/letters/built-in.ts'
import { refusal } from '../../../support/vault.ts'

const ids = [
  'acknowledgement',
  'apology',
  'custodian-notice',
  'information-request',
  'interim',
  'outcome',
  'refusal',
]

const aTemplate = (text: string, title = '函') => ({
  id: 'own',
  lang: 'zh-CN',
  title,
  paragraphs: [{ text }],
})
const emptied = Object.fromEntries(Object.keys(sampleValues.en).map((field) => [field, '']))

describe('the templates that come with the program', () => {
  test('are there in both languages, with the same needs', () => {
    const found = builtInTemplates()
    for (const lang of ['zh-CN', 'en'] as const)
      expect(found.filter((one) => one.lang === lang).map(({ id }) => id)).toEqual(ids)
    for (const id of ids) {
      const [first, second] = found.filter((one) => one.id === id).map((one) => fieldsOf(one))
      expect(new Set(first?.needs)).toEqual(new Set(second?.needs))
      expect(new Set(first?.uses)).toEqual(new Set(second?.uses))
    }
  })

  test.each(builtInTemplates().map((one) => [one.id, one.lang, one] as const))(
    '%s in %s leaves no place over, raises no voice and stops on nothing empty',
    (_id, lang, template) => {
      const full = JSON.stringify(composeLetter(template, sampleValues[lang]))
      expect(full).not.toMatch(/[{}＿!！]{2}|undefined|!|！/u)
      const { needs } = fieldsOf(template)
      expect(missingFields(template, { ...sampleValues[lang], ...emptied })).toEqual(needs)
      const bare = Object.fromEntries(fieldsOf(template).uses.map((field) => [field, '']))
      expect(JSON.stringify(composeLetter(template, { ...sampleValues[lang], ...bare }))).not.toContain('＿')
    },
  )

  test('name Article 22 and the recipient with a contact where records move to a custodian', () => {
    const notices = builtInTemplates().filter(({ id }) => id === 'custodian-notice')
    for (const notice of notices) {
      expect(JSON.stringify(notice)).toMatch(/第二十二条|Article 22/)
      expect(fieldsOf(notice).needs).toEqual(
        expect.arrayContaining(['company', 'custodianName', 'custodianContact']),
      )
    }
  })
})

describe('a template', () => {
  test.each([
    ['a field that doesn’t exist', aTemplate('{{salary}}'), 'paragraphs.1', 'unknownField'],
    ['a key of every object', aTemplate('{{constructor}}'), 'paragraphs.1', 'unknownField'],
    ['an open place', aTemplate('{{company'), 'paragraphs.1', 'brace'],
    ['a place without its start', aTemplate('company}}'), 'paragraphs.1', 'brace'],
    ['one brace', aTemplate('{company}'), 'paragraphs.1', 'brace'],
    ['places within places', aTemplate('{{{{company}}}}'), 'paragraphs.1', 'brace'],
    ['an expression', aTemplate('{{company.length}}'), 'paragraphs.1', 'brace'],
    ['a call', aTemplate('{{ alert(1) }}'), 'paragraphs.1', 'brace'],
    ['a script', aTemplate('<script>alert(1)</script>'), 'paragraphs.1', 'markup'],
    ['a picture', aTemplate('<img src=x onerror=alert(1)>'), 'paragraphs.1', 'markup'],
    ['a control character', aTemplate('a\u0007b'), 'paragraphs.1', 'control'],
    ['a mark of direction', aTemplate('a\u202eb'), 'paragraphs.1', 'control'],
    ['nothing but space', aTemplate('  '), 'paragraphs.1', 'blank'],
    ['somebody’s number', aTemplate('请致电 13800001234'), 'paragraphs.1', 'personalData'],
    ['a customer in its title', aTemplate('函', '致 {{customerName}}'), 'title', 'titleField'],
    ['a title of two lines', aTemplate('函', '函\n函'), 'title', 'lines'],
    ['a number for a text', { ...aTemplate('函'), title: 7 }, 'title', 'invalid_type'],
    ['no paragraph', { ...aTemplate('函'), paragraphs: [] }, 'paragraphs', 'too_small'],
    ['a key of its own', { ...aTemplate('函'), script: 'x' }, 'template', 'unrecognized_keys'],
    ['a path for an id', { ...aTemplate('函'), id: '../x' }, 'id', 'invalid_format'],
    ['another language', { ...aTemplate('函'), lang: 'fr' }, 'lang', 'invalid_value'],
    ['no object at all', 'text', 'template', 'invalid_type'],
    ['nothing', null, 'template', 'invalid_type'],
  ])('with %s is refused, and the part is named', async (_what, value, field, rule) => {
    expect(await refusal(() => parseTemplate(value))).toMatchObject({
      code: 'template.invalid',
      fields: [{ field, rule }],
    })
  })

  test('keeps what only looks like markup to nobody', () => {
    const text = '金额 < 100 元 & 日期 > 今天'
    expect(parseTemplate(aTemplate(text)).paragraphs[0]?.text).toBe(text)
  })
})

describe('a letter', () => {
  const template = parseTemplate({
    id: 'own',
    lang: 'zh-CN',
    title: '关于 {{complaintNo}}',
    paragraphs: [{ text: '结果：{{outcome}}' }, { text: '理由：{{reasons}}', optional: true }],
  })

  test('is held back while a field that it needs is empty or blank, and each is named', async () => {
    const values = { ...sampleValues['zh-CN'], outcome: ' \u200b\n', customerName: '' }
    expect(await refusal(() => requireComplete(template, values))).toMatchObject({
      code: 'letter.incomplete',
      fields: [
        { field: 'customerName', rule: 'required' },
        { field: 'outcome', rule: 'required' },
      ],
    })
  })

  test('leaves an optional paragraph out, and never reads a value as a place', () => {
    const values = { ...sampleValues['zh-CN'], outcome: '已退款 {{customerAddress}} $& $1', reasons: '' }
    expect(composeLetter(template, values).paragraphs).toEqual(['结果：已退款 {{customerAddress}} $& $1'])
  })

  test('hides what it is told to, and keeps what the company says of itself', () => {
    const own = parseTemplate(aTemplate('{{outcome}}，联系 {{custodianContact}}'))
    const values = { ...sampleValues['zh-CN'], outcome: '李四', custodianContact: '13800001234' }
    expect(composeLetter(own, values, (text) => text.replaceAll(/李四|138/gu, '*')).paragraphs).toEqual([
      '*，联系 13800001234',
    ])
  })
})

describe('the words of a letter', () => {
  test('write days and amounts as each language does', () => {
    expect(dayWords('2026-03-01T09:30', 'zh-CN')).toBe('2026年3月1日')
    expect(dayWords('2026-03-01', 'en')).toBe('1 March 2026')
    expect(dayWords('', 'en')).toBe('')
    expect(moneyWords('320.50', 'CNY', 'zh-CN')).toBe('人民币 320.50 元')
    expect(moneyWords('320.50', 'EUR', 'en')).toBe('EUR 320.50')
    expect(reliefWords({ kind: 'refund', amount: '5', currency: 'CNY' }, 'en')).toBe('a refund of CNY 5')
    expect(reliefWords({ kind: 'apology', amount: '', currency: '' }, 'zh-CN')).toBe('致歉')
  })
})
