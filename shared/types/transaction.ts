// What customers bought, paid and hold: as everybody sees it (masked), and as a form or a file gives it.
import { z } from 'zod'
import { currencySchema } from './case.ts'
import { lineSchema, sourceSchema, textSchema } from './common.ts'
import { customerIdSchema, transactionIdSchema } from './ids.ts'

export const transactionKinds = ['order', 'payment', 'contract', 'prepaid', 'refund', 'other'] as const
export const transactionKindSchema = z.enum(transactionKinds)
export type TransactionKind = z.infer<typeof transactionKindSchema>

/** Fields an import may map to; anything else goes to `extra`. */
export const transactionFields = [
  'transactionNo',
  'kind',
  'customerNo',
  'complaintNo',
  'date',
  'amount',
  'currency',
  'status',
  'description',
] as const
export type TransactionField = (typeof transactionFields)[number]

/** A transaction as the records compartment holds it: what leaves the vault process is {@link transactionSchema}. */
export const storedTransactionSchema = z.strictObject({
  id: transactionIdSchema,
  transactionNo: z.string(),
  kind: transactionKindSchema,
  customerId: customerIdSchema.nullable(),
  customerNo: z.string(),
  /** The case that its file names. */
  complaintNo: z.string(),
  date: z.string(),
  /** Decimal number as text, with a sign where it is negative; empty when unknown. */
  amount: z.string(),
  /** ISO 4217 code; empty when unknown. */
  currency: z.string(),
  status: z.string(),
  description: z.string(),
  extraColumns: z.array(z.string()),
  /** Of these, the values that everybody may see. */
  extraValues: z.record(z.string(), z.string()),
  warnings: z.array(z.string()),
  duplicate: z.boolean(),
  source: sourceSchema,
  revision: z.number().int(),
  updatedAt: z.string(),
})
export type StoredTransaction = z.infer<typeof storedTransactionSchema>

/** Fields of a transaction that a class can take from those who aren't owners. */
export const secretTransactionFields = ['date', 'amount', 'currency', 'status'] as const
export const secretTransactionFieldSchema = z.enum(secretTransactionFields)
export type SecretTransactionField = (typeof secretTransactionFields)[number]

/** A transaction as the person who asks may see it: what is withheld is null, which says nothing of whether there is a value. */
export const transactionSchema = storedTransactionSchema.extend({
  date: z.string().nullable(),
  amount: z.string().nullable(),
  currency: z.string().nullable(),
  status: z.string().nullable(),
  /** Trade secrets, of every transaction. */
  withheld: z.array(secretTransactionFieldSchema),
})
export type Transaction = z.infer<typeof transactionSchema>

/**
 * Exact, by kind and currency: kinds are never netted against each other. For somebody from whom amounts are withheld, by kind alone and
 * with null for everything but the count.
 */
export const transactionSumSchema = z.strictObject({
  kind: transactionKindSchema,
  currency: z.string().nullable(),
  count: z.number().int(),
  /** Transactions of the kind without a readable amount. */
  withoutAmount: z.number().int().nullable(),
  amount: z.string().nullable(),
})
export type TransactionSum = z.infer<typeof transactionSumSchema>

/** What a person types. */
export const transactionDraftSchema = z.strictObject({
  transactionNo: lineSchema.default(''),
  kind: transactionKindSchema.default('order'),
  customerId: customerIdSchema.optional(),
  customerNo: lineSchema.default(''),
  complaintNo: lineSchema.default(''),
  date: lineSchema.default(''),
  amount: lineSchema.default(''),
  currency: z.union([z.literal(''), currencySchema]).default(''),
  status: lineSchema.default(''),
  description: textSchema.default(''),
  extra: z.record(z.string().max(200), textSchema).default({}),
})
export type TransactionDraft = z.infer<typeof transactionDraftSchema>

/** An edit names only the fields that change: what isn't named keeps its original. */
export const transactionPatchSchema = z.strictObject({
  transactionNo: lineSchema.optional(),
  kind: transactionKindSchema.optional(),
  customerNo: lineSchema.optional(),
  complaintNo: lineSchema.optional(),
  date: lineSchema.optional(),
  amount: lineSchema.optional(),
  currency: z.union([z.literal(''), currencySchema]).optional(),
  status: lineSchema.optional(),
  description: textSchema.optional(),
})
export type TransactionPatch = z.infer<typeof transactionPatchSchema>
