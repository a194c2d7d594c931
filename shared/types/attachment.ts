// Attachments of complaints as everybody sees them: a redacted name, what kind of file it is, how large.
import { z } from 'zod'
import { instantSchema } from './common.ts'
import { attachmentIdSchema, complaintIdSchema } from './ids.ts'

/** What a file is by its first bytes, never by its name. Anything else is stored as `application/octet-stream`. */
export const attachmentTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/tiff',
  'image/heic',
  'image/svg+xml',
  'application/pdf',
  'text/plain',
  'text/html',
  'text/xml',
  'application/rtf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'application/x-ole-storage',
  'audio/mpeg',
  'audio/wav',
  'audio/ogg',
  'audio/flac',
  'audio/amr',
  'audio/mp4',
  'video/mp4',
  'video/quicktime',
  'video/x-matroska',
  'video/x-msvideo',
  'application/zip',
  'application/gzip',
  'application/x-7z-compressed',
  'application/vnd.rar',
  'application/octet-stream',
] as const
export const attachmentTypeSchema = z.enum(attachmentTypes)
export type AttachmentType = z.infer<typeof attachmentTypeSchema>

/** How the window may show a file. What carries code (SVG, HTML) is shown as the text that it is, a PDF as pictures of its pages. */
export const previewKindSchema = z.enum(['image', 'text', 'pdf', 'none'])
export type PreviewKind = z.infer<typeof previewKindSchema>

const pictures: ReadonlySet<AttachmentType> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
])
const texts: ReadonlySet<AttachmentType> = new Set(['text/plain', 'text/html', 'text/xml', 'image/svg+xml'])

/** A larger picture or text isn't shown, only saved. */
export const mostPreviewBytes = 8 * 1024 * 1024
/** Scans are larger than pictures; what is above this takes longer to come than anybody waits. */
export const mostPdfBytes = 20 * 1024 * 1024
/** A larger content comes to the window in parts of this size. A multiple of three: their base64 can be put together. */
export const previewPartBytes = 384 * 1024

/** @param size in bytes */
export function previewOf(type: AttachmentType, size: number): PreviewKind {
  if (type === 'application/pdf') return size > mostPdfBytes ? 'none' : 'pdf'
  if (size > mostPreviewBytes) return 'none'
  if (pictures.has(type)) return 'image'
  return texts.has(type) ? 'text' : 'none'
}

/**
 * What another program may be given, and the ending that the file then has. Never what could run or bring code with it: HTML,
 * SVG, XML (a style sheet in it runs), old Office files (their macros can't be told from the first bytes; installers look the
 * same), archives (whoever unpacks leaves clear copies where nobody wipes them), and what isn't known. These are only saved.
 */
const openedEndings: Partial<Record<AttachmentType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/bmp': 'bmp',
  'image/tiff': 'tif',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'application/rtf': 'rtf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/ogg': 'ogg',
  'audio/flac': 'flac',
  'audio/amr': 'amr',
  'audio/mp4': 'm4a',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'video/x-msvideo': 'avi',
}

/** The ending of the file that another program gets; undefined for what is never opened outside. */
export function openedEnding(type: AttachmentType): string | undefined {
  return openedEndings[type]
}

export const attachmentSchema = z.strictObject({
  id: attachmentIdSchema,
  complaintId: complaintIdSchema,
  /** Redacted, one harmless line. */
  name: z.string(),
  type: attachmentTypeSchema,
  /** In bytes. */
  size: z.number().int(),
  /** `removed`: its content is gone, the line stays. */
  state: z.enum(['there', 'removed']),
  at: instantSchema,
  user: z.string(),
  preview: previewKindSchema,
})
export type Attachment = z.infer<typeof attachmentSchema>
