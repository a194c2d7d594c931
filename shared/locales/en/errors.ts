// What happened, what is safe, what to do next: one entry for each code of shared/errors.ts.
import type { errors as zh } from '../zh-CN/errors.ts'
import { exchangeErrors } from './errors-exchange.ts'

export const errors: typeof zh = {
  ...exchangeErrors,
  'vault.locked': {
    what: 'The vault is locked.',
    safe: 'Everything that was saved is there, unchanged.',
    next: 'Open the vault again with your passphrase.',
  },
  'vault.notFound': {
    what: 'There is no vault at this place.',
    safe: 'No file was made or changed.',
    next: 'Check the path. If the vault is on a USB stick or external disk, plug it in first.',
  },
  'vault.notAVault': {
    what: 'This folder is not a vault.',
    safe: 'What is in the folder was not changed.',
    next: 'Choose the folder that holds vault.json; its name usually ends in .vault.',
  },
  'vault.exists': {
    what: 'There is already a folder or vault at this place.',
    safe: 'Nothing was overwritten.',
    next: 'Choose another name or place. To open the vault that is there, use “Open a vault”.',
  },
  'vault.wrongPassphrase': {
    what: 'The passphrase is not right.',
    safe: 'The vault is intact and unchanged.',
    next: 'Check capitals and keyboard layout and try again. If it is really lost, use a recovery kit.',
  },
  'vault.damaged': {
    what: 'The vault’s files are damaged. This is not about the passphrase.',
    safe: 'The program changed, deleted and rebuilt nothing.',
    next: 'Copy the whole folder first. Then restore a backup, or have the damage looked at.',
  },
  'vault.incomplete': {
    what: 'Files of the vault are missing.',
    safe: 'The files that are there were not changed.',
    next: 'Make sure that the folder was copied whole, with records.db and identities.db, then open it again.',
  },
  'vault.newerFormat': {
    what: 'This vault was written by a newer version of the program.',
    safe: 'The vault was not changed.',
    next: 'Open it with a newer version of Guicang.',
  },
  'vault.inUse': {
    what: 'Somebody else is using this vault.',
    safe: 'Nobody’s work is lost.',
    next: 'Open it after the other person has locked it.',
  },
  'vault.readOnly': {
    what: 'The place where the vault is can be read but not written.',
    safe: 'The vault was not changed.',
    next: 'Remove the write protection, or copy the vault to a place that can be written.',
  },
  'vault.unreadable': {
    what: 'You have no permission to read this folder.',
    safe: 'The vault was not changed.',
    next: 'Check the folder’s permissions. This has nothing to do with passphrases or recovery kits.',
  },
  'vault.deviceMissing': {
    what: 'This vault is bound to another computer; its device key is not on this one.',
    safe: 'The vault is intact and unchanged.',
    next: 'Open it on its own computer, or recover it here with a recovery kit.',
  },
  'vault.slotsChanged': {
    what: 'What opens the vault was changed outside of the program.',
    safe: 'The records themselves were not changed by that.',
    next: 'An owner should compare people and passphrase changes. If in doubt, verify the vault first.',
  },
  'vault.rolledBack': {
    what: 'The vault is older than when this computer last saw it.',
    safe: 'What is in it now can be read.',
    next: 'After restoring a backup this is expected. Otherwise an owner should find out why it was put back.',
  },
  'customers.merged': {
    what: 'One of these customers is merged into another already.',
    safe: 'Nothing was changed.',
    next: 'Open the customer who is kept, and merge that one; or take the earlier merge back first.',
  },
  'caller.tooMany': {
    what: 'Callers were checked too often within the last hour.',
    safe: 'Nothing was compared, and nothing was shown.',
    next: 'Wait up to an hour, or verify the caller another way. An owner can see in the log who asked.',
  },
  'vault.alreadyOpen': {
    what: 'A vault is open already.',
    safe: 'The open vault is not affected.',
    next: 'Lock it first, then open the other one.',
  },
  'vault.busy': {
    what: 'The vault is busy with other long work.',
    safe: 'That work goes on to its end.',
    next: 'Wait for it or cancel it, then try again.',
  },
  'passphrase.missing': {
    what: 'No passphrase was typed.',
    safe: 'Nothing was changed.',
    next: 'Type the passphrase.',
  },
  'passphrase.weak': {
    what: 'This passphrase is too easy to guess.',
    safe: 'Nothing was changed.',
    next: 'Use a longer one, for example four words that have nothing to do with each other.',
  },
  'passphrase.mustChange': {
    what: 'This is still the first passphrase, which an owner chose. It has to become your own.',
    safe: 'Nothing was changed; masked records can be looked at.',
    next: 'Set a passphrase that only you know, then go on.',
  },
  'recovery.codeInvalid': {
    what: 'The recovery code has a mistyped character.',
    safe: 'Nothing was changed.',
    next: 'Compare the group marked in red with your kit.',
  },
  'recovery.codeUnknown': {
    what: 'The recovery code is well formed, but it does not belong to this vault.',
    safe: 'The vault was not changed.',
    next: 'Check the company’s name on the kit and use this vault’s own kit.',
  },
  'kits.last': {
    what: 'This is the last recovery kit.',
    safe: 'It is still good; nothing was changed.',
    next: 'Replace it by a new one instead.',
  },
  'keychain.unavailable': {
    what: 'This computer’s keychain can’t be used just now.',
    safe: 'The vault was not changed.',
    next: 'Unlock the system keychain and try again, or choose “can be carried”, without binding.',
  },
  'unlock.delayed': {
    what: 'The passphrase was wrong several times in a row; the next try has to wait.',
    safe: 'The vault is never locked out or erased by this.',
    next: 'Wait a moment, then type it again.',
  },
  'identities.closed': {
    what: 'The identities compartment is closed; clear values can’t be shown.',
    safe: 'Masked records work as usual.',
    next: 'Type your passphrase to open identities.',
  },
  'rotation.due': {
    what: 'Somebody is no longer entitled, but the keys have not been renewed yet.',
    safe: 'They can’t open the vault with this program; old files that they kept would still open what is there now.',
    next: 'An owner renews the keys on the page “People”.',
  },
  'inbox.unreadable': {
    what: 'One of the items that waited to be taken in can’t be decrypted.',
    safe: 'It stays as it is; everything else was taken in.',
    next: 'Verify the vault, find out who wrote it, and have it written again.',
  },
  'access.denied': {
    what: 'Your role may not do this.',
    safe: 'Nothing was changed.',
    next: 'Ask an owner to do it, or to change your role.',
  },
  'users.lastOwner': {
    what: 'This is the last owner.',
    safe: 'Nothing was changed.',
    next: 'Make somebody else an owner first.',
  },
  'users.openCases': {
    what: 'This person still has open cases.',
    safe: 'Nothing was changed.',
    next: 'Hand these cases over to somebody else first, then remove the person.',
  },
  'approval.required': {
    what: 'Another person has to approve this.',
    safe: 'Nothing was changed.',
    next: 'Submit it and wait for approval.',
  },
  'reason.required': {
    what: 'Showing or taking out clear values needs a reason.',
    safe: 'No clear value was shown or taken out.',
    next: 'Choose or write a reason.',
  },
  'input.invalid': {
    what: 'Something typed does not fit.',
    safe: 'Nothing was saved, and what you typed is still there.',
    next: 'Check the marked fields and submit again.',
  },
  'record.notFound': {
    what: 'This record can’t be found.',
    safe: 'Other records are not affected.',
    next: 'It may have gone with an import that was undone. Go back to the list and reload.',
  },
  'record.changed': {
    what: 'This record was just changed; you are looking at the old one.',
    safe: 'The other change was not overwritten.',
    next: 'Reload it, then edit.',
  },
  'case.transition': {
    what: 'The complaint can’t go from its present status to the one chosen.',
    safe: 'The complaint was not changed.',
    next: 'Reload it and choose from the statuses listed.',
  },
  'case.outcomeMissing': {
    what: 'A complaint can’t be closed before its outcome is recorded.',
    safe: 'The complaint was not changed.',
    next: 'Record the outcome and its reason first, then close it.',
  },
  'case.reasonMissing': {
    what: 'Reopening a complaint needs a reason.',
    safe: 'The complaint was not changed.',
    next: 'Write in the note why it is reopened.',
  },
  'case.closed': {
    what: 'The complaint is closed: its outcome can no longer be changed.',
    safe: 'The complaint was not changed.',
    next: 'Reopen it with a reason if the outcome has to change.',
  },
  'bulk.refused': {
    what: 'Some of the chosen complaints do not allow this.',
    safe: 'None of them was changed.',
    next: 'Leave out the complaints that are named, or bring them to where the step is allowed.',
  },
  'clocks.pending': {
    what: 'The due times of complaints could not be brought up to date.',
    safe: 'Complaints and their history are as they were; only due times and the queues made of them may be old.',
    next: 'Lock and open the vault again. If it comes back, verify the vault.',
  },
  'clocks.invalid': {
    what: 'The clock packs or tables of working days cannot be used.',
    safe: 'The packs that counted before still count.',
    next: 'Correct what is named: an id or year that stands twice, a missing year, a day outside its year or on the wrong weekday.',
  },
  'template.invalid': {
    what: 'The template has something in it that a template can’t have.',
    safe: 'The templates are as they were.',
    next: 'Look at the part that is named. A field stands between double braces, and only the listed fields exist.',
  },
  'letter.incomplete': {
    what: 'A field that this letter needs is empty.',
    safe: 'No letter was written.',
    next: 'Record it in the case, or type it for this letter.',
  },
  'letter.unprintable': {
    what: 'The letter holds characters that no bundled font has.',
    safe: 'No letter was written.',
    next: 'Type another spelling for this letter, or allow a □ in their place and write them in by hand.',
  },
  'job.cancelled': {
    what: 'Cancelled as you asked.',
    safe: 'Nothing half done was left behind.',
    next: 'Start again when you need to.',
  },
  'job.notFound': {
    what: 'This work has ended already.',
    safe: 'Its result is not affected.',
    next: 'There is nothing to do.',
  },
  'ipc.refused': {
    what: 'The program refused a malformed request.',
    safe: 'Nothing was changed.',
    next: 'Open the program again. If it comes back, tell the maintainers the reference below.',
  },
  'process.gone': {
    what: 'The process that keeps the data stopped unexpectedly.',
    safe: 'Everything up to the last save is there.',
    next: 'Open the vault again.',
  },
  'cli.usage': {
    what: 'The command was written in a way it does not understand.',
    safe: 'Nothing was changed.',
    next: 'Look at the command’s help.',
  },
  internal: {
    what: 'The program met a problem it did not expect.',
    safe: 'What was not finished leaves nothing half done.',
    next: 'Try again. If it comes back, tell the maintainers the reference below.',
  },
}
