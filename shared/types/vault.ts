// The vault, its people and its session as both sides know them.
import { z } from 'zod'
import { instantSchema, lineSchema } from './common.ts'
import { errorCodes } from '../errors.ts'
import { kitIdSchema, personIdSchema, vaultIdSchema } from './ids.ts'

export const roleSchema = z.enum(['owner', 'handler', 'reviewer', 'recovery', 'auditor'])
export type Role = z.infer<typeof roleSchema>

/** Roles that an owner gives to a person. */
export const memberRoleSchema = z.enum(['owner', 'handler', 'reviewer'])
export type MemberRole = z.infer<typeof memberRoleSchema>

/** Whose compartment keys include identities (DESIGN section 2). */
const identityRoles: ReadonlySet<string> = new Set(['owner', 'handler', 'recovery'])

/** Whether a role is entitled to the identities key. */
export function holdsIdentities(role: Role): boolean {
  return identityRoles.has(role)
}

/**
 * A person's name as it is shown and typed: one line without control, format (bidi, zero-width) or private characters, since
 * two names that look alike must not be two people.
 */
export const personNameSchema = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(100)
  .refine((name) => !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(name))

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
  /** Of the last backup that was verified. */
  lastBackup: instantSchema.nullable(),
  /** False in a session of quick unlock: it has no signing key, and the next passphrase session signs for the stretch. */
  canSign: z.boolean(),
  /** What was written without the identities key and waits to be taken in there. */
  inbox: z.number().int(),
})
export type Session = z.infer<typeof sessionSchema>

/** A person of the vault. `mustChangePassphrase`: still on the first one, which somebody else chose. */
export const memberSchema = z.strictObject({
  id: personIdSchema,
  name: z.string(),
  role: memberRoleSchema,
  state: z.enum(['active', 'disabled']),
  mustChangePassphrase: z.boolean(),
  lastUnlock: instantSchema.nullable(),
})
export type Member = z.infer<typeof memberSchema>

/** A recovery kit, which opens everything. `checkedAt`: when it was last tried. */
export const kitSchema = z.strictObject({
  id: kitIdSchema,
  name: z.string(),
  createdAt: instantSchema,
  checkedAt: instantSchema.nullable(),
})
export type Kit = z.infer<typeof kitSchema>

/** One way in of a person: `passphrase` (bound to a computer or not), `device` (quick unlock of masked work). */
export const deviceSlotSchema = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['passphrase', 'device']),
  deviceBound: z.boolean(),
  createdAt: instantSchema,
  /** Whether it opens on this computer; null where that can't be told. */
  here: z.boolean().nullable(),
})
export type DeviceSlot = z.infer<typeof deviceSlotSchema>

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
