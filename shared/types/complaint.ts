// Complaints as everybody sees them (redacted), and as a form gives them (original).
import { z } from 'zod'
import { caseChangeSchema, caseSchema, linkedCaseSchema, personRefSchema, severitySchema } from './case.ts'
import { instantSchema, lineSchema, sourceSchema, textSchema } from './common.ts'
import { complaintIdSchema, customerIdSchema, personIdSchema } from './ids.ts'

export const complaintStatuses = [
  'received',
  'acknowledged',
  'investigating',
  'awaiting-customer',
  'resolved',
  'closed',
  'reopened',
  'withdrawn',
  'escalated',
] as const
export const complaintStatusSchema = z.enum(complaintStatuses)
export type ComplaintStatus = z.infer<typeof complaintStatusSchema>

/** What a person looks through: each queue is a list with a count. */
export const complaintQueues = [
  'mine',
  'unassigned',
  'overdue',
  'dueThisWeek',
  'awaitingCustomer',
  'escalated',
  'recentlyClosed',
] as const
export const complaintQueueSchema = z.enum(complaintQueues)
export type ComplaintQueue = z.infer<typeof complaintQueueSchema>

/** `received`: newest first; `due`: most urgent first; `severity`: gravest first. */
export const complaintSorts = ['received', 'due', 'severity'] as const
export const complaintSortSchema = z.enum(complaintSorts)
export type ComplaintSort = z.infer<typeof complaintSortSchema>

/** What a saved view shows. Without the words that were searched for: those may be somebody's name. */
export const complaintViewQuerySchema = z.strictObject({
  queue: complaintQueueSchema.optional(),
  status: complaintStatusSchema.optional(),
  category: z.string().max(500).optional(),
  assignee: personIdSchema.optional(),
  severity: severitySchema.optional(),
  sort: complaintSortSchema.default('received'),
})
export type ComplaintViewQuery = z.infer<typeof complaintViewQuerySchema>

/** Fields an import may map to; anything else goes to `extra`. */
export const complaintFields = [
  'complaintNo',
  'customerNo',
  'customerName',
  'customerMobile',
  'receivedAt',
  'channel',
  'category',
  'subcategory',
  'issue',
  'subIssue',
  'narrative',
  'amount',
  'status',
  'handler',
  'outcome',
  'closedAt',
] as const
export type ComplaintField = (typeof complaintFields)[number]

/** A complaint as the records compartment holds it. `narrative` and `outcome` are redacted. */
export const complaintSchema = z.strictObject({
  id: complaintIdSchema,
  complaintNo: z.string(),
  customerId: customerIdSchema.nullable(),
  customerNo: z.string(),
  customerName: z.string(),
  customerMobile: z.string(),
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm[:ss]`, clock time in the company's zone, as precise as the source. */
  receivedAt: z.string(),
  channel: z.string(),
  category: z.string(),
  subcategory: z.string(),
  issue: z.string(),
  subIssue: z.string(),
  status: complaintStatusSchema,
  handler: z.string(),
  /** Decimal number as text, without currency sign; empty when unknown. */
  amount: z.string(),
  closedAt: z.string(),
  narrative: z.string(),
  outcome: z.string(),
  /** Nobody has yet looked whether the redaction of the narrative is complete. */
  unreviewed: z.boolean(),
  extraColumns: z.array(z.string()),
  /** Of these, the values that everybody may see. */
  extraValues: z.record(z.string(), z.string()),
  warnings: z.array(z.string()),
  duplicate: z.boolean(),
  source: sourceSchema,
  assignee: personRefSchema.nullable(),
  severity: severitySchema.nullable(),
  /** Next thing that is owed and until when; null where no clock runs. */
  due: z.strictObject({ clock: z.string(), at: instantSchema }).nullable(),
  revision: z.number().int(),
  updatedAt: z.string(),
})
export type Complaint = z.infer<typeof complaintSchema>

export const eventKinds = [
  'received',
  'status',
  'note',
  'call',
  'email-in',
  'email-out',
  'visit',
  'edit',
  'reviewed',
  'case',
  'assigned',
  'link',
  'attachment',
  'letter',
  'reveal',
  'paused',
  'resumed',
  'undone',
] as const
export const eventKindSchema = z.enum(eventKinds)
export type EventKind = z.infer<typeof eventKindSchema>

/** One line of a complaint's history; `text` is redacted on the way in. */
export const complaintEventSchema = z.strictObject({
  seq: z.number().int(),
  at: instantSchema,
  user: z.string(),
  kind: eventKindSchema,
  from: complaintStatusSchema.nullable(),
  to: complaintStatusSchema.nullable(),
  text: z.string(),
  /** Whether what was typed is kept, for a reveal. */
  original: z.boolean(),
  /** Fields that changed with it; people stand there by name. */
  changes: z.array(caseChangeSchema),
})
export type ComplaintEvent = z.infer<typeof complaintEventSchema>

export const complaintDetailSchema = z.strictObject({
  complaint: complaintSchema,
  case: caseSchema,
  linked: z.array(linkedCaseSchema),
  events: z.array(complaintEventSchema),
  nextStatuses: z.array(complaintStatusSchema),
})
export type ComplaintDetail = z.infer<typeof complaintDetailSchema>

/** A complaint taken by hand: originals, verbatim. With neither number nor id the complaint stands without a customer. */
export const complaintDraftSchema = z.strictObject({
  complaintNo: lineSchema.default(''),
  customerId: customerIdSchema.optional(),
  customerNo: lineSchema.default(''),
  customerName: lineSchema.default(''),
  customerMobile: lineSchema.default(''),
  receivedAt: lineSchema.default(''),
  channel: lineSchema.default(''),
  category: lineSchema.default(''),
  subcategory: lineSchema.default(''),
  issue: lineSchema.default(''),
  subIssue: lineSchema.default(''),
  narrative: textSchema.default(''),
  amount: lineSchema.default(''),
  handler: lineSchema.default(''),
  outcome: textSchema.default(''),
  extra: z.record(z.string().max(200), textSchema).default({}),
})
export type ComplaintDraft = z.infer<typeof complaintDraftSchema>

/** An edit names only what changes. */
export const complaintPatchSchema = z.strictObject({
  channel: lineSchema.optional(),
  category: lineSchema.optional(),
  subcategory: lineSchema.optional(),
  receivedAt: lineSchema.optional(),
  amount: lineSchema.optional(),
  handler: lineSchema.optional(),
  narrative: textSchema.optional(),
  outcome: textSchema.optional(),
})
