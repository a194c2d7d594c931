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
  open: 'Open in another program',
  openTitle: 'Open in another program',
  openAct: 'Open {{name}}',
  openLeaves: 'A clear copy leaves the protection of the vault:',
  openCopy:
    'The copy lies in a private folder of this computer. It is overwritten and removed when identities closes, when the vault locks and when Guicang ends; what a killed run left, at the next start.',
  openElsewhere:
    'What the other program makes of it (lists of recent files, automatic saves, previews, copies in a cloud) stays there. On solid-state disks and file systems that keep a journal, overwriting can’t be promised either.',
  openChanges:
    'Changes to the copy don’t come back into the vault and go with it: save them elsewhere yourself.',
  openWindow:
    'Close the other program when you are done: as long as it has the file open, it goes on showing it.',
  opened: 'Handed to another program',
  remove: 'Remove',
  removeTitle: 'Remove the attachment',
  removeText:
    'The content of “{{name}}” is deleted from the vault and can’t be brought back; its name stays in the history. Earlier backups still hold the file.',
  removeReason: 'Why it is removed',
  removed: 'removed',
  noPreview: 'A file of this kind can’t be viewed here: Guicang runs no code from files.',
  viewTitle: 'View {{name}}',
  saveTitle: 'Save {{name}}',
  logged: 'Who, when and why goes into the audit log and the history.',
  previewTitle: 'Content of the attachment',
  coming: 'Reading the file',
  comingFar: '{{done}} of {{total}} read',
  previewText: 'Text as it stands; code in it doesn’t run.',
  truncated: 'The text is too long: this is its beginning. Save it to read all of it.',
  broken: 'This picture can’t be shown; the file may not be whole.',
  pdfOpening: 'Drawing …',
  pdfText: 'The pages are pictures only: links, forms, scripts and embedded files in it do nothing.',
  pdfFirst: 'Only the first {{n}} pages are shown; save it to read all of it.',
  pdfPage: 'Page {{n}} of {{total}}',
  pdfPrevious: 'Previous',
  pdfNext: 'Next',
  pdfEncrypted:
    'This PDF asks for a passphrase and can’t be viewed here. Save it and open it with another program.',
  pdfBroken: 'This PDF can’t be shown; the file may be damaged or not whole. It can still be saved.',
  pdfPageBroken: 'This page can’t be shown. Others may be fine, and the whole file can still be saved.',
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
