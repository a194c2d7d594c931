// Files that belong to a complaint.
import type { attachments as zh } from '../zh-CN/attachments.ts'

export const attachments: typeof zh = {
  title: 'Attachments',
  none: 'No attachments yet',
  dropHint: 'Files can be dragged here too.',
  add: 'Add a file',
  addHint: 'Attachments can be added and seen while identities is open.',
  file: 'File',
  fileHint:
    'Up to 200 MB. The file is encrypted into the vault, the original stays where it is; archives are stored, never unpacked.',
  note: 'Remark (optional)',
  store: 'Store',
  stored: 'Attachment stored',
  preview: 'View',
  save: 'Save as',
  saveTo: 'Save to',
  saveHint:
    'A saved file is no longer protected by the vault: delete it when you are done. Nothing that exists is overwritten.',
  saved: 'Attachment saved',
  remove: 'Remove',
  removeTitle: 'Remove the attachment',
  removeText:
    'The content of “{{name}}” is deleted from the vault and can’t be brought back; its name stays in the history. Earlier backups still hold the file.',
  removeReason: 'Why it is removed',
  removed: 'removed',
  noPreview:
    'A file of this kind can only be saved and opened elsewhere: Guicang runs no code from files and has no reader built in.',
  viewTitle: 'View {{name}}',
  saveTitle: 'Save {{name}}',
  logged: 'Who, when and why goes into the audit log and the history.',
  previewTitle: 'Content of the attachment',
  previewText: 'Text as it stands; code in it doesn’t run.',
  truncated: 'The text is too long: this is its beginning. Save it to read all of it.',
  broken: 'This picture can’t be shown; the file may not be whole.',
  types: {
    image: 'picture',
    pdf: 'PDF',
    text: 'text',
    code: 'text with code',
    office: 'office document',
    audio: 'audio',
    video: 'video',
    archive: 'archive',
    other: 'other file',
  },
}
