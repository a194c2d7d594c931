// What casework knows of a complaint beyond what came in: who has it, how grave it is, how it ended.
import { z } from 'zod'
import { lineSchema, textSchema } from './common.ts'
import { complaintIdSchema, personIdSchema } from './ids.ts'

export const severities = ['low', 'medium', 'high'] as const
export const severitySchema = z.enum(severities)

export const outcomeKinds = ['upheld', 'partly', 'rejected', 'settled'] as const
export const outcomeKindSchema = z.enum(outcomeKinds)

export const reliefKinds = ['refund', 'repair', 'apology', 'other'] as const
export const reliefKindSchema = z.enum(reliefKinds)

export const escalationTargets = ['regulator', 'mediation', 'court', 'other'] as const
export const escalationTargetSchema = z.enum(escalationTargets)

export const closingReasons = [
  'answered',
  'withdrawn',
  'duplicate',
  'outOfScope',
  'noResponse',
  'other',
] as const
export const closingReasonSchema = z.enum(closingReasons)

/** ISO 4217 code. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/)

/** Decimal number as text, as complaints carry their amounts: digits, at most one point, no sign and no grouping. */
export const plainAmountSchema = z
  .string()
  .max(30)
  .regex(/^\d+(\.\d+)?$/)

/** How a person is named where their work shows. */
export const personRefSchema = z.strictObject({ id: personIdSchema, name: z.string() })

export const reliefSchema = z.strictObject({
  kind: reliefKindSchema,
  /** Empty where nothing is paid. */
  amount: z.union([z.literal(''), plainAmountSchema]),
  currency: z.union([z.literal(''), currencySchema]),
})

export const escalationSchema = z.strictObject({
  to: escalationTargetSchema,
  /** Which authority or court; redacted as every text is. */
  body: lineSchema,
  reference: lineSchema,
})

export const satisfactionSchema = z.number().int().min(1).max(5)

export const caseSchema = z.strictObject({
  assignee: personRefSchema.nullable(),
  severity: severitySchema.nullable(),
  /** Of the amount in dispute; empty where nobody said. */
  currency: z.string(),
  rootCause: z.string(),
  outcomeKind: outcomeKindSchema.nullable(),
  relief: reliefSchema.nullable(),
  escalation: escalationSchema.nullable(),
  /** 1 (not at all) to 5. */
  satisfaction: satisfactionSchema.nullable(),
  closingReason: closingReasonSchema.nullable(),
  /** Id of the pack whose clocks run; empty: the vault's own choice. */
  clockPack: z.string(),
})
export type Case = z.infer<typeof caseSchema>

/** Fields of a case by which its changes are told. */
export const caseFields = [
  'assignee',
  'category',
  'subcategory',
  'severity',
  'currency',
  'rootCause',
  'outcome',
  'outcomeKind',
  'reliefKind',
  'reliefAmount',
  'reliefCurrency',
  'escalatedTo',
  'escalationBody',
  'escalationReference',
  'satisfaction',
  'closingReason',
  'clockPack',
] as const
export const caseFieldSchema = z.enum(caseFields)
export type CaseField = z.infer<typeof caseFieldSchema>

/** One changed field. Texts that are long (the outcome) are told by their field alone. */
export const caseChangeSchema = z.strictObject({
  field: caseFieldSchema,
  before: z.string(),
  after: z.string(),
})
export type CaseChange = z.infer<typeof caseChangeSchema>

/** Lines that a person adds to a timeline. */
export const noteKinds = ['note', 'call', 'email-in', 'email-out', 'visit'] as const
export const noteKindSchema = z.enum(noteKinds)

/** What may change in a case; only what is named changes, `null` takes away. */
export const casePatchSchema = z.strictObject({
  assignee: personIdSchema.nullable().optional(),
  category: lineSchema.optional(),
  subcategory: lineSchema.optional(),
  severity: severitySchema.nullable().optional(),
  currency: z.union([z.literal(''), currencySchema]).optional(),
  rootCause: lineSchema.optional(),
  outcome: textSchema.optional(),
  outcomeKind: outcomeKindSchema.nullable().optional(),
  relief: reliefSchema.nullable().optional(),
  escalation: escalationSchema.nullable().optional(),
  satisfaction: satisfactionSchema.nullable().optional(),
  closingReason: closingReasonSchema.nullable().optional(),
  clockPack: z.string().max(100).optional(),
})
export type CasePatch = z.infer<typeof casePatchSchema>

export const linkKinds = ['related', 'duplicate', 'follows'] as const
export const linkKindSchema = z.enum(linkKinds)

/** Another complaint that belongs to this one. */
export const linkedCaseSchema = z.strictObject({
  id: complaintIdSchema,
  complaintNo: z.string(),
  status: z.string(),
  kind: linkKindSchema,
})
