// Customers as everybody sees them (masked), and as a reveal or a form sees them (clear).
import { z } from 'zod'
import { lineSchema, sourceSchema, textSchema } from './common.ts'
import { customerIdSchema } from './ids.ts'

/** Fields whose clear value lives only in identities; records hold the masked column of the same name. */
export const customerIdentityFields = [
  'name',
  'residentId',
  'mobile',
  'landline',
  'email',
  'address',
  'bankCard',
  'birthDate',
  'passport',
] as const

/** Fields an import may map to; anything else goes to `extra`. */
export const customerFields = ['customerNo', ...customerIdentityFields, 'registeredOn'] as const
export type CustomerField = (typeof customerFields)[number]

/** A customer as the records compartment holds it: every identity is masked on the way in. */
export const customerSchema = z.strictObject({
  id: customerIdSchema,
  customerNo: z.string(),
  name: z.string(),
  residentId: z.string(),
  mobile: z.string(),
  landline: z.string(),
  email: z.string(),
  address: z.string(),
  bankCard: z.string(),
  birthDate: z.string(),
  passport: z.string(),
  registeredOn: z.string(),
  /** Names of the columns kept in `extra`; their values are behind a reveal as `extra:<column>`. */
  extraColumns: z.array(z.string()),
  /** Of these, the values that everybody may see. */
  extraValues: z.record(z.string(), z.string()),
  /** Codes of what an import found wrong: `field:warning`. */
  warnings: z.array(z.string()),
  duplicate: z.boolean(),
  source: sourceSchema,
  revision: z.number().int(),
  updatedAt: z.string(),
})
export type Customer = z.infer<typeof customerSchema>

/** What a person types in a form, or a JSON file gives: clear values, verbatim. */
export const customerDraftSchema = z.strictObject({
  customerNo: lineSchema.default(''),
  name: lineSchema.default(''),
  residentId: lineSchema.default(''),
  mobile: lineSchema.default(''),
  landline: lineSchema.default(''),
  email: lineSchema.default(''),
  address: lineSchema.default(''),
  bankCard: lineSchema.default(''),
  birthDate: lineSchema.default(''),
  passport: lineSchema.default(''),
  registeredOn: lineSchema.default(''),
  extra: z.record(z.string().max(200), textSchema).default({}),
})
export type CustomerDraft = z.infer<typeof customerDraftSchema>

/** An edit names only the fields that change: what isn't named stays, so that a masked form can't overwrite a clear value. */
export const customerPatchSchema = z.strictObject({
  customerNo: lineSchema.optional(),
  name: lineSchema.optional(),
  residentId: lineSchema.optional(),
  mobile: lineSchema.optional(),
  landline: lineSchema.optional(),
  email: lineSchema.optional(),
  address: lineSchema.optional(),
  bankCard: lineSchema.optional(),
  birthDate: lineSchema.optional(),
  passport: lineSchema.optional(),
  registeredOn: lineSchema.optional(),
})
export type CustomerPatch = z.infer<typeof customerPatchSchema>
