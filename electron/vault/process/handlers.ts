// Each channel's one use case. The type makes the map complete: a channel without a handler doesn't compile.
import type { z } from 'zod'
import type { Channel } from '../../../shared/contract/define.ts'
import { contract, type VaultChannel } from '../../../shared/contract/index.ts'
import type { Context } from '../session.ts'
import { addAttachment, removeAttachment } from '../usecases/attach.ts'
import { listAttachments, previewAttachment, saveAttachment } from '../usecases/attachments.ts'
import { checkpointAudit, listAudit } from '../usecases/audit.ts'
import { createBackup } from '../usecases/backup.ts'
import { countCategories, getCategories, setCategories } from '../usecases/categories.ts'
import { linkComplaints } from '../usecases/case-links.ts'
import { addComplaintNote, markReviewed, setComplaintStatus, workOnComplaint } from '../usecases/case-work.ts'
import { bulkWork } from '../usecases/bulk.ts'
import { undoBulk } from '../usecases/bulk-undo.ts'
import { applyClocks, getClocks, getClockSettings, pauseClock, previewClocks } from '../usecases/clocks.ts'
import { getComplaint, listComplaints, revealComplaint, summariseComplaints } from '../usecases/complaints.ts'
import {
  addCustomer,
  getCustomer,
  listCustomers,
  revealCustomer,
  updateCustomer,
} from '../usecases/customers.ts'
import { addFact, getOverview, relateCustomers, setFactState } from '../usecases/customer-facts.ts'
import { writeLetterBatch } from '../usecases/letter-batch.ts'
import { listFields, readClasses, setFieldClass } from '../usecases/field-classes.ts'
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
import { listDuplicates, setDistinct } from '../usecases/duplicates.ts'
import { updateTransaction } from '../usecases/correct-transaction.ts'
import { mergeCustomers, unmergeCustomers } from '../usecases/merges.ts'
import { confirmHandover, createHandover, listHandovers } from '../usecases/handovers.ts'
import { disableUser, enableUser, listUsers, removeUser, setUserRole } from '../usecases/people.ts'
import { revealCustomerText, revealLine } from '../usecases/reveal-typed.ts'
import { setOwnClass } from '../usecases/own-classes.ts'
import { rotateKeys } from '../usecases/rotate.ts'
import { runExport } from '../usecases/exports.ts'
import { listImportFindings, listImports, previewImport, runImport, undoImport } from '../usecases/imports.ts'
import { statusOf } from '../usecases/keep-vault.ts'
import { closePreview, previewPart } from '../usecases/preview-parts.ts'
import { setProfile } from '../usecases/profile.ts'
import { searchAll } from '../usecases/search-all.ts'
import { getStats, saveStats } from '../usecases/stats.ts'
import { addComplaint, updateComplaint } from '../usecases/take-complaint.ts'
import {
  addTransaction,
  getTransaction,
  linkTransaction,
  listTransactions,
  revealTransaction,
} from '../usecases/transactions.ts'
import { readCallerScript, setCallerScript, verifyCaller } from '../usecases/verify-caller.ts'
import { startDue } from '../usecases/due.ts'
import { verifyAudit, verifyVault } from '../usecases/verify-vault.ts'
import { listViews, removeView, saveView } from '../usecases/views.ts'

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
    // Deadlines end with the days of the company's time zone.
    startDue(context.session)
    return statusOf(context.session)
  }),
  'vault.verify': handle(contract['vault.verify'], (context) => verifyVault(context)),
  'vault.getStatus': handle(contract['vault.getStatus'], (context) => statusOf(context.session)),
  'customers.list': handle(contract['customers.list'], listCustomers),
  'customers.get': handle(contract['customers.get'], getCustomer),
  'customers.add': handle(contract['customers.add'], addCustomer),
  'customers.update': handle(contract['customers.update'], updateCustomer),
  'customers.reveal': handle(contract['customers.reveal'], revealCustomer),
  'customers.overview': handle(contract['customers.overview'], getOverview),
  'customers.verifyCaller': handle(contract['customers.verifyCaller'], verifyCaller),
  'customers.getCallerScript': handle(contract['customers.getCallerScript'], readCallerScript),
  'customers.setCallerScript': handle(contract['customers.setCallerScript'], setCallerScript),
  'customers.merge': handle(contract['customers.merge'], mergeCustomers),
  'customers.unmerge': handle(contract['customers.unmerge'], unmergeCustomers),
  'customers.duplicates': handle(contract['customers.duplicates'], listDuplicates),
  'customers.setDistinct': handle(contract['customers.setDistinct'], setDistinct),
  'customers.relate': handle(contract['customers.relate'], relateCustomers),
  'customers.addFact': handle(contract['customers.addFact'], addFact),
  'customers.setFactState': handle(contract['customers.setFactState'], setFactState),
  'customers.revealText': handle(contract['customers.revealText'], revealCustomerText),
  'transactions.list': handle(contract['transactions.list'], listTransactions),
  'transactions.get': handle(contract['transactions.get'], getTransaction),
  'transactions.add': handle(contract['transactions.add'], addTransaction),
  'transactions.update': handle(contract['transactions.update'], updateTransaction),
  'transactions.link': handle(contract['transactions.link'], linkTransaction),
  'transactions.reveal': handle(contract['transactions.reveal'], revealTransaction),
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
  'complaints.revealLine': handle(contract['complaints.revealLine'], revealLine),
  'search.all': handle(contract['search.all'], searchAll),
  'stats.get': handle(contract['stats.get'], getStats),
  'stats.save': handle(contract['stats.save'], saveStats),
  'handover.create': handle(contract['handover.create'], createHandover),
  'handover.confirm': handle(contract['handover.confirm'], confirmHandover),
  'handover.list': handle(contract['handover.list'], (context) => listHandovers(context)),
  'complaints.clocks': handle(contract['complaints.clocks'], getClocks),
  'complaints.pauseClock': handle(contract['complaints.pauseClock'], pauseClock),
  'complaints.bulk': handle(contract['complaints.bulk'], bulkWork),
  'complaints.undoBulk': handle(contract['complaints.undoBulk'], undoBulk),
  'categories.get': handle(contract['categories.get'], (context) => getCategories(context)),
  'categories.getUsage': handle(contract['categories.getUsage'], (context) => countCategories(context)),
  'categories.set': handle(contract['categories.set'], setCategories),
  'clocks.get': handle(contract['clocks.get'], (context) => getClockSettings(context)),
  'clocks.preview': handle(contract['clocks.preview'], previewClocks),
  'clocks.apply': handle(contract['clocks.apply'], applyClocks),
  'views.list': handle(contract['views.list'], (context) => listViews(context)),
  'views.save': handle(contract['views.save'], saveView),
  'views.remove': handle(contract['views.remove'], removeView),
  'attachments.list': handle(contract['attachments.list'], listAttachments),
  'attachments.add': handle(contract['attachments.add'], addAttachment),
  'attachments.save': handle(contract['attachments.save'], saveAttachment),
  'attachments.preview': handle(contract['attachments.preview'], previewAttachment),
  'attachments.previewPart': handle(contract['attachments.previewPart'], previewPart),
  'attachments.closePreview': handle(contract['attachments.closePreview'], closePreview),
  'attachments.remove': handle(contract['attachments.remove'], removeAttachment),
  'letters.templates': handle(contract['letters.templates'], (context) => listTemplates(context)),
  'letters.preview': handle(contract['letters.preview'], previewLetter),
  'letters.previewClear': handle(contract['letters.previewClear'], previewLetterClear),
  'letters.render': handle(contract['letters.render'], renderLetter),
  'letters.list': handle(contract['letters.list'], listLetters),
  'letters.reveal': handle(contract['letters.reveal'], revealLetter),
  'letters.copy': handle(contract['letters.copy'], copyLetter),
  'letters.batch': handle(contract['letters.batch'], writeLetterBatch),
  'templates.put': handle(contract['templates.put'], putTemplate),
  'fields.getClasses': handle(contract['fields.getClasses'], readClasses),
  'fields.list': handle(contract['fields.list'], listFields),
  'fields.setClass': handle(contract['fields.setClass'], setFieldClass),
  'fields.setOwnClass': handle(contract['fields.setOwnClass'], setOwnClass),
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
