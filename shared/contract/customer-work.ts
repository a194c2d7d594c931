// Casework on customers: who is calling, who is one and the same, who belongs to whom, on what basis data are kept.
import { z } from 'zod'
import { lineSchema, textSchema } from '../types/common.ts'
import {
  callerAnswersSchema,
  callerFieldSchema,
  callerMatchSchema,
  callerScriptSchema,
  callerVerdictSchema,
  customerFactSchema,
  customerOverviewSchema,
  duplicatePairSchema,
  factDraftSchema,
  factStep,
  relationKindSchema,
} from '../types/customer-work.ts'
import { customerIdSchema, mergeIdSchema } from '../types/ids.ts'
import { channel, everybody, identityHolders, owners } from './define.ts'

/** Works on clear values of customers, or keeps originals of texts about them. */
const onIdentities = { target: 'vault', access: identityHolders, identities: true, writes: true } as const

export const customerWorkContract = {
  'customers.overview': channel({
    input: z.strictObject({ id: customerIdSchema }),
    output: customerOverviewSchema,
    target: 'vault',
    access: everybody,
  }),
  /**
   * Holds what a caller says against the vault, showing nothing of it. Logged by counts only; limited per hour, customer and
   * person (`caller.tooMany`).
   */
  'customers.verifyCaller': channel({
    input: z.strictObject({ id: customerIdSchema, answers: callerAnswersSchema }),
    output: z.strictObject({
      items: z.array(z.strictObject({ field: callerFieldSchema, match: callerMatchSchema })),
      verdict: callerVerdictSchema,
    }),
    ...onIdentities,
  }),
  'customers.getCallerScript': channel({
    input: z.strictObject({}),
    output: callerScriptSchema,
    target: 'vault',
    access: everybody,
  }),
  'customers.setCallerScript': channel({
    input: callerScriptSchema,
    output: callerScriptSchema,
    target: 'vault',
    access: owners,
    writes: true,
  }),
  'customers.merge': channel({
    input: z.strictObject({
      keepId: customerIdSchema,
      mergeId: customerIdSchema,
      reason: lineSchema,
      /** As they were compared: customers that somebody has changed since are refused (`record.changed`). */
      keepRevision: z.number().int().optional(),
      mergeRevision: z.number().int().optional(),
    }),
    output: z.strictObject({ mergeId: mergeIdSchema }),
    ...onIdentities,
  }),
  'customers.unmerge': channel({
    input: z.strictObject({ mergeId: mergeIdSchema }),
    output: z.strictObject({ keptId: customerIdSchema, mergedId: customerIdSchema }),
    ...onIdentities,
  }),
  /** Customers who may be one: same resident ID, or same name and mobile. */
  'customers.duplicates': channel({
    input: z.strictObject({
      /** Only pairs with this one. */
      id: customerIdSchema.optional(),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.strictObject({ items: z.array(duplicatePairSchema), more: z.boolean() }),
    target: 'vault',
    access: identityHolders,
    identities: true,
  }),
  /** Two who look alike are two: they are no longer named as possible duplicates (or, `distinct` false, are again). */
  'customers.setDistinct': channel({
    input: z.strictObject({
      id: customerIdSchema,
      otherId: customerIdSchema,
      distinct: z.boolean().default(true),
    }),
    output: z.strictObject({}),
    ...onIdentities,
  }),
  /** Says what another customer is to this one, or (`related` false) no longer is. */
  'customers.relate': channel({
    input: z.strictObject({
      id: customerIdSchema,
      otherId: customerIdSchema,
      kind: relationKindSchema,
      note: textSchema.default(''),
      related: z.boolean().default(true),
    }),
    output: customerOverviewSchema,
    ...onIdentities,
  }),
  /** Lawful basis, a consent, a request or a hold. */
  'customers.addFact': channel({
    input: factDraftSchema,
    output: customerFactSchema,
    ...onIdentities,
  }),
  /** Ends a fact: consent withdrawn, request done or refused, hold lifted; or takes that back. */
  'customers.setFactState': channel({
    input: z.strictObject({ id: z.uuid(), revision: z.number().int(), ...factStep }),
    output: customerFactSchema,
    ...onIdentities,
  }),
  /** What was typed of a fact or a relation, by its id; only where it says that it has an original. */
  'customers.revealText': channel({
    input: z.strictObject({ id: z.uuid(), reason: lineSchema }),
    output: z.strictObject({ text: z.string() }),
    ...onIdentities,
  }),
} as const
