// Every table of records whose rows the log vouches for, as the verifier reads them.
import type { RecordsStore } from '../store/store.ts'
import { rowKinds } from './digests.ts'

export interface RowSource {
  kind: number
  name: string
  pageAfter: (seq: number, limit: number) => { seq: number }[]
}

export function vouchedSources(records: RecordsStore): RowSource[] {
  return [
    { kind: rowKinds.customer, name: 'customers', pageAfter: records.customers.pageAfter },
    { kind: rowKinds.complaint, name: 'complaints', pageAfter: records.complaints.pageAfter },
    { kind: rowKinds.event, name: 'complaint_events', pageAfter: records.events.pageAfter },
    { kind: rowKinds.case, name: 'cases', pageAfter: records.cases.pageAfter },
    { kind: rowKinds.caseChange, name: 'case_changes', pageAfter: records.caseChanges.pageAfter },
    { kind: rowKinds.complaintLink, name: 'complaint_links', pageAfter: records.links.pageAfter },
    { kind: rowKinds.transaction, name: 'transactions', pageAfter: records.transactions.pageAfter },
    {
      kind: rowKinds.transactionLink,
      name: 'transaction_links',
      pageAfter: records.transactionLinks.pageAfter,
    },
    { kind: rowKinds.merge, name: 'customer_merges', pageAfter: records.merges.pageAfter },
    { kind: rowKinds.relation, name: 'customer_relations', pageAfter: records.relations.pageAfter },
    { kind: rowKinds.customerFact, name: 'customer_facts', pageAfter: records.customerFacts.pageAfter },
    { kind: rowKinds.handover, name: 'handovers', pageAfter: records.handovers.pageAfter },
    { kind: rowKinds.view, name: 'views', pageAfter: records.views.pageAfter },
    { kind: rowKinds.setting, name: 'settings', pageAfter: records.settings.pageAfter },
    { kind: rowKinds.bulkAct, name: 'bulk_acts', pageAfter: records.bulkActs.pageAfter },
    { kind: rowKinds.attachment, name: 'attachments', pageAfter: records.attachments.pageAfter },
    { kind: rowKinds.letter, name: 'letters', pageAfter: records.letters.pageAfter },
    { kind: rowKinds.template, name: 'letter_templates', pageAfter: records.letterTemplates.pageAfter },
    { kind: rowKinds.batch, name: 'batches', pageAfter: records.batches.pageAfter },
    { kind: rowKinds.inbox, name: 'inbox', pageAfter: records.inbox.pageAfter },
    {
      kind: rowKinds.person,
      name: 'people',
      pageAfter: (seq) => records.people.listRows().filter((row) => row.seq > seq),
    },
  ]
}
