// Which encoding a file has, found by itself. Order: byte order mark, UTF-16 by its NULs, strict UTF-8, strict GB18030,
// Big5 only by evidence. A file that is UTF-8 or GB18030 except for a few bytes is read as such, and only the rows with
// those bytes are rejected.
import { TextDecoder } from 'node:util'
import { GuicangError } from '../../../shared/errors.ts'
import { readChunks } from './read-file.ts'
import type { TableEncoding } from './types.ts'

export type TextEncoding = Exclude<TableEncoding, 'xlsx'>

export interface FoundEncoding {
  encoding: TextEncoding
  /** Every byte of the file is text in this encoding. */
  strict: boolean
}

/** Names for TextDecoder. */
export const decoderLabel: Record<TextEncoding, string> = {
  'utf-8': 'utf-8',
  'utf-8-bom': 'utf-8',
  gb18030: 'gb18030',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  big5: 'big5',
}

/** The encoding that a byte order mark names, or undefined without one. Refuses UTF-32 with `import.encodingUnknown`. */
export function findByteOrderMark(head: Buffer): TextEncoding | undefined {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte)
  if (starts(0xff, 0xfe, 0, 0) || starts(0, 0, 0xfe, 0xff)) throw new GuicangError('import.encodingUnknown')
  if (starts(0xef, 0xbb, 0xbf)) return 'utf-8-bom'
  if (starts(0xff, 0xfe)) return 'utf-16le'
  if (starts(0xfe, 0xff)) return 'utf-16be'
  if (starts(0x84, 0x31, 0x95, 0x33)) return 'gb18030'
  return undefined
}

/**
 * UTF-16 without a mark: every ASCII character has a NUL beside it, always on the same side. Line feeds decide between
 * that and a byte text with stray NULs in it.
 */
export function findUtf16ByNuls(head: Buffer): TextEncoding | undefined {
  let evenNuls = 0
  let oddNuls = 0
  let feeds = 0
  let littleFeeds = 0
  let bigFeeds = 0
  for (let index = 0; index < head.length; index++) {
    const byte = head[index]
    if (byte === 0 && index % 2 === 0) evenNuls++
    if (byte === 0 && index % 2 === 1) oddNuls++
    if (byte !== 0x0a) continue
    feeds++
    if (index % 2 === 0 && head[index + 1] === 0) littleFeeds++
    if (index % 2 === 1 && head[index - 1] === 0) bigFeeds++
  }
  const units = head.length / 2
  // Without any line feed (a header alone) the NULs have to speak for themselves.
  const enough = (nuls: number, others: number, ownFeeds: number): boolean =>
    nuls >= units * 0.04 && others <= nuls / 20 && (feeds === 0 ? nuls >= units * 0.3 : ownFeeds * 2 > feeds)
  if (enough(oddNuls, evenNuls, littleFeeds)) return 'utf-16le'
  if (enough(evenNuls, oddNuls, bigFeeds)) return 'utf-16be'
  return undefined
}

/** A strict decoder that is fed in pieces and remembers whether all of them were text. */
export class StrictCheck {
  readonly #decoder: TextDecoder
  valid = true

  constructor(encoding: TextEncoding) {
    this.#decoder = new TextDecoder(decoderLabel[encoding], { fatal: true })
  }

  /** Decoded text of this piece, empty once a piece was not text. Call with nothing at the end of the file. */
  write(bytes?: Buffer): string {
    if (!this.valid) return ''
    try {
      return bytes === undefined ? this.#decoder.decode() : this.#decoder.decode(bytes, { stream: true })
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause
      this.valid = false
      return ''
    }
  }
}

/** Whether the whole file is text in this encoding; stops at the first byte that isn't. */
async function isStrictly(path: string, encoding: TextEncoding, signal?: AbortSignal): Promise<boolean> {
  const check = new StrictCheck(encoding)
  for await (const chunk of readChunks(path, signal)) {
    check.write(chunk)
    if (!check.valid) return false
  }
  check.write()
  return check.valid
}

/** Whether at most one character beyond ASCII in fifty can't be read: a few bytes are broken, not the guess. */
async function isMostly(path: string, encoding: TextEncoding, signal?: AbortSignal): Promise<boolean> {
  const decoder = new TextDecoder(decoderLabel[encoding])
  let unreadable = 0
  let readable = 0
  const count = (text: string): void => {
    const beyond = beyondAscii(text)
    const good = beyond.replaceAll('\uFFFD', '').length
    readable += good
    unreadable += beyond.length - good
  }
  for await (const chunk of readChunks(path, signal)) count(decoder.decode(chunk, { stream: true }))
  count(decoder.decode())
  return unreadable * 50 <= readable
}

const beyondAscii = (text: string): string => text.replace(/[\0-\x7F]+/g, '')

// Characters that any table of customers or complaints in the script is full of: its headers, its commonest words.
const simplifiedCommon =
  '的一是在不了有和人这中大为上个国我以要他时来用们到地于出就对成会可年说方后多定行所民经进家电如高都当好应开还没问公通员请给处件号码户编姓名证身份手机话邮箱址联系银卡期备注投诉渠道类别内容状态结果间单省市区县路街街道栋元室张王李赵刘陈杨黄周吴'
const traditionalCommon =
  '的一是在不了有和人這中大為上個國我以要他時來用們到地於出就對成會可年說方後多定行所民經進家電如高都當好應開還沒問公通員請給處件號碼戶編姓名證身份手機話郵箱址聯繫銀卡期備註投訴渠道類別內容狀態結果間單省市區縣路街道棟元室張王李趙劉陳楊黃周吳'

/** Share (0 to 1) of the characters beyond ASCII that are among the commonest of the script. */
function commonShare(head: Buffer, encoding: TextEncoding, common: string): number {
  const text = beyondAscii(new TextDecoder(decoderLabel[encoding]).decode(head))
  const set = new Set(common)
  let hits = 0
  for (const char of text) if (set.has(char)) hits++
  return text.length === 0 ? 0 : hits / text.length
}

/**
 * The encoding of a file that has no byte order mark, isn't UTF-16 and isn't strictly UTF-8; `head` is its beginning.
 * Refuses with `import.encodingUnknown` where the bytes are no text in any of them.
 */
export async function findLegacyEncoding(
  path: string,
  head: Buffer,
  signal?: AbortSignal,
): Promise<FoundEncoding> {
  // Most Big5 bytes are GB18030 too, read as rare characters: the commonest ones of each script tell which was meant.
  const big5Share = commonShare(head, 'big5', traditionalCommon)
  const gb18030Share = commonShare(head, 'gb18030', simplifiedCommon)
  if (big5Share >= 0.1 && big5Share >= gb18030Share * 2 && (await isStrictly(path, 'big5', signal))) {
    return { encoding: 'big5', strict: true }
  }
  if (await isStrictly(path, 'gb18030', signal)) return { encoding: 'gb18030', strict: true }
  if (await isMostly(path, 'utf-8', signal)) return { encoding: 'utf-8', strict: false }
  if (gb18030Share >= 0.05 && (await isMostly(path, 'gb18030', signal)))
    return { encoding: 'gb18030', strict: false }
  throw new GuicangError('import.encodingUnknown')
}
