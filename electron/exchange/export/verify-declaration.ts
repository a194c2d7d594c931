// bagit.txt and bag-info.txt of a bag that somebody hands in.
import { decodeTag, fault, readTag, warn, type BagCheck } from './bag-check.ts'

export interface Declaration {
  /** `1.0`, or an older one that is read by its own, laxer rules. */
  version: string
  encoding: string
}

const olderVersions = new Set(['0.93', '0.94', '0.95', '0.96', '0.97'])

/** Reads bagit.txt; findings where it is missing or wrong, and then goes on as for 1.0 in UTF-8. */
export async function readDeclaration(check: BagCheck): Promise<Declaration> {
  const fallback: Declaration = { version: '1.0', encoding: 'utf-8' }
  const bytes = await readTag(check, 'bagit.txt', 64 * 1024)
  if (!bytes) {
    if (!check.files.has('bagit.txt'))
      fault(check, 'declaration.missing', 'bagit.txt', 'a bag must have this file')
    return fallback
  }
  // RFC 8493, section 2.1.1: exactly two lines, UTF-8, no byte order mark.
  const match =
    /^BagIt-Version: (\d+\.\d+)(?:\r\n|\n|\r)Tag-File-Character-Encoding: ?(\S+)[ \t]*(?:\r\n|\n|\r)*$/.exec(
      bytes.toString('utf8'),
    )
  const [, version, encoding] = match ?? []
  if (version === undefined || encoding === undefined) {
    fault(check, 'declaration.malformed', 'bagit.txt', 'not the two lines that BagIt asks for')
    return fallback
  }
  if (version !== '1.0') {
    if (olderVersions.has(version)) warn(check, 'declaration.olderVersion', 'bagit.txt', `BagIt ${version}`)
    else fault(check, 'declaration.version', 'bagit.txt', `BagIt ${version} is not known here`)
  }
  try {
    return { version, encoding: new TextDecoder(encoding).encoding }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    fault(check, 'declaration.encoding', 'bagit.txt', `the encoding ${encoding} is not known here`)
    return { ...fallback, version }
  }
}

/** Labels in lower case to their values, in file order. */
export type BagInfo = ReadonlyMap<string, readonly string[]>

/** Reads bag-info.txt, which a bag may lack; folded lines are joined. */
export async function readBagInfo(check: BagCheck, encoding: string): Promise<BagInfo> {
  const info = new Map<string, string[]>()
  const bytes = await readTag(check, 'bag-info.txt')
  const text = bytes && decodeTag(check, 'bag-info.txt', bytes, encoding)
  if (text === undefined) return info
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  let current: string[] | undefined
  for (const [index, line] of lines.entries()) {
    const [, label, value] = /^([^\s:][^:]*?)[ \t]*:[ \t]*(.*)$/s.exec(line) ?? []
    if (/^[ \t]+\S/.test(line) && current) {
      current.push(`${current.pop() ?? ''} ${line.trim()}`)
    } else if (label !== undefined && value !== undefined) {
      current = info.get(label.toLowerCase()) ?? []
      current.push(value)
      info.set(label.toLowerCase(), current)
    } else
      fault(check, 'bagInfo.malformed', `bag-info.txt:${index + 1}`, 'not a line of the form “label: value”')
  }
  return info
}

/** Holds Payload-Oxum (octets and number of payload files), where there is one, against what is there. */
export function checkOxum(check: BagCheck, info: BagInfo, octets: number, fileCount: number): void {
  const values = info.get('payload-oxum') ?? []
  if (values.length > 1)
    warn(check, 'oxum.repeated', 'bag-info.txt', 'Payload-Oxum stands there more than once')
  for (const value of values) {
    if (!/^\d+\.\d+$/.test(value.trim())) fault(check, 'oxum.malformed', 'bag-info.txt', 'not “octets.files”')
    else if (value.trim() !== `${octets}.${fileCount}`) {
      fault(check, 'oxum.mismatch', 'bag-info.txt', `says ${value.trim()}, found ${octets}.${fileCount}`)
    }
  }
}
