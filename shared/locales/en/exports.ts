// What leaves the vault, and checking what came back.
import type { exports as zh } from '../zh-CN/exports.ts'

export const exports: typeof zh = {
  title: 'Export',
  purpose: 'Writes a signed bag: CSV, manifest and certificate, with every count compared',
  kind: 'What to export',
  scope: 'Content',
  masked: 'Masked',
  maskedText: 'As it is on the screen. Fit for people who need not know identities.',
  clear: 'Clear',
  clearText:
    'Names, ID numbers, phones and original narratives leave the vault. Once outside, this program can’t protect them.',
  clearNoRight: 'Your role may not export clear values.',
  reason: 'Reason',
  reasonHint: 'Who gets it and on what ground. Goes into the audit log and the certificate.',
  folder: 'Into which folder',
  name: 'Name of the new folder',
  run: 'Export',
  runClear: 'Export clear values',
  doneTitle: 'Exported',
  where: 'Place of the bag',
  file: 'File',
  rows: 'Rows',
  sha256: 'SHA-256',
  fingerprint: 'Fingerprint of the signing key',
  fingerprintText: 'Tell the receiver by telephone or another second channel, so that it can be compared.',
  again: 'Export another',
  verifyTitle: 'Check a bag',
}
