// What comes in and what goes out.
import { z } from 'zod'
import { countsSchema, findingSchema } from './vault.ts'
import { batchIdSchema } from './ids.ts'
import { instantSchema } from './common.ts'

export const recordKindSchema = z.enum(['customers', 'complaints', 'transactions'])
export type RecordKind = z.infer<typeof recordKindSchema>

/** Column of the file -> field of the product; null keeps the column in `extra`, `drop` leaves it out on purpose (recorded). */
export const mappingSchema = z.record(z.string().max(1000), z.string().max(100).nullable())
export type Mapping = z.infer<typeof mappingSchema>

export const importPreviewSchema = z.strictObject({
  fileName: z.string(),
  format: z.enum(['csv', 'xlsx']),
  encoding: z.string(),
  delimiter: z.string().nullable(),
  sha256: z.string(),
  kind: recordKindSchema,
  columns: z.array(z.string()),
  mapping: mappingSchema,
  rowCount: z.number().int(),
  rejected: z.number().int(),
  blank: z.number().int(),
  /** The file's cells, exactly. */
  rows: z.array(z.array(z.string())),
})
export type ImportPreview = z.infer<typeof importPreviewSchema>

/** One thing an import found: a warning, a duplicate or a rejected row. No value of the row is in it. */
export const importFindingSchema = z.strictObject({
  row: z.number().int(),
  line: z.number().int(),
  outcome: z.enum(['warned', 'rejected', 'duplicate', 'skipped']),
  field: z.string(),
  rule: z.string(),
})
export type ImportFinding = z.infer<typeof importFindingSchema>

/** rows = accepted + rejected + skipped; warned is part of accepted; duplicates are rows equal to another in file or vault. */
export const importResultSchema = z.strictObject({
  batchId: batchIdSchema,
  sha256: z.string(),
  rows: z.number().int(),
  accepted: z.number().int(),
  warned: z.number().int(),
  rejected: z.number().int(),
  duplicates: z.number().int(),
  skipped: z.number().int(),
  dryRun: z.boolean(),
  /** Columns left out on purpose. */
  dropped: z.array(z.string()),
  /** The first findings; the rest by `imports.findings`. */
  findings: z.array(importFindingSchema),
})
export type ImportResult = z.infer<typeof importResultSchema>

export const importBatchSchema = z.strictObject({
  batchId: batchIdSchema,
  kind: recordKindSchema,
  fileName: z.string(),
  sha256: z.string(),
  at: instantSchema,
  user: z.string(),
  state: z.enum(['live', 'undone']),
  rows: z.number().int(),
  accepted: z.number().int(),
  warned: z.number().int(),
  rejected: z.number().int(),
  duplicates: z.number().int(),
  skipped: z.number().int(),
})
export type ImportBatch = z.infer<typeof importBatchSchema>

export const exportResultSchema = z.strictObject({
  bag: z.string(),
  files: z.array(z.strictObject({ path: z.string(), rows: z.number().int(), sha256: z.string() })),
  fingerprint: z.string(),
})
export type ExportResult = z.infer<typeof exportResultSchema>

export const bagReportSchema = z.strictObject({
  valid: z.boolean(),
  errors: z.array(findingSchema),
  warnings: z.array(findingSchema),
  trust: z.enum(['anchored', 'unanchored', 'unsigned']),
})
export type BagReport = z.infer<typeof bagReportSchema>

/** A backup is a bag with a vault in it. `opened`: whether a passphrase was given and the vault in it was read. */
export const backupReportSchema = z.strictObject({
  ...bagReportSchema.shape,
  opened: z.boolean(),
  counts: countsSchema.nullable(),
})
export type BackupReport = z.infer<typeof backupReportSchema>

/** `folder` null: none chosen on this computer yet. */
export const backupSettingsSchema = z.strictObject({
  folder: z.string().nullable(),
  onLock: z.boolean(),
  /** The last backup made from this computer, also one that failed (`ok` false). */
  last: z.strictObject({ at: instantSchema, backup: z.string(), ok: z.boolean() }).nullable(),
})
export type BackupSettings = z.infer<typeof backupSettingsSchema>

/** One entry of the log; `detail` holds ids, codes and counts, never a clear identity. */
export const auditEntrySchema = z.strictObject({
  index: z.number().int(),
  at: instantSchema,
  user: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
})
export type AuditEntry = z.infer<typeof auditEntrySchema>

export const auditReportSchema = z.strictObject({
  ok: z.boolean(),
  entries: z.number().int(),
  findings: z.array(findingSchema),
})
export type AuditReport = z.infer<typeof auditReportSchema>
