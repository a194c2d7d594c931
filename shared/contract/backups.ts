// Backups: whole vaults in bags, which count only after they were opened and verified.
import { z } from 'zod'
import { pathSchema } from '../types/common.ts'
import { backupReportSchema, backupSettingsSchema } from '../types/exchange.ts'
import { countsSchema, personNameSchema } from '../types/vault.ts'
import { channel, everybody, identityHolders } from './define.ts'

const empty = z.strictObject({})
const passphrase = z.string().min(1).max(1024)

export const backupsContract = {
  /** Takes a copy while work goes on, opens it with this session's keys, holds it against the vault; only then it has its name. */
  'backups.create': channel({
    input: z.strictObject({ to: pathSchema }),
    output: z.strictObject({ backup: z.string(), bytes: z.number().int(), verified: z.literal(true) }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
    job: true,
  }),
  /** Checks the bag; with a passphrase the vault in it is opened read-only and verified too. */
  'backups.verify': channel({
    input: z.strictObject({
      path: pathSchema,
      passphrase: passphrase.optional(),
      user: personNameSchema.optional(),
    }),
    output: backupReportSchema,
    target: 'main',
    access: 'closed',
    job: true,
  }),
  /** Restores into a folder that doesn't exist yet, with the passphrase of the time of the backup. */
  'backups.restore': channel({
    input: z.strictObject({
      path: pathSchema,
      to: pathSchema,
      passphrase,
      user: personNameSchema.optional(),
    }),
    output: z.strictObject({ path: z.string(), counts: countsSchema }),
    target: 'main',
    access: 'closed',
    job: true,
  }),
  /** Where this computer puts the vault's backups, and whether a lock makes one. */
  'backups.getSettings': channel({
    input: empty,
    output: backupSettingsSchema,
    target: 'main',
    access: everybody,
  }),
  'backups.setSettings': channel({
    input: z.strictObject({ folder: pathSchema.nullable(), onLock: z.boolean() }),
    output: backupSettingsSchema,
    target: 'main',
    access: identityHolders,
  }),
} as const
