// Each channel's one use case. The type makes the map complete: a channel without a handler doesn't compile.
import type { z } from 'zod'
import type { Channel } from '../../../shared/contract/define.ts'
import { contract, type VaultChannel } from '../../../shared/contract/index.ts'
import type { Context } from '../session.ts'
import { checkpointAudit, listAudit } from '../usecases/audit.ts'
import { createBackup } from '../usecases/backup.ts'
import { linkComplaints } from '../usecases/case-links.ts'
import { addComplaintNote, markReviewed, setComplaintStatus, workOnComplaint } from '../usecases/case-work.ts'
import { getComplaint, listComplaints, revealComplaint, summariseComplaints } from '../usecases/complaints.ts'
import {
  addCustomer,
  getCustomer,
  listCustomers,
  revealCustomer,
  updateCustomer,
} from '../usecases/customers.ts'
import { writeLetterBatch } from '../usecases/letter-batch.ts'
import { listTemplates, previewTemplate, putTemplate, removeTemplate } from '../usecases/letter-templates.ts'
import {
  copyLetter,
  listLetters,
  previewLetter,
  previewLetterClear,
  renderLetter,
  revealLetter,
} from '../usecases/letters.ts'
import { removeSlot } from '../usecases/devices.ts'
import { addKit, checkKit, listKits, revokeKit } from '../usecases/kits.ts'
import { disableUser, enableUser, listUsers, removeUser, setUserRole } from '../usecases/people.ts'
import { rotateKeys } from '../usecases/rotate.ts'
import { runExport } from '../usecases/exports.ts'
import { listImportFindings, listImports, previewImport, runImport, undoImport } from '../usecases/imports.ts'
import { statusOf } from '../usecases/keep-vault.ts'
import { setProfile } from '../usecases/profile.ts'
import { addComplaint, updateComplaint } from '../usecases/take-complaint.ts'
import { verifyAudit, verifyVault } from '../usecases/verify-vault.ts'

/** A use case behind its channel's schema: what reaches it has been parsed here once more. */
type Runner = (context: Context, input: unknown) => Promise<unknown>

function handle<I extends z.ZodType, O extends z.ZodType>(
  declaration: Channel<I, O, 'vault'>,
  useCase: (context: Context, input: z.output<I>) => z.output<O> | Promise<z.output<O>>,
): Runner {
  return async (context, input) => useCase(context, declaration.input.parse(input))
}

export const handlers: Readonly<Record<VaultChannel, Runner>> = {
  'vault.setProfile': handle(contract['vault.setProfile'], (context, input) => {
    setProfile(context, input)
    return statusOf(context.session)
  }),
  'vault.verify': handle(contract['vault.verify'], (context) => verifyVault(context)),
  'vault.getStatus': handle(contract['vault.getStatus'], (context) => statusOf(context.session)),
  'customers.list': handle(contract['customers.list'], listCustomers),
  'customers.get': handle(contract['customers.get'], getCustomer),
  'customers.add': handle(contract['customers.add'], addCustomer),
  'customers.update': handle(contract['customers.update'], updateCustomer),
  'customers.reveal': handle(contract['customers.reveal'], revealCustomer),
  'complaints.list': handle(contract['complaints.list'], listComplaints),
  'complaints.summary': handle(contract['complaints.summary'], (context) => summariseComplaints(context)),
  'complaints.get': handle(contract['complaints.get'], getComplaint),
  'complaints.add': handle(contract['complaints.add'], addComplaint),
  'complaints.update': handle(contract['complaints.update'], updateComplaint),
  'complaints.setStatus': handle(contract['complaints.setStatus'], setComplaintStatus),
  'complaints.work': handle(contract['complaints.work'], workOnComplaint),
  'complaints.link': handle(contract['complaints.link'], linkComplaints),
  'complaints.addNote': handle(contract['complaints.addNote'], addComplaintNote),
  'complaints.markReviewed': handle(contract['complaints.markReviewed'], markReviewed),
  'complaints.reveal': handle(contract['complaints.reveal'], revealComplaint),
  'letters.templates': handle(contract['letters.templates'], (context) => listTemplates(context)),
  'letters.preview': handle(contract['letters.preview'], previewLetter),
  'letters.previewClear': handle(contract['letters.previewClear'], previewLetterClear),
  'letters.render': handle(contract['letters.render'], renderLetter),
  'letters.list': handle(contract['letters.list'], listLetters),
  'letters.reveal': handle(contract['letters.reveal'], revealLetter),
  'letters.copy': handle(contract['letters.copy'], copyLetter),
  'letters.batch': handle(contract['letters.batch'], writeLetterBatch),
  'templates.put': handle(contract['templates.put'], putTemplate),
  'templates.remove': handle(contract['templates.remove'], removeTemplate),
  'templates.preview': handle(contract['templates.preview'], previewTemplate),
  'imports.preview': handle(contract['imports.preview'], previewImport),
  'imports.run': handle(contract['imports.run'], runImport),
  'imports.list': handle(contract['imports.list'], (context) => listImports(context)),
  'imports.findings': handle(contract['imports.findings'], listImportFindings),
  'imports.undo': handle(contract['imports.undo'], undoImport),
  'exports.run': handle(contract['exports.run'], runExport),
  'users.list': handle(contract['users.list'], (context) => listUsers(context)),
  'users.disable': handle(contract['users.disable'], disableUser),
  'users.enable': handle(contract['users.enable'], enableUser),
  'users.remove': handle(contract['users.remove'], removeUser),
  'users.setRole': handle(contract['users.setRole'], setUserRole),
  'kits.list': handle(contract['kits.list'], (context) => listKits(context)),
  'kits.check': handle(contract['kits.check'], checkKit),
  'kits.add': handle(contract['kits.add'], (context) => addKit(context)),
  'kits.revoke': handle(contract['kits.revoke'], revokeKit),
  'devices.remove': handle(contract['devices.remove'], removeSlot),
  'vault.rotate': handle(contract['vault.rotate'], (context) => rotateKeys(context)),
  'backups.create': handle(contract['backups.create'], createBackup),
  'audit.list': handle(contract['audit.list'], listAudit),
  'audit.verify': handle(contract['audit.verify'], verifyAudit),
  'audit.checkpoint': handle(contract['audit.checkpoint'], (context) => checkpointAudit(context)),
}
