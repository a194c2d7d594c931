// The page that a person reads: what has left the vault, who made it, and how to check it.
import PDFDocument from 'pdfkit'
import { certificateBlocks } from './certificate-words.ts'
import type { CertificateBlock, CertificateData, CertificateLanguage } from './certificate-data.ts'
import { openCertificateFonts, type CertificateFonts } from './certificate-fonts.ts'

export type { CertificateData, CertificateLanguage }

/**
 * The certificate as plain text (UTF-8, LF) in one language.
 * @throws RangeError for a time that is no ISO instant or an unknown time zone
 */
export function certificateText(data: CertificateData, lang: CertificateLanguage): string {
  const colon = lang === 'en' ? ': ' : '：'
  const parts = certificateBlocks(data, lang).map((block) => blockText(block, colon))
  return `${parts.join('\n\n')}\n`
}

function blockText(block: CertificateBlock, colon: string): string {
  switch (block.type) {
    case 'title':
      return `${block.text}\n${'='.repeat(40)}`
    case 'heading':
      return `${block.text}\n${'-'.repeat(40)}`
    case 'paragraph':
      return block.text
    case 'facts':
      return block.facts.map(([label, value]) => `${label}${colon}${value}`).join('\n')
    case 'files':
      return block.files
        .map(({ path, measure, sha256 }) => `${path}\n  ${measure}\n  SHA-256 ${sha256}`)
        .join('\n')
    case 'commands':
      return block.lines.map((line) => `    ${line}`).join('\n')
  }
}

const ink = '#1F2A37'
const quiet = '#5B6673'
const rule = '#D9D4C9'
const action = '#1F5E5B'
const margin = 48
const labelWidth = 92

/**
 * The certificate as an A4 PDF, Chinese first and English after it, with the bundled Noto Sans SC embedded (subset).
 * A character that no bundled font has is printed as U+25A1 □; certificateText has it as it is.
 * @returns the file's bytes; the same data gives the same pages
 * @throws RangeError as certificateText
 */
export async function certificatePdf(data: CertificateData): Promise<Uint8Array> {
  const blocks = (['zh-CN', 'en'] as const).map((lang) => certificateBlocks(data, lang))
  const title = blocks.map(([first]) => (first?.type === 'title' ? first.text : '')).join(' / ')
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    lang: 'zh-CN',
    info: { Title: title, Producer: 'Guicang', Creator: 'Guicang', CreationDate: new Date(data.createdAt) },
  })
  const chunks: Uint8Array[] = []
  const done = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  const page: Page = { doc, fonts: await openCertificateFonts(doc) }
  for (const [index, language] of blocks.entries()) {
    if (index > 0) doc.addPage()
    for (const block of language) setBlock(page, block)
  }
  setFooters(page, data.vaultId)
  doc.end()
  await done
  return Buffer.concat(chunks)
}

interface Page {
  doc: PDFKit.PDFDocument
  fonts: CertificateFonts
}

interface Style {
  size: number
  color: string
  bold?: boolean
  left?: number
  gap?: number
}

function setBlock(page: Page, block: CertificateBlock): void {
  const { doc } = page
  switch (block.type) {
    case 'title':
      setText(page, block.text, { size: 18, color: action, bold: true, gap: 4 })
      doc
        .moveTo(margin, doc.y + 2)
        .lineTo(doc.page.width - margin, doc.y + 2)
        .lineWidth(1)
        .stroke(rule)
      doc.y += 9
      return
    case 'heading':
      keepTogether(page, 60)
      doc.y += 4
      setText(page, block.text, { size: 11, color: action, bold: true, gap: 3 })
      return
    case 'paragraph':
      setText(page, block.text, { size: 9, color: ink, gap: 4 })
      return
    case 'facts':
      for (const [label, value] of block.facts) setFact(page, label, value)
      doc.y += 3
      return
    case 'files':
      for (const { path, measure, sha256 } of block.files) {
        keepTogether(page, 44)
        setText(page, path, { size: 9, color: ink, bold: true })
        setText(page, measure, { size: 9, color: ink, left: 12 })
        setText(page, `SHA-256 ${sha256}`, { size: 7.5, color: quiet, left: 12, gap: 4 })
      }
      return
    case 'commands':
      keepTogether(page, 14 * block.lines.length)
      for (const line of block.lines) {
        const indent = line.length - line.trimStart().length
        setText(page, line.trimStart(), { size: 8, color: ink, left: 12 + 6 * indent })
      }
      doc.y += 4
  }
}

function setFact(page: Page, label: string, value: string): void {
  const { doc } = page
  keepTogether(page, 18)
  const top = doc.y
  setText(page, label, { size: 9, color: quiet })
  doc.y = top
  setText(page, value, { size: 9, color: ink, left: labelWidth, gap: 1 })
}

// Sets one paragraph; a run of characters in another font continues the line.
function setText({ doc, fonts }: Page, text: string, style: Style): void {
  const left = margin + (style.left ?? 0)
  const options = { width: doc.page.width - margin - left, lineGap: 1.5 }
  const runs = fonts.runsOf(text, style.bold === true)
  doc.fillColor(style.color)
  for (const [index, run] of runs.entries()) {
    doc.font(run.font, style.size)
    const continued = index < runs.length - 1
    if (index === 0) doc.text(run.text, left, doc.y, { ...options, continued })
    else doc.text(run.text, { ...options, continued })
  }
  doc.x = margin
  doc.y += style.gap ?? 0
}

function keepTogether({ doc }: Page, height: number): void {
  if (doc.y + height > doc.page.height - margin) doc.addPage()
}

function setFooters({ doc, fonts }: Page, vaultId: string): void {
  const { start, count } = doc.bufferedPageRange()
  for (let index = start; index < start + count; index += 1) {
    doc.switchToPage(index)
    // Text below the margin would open a new page.
    doc.page.margins.bottom = 0
    doc.font(fonts.regular, 8).fillColor(quiet)
    doc.text(`归藏 Guicang · ${vaultId} · ${index - start + 1} / ${count}`, margin, doc.page.height - 36, {
      width: doc.page.width - 2 * margin,
      align: 'center',
      lineBreak: false,
    })
  }
}
