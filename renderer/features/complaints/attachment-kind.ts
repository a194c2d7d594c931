// The word for a file's type.
import type { AttachmentType } from '../../../shared/types/attachment.ts'
import type { Texts } from '../../../shared/locales/index.ts'

export type AttachmentKind = keyof Texts['attachments']['types']

const exact: Partial<Record<AttachmentType, AttachmentKind>> = {
  'image/svg+xml': 'code',
  'text/html': 'code',
  'application/pdf': 'pdf',
  'application/rtf': 'office',
  'application/x-ole-storage': 'office',
  'application/zip': 'archive',
  'application/gzip': 'archive',
  'application/x-7z-compressed': 'archive',
  'application/vnd.rar': 'archive',
}

export function kindOf(type: AttachmentType): AttachmentKind {
  const known = exact[type]
  if (known !== undefined) return known
  if (type.startsWith('image/')) return 'image'
  if (type.startsWith('text/')) return 'text'
  if (type.startsWith('audio/')) return 'audio'
  if (type.startsWith('video/')) return 'video'
  return type.startsWith('application/vnd.') ? 'office' : 'other'
}
