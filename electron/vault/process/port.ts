// What main may ask of the vault process: every channel that ends there, and the acts of a session, which carry secrets
// that no window ever sends as such (a device secret from the keychain, queued failed unlocks).
import { z } from 'zod'
import { errorCodes } from '../../../shared/errors.ts'
import { jobProgressSchema } from '../../../shared/events.ts'
import { lineSchema, pathSchema } from '../../../shared/types/common.ts'
import { backupReportSchema, bagReportSchema } from '../../../shared/types/exchange.ts'
import { attachmentIdSchema, letterIdSchema, personIdSchema } from '../../../shared/types/ids.ts'
import {
  companySchema,
  countsSchema,
  custodianSchema,
  deviceSlotSchema,
  memberRoleSchema,
  personNameSchema,
  sessionSchema,
  vaultInfoSchema,
} from '../../../shared/types/vault.ts'

const deviceSecret = z.string().min(26).max(100).optional()
const fine = z.strictObject({ ok: z.literal(true) })
/** What a computer last saw of a vault's log: number of entries, hash (hex) of the last one. */
export const seenLogSchema = z.strictObject({ size: z.number().int(), leaf: z.string() })
export type SeenLog = z.infer<typeof seenLogSchema>
const seen = seenLogSchema.optional()

/** Acts of the session, in the shape of a channel: input and output. */
export const sessionActs = {
  'session.info': { input: z.strictObject({ path: z.string() }), output: vaultInfoSchema },
  'session.strength': {
    input: z.strictObject({ passphrase: z.string(), ownWords: z.array(z.string()) }),
    output: z.strictObject({
      score: z.number(),
      guessesLog10: z.number(),
      acceptable: z.boolean(),
      hints: z.array(z.string()),
    }),
  },
  'session.checkCode': { input: z.strictObject({ code: z.string() }), output: fine },
  'session.create': {
    input: z.strictObject({
      path: z.string(),
      vaultId: z.uuid(),
      company: companySchema,
      custodian: custodianSchema.optional(),
      owner: z.string(),
      passphrase: z.string(),
      /** The passphrase is random, and nobody types or keeps it: stretching it would cost seconds and protect nothing. */
      randomPassphrase: z.boolean().optional(),
      deviceSecret,
    }),
    output: z.strictObject({ recoveryCodes: z.array(z.string()) }),
  },
  'session.unlock': {
    input: z.strictObject({
      path: z.string(),
      passphrase: z.string(),
      user: z.string().optional(),
      deviceSecret,
      failedUnlocks: z.array(z.string()),
      seen,
    }),
    output: sessionSchema,
  },
  'session.unlockQuick': {
    input: z.strictObject({
      path: z.string(),
      personId: z.uuid(),
      identity: z.string(),
      failedUnlocks: z.array(z.string()),
      seen,
    }),
    output: sessionSchema,
  },
  /** The log as it stands, for {@link seenLogSchema} of the next time. */
  'session.seen': { input: z.strictObject({}), output: seenLogSchema },
  'session.openIdentities': {
    input: z.strictObject({ passphrase: z.string(), deviceSecret }),
    output: sessionSchema,
  },
  'session.closeIdentities': { input: z.strictObject({}), output: fine },
  'session.recover': {
    input: z.strictObject({
      path: z.string(),
      recoveryCode: z.string(),
      newPassphrase: z.string(),
      user: z.string().optional(),
      deviceSecret,
      failedUnlocks: z.array(z.string()),
      seen,
    }),
    output: sessionSchema,
  },
  'session.changePassphrase': {
    input: z.strictObject({ passphrase: z.string(), newPassphrase: z.string(), deviceSecret }),
    output: fine,
  },
  'session.checkKit': {
    input: z.strictObject({ path: z.string(), recoveryCode: z.string() }),
    output: fine,
  },
  'session.addUser': {
    input: z.strictObject({
      name: personNameSchema,
      role: memberRoleSchema,
      passphrase: z.string(),
      deviceSecret,
    }),
    output: z.strictObject({ id: personIdSchema }),
  },
  'session.resetUser': {
    input: z.strictObject({ id: z.uuid(), passphrase: z.string(), deviceSecret }),
    output: fine,
  },
  'session.listSlots': {
    input: z.strictObject({ deviceSecret }),
    output: z.strictObject({ items: z.array(deviceSlotSchema) }),
  },
  /** The keychain's identity with its recipient; a new one where it has none. It opens nothing until that has been given a slot. */
  'session.quickIdentity': {
    input: z.strictObject({ kept: z.string().optional() }),
    output: z.strictObject({ identity: z.string(), recipient: z.string() }),
  },
  'session.addSlot': {
    input: z.strictObject({ passphrase: z.string(), deviceSecret, bind: z.boolean() }),
    output: fine,
  },
  'session.setQuickUnlock': { input: z.strictObject({ recipient: z.string().optional() }), output: fine },
  'session.acknowledge': {
    input: z.strictObject({ warning: z.enum(['vault.slotsChanged', 'vault.rolledBack']) }),
    output: sessionSchema,
  },
  /** `seen`: the log as it stands after the checkpoint; null where nothing was open. */
  'session.lock': {
    input: z.strictObject({}),
    output: z.strictObject({ ok: z.literal(true), seen: seenLogSchema.nullable() }),
  },
  /** Writes the clear content into `folder`, a private one that main made and wipes; answers the file. */
  'session.openAttachment': {
    input: z.strictObject({ id: attachmentIdSchema, reason: lineSchema, folder: pathSchema }),
    output: z.strictObject({ path: z.string() }),
  },
  /** No program took it: the log says so. */
  'session.openAttachmentFailed': { input: z.strictObject({ id: attachmentIdSchema }), output: fine },
  /** The same for a letter as it went out. */
  'session.openLetter': {
    input: z.strictObject({ id: letterIdSchema, reason: lineSchema, folder: pathSchema }),
    output: z.strictObject({ path: z.string() }),
  },
  'session.openLetterFailed': { input: z.strictObject({ id: letterIdSchema }), output: fine },
  'bag.verify': { input: z.strictObject({ path: pathSchema }), output: bagReportSchema },
  'backup.verify': {
    input: z.strictObject({
      path: pathSchema,
      passphrase: z.string().optional(),
      user: z.string().optional(),
      deviceSecret,
    }),
    output: backupReportSchema,
  },
  'backup.restore': {
    input: z.strictObject({
      path: pathSchema,
      to: pathSchema,
      passphrase: z.string(),
      user: z.string().optional(),
      deviceSecret,
    }),
    output: z.strictObject({ counts: countsSchema }),
  },
  'sample.fill': { input: z.strictObject({}), output: fine },
} as const

export type SessionActs = typeof sessionActs
export type SessionAct = keyof SessionActs

export const portRequestSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('call'),
    id: z.number().int(),
    act: z.string(),
    input: z.unknown(),
    jobId: z.uuid().optional(),
  }),
  z.strictObject({ type: z.literal('cancel'), jobId: z.uuid() }),
])
export type PortRequest = z.infer<typeof portRequestSchema>

const portErrorSchema = z.strictObject({
  code: z.enum(errorCodes),
  fields: z
    .array(
      z.strictObject({
        field: z.string(),
        rule: z.string(),
        row: z.number().optional(),
        line: z.number().optional(),
        value: z.string().optional(),
      }),
    )
    .optional(),
  retryable: z.boolean(),
  ref: z.string(),
})

export const portReplySchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('reply'),
    id: z.number().int(),
    result: z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), value: z.unknown() }),
      z.strictObject({ ok: z.literal(false), error: portErrorSchema }),
    ]),
  }),
  z.strictObject({ type: z.literal('progress'), progress: jobProgressSchema }),
])
export type PortReply = z.infer<typeof portReplySchema>
