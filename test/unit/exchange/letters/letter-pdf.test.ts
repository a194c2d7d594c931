// A letter on paper: what a reader copies out of it is what was written, wherever it breaks and whatever the name is.
import { describe, expect, test } from 'vitest'
import { composeLetter, letterText, type LetterValues } from '../../../../electron/domain/letters/compose.ts'
import { sampleValues } from '../../../../electron/domain/letters/sample.ts'
import { openFontFiles } from '../../../../electron/exchange/export/certificate-fonts.ts'
import { builtInTemplates } from '../../../../electron/exchange/letters/built-in.ts'
import { letterPdf } from '../../../../electron/exchange/letters/letter-pdf.ts'
import type { LetterDocument } from '../../../../shared/types/letter.ts'
import { pdfPages, pdfText } from '../../../support/pdf-text.ts'
import { present } from '../../../support/vault.ts'

const at = new Date('2026-11-27T02:00:00.000Z')

function aLetter(
  values: Partial<LetterValues>,
  lang: 'zh-CN' | 'en' = 'zh-CN',
  id = 'outcome',
): LetterDocument {
  const template = builtInTemplates().find((one) => one.id === id && one.lang === lang)
  return composeLetter(present(template), { ...sampleValues[lang], ...values })
}

/** Line ends and spaces are the printer's. */
const flat = (text: string): string => text.replaceAll(/\s/gu, '')

describe('a letter', () => {
  test.each(builtInTemplates().map(({ id, lang }) => [id, lang] as const))(
    '%s in %s is one page of A4 that says what its text says',
    async (id, lang) => {
      const letter = aLetter({ customerAddress: '' }, lang, id)
      const { bytes, pages, boxes } = await letterPdf(letter, at)
      const text = flat(pdfText(bytes))
      for (const line of letterText({ ...letter, addressee: [] }).split('\n'))
        expect(text).toContain(flat(line))
      expect({ pages, boxes }).toEqual({ pages: 1, boxes: [] })
      expect(bytes.toString('latin1')).toContain('/MediaBox [0 0 595.28 841.89]')
    },
  )

  test('is the same bytes for the same letter at the same moment, whoever keeps the fonts', async () => {
    const letter = aLetter({})
    const first = await letterPdf(letter, at)
    expect(first.bytes.equals((await letterPdf(letter, at, await openFontFiles())).bytes)).toBe(true)
    expect(first.bytes.equals((await letterPdf(aLetter({ customerName: '李四' }), at)).bytes)).toBe(false)
  })

  test('of three pages is numbered, keeps its margins and its end', async () => {
    const reasons = Array.from(
      { length: 28 },
      (_, index) => `第 ${index + 1} 项：${'经核对有关记录，'.repeat(6)}`,
    )
    const { bytes, pages } = await letterPdf(aLetter({ reasons: reasons.join('\n') }), at)
    expect(pages).toBe(3)
    const all = pdfPages(bytes)
    expect(all.map((page) => page.at(-1)?.text)).toEqual(
      [1, 2, 3].map((page) => `投诉编号：TS-0001 · ${page} / 3`),
    )
    for (const page of all) {
      for (const { x, y } of page.slice(0, -1)) {
        expect(x).toBeGreaterThanOrEqual(71)
        expect(y).toBeGreaterThan(60)
        expect(y).toBeLessThan(780)
      }
    }
    const text = flat(pdfText(bytes))
    for (const reason of reasons) expect(text).toContain(flat(reason).slice(0, 12))
    expect(text).toContain('特此函告。')
  })

  test('breaks a name of 300 characters instead of running off the page', async () => {
    for (const name of ['长'.repeat(300), 'x'.repeat(300), '٣'.repeat(300)]) {
      const { bytes, pages } = await letterPdf(aLetter({ customerName: name }), at)
      expect(pages).toBeLessThan(3)
      for (const page of pdfPages(bytes)) for (const { x } of page) expect(x).toBeGreaterThanOrEqual(71)
      const shown = name.startsWith('٣') ? '□' : present(name[0])
      const count = [...pdfText(bytes)].filter((char) => char === shown).length
      expect(count).toBeGreaterThanOrEqual(name.startsWith('٣') ? 1 : 600)
    }
  })

  test('prints rare characters that a font has, and names those that none has', async () => {
    const { bytes, boxes } = await letterPdf(aLetter({ customerName: '王㛃龐' }), at)
    const text = flat(pdfText(bytes))
    expect(boxes.includes('㛃') ? text : text.replaceAll('㛃', '□')).toContain('王□龐：')
    const rare = await letterPdf(aLetter({ customerName: '王𠮷' }), at)
    expect(rare.boxes).toEqual(['𠮷'])
    expect(flat(pdfText(rare.bytes))).toContain('王□：')
  })

  test('lets no mark of direction, control character or line end of a name move anything', async () => {
    const letter = aLetter({ customerName: '王\u202e小明\u0007\u200b\n您已中奖\u2066' })
    expect(letter.salutation).toBe('王小明 您已中奖：')
    const text = pdfText((await letterPdf(letter, at)).bytes)
    expect(text).not.toMatch(/[\u0007\u200b\u202a-\u202e\u2066-\u2069]/u)
    expect(flat(text)).toContain('王小明您已中奖：')
  })
})
