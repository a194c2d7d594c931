// What customers bought, paid and hold: masked lists with exact sums for everybody, clear values by reveal only. What is classed as a
// trade secret is withheld from all but owners.
import { z } from 'zod'
import { lineSchema, pageInput } from '../types/common.ts'
import { complaintIdSchema, customerIdSchema, transactionIdSchema } from '../types/ids.ts'
import {
  transactionDraftSchema,
  transactionKindSchema,
  transactionPatchSchema,
  transactionSchema,
  transactionSumSchema,
} from '../types/transaction.ts'
import { channel, everybody, identityHolders, workers } from './define.ts'

const listOutput = z.strictObject({
  items: z.array(transactionSchema),
  next: z.string().nullable(),
  total: z.number().int(),
  /** Of all that the filter finds, not of the page; null without a customer or a case, where it would read everything. */
  sums: z.array(transactionSumSchema).nullable(),
})

export const transactionsContract = {
  /** Newest first; where dates are withheld, in the order in which they came in. */
  'transactions.list': channel({
    input: z.strictObject({
      ...pageInput,
      /** With all records that are merged with this one. */
      customerId: customerIdSchema.optional(),
      complaintId: complaintIdSchema.optional(),
      kind: transactionKindSchema.optional(),
      /** Beginning of a number. */
      query: z.string().max(200).optional(),
    }),
    output: listOutput,
    target: 'vault',
    access: everybody,
  }),
  'transactions.get': channel({
    input: z.strictObject({ id: transactionIdSchema }),
    output: transactionSchema,
    target: 'vault',
    access: everybody,
  }),
  'transactions.add': channel({
    input: transactionDraftSchema,
    output: transactionSchema,
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
  /** Corrects what was typed, or what a file said. */
  'transactions.update': channel({
    input: z.strictObject({
      id: transactionIdSchema,
      revision: z.number().int(),
      patch: transactionPatchSchema,
    }),
    output: transactionSchema,
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
  /** Says that a transaction belongs to a case, or (`linked` false) doesn't, whatever its file says. */
  'transactions.link': channel({
    input: z.strictObject({
      id: transactionIdSchema,
      complaintId: complaintIdSchema,
      linked: z.boolean().default(true),
    }),
    output: listOutput,
    target: 'vault',
    access: workers,
    writes: true,
  }),
  'transactions.reveal': channel({
    input: z.strictObject({
      id: transactionIdSchema,
      fields: z.array(z.string().max(300)).min(1).max(50),
      reason: lineSchema,
    }),
    output: z.record(z.string(), z.string()),
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
} as const
