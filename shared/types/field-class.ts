// How much a field gives away, and so who sees it and how: DOMAIN "trade secrets", PIPL 28, GB/T 35273 annex B.
import { z } from 'zod'
import { recordKindSchema } from './exchange.ts'

/**
 * `identity`: masked, shown to whoever may reveal. `sensitive`: the same, but the mask tells nothing of it. `confidential`: a trade
 * secret; shown to owners alone, and left out where somebody else exports. `ordinary`: everybody sees it, but for what the
 * recognisers find in it.
 */
export const fieldClassSchema = z.enum(['identity', 'sensitive', 'confidential', 'ordinary'])
export type FieldClass = z.infer<typeof fieldClassSchema>

/** Class by column, of columns that no field takes; one that isn't named is an identity. */
export const columnClassesSchema = z.partialRecord(
  recordKindSchema,
  z.record(z.string().max(1000), fieldClassSchema),
)
export type ColumnClasses = z.infer<typeof columnClassesSchema>

/** The product's own fields. Their masks are made on the way in: they don't change. */
export const ownClasses = {
  customers: {
    customerNo: 'ordinary',
    name: 'identity',
    residentId: 'sensitive',
    mobile: 'identity',
    landline: 'identity',
    email: 'identity',
    address: 'identity',
    bankCard: 'sensitive',
    birthDate: 'identity',
    passport: 'sensitive',
    registeredOn: 'ordinary',
  },
  complaints: {
    complaintNo: 'ordinary',
    customerName: 'identity',
    customerMobile: 'identity',
    narrative: 'identity',
    outcome: 'identity',
    category: 'ordinary',
    amount: 'ordinary',
    receivedAt: 'ordinary',
  },
  transactions: {
    transactionNo: 'ordinary',
    amount: 'ordinary',
    date: 'ordinary',
    status: 'ordinary',
    description: 'identity',
  },
} as const satisfies Record<z.infer<typeof recordKindSchema>, Record<string, FieldClass>>

export const classedColumnSchema = z.strictObject({
  kind: recordKindSchema,
  /** As records show it. */
  column: z.string(),
  class: fieldClassSchema,
  /** Records that have it. */
  count: z.number().int(),
  /** Of these, records that aren't yet as the class wants them: an act was cut short. */
  pending: z.number().int(),
})
export type ClassedColumn = z.infer<typeof classedColumnSchema>
