// What a file is by its first bytes. A short table of the kinds that casework meets; its answer is a label and decides
// whether a preview is offered, never what is run: nothing is.
import { TextDecoder } from 'node:util'
import type { AttachmentType } from '../../shared/types/attachment.ts'

/** How many bytes of a file decide. */
export const headBytes = 4096

interface Magic {
  type: AttachmentType
  /** Bytes as Latin-1 text; `?` stands for any byte. */
  bytes: string
  at?: number
}

const table: readonly Magic[] = [
  { type: 'image/png', bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', bytes: '\xff\xd8\xff' },
  { type: 'image/gif', bytes: 'GIF87a' },
  { type: 'image/gif', bytes: 'GIF89a' },
  { type: 'image/webp', bytes: 'RIFF????WEBPVP8' },
  { type: 'image/bmp', bytes: 'BM????\0\0\0\0' },
  { type: 'image/tiff', bytes: 'II*\0' },
  { type: 'image/tiff', bytes: 'MM\0*' },
  { type: 'image/heic', bytes: 'ftyphei', at: 4 },
  { type: 'image/heic', bytes: 'ftypmif1', at: 4 },
  { type: 'application/pdf', bytes: '%PDF-' },
  { type: 'application/rtf', bytes: '{\\rtf' },
  { type: 'application/x-ole-storage', bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' },
  { type: 'audio/mpeg', bytes: 'ID3' },
  { type: 'audio/mpeg', bytes: '\xff\xfb' },
  { type: 'audio/mpeg', bytes: '\xff\xf3' },
  { type: 'audio/wav', bytes: 'RIFF????WAVE' },
  { type: 'audio/ogg', bytes: 'OggS' },
  { type: 'audio/flac', bytes: 'fLaC' },
  { type: 'audio/amr', bytes: '#!AMR' },
  { type: 'audio/mp4', bytes: 'ftypM4A', at: 4 },
  { type: 'video/quicktime', bytes: 'ftypqt', at: 4 },
  { type: 'video/mp4', bytes: 'ftyp', at: 4 },
  { type: 'video/x-matroska', bytes: '\x1a\x45\xdf\xa3' },
  { type: 'video/x-msvideo', bytes: 'RIFF????AVI ' },
  { type: 'application/gzip', bytes: '\x1f\x8b\x08' },
  { type: 'application/x-7z-compressed', bytes: "7z\xbc\xaf'\x1c" },
  { type: 'application/vnd.rar', bytes: 'Rar!\x1a\x07' },
]

/** @param head the first {@link headBytes} of a file, or all of a shorter one */
export function fileType(head: Uint8Array): AttachmentType {
  const bytes = latin1(head)
  const found = table.find((magic) => fits(bytes, magic))
  if (found !== undefined) return found.type
  if (bytes.startsWith('PK\x03\x04') || bytes.startsWith('PK\x05\x06')) return zipType(bytes)
  const text = headText(head)
  return text === undefined ? 'application/octet-stream' : textType(text)
}

function latin1(head: Uint8Array): string {
  return Array.from(head, (byte) => String.fromCharCode(byte)).join('')
}

function fits(bytes: string, { bytes: wanted, at = 0 }: Magic): boolean {
  if (bytes.length < at + wanted.length) return false
  return Array.from(wanted).every((char, index) => char === '?' || char === bytes[at + index])
}

const openDocuments: Readonly<Record<string, AttachmentType>> = {
  'application/vnd.oasis.opendocument.text': 'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet': 'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation': 'application/vnd.oasis.opendocument.presentation',
}
const officeFolders: readonly (readonly [string, AttachmentType])[] = [
  ['word/', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['ppt/', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
]

/** By names that stand in the first bytes: an archive is never unpacked. */
function zipType(bytes: string): AttachmentType {
  const first = bytes.slice(30)
  if (first.startsWith('mimetype')) {
    const named = Object.keys(openDocuments).find((type) => first.startsWith(`mimetype${type}`))
    return (named === undefined ? undefined : openDocuments[named]) ?? 'application/zip'
  }
  if (!/^(?:\[Content_Types\]\.xml|_rels\/|docProps\/)/.test(first)) return 'application/zip'
  return officeFolders.find(([folder]) => bytes.includes(folder))?.[1] ?? 'application/zip'
}

/** Controls that text doesn't have; tab, line feed, form feed and carriage return are its own. */
const control = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/

function headText(head: Uint8Array): string | undefined {
  if (head.length === 0) return ''
  // A character may be cut in two at the end of the head: as a stream that goes on, that is no error.
  return decoded(head, { more: head.length >= headBytes })
}

const marks: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

function decoded(bytes: Uint8Array, { more }: { more: boolean }): string | undefined {
  const marked = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))
  for (const label of marked === undefined ? ['utf-8', 'gb18030'] : [marked[0]]) {
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes, { stream: more })
      if (!control.test(text)) return text
    } catch (thrown) {
      if (!(thrown instanceof TypeError)) throw thrown
    }
  }
  return undefined
}

/** A text file's content: by its mark, else UTF-8, else GB18030; bytes that are none of these become �. */
export function fileText(bytes: Uint8Array): string {
  return decoded(bytes, { more: false }) ?? new TextDecoder('utf-8').decode(bytes)
}

function textType(text: string): AttachmentType {
  const start = text
    .replace(/^\ufeff?\s*/u, '')
    .slice(0, 1024)
    .toLowerCase()
  if (/<svg[\s>]/.test(start)) return 'image/svg+xml'
  if (/<(?:!doctype html|html|head|body|script)[\s>]/.test(start)) return 'text/html'
  return start.startsWith('<?xml') ? 'text/xml' : 'text/plain'
}
