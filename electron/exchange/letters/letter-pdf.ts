// A letter on paper: A4, the bundled Noto Sans SC embedded (subset), page numbers where there is more than one.
import PDFDocument from 'pdfkit'
import type { LetterDocument } from '../../../shared/types/letter.ts'
import { type CertificateFonts, type FontFiles, openCertificateFonts } from '../export/certificate-fonts.ts'

export interface LetterPdf {
  bytes: Buffer
  pages: number
  /** Characters that no bundled font has, each once: they are printed as U+25A1 □. */
  boxes: string[]
}

const ink = '#1F2A37'
const quiet = '#5B6673'
const margin = 72
const size = 11
const lineGap = 3

interface Page {
  doc: PDFKit.PDFDocument
  fonts: CertificateFonts
}

/**
 * @param at when it is written; the same letter at the same moment gives the same bytes
 * @param files the fonts, where many letters are written
 */
export async function letterPdf(letter: LetterDocument, at: Date, files?: FontFiles): Promise<LetterPdf> {
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    lang: letter.lang,
    info: { Title: letter.title, Producer: 'Guicang', Creator: 'Guicang', CreationDate: at },
  })
  const chunks: Uint8Array[] = []
  const done = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  const page: Page = { doc, fonts: await openCertificateFonts(doc, files) }
  setLetter(page, letter)
  const pages = doc.bufferedPageRange().count
  if (pages > 1) setFooters(page, letter, pages)
  doc.end()
  await done
  return { bytes: Buffer.concat(chunks), pages, boxes: boxesIn(page.fonts, letter) }
}

function setLetter(page: Page, letter: LetterDocument): void {
  const { doc } = page
  const chinese = letter.lang === 'zh-CN'
  for (const [index, line] of letter.sender.entries())
    setText(page, line, { size: index === 0 ? 13 : 9, color: index === 0 ? ink : quiet, align: 'center' })
  doc.y += 6
  doc
    .moveTo(margin, doc.y)
    .lineTo(doc.page.width - margin, doc.y)
    .lineWidth(0.7)
    .stroke(quiet)
  doc.y += 16
  for (const line of letter.reference) setText(page, line, { size: 9, color: quiet })
  doc.y += 10
  if (!chinese) setAddressee(page, letter)
  setText(page, letter.title, { size: 15, align: chinese ? 'center' : 'left', gap: 12 })
  if (chinese) setAddressee(page, letter)
  setText(page, letter.salutation, { gap: 6 })
  for (const paragraph of letter.paragraphs)
    setText(page, paragraph, { indent: chinese ? 2 * size : 0, gap: 6 })
  // A signature alone on a page belongs to nothing.
  keepTogether(page, 24 + letter.signOff.length * (size + lineGap + 4))
  doc.y += 18
  for (const line of letter.signOff) setText(page, line, { align: chinese ? 'right' : 'left', gap: 1 })
}

/** The name stands in the salutation: above it only what a window envelope needs. */
function setAddressee(page: Page, { addressee }: LetterDocument): void {
  if (addressee.length < 2) return
  for (const line of addressee) setText(page, line, { size: 10 })
  page.doc.y += 12
}

interface Style {
  size?: number
  color?: string
  align?: 'left' | 'center' | 'right'
  indent?: number
  gap?: number
}

/** Sets one paragraph; a run of characters in another font continues the line. */
function setText({ doc, fonts }: Page, text: string, style: Style): void {
  const width = doc.page.width - 2 * margin
  const fontSize = style.size ?? size
  const runs = fonts.runsOf(text, false)
  doc.fillColor(style.color ?? ink)
  const long = runs.reduce((sum, run) => sum + doc.font(run.font, fontSize).widthOfString(run.text), 0)
  // The library aligns run by run: a line of several is put in its place by hand, and one that is too long starts left.
  const room = Math.max(0, width - long)
  const shift = style.align === 'right' ? room : style.align === 'center' ? room / 2 : 0
  for (const [index, run] of runs.entries()) {
    doc.font(run.font, fontSize)
    const continued = index < runs.length - 1
    const options = {
      width: width - shift + 1,
      lineGap,
      continued,
      indent: index === 0 ? (style.indent ?? 0) : 0,
    }
    if (index === 0) doc.text(run.text, margin + shift, doc.y, options)
    else doc.text(run.text, options)
  }
  doc.x = margin
  doc.y += style.gap ?? 0
}

function keepTogether({ doc }: Page, height: number): void {
  if (doc.y + height > doc.page.height - margin) doc.addPage()
}

function setFooters({ doc, fonts }: Page, letter: LetterDocument, pages: number): void {
  for (let index = 0; index < pages; index += 1) {
    doc.switchToPage(index)
    // Text below the margin would open a new page.
    doc.page.margins.bottom = 0
    doc.font(fonts.regular, 8).fillColor(quiet)
    const number = letter.reference.length === 0 ? '' : `${letter.reference.join(' ')} · `
    doc.text(`${number}${index + 1} / ${pages}`, margin, doc.page.height - 48, {
      width: doc.page.width - 2 * margin,
      align: 'center',
      lineBreak: false,
    })
  }
}

function boxesIn(fonts: CertificateFonts, letter: LetterDocument): string[] {
  const { lang: _lang, ...parts } = letter
  const boxes = new Set<string>()
  for (const char of new Set(Object.values(parts).flat().join(''))) {
    if (char === '\u25a1') continue
    if (fonts.runsOf(char, false).some(({ text }) => text === '\u25a1')) boxes.add(char)
  }
  return [...boxes]
}
