// Letters to PDF, recorded, against plain pdfkit that writes the same text and records nothing.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import { openFontFiles } from '../../electron/exchange/export/certificate-fonts.ts'
import type { Measurement } from './measurement.ts'
import { importRows, percentile, timed, vaultOf } from './subjects.ts'

const letters = Math.min(1000, importRows)

const measurement: Measurement = {
  title: 'Letters',
  about: `A batch of ${letters.toLocaleString('en')} letters (an acknowledgement in Chinese, one page), from the call at the gate to its answer: each composed, printed with embedded fonts, flushed, recorded in both compartments with its leaf in the log, and put in its place. The peer is plain pdfkit that writes the same text with the same font file, twenty times.`,
  run: async () => {
    const { path, connection } = await vaultOf(importRows)
    const { items } = await connection.call('customers.list', { limit: Math.min(1000, letters) })
    for (const { id: customerId } of items)
      await connection.call('complaints.add', { customerId, category: '退款' })
    const folder = `${path}.letters`
    const start = performance.now()
    const report = await connection.call('letters.batch', {
      templateId: 'acknowledgement',
      lang: 'zh-CN',
      folder,
    })
    const took = performance.now() - start
    if (report.sent !== items.length)
      throw new Error(`${report.sent} of ${items.length} letters were written`)
    const [complaint] = (await connection.call('complaints.list', { limit: 1 })).items
    const listed =
      complaint === undefined
        ? []
        : (await connection.call('letters.list', { complaintId: complaint.id })).items
    const text = listed[0]?.text ?? ''
    const font = (await openFontFiles()).fontOf('chinese-simplified', 400)
    const plain = await timed(20, async (index) => {
      writeFileSync(join(folder, `peer-${index}.pdf`), await plainPdf(font, text))
    })
    const perMinute = (items.length / took) * 60_000
    const peer = 60_000 / (percentile(plain, 0.5) ?? Number.NaN)
    return [
      { what: 'letters written and recorded', value: perMinute, unit: 'a minute' },
      { what: 'plain pdfkit, same text', value: peer, unit: 'a minute', note: 'peer, median of 20' },
      { what: 'ratio of rates', value: perMinute / peer, unit: '×', note: 'letters ÷ plain pdfkit' },
    ]
  },
}
export default measurement

async function plainPdf(font: Buffer, text: string): Promise<Buffer> {
  const doc = new PDFDocument({ size: 'A4', margin: 72 })
  const chunks: Uint8Array[] = []
  const done = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    doc.on('end', resolve)
    doc.on('error', reject)
  })
  doc.registerFont('main', font).font('main', 11).text(text)
  doc.end()
  await done
  return Buffer.concat(chunks)
}
