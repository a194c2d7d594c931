// Complaints: from received to closed, redacted for everybody, originals by reveal only.
import { z } from 'zod'
import { casePatchSchema, linkKindSchema, noteKindSchema, severitySchema } from '../types/case.ts'
import { lineSchema, pageInput, searchedSchema, textSchema } from '../types/common.ts'
import {
  complaintDetailSchema,
  complaintDraftSchema,
  complaintPatchSchema,
  complaintQueueSchema,
  complaintSchema,
  complaintSortSchema,
  complaintStatusSchema,
} from '../types/complaint.ts'
import { complaintIdSchema, customerIdSchema, personIdSchema } from '../types/ids.ts'
import { channel, everybody, identityHolders, workers } from './define.ts'

export const complaintsContract = {
  'complaints.list': channel({
    input: z.strictObject({
      ...pageInput,
      query: z.string().max(200).optional(),
      /** This number and no other; nothing is searched. */
      complaintNo: z.string().max(200).optional(),
      status: complaintStatusSchema.optional(),
      category: z.string().max(500).optional(),
      customerId: customerIdSchema.optional(),
      queue: complaintQueueSchema.optional(),
      assignee: personIdSchema.optional(),
      severity: severitySchema.optional(),
      sort: complaintSortSchema.default('received'),
    }),
    output: z.strictObject({
      items: z.array(complaintSchema),
      next: z.string().nullable(),
      total: z.number().int(),
      searched: searchedSchema,
    }),
    target: 'vault',
    access: everybody,
  }),
  /** Numbers for the filters and the navigation. */
  'complaints.summary': channel({
    input: z.strictObject({}),
    output: z.strictObject({
      total: z.number().int(),
      open: z.number().int(),
      /** What each queue holds for the person who asks. */
      queues: z.record(complaintQueueSchema, z.number().int()),
      byStatus: z.record(z.string(), z.number().int()),
      byCategory: z.array(z.strictObject({ category: z.string(), count: z.number().int() })),
    }),
    target: 'vault',
    access: everybody,
  }),
  'complaints.get': channel({
    input: z.strictObject({ id: complaintIdSchema }),
    output: complaintDetailSchema,
    target: 'vault',
    access: everybody,
  }),
  'complaints.add': channel({
    input: complaintDraftSchema,
    output: z.strictObject({ id: complaintIdSchema, complaintNo: z.string() }),
    target: 'vault',
    access: workers,
    writes: true,
  }),
  'complaints.update': channel({
    input: z.strictObject({ id: complaintIdSchema, revision: z.number().int(), patch: complaintPatchSchema }),
    output: complaintSchema,
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
  'complaints.setStatus': channel({
    input: z.strictObject({
      id: complaintIdSchema,
      status: complaintStatusSchema,
      note: textSchema.default(''),
    }),
    output: complaintDetailSchema,
    target: 'vault',
    access: workers,
    writes: true,
  }),
  /**
   * Whatever a person does to a case in one go: status, note, facts. One commit, one line of its history. Texts that have an
   * original (outcome, category, subcategory) want identities open.
   */
  'complaints.work': channel({
    input: z.strictObject({
      id: complaintIdSchema,
      /** As it was read: a complaint that somebody has changed since is refused (`record.changed`). */
      revision: z.number().int().optional(),
      status: complaintStatusSchema.optional(),
      note: textSchema.default(''),
      noteKind: noteKindSchema.default('note'),
      patch: casePatchSchema.default({}),
    }),
    output: complaintDetailSchema,
    target: 'vault',
    access: workers,
    writes: true,
  }),
  /** Says that two complaints belong together, or (`linked` false) no longer. */
  'complaints.link': channel({
    input: z.strictObject({
      id: complaintIdSchema,
      otherId: complaintIdSchema,
      kind: linkKindSchema.default('related'),
      linked: z.boolean().default(true),
    }),
    output: complaintDetailSchema,
    target: 'vault',
    access: workers,
    writes: true,
  }),
  'complaints.addNote': channel({
    input: z.strictObject({
      id: complaintIdSchema,
      text: textSchema.min(1),
      kind: noteKindSchema.default('note'),
    }),
    output: complaintDetailSchema,
    target: 'vault',
    access: workers,
    writes: true,
  }),
  /** Somebody looked at the redacted narrative and found it complete. */
  'complaints.markReviewed': channel({
    input: z.strictObject({ id: complaintIdSchema }),
    output: complaintDetailSchema,
    target: 'vault',
    access: identityHolders,
    writes: true,
  }),
  'complaints.reveal': channel({
    input: z.strictObject({
      id: complaintIdSchema,
      fields: z.array(z.string().max(300)).min(1).max(50),
      reason: lineSchema,
    }),
    output: z.record(z.string(), z.string()),
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
  /** A line of the history as it was typed; only one that says that it has an original. */
  'complaints.revealLine': channel({
    input: z.strictObject({ id: complaintIdSchema, line: z.number().int(), reason: lineSchema }),
    output: z.strictObject({ text: z.string() }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
} as const
