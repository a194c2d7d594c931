// Who may ask for what: written by hand, so that a change of the contract is noticed here. A new channel gets one line:
// `closed()` when it works without an open vault, else `may('owner handler')`, with `'identities'` behind it when the clear
// compartment has to be open.
import type { Role } from '../../shared/types/vault.ts'

export interface Line {
  /** `closed`: for everybody, whether a vault is open or not. */
  who: 'closed' | readonly Role[]
  identities: boolean
}

const roles: Readonly<Record<string, Role>> = {
  owner: 'owner',
  handler: 'handler',
  reviewer: 'reviewer',
  auditor: 'auditor',
  recovery: 'recovery',
}

function closed(): Line {
  return { who: 'closed', identities: false }
}

function may(names: string, needs?: 'identities'): Line {
  const who = names.split(' ').map((name) => {
    const role = roles[name]
    if (role === undefined) throw new Error(`the matrix names a role that doesn't exist: ${name}`)
    return role
  })
  return { who, identities: needs === 'identities' }
}

const all = 'owner handler reviewer auditor'

export const matrix: Readonly<Record<string, Line>> = {
  'app.getInfo': closed(),
  'app.setLocale': closed(),
  'app.setTheme': closed(),
  'app.listRecents': closed(),
  'files.choose': closed(),
  'files.browse': closed(),
  'jobs.cancel': closed(),
  'vault.getInfo': closed(),
  'vault.checkStrength': closed(),
  'vault.create': closed(),
  'vault.createSample': closed(),
  'vault.unlock': closed(),
  'vault.lock': closed(),
  'vault.getSession': closed(),
  'vault.checkRecoveryCode': closed(),
  'vault.recover': closed(),
  'vault.openIdentities': may('owner handler'),
  'vault.changePassphrase': may(all),
  'vault.setProfile': may('owner'),
  'vault.verify': may(all),
  'vault.getStatus': may(all),
  'customers.list': may(all),
  'customers.get': may(all),
  'customers.add': may('owner handler', 'identities'),
  'customers.update': may('owner handler', 'identities'),
  'customers.reveal': may('owner handler', 'identities'),
  'customers.overview': may(all),
  'customers.verifyCaller': may('owner handler', 'identities'),
  'customers.getCallerScript': may(all),
  'customers.setCallerScript': may('owner'),
  'customers.merge': may('owner handler', 'identities'),
  'customers.unmerge': may('owner handler', 'identities'),
  'customers.duplicates': may('owner handler', 'identities'),
  'customers.setDistinct': may('owner handler', 'identities'),
  'customers.relate': may('owner handler', 'identities'),
  'customers.addFact': may('owner handler', 'identities'),
  'customers.setFactState': may('owner handler', 'identities'),
  'transactions.list': may(all),
  'transactions.get': may(all),
  'transactions.add': may('owner handler', 'identities'),
  'transactions.link': may('owner handler reviewer'),
  'transactions.reveal': may('owner handler', 'identities'),
  'complaints.list': may(all),
  'complaints.summary': may(all),
  'complaints.get': may(all),
  'complaints.add': may('owner handler reviewer'),
  'complaints.update': may('owner handler', 'identities'),
  'complaints.setStatus': may('owner handler reviewer'),
  'complaints.work': may('owner handler reviewer'),
  'complaints.link': may('owner handler reviewer'),
  'complaints.addNote': may('owner handler reviewer'),
  'complaints.markReviewed': may('owner handler'),
  'complaints.reveal': may('owner handler', 'identities'),
  'search.all': may(all),
  'stats.get': may(all),
  'stats.save': may(all),
  'handover.create': may('owner handler reviewer'),
  'handover.confirm': may('owner handler reviewer'),
  'handover.list': may(all),
  'complaints.clocks': may(all),
  'complaints.pauseClock': may('owner handler reviewer'),
  'complaints.bulk': may('owner handler reviewer'),
  'complaints.undoBulk': may('owner handler reviewer'),
  'clocks.get': may(all),
  'clocks.preview': may('owner'),
  'clocks.apply': may('owner'),
  'views.list': may(all),
  'views.save': may('owner handler reviewer'),
  'views.remove': may('owner handler reviewer'),
  'attachments.list': may(all),
  'attachments.add': may('owner handler', 'identities'),
  'attachments.save': may('owner handler', 'identities'),
  'attachments.preview': may('owner handler', 'identities'),
  'attachments.open': may('owner handler', 'identities'),
  'attachments.remove': may('owner handler', 'identities'),
  'letters.templates': may(all),
  'letters.preview': may(all),
  'letters.previewClear': may('owner handler', 'identities'),
  'letters.render': may('owner handler', 'identities'),
  'letters.list': may(all),
  'letters.reveal': may('owner handler', 'identities'),
  'letters.copy': may('owner handler', 'identities'),
  'letters.batch': may('owner handler', 'identities'),
  'templates.put': may('owner'),
  'templates.remove': may('owner'),
  'templates.preview': may(all),
  'imports.preview': may('owner handler'),
  'imports.run': may('owner handler', 'identities'),
  'imports.list': may(all),
  'imports.findings': may(all),
  'imports.undo': may('owner handler', 'identities'),
  'exports.run': may(all),
  'bags.verify': closed(),
  'audit.list': may(all),
  'audit.verify': may(all),
  'audit.checkpoint': may(all),
  'users.list': may(all),
  'users.add': may('owner', 'identities'),
  'users.disable': may('owner', 'identities'),
  'users.enable': may('owner', 'identities'),
  'users.remove': may('owner', 'identities'),
  'users.setRole': may('owner', 'identities'),
  'users.reset': may('owner', 'identities'),
  'kits.list': may('owner'),
  'kits.check': may('owner'),
  'kits.add': may('owner', 'identities'),
  'kits.revoke': may('owner', 'identities'),
  'vault.checkKit': closed(),
  'devices.list': may(all),
  'devices.add': may(all),
  'devices.carry': may(all),
  'devices.remove': may(all),
  'vault.setQuickUnlock': may(all),
  'vault.listQuickUnlock': closed(),
  'vault.unlockQuick': closed(),
  'vault.rotate': may('owner', 'identities'),
  'vault.acknowledge': may('owner', 'identities'),
  'backups.create': may('owner handler', 'identities'),
  'backups.verify': closed(),
  'backups.restore': closed(),
  'backups.getSettings': may(all),
  'backups.setSettings': may('owner handler'),
}
