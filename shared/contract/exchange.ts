// What comes in (imports), what goes out (exports, bags), and the log.
import { z } from 'zod'
import { lineSchema, pathSchema } from '../types/common.ts'
import {
  auditEntrySchema,
  auditReportSchema,
  bagReportSchema,
  exportResultSchema,
  importBatchSchema,
  importFindingSchema,
  importPreviewSchema,
  importResultSchema,
  mappingSchema,
  recordKindSchema,
} from '../types/exchange.ts'
import { batchIdSchema } from '../types/ids.ts'
import { channel, everybody, identityHolders } from './define.ts'

export const importsContract = {
  'imports.preview': channel({
    input: z.strictObject({
      path: pathSchema,
      kind: recordKindSchema.optional(),
      rows: z.number().int().min(0).max(1000).default(20),
    }),
    output: importPreviewSchema,
    target: 'vault',
    access: identityHolders,
    job: true,
  }),
  'imports.run': channel({
    input: z.strictObject({
      path: pathSchema,
      kind: recordKindSchema,
      mapping: mappingSchema.optional(),
      dryRun: z.boolean().default(false),
      duplicates: z.enum(['keep', 'skip']).default('keep'),
      /**
       * Where the rejected rows are written, with reason and line, each exactly as it stood. An earlier rejects file is
       * replaced; anything else that stands there is refused (`file.exists`).
       */
      rejectsPath: pathSchema.optional(),
      /** sha256 of the file as previewed: a file that changed since is refused (`import.fileChanged`). */
      sha256: z.string().length(64).optional(),
    }),
    output: importResultSchema,
    target: 'vault',
    access: identityHolders,
    identities: true,
    job: true,
    writes: true,
  }),
  'imports.list': channel({
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(importBatchSchema) }),
    target: 'vault',
    access: everybody,
  }),
  'imports.findings': channel({
    input: z.strictObject({
      batchId: batchIdSchema,
      limit: z.number().int().min(1).max(1000).default(200),
      offset: z.number().int().min(0).default(0),
    }),
    output: z.strictObject({ items: z.array(importFindingSchema), total: z.number().int() }),
    target: 'vault',
    access: everybody,
  }),
  'imports.undo': channel({
    input: z.strictObject({ batchId: batchIdSchema }),
    output: z.strictObject({ removed: z.number().int() }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    job: true,
    writes: true,
  }),
} as const

export const exportsContract = {
  'exports.run': channel({
    input: z.strictObject({
      kind: recordKindSchema,
      format: z.literal('csv'),
      out: pathSchema,
      clear: z.boolean().default(false),
      reason: lineSchema.default(''),
    }),
    output: exportResultSchema,
    target: 'vault',
    access: everybody,
    job: true,
    writes: true,
  }),
  'bags.verify': channel({
    input: z.strictObject({ path: pathSchema }),
    output: bagReportSchema,
    target: 'main',
    access: 'closed',
    job: true,
  }),
} as const

export const auditContract = {
  'audit.list': channel({
    input: z.strictObject({
      limit: z.number().int().min(1).max(1000).default(100),
      before: z.number().int().optional(),
      action: z.string().max(100).optional(),
    }),
    output: z.strictObject({ items: z.array(auditEntrySchema), total: z.number().int() }),
    target: 'vault',
    access: everybody,
  }),
  'audit.verify': channel({
    input: z.strictObject({ checkpoint: z.string().max(10_000).optional() }),
    output: auditReportSchema,
    target: 'vault',
    access: everybody,
    job: true,
  }),
  'audit.checkpoint': channel({
    input: z.strictObject({}),
    output: z.strictObject({ note: z.string() }),
    target: 'vault',
    access: everybody,
    writes: true,
  }),
} as const
