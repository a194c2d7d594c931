// The bundled fonts come as WOFF 1.0 (https://www.w3.org/TR/WOFF/): a TrueType file whose tables are deflated one by one.
// The PDF library reads WOFF, but inflates a whole table for every glyph (20 s a page, measured), and can't subset WOFF2
// (5.6 MB a page, measured). Unwrapped, a page takes tenths of a second and kilobytes.
import { inflateSync } from 'node:zlib'
import { GuicangError } from '../../../shared/errors.ts'

const woffSignature = 0x774f4646
const headerBytes = 44
const entryBytes = 20

/**
 * The TrueType (sfnt) file inside a WOFF 1.0 file.
 * @throws GuicangError `internal` when it is no WOFF 1.0 file: the fonts come with the program
 */
export function unwrapWoff(woff: Buffer): Buffer {
  if (woff.length < headerBytes || woff.readUInt32BE(0) !== woffSignature) throw new GuicangError('internal')
  const flavor = woff.readUInt32BE(4)
  const count = woff.readUInt16BE(12)
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = headerBytes + index * entryBytes
    const offset = woff.readUInt32BE(entry + 4)
    const stored = woff.subarray(offset, offset + woff.readUInt32BE(entry + 8))
    const size = woff.readUInt32BE(entry + 12)
    // A table that deflating would not make smaller is stored as it is.
    const data = stored.length < size ? inflateSync(stored) : stored
    if (data.length !== size) throw new GuicangError('internal')
    return { tag: woff.readUInt32BE(entry), checksum: woff.readUInt32BE(entry + 16), data }
  })

  const power = 2 ** Math.floor(Math.log2(count))
  const directory = Buffer.alloc(12 + count * 16)
  directory.writeUInt32BE(flavor, 0)
  directory.writeUInt16BE(count, 4)
  directory.writeUInt16BE(power * 16, 6)
  directory.writeUInt16BE(Math.log2(power), 8)
  directory.writeUInt16BE((count - power) * 16, 10)
  const parts: Buffer[] = [directory]
  let offset = directory.length
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const entry = 12 + index * 16
    directory.writeUInt32BE(tag, entry)
    directory.writeUInt32BE(checksum, entry + 4)
    directory.writeUInt32BE(offset, entry + 8)
    directory.writeUInt32BE(data.length, entry + 12)
    const padding = Buffer.alloc((4 - (data.length % 4)) % 4)
    parts.push(data, padding)
    offset += data.length + padding.length
  }
  return Buffer.concat(parts)
}
