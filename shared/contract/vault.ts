// Creating, opening, keeping and proving a vault.
import { z } from 'zod'
import { pathSchema } from '../types/common.ts'
import { vaultIdSchema } from '../types/ids.ts'
import {
  companySchema,
  custodianSchema,
  personNameSchema,
  sessionSchema,
  vaultInfoSchema,
  verifyReportSchema,
} from '../types/vault.ts'
import { channel, everybody, identityHolders, owners } from './define.ts'

const empty = z.strictObject({})
const fine = z.strictObject({ ok: z.literal(true) })
const passphrase = z.string().min(1).max(1024)

export const vaultContract = {
  'vault.getInfo': channel({
    input: z.strictObject({ path: pathSchema }),
    output: vaultInfoSchema,
    target: 'main',
    access: 'closed',
  }),
  'vault.checkStrength': channel({
    input: z.strictObject({
      passphrase: z.string().max(1024),
      ownWords: z.array(z.string().max(200)).max(10),
    }),
    output: z.strictObject({
      score: z.number().int().min(0).max(4),
      guessesLog10: z.number(),
      acceptable: z.boolean(),
      hints: z.array(z.string()),
    }),
    target: 'main',
    access: 'closed',
  }),
  /** Creates the vault folder and opens it. The two recovery codes are answered once and kept nowhere. */
  'vault.create': channel({
    input: z.strictObject({
      path: pathSchema,
      company: companySchema,
      custodian: custodianSchema.optional(),
      owner: personNameSchema,
      passphrase,
      deviceBinding: z.boolean(),
    }),
    output: z.strictObject({
      vaultId: vaultIdSchema,
      path: z.string(),
      recoveryCodes: z.array(z.string()),
      /** Null when the vault was made but could not be opened at once: it is opened by its passphrase. */
      session: sessionSchema.nullable(),
    }),
    target: 'main',
    access: 'closed',
  }),
  /** A vault of made-up data in a temporary folder, open at once. */
  'vault.createSample': channel({
    input: empty,
    output: z.strictObject({ path: z.string(), session: sessionSchema }),
    target: 'main',
    access: 'closed',
    job: true,
  }),
  'vault.unlock': channel({
    input: z.strictObject({ path: pathSchema, passphrase, user: personNameSchema.optional() }),
    output: sessionSchema,
    target: 'main',
    access: 'closed',
  }),
  /** Opens identities again after it was closed for idleness. */
  'vault.openIdentities': channel({
    input: z.strictObject({ passphrase }),
    output: sessionSchema,
    target: 'main',
    access: identityHolders,
  }),
  /** `panic` ends the vault process without waiting for a last checkpoint or for a job to take back what it began. */
  'vault.lock': channel({
    input: z.strictObject({ reason: z.enum(['user', 'panic']).default('user') }),
    output: fine,
    target: 'main',
    access: 'closed',
  }),
  'vault.getSession': channel({
    input: empty,
    output: z.strictObject({ path: z.string(), sample: z.boolean(), session: sessionSchema }).nullable(),
    target: 'main',
    access: 'closed',
  }),
  /** Checks the form of a code and names the group with the typo; says nothing about any vault. */
  'vault.checkRecoveryCode': channel({
    input: z.strictObject({ code: z.string().max(2000) }),
    output: fine,
    target: 'main',
    access: 'closed',
  }),
  /** Sets the owner's new passphrase by one of the recovery kits, and opens the vault. */
  'vault.recover': channel({
    input: z.strictObject({
      path: pathSchema,
      recoveryCode: z.string().max(2000),
      newPassphrase: passphrase,
      /** Which owner, where there are several; the first one unless told. */
      user: personNameSchema.optional(),
      deviceBinding: z.boolean().optional(),
    }),
    output: sessionSchema,
    target: 'main',
    access: 'closed',
  }),
  'vault.changePassphrase': channel({
    input: z.strictObject({ passphrase, newPassphrase: passphrase }),
    output: fine,
    target: 'main',
    access: everybody,
  }),
  'vault.setProfile': channel({
    input: z.strictObject({ company: companySchema, custodian: custodianSchema }),
    output: sessionSchema,
    target: 'vault',
    access: owners,
    writes: true,
  }),
  /** Holds both databases, every identity version, the log and vault.json against each other. */
  'vault.verify': channel({
    input: empty,
    output: verifyReportSchema,
    target: 'vault',
    access: everybody,
    job: true,
  }),
  /** The vault process's own view of the session, asked again after each change by the status line. */
  'vault.getStatus': channel({ input: empty, output: sessionSchema, target: 'vault', access: everybody }),
} as const
