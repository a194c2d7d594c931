// What casework knows of customers: who is calling, who is one and the same, who belongs to whom, on what basis data are kept.
import { z } from 'zod'
import { instantSchema, lineSchema, textSchema } from './common.ts'
import { customerSchema } from './customer.ts'
import { customerIdSchema, mergeIdSchema } from './ids.ts'
import { transactionSumSchema } from './transaction.ts'

export const callerFields = [
  'name',
  'mobileLast4',
  'residentIdLast4',
  'bankCardLast4',
  'birthDate',
  'orderNo',
  'addressPart',
] as const
export const callerFieldSchema = z.enum(callerFields)
export type CallerField = z.infer<typeof callerFieldSchema>

/** What the caller says. Nothing of it is kept. */
export const callerAnswersSchema = z.strictObject({
  name: lineSchema.optional(),
  mobileLast4: lineSchema.optional(),
  residentIdLast4: lineSchema.optional(),
  bankCardLast4: lineSchema.optional(),
  birthDate: lineSchema.optional(),
  orderNo: lineSchema.optional(),
  addressPart: lineSchema.optional(),
})
export type CallerAnswers = z.infer<typeof callerAnswersSchema>

/** `unknown`: the vault holds no such value. */
export const callerMatchSchema = z.union([z.boolean(), z.literal('unknown')])
export const callerVerdictSchema = z.enum(['verified', 'notVerified', 'insufficient'])
export type CallerVerdict = z.infer<typeof callerVerdictSchema>

/** Which questions are asked, and when a caller counts as verified. A wrong name never does. */
export const callerScriptSchema = z.strictObject({
  questions: z.array(callerFieldSchema).min(1).max(callerFields.length),
  /** Questions whose answers few but the customer know. */
  strong: z.array(callerFieldSchema).max(callerFields.length),
  matches: z.number().int().min(1).max(callerFields.length),
  strongMatches: z.number().int().min(0).max(callerFields.length),
  /** Wrong answers that are forgiven. */
  mismatches: z.number().int().min(0).max(callerFields.length),
})
export type CallerScript = z.infer<typeof callerScriptSchema>

export const defaultCallerScript: CallerScript = {
  questions: [...callerFields],
  strong: ['mobileLast4', 'residentIdLast4', 'bankCardLast4', 'orderNo'],
  matches: 2,
  strongMatches: 1,
  mismatches: 1,
}

export const mergeSchema = z.strictObject({
  id: mergeIdSchema,
  keptId: customerIdSchema,
  mergedId: customerIdSchema,
  reason: z.string(),
  at: instantSchema,
  user: z.string(),
})
export type Merge = z.infer<typeof mergeSchema>

export const duplicateReasonSchema = z.enum(['residentId', 'nameMobile'])
/** Two customers who may be one, masked, side by side. */
export const duplicatePairSchema = z.strictObject({
  left: customerSchema,
  right: customerSchema,
  reasons: z.array(duplicateReasonSchema),
})
export type DuplicatePair = z.infer<typeof duplicatePairSchema>

/** What the other customer is to this one. */
export const relationKinds = [
  'spouse',
  'parent',
  'child',
  'sibling',
  'relative',
  'guardian',
  'ward',
  'agent',
  'principal',
  'employer',
  'employee',
  'parentCompany',
  'subsidiary',
  'other',
] as const
export const relationKindSchema = z.enum(relationKinds)
export type RelationKind = z.infer<typeof relationKindSchema>

export const relationSchema = z.strictObject({
  id: z.uuid(),
  kind: relationKindSchema,
  other: customerSchema,
  note: z.string(),
  /** Whether what was typed is kept, for a reveal. */
  original: z.boolean(),
  at: instantSchema,
  user: z.string(),
})

export const factKinds = ['basis', 'consent', 'request', 'hold'] as const
export const factKindSchema = z.enum(factKinds)
export type FactKind = z.infer<typeof factKindSchema>

/** What a fact of each kind may be: PIPL 13 for the basis, 44 to 49 for requests. */
export const factCodes = {
  basis: ['consent', 'contract', 'legal', 'emergency', 'publicInterest', 'disclosed', 'other'],
  consent: ['service', 'marketing', 'sharing', 'sensitive', 'transfer', 'other'],
  request: ['access', 'copy', 'correction', 'erasure', 'objection', 'explanation', 'relatives', 'other'],
  hold: ['litigation', 'regulator', 'audit', 'claim', 'other'],
} as const satisfies Record<FactKind, readonly string[]>

/** The first is how a fact begins; each of the others ends it. */
export const factStates = {
  basis: ['active', 'ended'],
  consent: ['active', 'withdrawn'],
  request: ['open', 'done', 'refused'],
  hold: ['active', 'lifted'],
} as const satisfies Record<FactKind, readonly string[]>

export const factStateSchema = z.enum(['active', 'ended', 'withdrawn', 'open', 'done', 'refused', 'lifted'])
export type FactState = z.infer<typeof factStateSchema>

export const customerFactSchema = z.strictObject({
  id: z.uuid(),
  customerId: customerIdSchema,
  kind: factKindSchema,
  code: z.string(),
  /** For what, redacted. */
  purpose: z.string(),
  /** Where it is shown, redacted: a form's number, a letter, a recording. */
  evidence: z.string(),
  /** Whether what was typed is kept, for a reveal. */
  original: z.boolean(),
  date: z.string(),
  until: z.string(),
  state: factStateSchema,
  /** When it came to that state, where a day was said. */
  stateDate: z.string(),
  revision: z.number().int(),
  at: instantSchema,
  user: z.string(),
})
export type CustomerFact = z.infer<typeof customerFactSchema>

const dayOrNothing = z.union([z.literal(''), z.iso.date()])

export const factDraftSchema = z.strictObject({
  customerId: customerIdSchema,
  kind: factKindSchema,
  code: lineSchema,
  purpose: textSchema.default(''),
  evidence: textSchema.default(''),
  date: dayOrNothing.default(''),
  until: dayOrNothing.default(''),
})

export const factStep = { state: factStateSchema, date: dayOrNothing.default('') }

/** Everything that a customer's page shows beside the lists of cases and transactions. */
export const customerOverviewSchema = z.strictObject({
  customer: customerSchema,
  /** Records that are one with this one, with the merge that says so. */
  merged: z.array(z.strictObject({ merge: mergeSchema, customer: customerSchema })),
  relations: z.array(relationSchema),
  facts: z.array(customerFactSchema),
  sums: z.array(transactionSumSchema),
  complaints: z.number().int(),
  transactions: z.number().int(),
  /** How many other customers look like this one; null while identities is closed. */
  duplicates: z.number().int().nullable(),
})
export type CustomerOverview = z.infer<typeof customerOverviewSchema>
