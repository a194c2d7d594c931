// Errors of files, imports, exports and the log.
import type { exchangeErrors as zh } from '../zh-CN/errors-exchange.ts'

export const exchangeErrors: typeof zh = {
  'disk.failed': {
    what: 'The disk could not be read or written.',
    safe: 'What was being saved is there whole or not at all.',
    next: 'Check that the disk or stick is connected and sound. Open the vault again and look before you repeat what you did.',
  },
  'disk.full': {
    what: 'The disk is full.',
    safe: 'Everything saved before is there; nothing half done was left.',
    next: 'Free some space and try again.',
  },
  'file.notFound': {
    what: 'This file or folder can’t be found.',
    safe: 'Nothing was changed.',
    next: 'Check the path or choose again.',
  },
  'file.unreadable': {
    what: 'You have no permission to read this file.',
    safe: 'The file was not changed.',
    next: 'Check its permissions, or close the program that holds it.',
  },
  'file.exists': {
    what: 'There is already a file or folder of this name.',
    safe: 'Nothing was overwritten.',
    next: 'Choose another name.',
  },
  'file.tooLarge': {
    what: 'The file is larger than the limit.',
    safe: 'The file was not changed.',
    next: 'Split it and try again.',
  },
  'file.changed': {
    what: 'The file was changed while it was being read.',
    safe: 'Nothing of it was stored; the vault was not changed.',
    next: 'Wait until the program that writes it is done, and try again.',
  },
  'attachment.onlySaved': {
    what: 'A file of this kind could run something when it is opened, or brings macros or a script with it.',
    safe: 'It was not opened, and no copy of it was made.',
    next: 'If you trust where it comes from, use “Save as” and open the saved file yourself.',
  },
  'attachment.closed': {
    what: 'This view was closed before all of the file had come.',
    safe: 'The attachment is as it was, and nothing readable of it was kept.',
    next: 'View it again, with its reason.',
  },
  'opener.missing': {
    what: 'This computer has nothing that opens files in other programs.',
    safe: 'Nothing was decrypted.',
    next: 'Use “Save as” instead, or install a program for such files (on Linux, xdg-utils as well).',
  },
  'opener.failed': {
    what: 'No program took the file.',
    safe: 'The clear copy was overwritten and removed; the audit log says that it was not opened.',
    next: 'Install a program for files of this kind, or use “Save as”.',
  },
  'attachment.damaged': {
    what: 'The file of this attachment is missing or is not the one that was stored.',
    safe: 'Nothing was given out. The other attachments and all records are not affected.',
    next: 'Check the vault under “Settings”, and look for the file in a backup.',
  },
  'import.fileNotFound': {
    what: 'The file to import can’t be found.',
    safe: 'The vault was not changed.',
    next: 'Check the path or choose the file again.',
  },
  'import.unreadable': {
    what: 'The file to import can’t be read.',
    safe: 'The vault was not changed.',
    next: 'Check its permissions. If a spreadsheet program has it open, close it first.',
  },
  'import.empty': {
    what: 'The file is empty.',
    safe: 'The vault was not changed.',
    next: 'Check whether it was exported properly, and choose another file.',
  },
  'import.binary': {
    what: 'This is not a table.',
    safe: 'The vault was not changed.',
    next: 'Choose a CSV, TSV or XLSX file.',
  },
  'import.xlsxProtected': {
    what: 'This workbook is protected by a password.',
    safe: 'The vault was not changed.',
    next: 'Save it without a password in a spreadsheet program, then import it.',
  },
  'import.legacyXls': {
    what: 'This is an old .xls workbook, which can’t be imported directly.',
    safe: 'The vault was not changed.',
    next: 'Save it as .xlsx or CSV in a spreadsheet program, then import it.',
  },
  'import.xlsxDamaged': {
    what: 'This workbook is damaged; no table can be read from it.',
    safe: 'The vault was not changed.',
    next: 'Open it in a spreadsheet program, save it again, then import it.',
  },
  'import.encodingUnknown': {
    what: 'The file’s text encoding is not recognised.',
    safe: 'The vault was not changed.',
    next: 'Save it as “CSV UTF-8” in a spreadsheet program, then import it.',
  },
  'import.tooManyColumns': {
    what: 'The file has more columns than a table of customers or complaints would.',
    safe: 'The vault was not changed.',
    next: 'Check the delimiter, or remove columns that are not needed.',
  },
  'import.headerMissing': {
    what: 'The file has no header row.',
    safe: 'The vault was not changed.',
    next: 'Write each column’s name in the first row.',
  },
  'import.tooLarge': {
    what: 'The file is too large once unpacked.',
    safe: 'The vault was not changed.',
    next: 'Split it into several files and import them one by one.',
  },
  'import.mappingInvalid': {
    what: 'The columns are not matched in a way that works.',
    safe: 'The vault was not changed.',
    next: 'Check that each field is matched once, and each column is in the file.',
  },
  'import.rowInvalid': {
    what: 'A row can’t be read as a record.',
    safe: 'Other rows are not affected.',
    next: 'Look at the rejected rows and their reasons.',
  },
  'import.batchNotFound': {
    what: 'This import can’t be found.',
    safe: 'Nothing was changed.',
    next: 'Reload the list of imports.',
  },
  'import.batchInUse': {
    what: 'Records of this import were edited or are used by others, so it can’t be undone as a whole.',
    safe: 'Nothing was undone.',
    next: 'Deal with the records that use it first.',
  },
  'import.fileChanged': {
    what: 'The file was changed after the preview.',
    safe: 'The vault was not changed.',
    next: 'Preview it again, then import.',
  },
  'export.countMismatch': {
    what: 'The exported rows did not match the vault’s count; the export was thrown away.',
    safe: 'The vault was not changed, and the incomplete export is gone.',
    next: 'Try again. If it comes back, verify the vault first.',
  },
  'bag.invalid': {
    what: 'This is not a valid bag.',
    safe: 'The folder was not changed.',
    next: 'Choose the folder that holds bagit.txt.',
  },
  'audit.broken': {
    what: 'The audit log and the records do not agree.',
    safe: 'The program changed no record.',
    next: 'Keep everything as it is, copy the whole vault, and look at the entries that the check lists.',
  },
  'checkpoint.invalid': {
    what: 'This text is not a valid checkpoint.',
    safe: 'Nothing was changed.',
    next: 'Paste the whole checkpoint, from its first line to the signature.',
  },
}
