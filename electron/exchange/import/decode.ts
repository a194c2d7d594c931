// The file's bytes as text. Bytes that are no text in the encoding survive as lone surrogates U+DC80 to U+DCFF (Python's
// `surrogateescape`, PEP 383): no decoder makes these, so a row that holds one is known, and its bytes aren't lost.
import { TextDecoder } from 'node:util'
import type { Hash } from 'node:crypto'
import { decoderLabel, type FoundEncoding, type TextEncoding } from './encoding.ts'
import { readChunks } from './read-file.ts'

/**
 * Text of the file in pieces, without its byte order mark. Refuses with `import.fileNotFound`, `import.unreadable`,
 * `job.cancelled`.
 */
export async function* decodeFile(
  path: string,
  found: FoundEncoding,
  signal?: AbortSignal,
  hash?: Hash,
): AsyncGenerator<string> {
  let first = true
  for await (const text of found.strict
    ? strictly(path, found, signal, hash)
    : leniently(path, found, signal, hash)) {
    const piece = first ? text.replace(/^\uFEFF/, '') : text
    if (text !== '') first = false
    if (piece !== '') yield piece
  }
}

async function* strictly(
  path: string,
  found: FoundEncoding,
  signal?: AbortSignal,
  hash?: Hash,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(decoderLabel[found.encoding])
  for await (const chunk of readChunks(path, signal, hash)) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

/** Piece by piece, cut behind a line feed: in none of these encodings is 0x0A part of another character. */
async function* leniently(
  path: string,
  found: FoundEncoding,
  signal?: AbortSignal,
  hash?: Hash,
): AsyncGenerator<string> {
  const wide = found.encoding === 'utf-16le' || found.encoding === 'utf-16be'
  let rest = Buffer.alloc(0)
  for await (const chunk of readChunks(path, signal, hash)) {
    const joined = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const end = wide ? joined.length - (joined.length % 2) : joined.lastIndexOf(0x0a) + 1
    rest = Buffer.from(joined.subarray(end))
    yield wide
      ? decodeUnits(joined.subarray(0, end), found.encoding)
      : decodeLines(joined.subarray(0, end), found.encoding)
  }
  yield wide ? escapeBytes(rest) : decodeLines(rest, found.encoding)
}

/** Node keeps lone surrogates where TextDecoder would replace them. */
function decodeUnits(bytes: Buffer, encoding: TextEncoding): string {
  return (encoding === 'utf-16be' ? Buffer.from(bytes).swap16() : bytes).toString('utf16le')
}

function decodeLines(bytes: Buffer, encoding: TextEncoding): string {
  const decoder = new TextDecoder(decoderLabel[encoding], { fatal: true, ignoreBOM: true })
  const whole = tryDecode(decoder, bytes)
  if (whole !== undefined) return whole
  const parts: string[] = []
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed === -1 ? bytes.length : feed + 1
    const line = bytes.subarray(start, end)
    parts.push(tryDecode(decoder, line) ?? decodeCharacters(decoder, line))
    start = end
  }
  return parts.join('')
}

const longestCharacter = 4
const maxLineToSearch = 64 * 1024

/** The shortest run of bytes that is a character, again and again; what begins none is escaped. */
function decodeCharacters(decoder: TextDecoder, line: Buffer): string {
  if (line.length > maxLineToSearch) return escapeBytes(line)
  const parts: string[] = []
  for (let at = 0; at < line.length;) {
    let length = 1
    let char = tryDecode(decoder, line.subarray(at, at + 1))
    while (char === undefined && length < longestCharacter && at + length < line.length) {
      length++
      char = tryDecode(decoder, line.subarray(at, at + length))
    }
    parts.push(char ?? escapeBytes(line.subarray(at, at + 1)))
    at += char === undefined ? 1 : length
  }
  return parts.join('')
}

function tryDecode(decoder: TextDecoder, bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) return undefined
    throw cause
  }
}

function escapeBytes(bytes: Buffer): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte)).join('')
}

/** For the eyes and for a UTF-8 file: an escaped byte as `\xNN`, any other lone surrogate as `\uNNNN`. */
export function showUndecodable(text: string): string {
  return text.replace(/\p{Surrogate}/gu, (unit) => {
    const code = unit.charCodeAt(0)
    const byte = code >= 0xdc80 && code <= 0xdcff
    return byte ? `\\x${(code - 0xdc00).toString(16).toUpperCase()}` : `\\u${code.toString(16).toUpperCase()}`
  })
}
