// The vault, its people and its session as both sides know them.
import { z } from 'zod'
import { instantSchema, lineSchema } from './common.ts'
import { errorCodes } from '../errors.ts'
import { personIdSchema, vaultIdSchema } from './ids.ts'

export const roleSchema = z.enum(['owner', 'handler', 'reviewer', 'recovery', 'auditor'])
export type Role = z.infer<typeof roleSchema>

export const compartmentSchema = z.enum(['records', 'identities'])
export type Compartment = z.infer<typeof compartmentSchema>

/** Whether the name is an IANA time zone that this computer knows. */
function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch (thrown) {
    if (thrown instanceof RangeError) return false
    throw thrown
  }
}

/** Company whose records these are. `timeZone` is the IANA zone in which its clock times are meant. */
export const companySchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  creditCode: lineSchema.default(''),
  address: lineSchema.default(''),
  timeZone: z.string().max(60).refine(isTimeZone).default('Asia/Shanghai'),
})
export type Company = z.infer<typeof companySchema>

/** Who keeps the records, in which capacity, by which document; letters and certificates name it. */
export const custodianSchema = z.strictObject({
  name: lineSchema.default(''),
  capacity: lineSchema.default(''),
  authority: lineSchema.default(''),
  contact: lineSchema.default(''),
})
export type Custodian = z.infer<typeof custodianSchema>

/** What can be read of a vault without any key. */
export const vaultInfoSchema = z.strictObject({
  formatVersion: z.number().int(),
  vaultId: vaultIdSchema,
  epoch: z.number().int(),
  people: z.array(
    z.strictObject({
      id: personIdSchema,
      name: z.string(),
      role: roleSchema,
      slots: z.array(
        z.strictObject({ id: z.string(), kind: z.enum(['passphrase', 'device']), deviceBound: z.boolean() }),
      ),
    }),
  ),
})
export type VaultInfo = z.infer<typeof vaultInfoSchema>

export const countsSchema = z.strictObject({
  customers: z.number().int(),
  complaints: z.number().int(),
  attachments: z.number().int(),
  auditEntries: z.number().int(),
})

export const sessionSchema = z.strictObject({
  vaultId: vaultIdSchema,
  userId: personIdSchema,
  user: z.string(),
  role: roleSchema,
  compartments: z.array(compartmentSchema),
  warnings: z.array(z.enum(errorCodes)),
  counts: countsSchema,
  company: companySchema,
  custodian: custodianSchema,
  lastUnlock: instantSchema.nullable(),
  /** Failed unlocks since the last good one, folded into the log as unauthenticated. */
  failedUnlocks: z.number().int(),
  lastCheckpoint: instantSchema.nullable(),
})
export type Session = z.infer<typeof sessionSchema>

/** One thing a check found. `detail` is plain English for logs and JSON; screens translate `code`. */
export const findingSchema = z.strictObject({ code: z.string(), where: z.string(), detail: z.string() })
export type CheckFinding = z.infer<typeof findingSchema>

export const verifyReportSchema = z.strictObject({
  ok: z.boolean(),
  findings: z.array(findingSchema),
  checked: z.strictObject({
    records: z.number().int(),
    identities: z.number().int(),
    attachments: z.number().int(),
    auditEntries: z.number().int(),
  }),
})
export type VerifyReport = z.infer<typeof verifyReportSchema>
