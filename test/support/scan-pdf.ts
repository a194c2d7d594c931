// A PDF as a scanner makes it: pages of pictures that nothing can make smaller.
import { randomBytes } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import PDFDocument from 'pdfkit'

/** Side of a page's picture in pixels: three bytes each, about a megabyte a page. */
const pageSide = 592

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

/** Noise, but for a red square at the top left. @param side in pixels */
export function noisePng(side: number): Buffer {
  const row = 1 + side * 3
  const pixels = randomBytes(row * side)
  for (let y = 0; y < side; y += 1) {
    pixels[y * row] = 0
    if (y < side / 4) for (let x = 0; x < side / 4; x += 1) pixels.set([255, 0, 0], y * row + 1 + x * 3)
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([8, 2], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(pixels, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** About so many megabytes, one a page; each page is noise with a red square at its top left. */
export async function scannedPdf(pages: number): Promise<Buffer> {
  const document = new PDFDocument({ size: [300, 300], margin: 0, autoFirstPage: false })
  const pieces: Uint8Array[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (piece: Uint8Array) => pieces.push(piece))
    document.on('end', () => resolve(Buffer.concat(pieces)))
    document.on('error', reject)
  })
  for (let page = 0; page < pages; page += 1)
    document.addPage().image(noisePng(pageSide), 0, 0, { width: 300, height: 300 })
  document.end()
  return done
}
