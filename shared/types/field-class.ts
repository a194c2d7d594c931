// How much a field gives away, and so who sees it and how: DOMAIN "trade secrets", PIPL 28, GB/T 35273 annex B.
import { z } from 'zod'
import { type RecordKind, recordKindSchema } from './exchange.ts'

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

/** The product's own fields, by default. Their masks are made on the way in: but for {@link settableFields} they don't change. */
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
} as const satisfies Record<RecordKind, Record<string, FieldClass>>

/**
 * Own fields that are usual trade secrets: an owner may class them `confidential`, and give them their own class back. An amount takes
 * its currency with it.
 */
export const settableFields = {
  customers: [],
  complaints: [],
  transactions: ['amount', 'date', 'status'],
} as const satisfies Record<RecordKind, readonly string[]>

/** Own fields that are classed `confidential`; every other has its own class. */
export const confidentialFieldsSchema = z.partialRecord(recordKindSchema, z.array(z.string().max(100)))

/** An own field whose class can be set. */
export const classedFieldSchema = z.strictObject({
  kind: recordKindSchema,
  /** As a record of the kind has it. */
  field: z.string(),
  class: fieldClassSchema,
  /** The class that it has where nobody set one. */
  ownClass: fieldClassSchema,
})
export type ClassedField = z.infer<typeof classedFieldSchema>

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
