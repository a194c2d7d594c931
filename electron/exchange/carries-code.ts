// Whether a document of a harmless kind brings code with it. Told by names that stand in clear in an archive's directory: no
// archive is unpacked.
import type { AttachmentType } from '../../shared/types/attachment.ts'

const officeParts = ['vbaProject', 'vbaData', 'macrosheets/', 'dialogsheets/', 'activeX/']
const openDocumentParts = ['Basic/', 'Scripts/']
const partsOf: Partial<Record<AttachmentType, readonly string[]>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': officeParts,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': officeParts,
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': officeParts,
  'application/vnd.oasis.opendocument.text': openDocumentParts,
  'application/vnd.oasis.opendocument.spreadsheet': openDocumentParts,
  'application/vnd.oasis.opendocument.presentation': openDocumentParts,
}

/** What a desktop may take for a program, a starter or a page description, whatever its name ends in. */
const scriptStart = /^(?:#!|<\?php|%!ps)/
const starter = /^\[(?:desktop entry|internetshortcut)\]/m

/**
 * True for an office document with macros or controls, and for a text that is a script or a starter. A macro under a name that
 * no program gives it isn't found; the other program's own rules on macros then stand.
 * @param pieces the whole content; what it throws comes through
 */
export async function carriesCode(type: AttachmentType, pieces: AsyncIterable<Uint8Array>): Promise<boolean> {
  const parts = partsOf[type]
  if (parts !== undefined) return names(parts, pieces)
  if (type !== 'text/plain') return false
  for await (const piece of pieces) {
    const start = Buffer.from(piece.subarray(0, 4096)).toString('latin1').toLowerCase()
    const text = start.replace(/^\xef\xbb\xbf/, '').trimStart()
    return scriptStart.test(text) || starter.test(text)
  }
  return false
}

/** Whether one of the names stands anywhere in the bytes, also across two pieces. */
async function names(parts: readonly string[], pieces: AsyncIterable<Uint8Array>): Promise<boolean> {
  const longest = Math.max(...parts.map((part) => part.length))
  let tail = Buffer.alloc(0)
  for await (const piece of pieces) {
    const bytes = Buffer.concat([tail, piece])
    if (parts.some((part) => bytes.includes(part, 0, 'latin1'))) return true
    tail = Buffer.from(bytes.subarray(-longest))
  }
  return false
}
