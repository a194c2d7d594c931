// The fonts of a certificate, out of the bundled Noto Sans SC: one file has nearly all that is needed, and rare or
// traditional characters have a small file a range of code points.
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { unwrapWoff } from './woff.ts'

export interface CertificateFonts {
  /** Name under which the document knows the regular font. */
  regular: string
  /** Cuts a text into runs of one font each; what no font has becomes U+25A1. */
  runsOf(text: string, bold: boolean): { font: string; text: string }[]
}

const packageName = '@fontsource/noto-sans-sc'
const weights = { regular: 400, bold: 700 } as const
const missing = '\u25a1'

/** The font files as they are read: kept by whoever sets many documents, so that each file is read and unwrapped once. */
export interface FontFiles {
  ranges: readonly { subset: string; from: number; to: number }[]
  /** The font of a subset, ready for a document. */
  fontOf(subset: string, weight: number): Buffer
}

export async function openFontFiles(): Promise<FontFiles> {
  const require = createRequire(import.meta.url)
  const ranges = subsetRanges(
    JSON.parse(await readFile(require.resolve(`${packageName}/unicode.json`), 'utf8')),
  )
  const read = new Map<string, Buffer>()
  return {
    ranges,
    fontOf: (subset, weight) => {
      const name = `noto-sans-sc-${subset}-${weight}-normal.woff`
      const font = read.get(name) ?? unwrapWoff(readFileSync(require.resolve(`${packageName}/files/${name}`)))
      read.set(name, font)
      return font
    },
  }
}

/** Registers the fonts with a document. Fonts for bold text and for rare characters are read only when they are needed. */
export async function openCertificateFonts(
  doc: PDFKit.PDFDocument,
  files?: FontFiles,
): Promise<CertificateFonts> {
  const { ranges, fontOf } = files ?? (await openFontFiles())
  const registered = new Set<string>()
  // Names the small font that has the character, where there is one.
  const rareFont = (char: string, weight: number): string | undefined => {
    const code = char.codePointAt(0) ?? 0
    const subset = ranges.find(({ from, to }) => from <= code && code <= to)?.subset
    if (subset === undefined) return undefined
    const font = `rare-${subset}-${weight}`
    if (!registered.has(font)) {
      doc.registerFont(font, fontOf(subset, weight))
      registered.add(font)
    }
    return hasGlyph(doc, font, char) ? font : undefined
  }
  const mainFont = (weight: number): string => {
    const font = `main-${weight}`
    if (!registered.has(font)) {
      doc.registerFont(font, fontOf('chinese-simplified', weight))
      registered.add(font)
    }
    return font
  }
  return {
    regular: mainFont(weights.regular),
    runsOf(text, bold) {
      const weight = bold ? weights.bold : weights.regular
      const main = mainFont(weight)
      const runs: { font: string; text: string }[] = []
      for (const char of text) {
        const found = hasGlyph(doc, main, char) ? main : rareFont(char, weight)
        const font = found ?? rareFont(missing, weight) ?? main
        const shown = found === undefined ? missing : char
        const last = runs.at(-1)
        if (last?.font === font) last.text += shown
        else runs.push({ font, text: shown })
      }
      return runs
    },
  }
}

// `[88]` in unicode.json is the file `88`; named subsets (latin, cyrillic, …) keep their name.
function subsetRanges(json: unknown): FontFiles['ranges'] {
  return Object.entries(z.record(z.string(), z.string()).parse(json)).flatMap(([name, list]) =>
    list.split(',').map((range) => {
      const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-')
      return {
        subset: name.replaceAll(/[[\]]/g, ''),
        from: Number.parseInt(from, 16),
        to: Number.parseInt(to, 16),
      }
    }),
  )
}

// pdfkit prints an empty box, or nothing, for a character that its font lacks, and has no public way to ask. `_font.font`
// is fontkit's font; if a later pdfkit keeps it elsewhere, this throws and the certificate's tests fail.
function hasGlyph(doc: PDFKit.PDFDocument, font: string, char: string): boolean {
  doc.font(font)
  const inner: unknown = Reflect.get(doc, '_font')
  const face: unknown = typeof inner === 'object' && inner !== null ? Reflect.get(inner, 'font') : undefined
  if (typeof face !== 'object' || face === null) throw new GuicangError('internal')
  const ask: unknown = Reflect.get(face, 'hasGlyphForCodePoint')
  if (typeof ask !== 'function') throw new GuicangError('internal')
  return ask.call(face, char.codePointAt(0) ?? 0) === true
}
