// People, their passphrases, computers and recovery kits, and what the vault warns of.
import type { people as zh } from '../zh-CN/people.ts'

export const people: typeof zh = {
  title: 'People',
  purpose: 'Who can open this vault, and what each of them sees',
  ownerOnly: 'Owners add and remove people and change roles.',
  count: '{{n}} in all',
  add: 'Add a person',
  columns: { name: 'Name', role: 'Role', state: 'State', lastUnlock: 'Last opened' },
  states: { active: 'active', disabled: 'disabled', first: 'first passphrase' },
  never: 'never yet',
  you: 'you',
  close: 'Close details',
  sees: 'What they see',
  roleText: {
    owner: 'Sees everything, clear values with a reason; manages people, recovery kits and backups.',
    handler:
      'Sees everything, clear values with a reason; can import, export and back up, but not manage people.',
    reviewer:
      'Sees masked records only and has no key to identities: no names, numbers or original texts. Can take complaints and write notes.',
  },
  firstState:
    'Still on the first passphrase, which somebody else chose. It has to be changed at the next opening.',
  acts: 'What can be done',
  addTitle: 'Add a person',
  name: 'Name',
  nameHint: 'The log uses this name, so use the real one',
  nameTaken: 'Somebody has this name already; make it different.',
  role: 'Role',
  firstPassphrase: 'First passphrase',
  firstRepeat: 'First passphrase once more',
  firstHint:
    'Tell it in person or by telephone, not by e-mail or chat. At the first opening it must be changed to one of their own, which you won’t know.',
  addButton: 'Add',
  setRole: 'Change role',
  setRoleTitle: 'Change role: {{name}}',
  setRoleButton: 'Make {{role}}',
  change: {
    gainIdentities: 'Can reveal clear values from now on: the key to identities is handed over.',
    loseIdentities:
      'Can no longer reveal clear values: identities gets a new key, and the old one opens nothing that comes later. Takes a while; see the status line.',
    gainOwner: 'Can manage people and recovery kits from now on, other owners included.',
    loseOwner: 'Can no longer manage people and recovery kits.',
    same: 'Choose another role.',
  },
  reset: 'Reset passphrase',
  resetTitle: 'Reset passphrase: {{name}}',
  resetText:
    'For somebody who forgot their passphrase, or changed computers and is locked out. The old passphrase and their enrolled computers stop working and the keys are renewed; they open with a new first passphrase, which they must change at once.',
  resetButton: 'Reset passphrase',
  disable: 'Disable',
  disableTitle: 'Disable: {{name}}',
  disableText:
    'They can’t open the vault any more and the keys are renewed. Records and log stay as they are. They can be enabled again later.',
  enable: 'Enable',
  remove: 'Remove',
  removeTitle: 'Remove: {{name}}',
  removeText:
    'Their passphrase, computers and keys stop working and the keys are renewed. Records and log stay as they are. This can’t be taken back; to return, they have to be added anew.',
  oldCopies:
    'If they kept an old copy of the files, they can still open what was in that copy. Takes a while; see the status line, where it can be cancelled.',
  typeName: 'Type “{{name}}” to confirm',
  rotate: 'Renew keys',
  rotateTitle: 'Renew keys',
  rotateText:
    'Both compartments get new keys, handed to the present people and recovery kits. Passphrases and kits stay the same; keys in the hands of people who left open nothing that comes later.',
  rotateWhen:
    'Do it when somebody left, a computer was lost or a key may have leaked; otherwise there is no need. Everything is encrypted anew, with progress in the status line. You can go on reading; saving waits a moment.',
  rotateDue: 'Somebody has lost their rights, but the keys haven’t been renewed yet.',
  done: {
    add: '{{name}} was added.',
    disable: '{{name}} was disabled.',
    enable: '{{name}} was enabled.',
    remove: '{{name}} was removed.',
    role: 'The role of {{name}} was changed.',
    reset: 'The passphrase of {{name}} was reset.',
    rotate: 'The keys were renewed.',
    revoke: '{{name}} was revoked.',
  },
  renewed: 'The keys were renewed.',
  notRenewed: 'The keys haven’t been renewed yet: press “Renew keys” later.',
  self: 'This is you: another owner has to change your role, disable or remove you.',
  lastOwner:
    'A vault always has an owner. Add another owner, or make somebody else one, who can then do this.',
  first: {
    title: 'Choose a passphrase of your own',
    lead: '{{name}}, you are still on the first passphrase, which an owner chose. Change it to one that only you know; then not even an owner can open your part.',
    current: 'First passphrase',
    currentHint: 'The one that you were told; type it once more',
    next: 'Your own passphrase',
    repeat: 'Your own passphrase once more',
    same: 'Choose one that differs from the first passphrase.',
    changed: 'The passphrase is your own now.',
    button: 'Change it and go on',
    later: 'Not now, lock',
  },
  unlock: {
    choose: 'Choose your name',
    quick: 'Masked work, without passphrase',
    quickHint: 'This computer remembers you. Clear values and signatures still need your passphrase.',
    disabled: 'This person may have been disabled; ask an owner.',
    missingTitle: 'How to open it on this computer',
    missingText:
      'Your passphrase isn’t wrong and the files are sound. This vault opens on enrolled computers only: it also takes a key kept in that computer, which this one doesn’t have.',
    keychainText:
      'This vault opens on enrolled computers only. The key is kept in the system’s keychain, which can’t be opened just now: it may still be locked, or it was emptied or reinstalled.',
    wayKeychain: 'Unlock the system’s keychain first',
    wayKeychainText:
      'Log out and in again, or unlock it in the system’s passwords and keys, then come back and type your passphrase. If that doesn’t help, close Guicang and start it again.',
    wayKit: 'You have a recovery kit',
    wayKitText:
      'Copy its code here, set a new passphrase, then enrol this computer. From then on your passphrase opens it here.',
    wayKitButton: 'Use a recovery kit',
    wayCarry: 'You still have the other computer',
    wayCarryText:
      'Open the vault there, go to Settings → Computers and press “Carry to another computer”. Then copy the whole folder here, open it with your passphrase and enrol this computer.',
    wayOwner: 'You aren’t an owner',
    wayOwnerText:
      'Ask an owner to reset your passphrase on their computer. Change it there to your own and press “Carry to another computer”; then it opens here.',
  },
  recoverOwner: 'Which owner gets the new passphrase',
  recoverOwnerHint: 'Only the chosen owner’s old passphrase stops working; other people’s stay',
  recoverBind: 'Choose “This computer only”, and this computer is enrolled by the recovery.',
  computers: {
    title: 'Computers',
    lead: 'Your own ways into the vault. Other people’s aren’t listed here.',
    kinds: {
      bound: 'Passphrase, on an enrolled computer',
      carried: 'Passphrase, on any computer',
      device: 'Without passphrase, masked records only',
    },
    here: 'this computer',
    elsewhere: 'another computer',
    anywhere: 'any computer',
    unknown: 'which computer can’t be told',
    some: 'a computer where it was turned on',
    since: 'since {{at}}',
    add: 'Enrol this computer',
    addText:
      'From then on your passphrase opens the vault on enrolled computers only: a stolen copy is of no use. It takes the place of your “any computer” entry.',
    carry: 'Carry to another computer',
    carryText:
      'Adds a way in that isn’t bound to a computer, so that the whole folder can be copied and opened elsewhere with your passphrase. Enrol the other computer once you are there; until then, whoever gets the files and guesses the passphrase can open them.',
    passphrase: 'Your passphrase',
    remove: 'Remove',
    removeTitle: 'Remove this way in',
    removeText:
      'The vault can’t be opened this way any more. Do it for a lost computer, or one no longer used.',
    removeHere: 'This is the computer that you are using. Be sure that there is another way in.',
    added: 'This computer is enrolled.',
    carried: 'The folder can now be copied to another computer.',
    removed: 'Removed.',
    noKeychain:
      'This computer has no usable system keychain, so it can’t be enrolled or open without a passphrase.',
    quick: 'Masked work without passphrase',
    quickText:
      'When on, this computer opens masked records without your passphrase, to read and to write notes. Clear values, exports and signed checkpoints still need it. Whoever can log in to your account on this computer can then see masked records. Turning it off turns it off on all your computers.',
    quickOn: 'Opening without passphrase is on.',
    quickOff: 'Opening without passphrase is off.',
  },
  kits: {
    title: 'Recovery kits',
    lead: 'Each opens the vault by itself. Keep them apart, and try each twice a year to be sure that it is there and legible.',
    made: 'made {{at}}',
    checked: 'last tried {{at}}',
    never: 'never tried since it was made',
    old: 'Not tried for more than half a year; try it once.',
    remind: 'Get it out and try it once.',
    check: 'Try a kit',
    checkTitle: 'Try a kit',
    checkText:
      'Copy the code from paper. It is only tried and nothing is changed; today’s date is noted as tried.',
    checkButton: 'Try it',
    checkGood: 'It works: this is “{{name}}”, and it opens both compartments.',
    replace: 'Replace',
    revoke: 'Revoke',
    revokeTitle: 'Revoke: {{name}}',
    revokeText:
      'For a kit that was lost, seen by somebody or isn’t needed. It stops working at once and the keys are renewed. The other kits stay good. This can’t be taken back.',
    newTitle: 'Replace a recovery kit',
    newText:
      'Makes a new one in the place of “{{name}}”. The old one works until you have kept the new code and typed it back; then it is revoked and the keys are renewed. The new code is shown once and kept nowhere: have a printer ready, or pen and paper.',
    newButton: 'Make a new kit',
    making:
      'Revoking the old kit and renewing the keys; one moment. Progress is at the bottom of the window.',
    shownTitle: 'The new recovery kit',
    shownText:
      'Print it or write it down now. The code is shown only now. The old kit works until you have typed this one back.',
    kept: 'It is printed or written down',
    backText:
      'Type the code back from paper, to be sure that it was written down right. Each group is checked as you type.',
    tried:
      'All of it is right, and it was tried on the vault. The old kit no longer works; destroy its sheet.',
    finish: 'It is kept safe; back to settings',
    failedCheck:
      'It was typed right, but couldn’t be tried on the vault, or the old kit couldn’t be revoked: it works still. Go back to settings; use “Try a kit” later, then revoke the old one.',
    steps: { why: 'What happens', show: 'Print or write down', back: 'Type it back' },
  },
  warning: {
    look: 'Look and acknowledge',
    askOwner: 'Tell an owner, who finds out and acknowledges it. You can go on working.',
    verify: 'Verify the vault first',
    meansTitle: 'What it means',
    doTitle: 'What to do first',
    effectTitle: 'What acknowledging does',
    slotsChanged: {
      title: 'The key file was changed outside the program',
      means:
        'One file of the vault says who can open it, and by what. It no longer agrees with the audit log. Often somebody copied an older file back; it may also be that somebody tried to add a key for themselves.',
      do: 'Ask who touched the folder. If nobody can say, verify the vault first, then acknowledge.',
      effect:
        'Accounts that the log doesn’t know are dropped. Ways in that were changed outside the program are removed, and their people need a reset by you. Records aren’t touched.',
      button: 'I found out; put it right by the log',
    },
    rolledBack: {
      title: 'The vault is older than the one seen last',
      means: 'This computer remembers newer content of the vault; what was opened now is an earlier state.',
      do: 'If a backup was just restored, that is the reason, and you can acknowledge it. If not, find out first who exchanged the files, and where the newer ones are.',
      effect:
        'Work goes on from this state, and the log notes that you acknowledged it. Newer content doesn’t come back by itself.',
      button: 'I found out; go on from this state',
    },
    done: 'Acknowledged, and noted in the log.',
  },
}
