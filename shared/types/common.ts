// Small shapes that several contract sections share.
import { z } from 'zod'
import { batchIdSchema } from './ids.ts'

/** UTC instant, ISO 8601 with milliseconds, as `Date.prototype.toISOString` writes it. */
export const instantSchema = z.iso.datetime()

/** A path on the user's own machine, as chosen or typed by the user. */
export const pathSchema = z
  .string()
  .min(1)
  .max(4096)
  // The system ends a path there: what was checked and what is opened would differ.
  .refine((path) => !path.includes('\0'))

/** One line of text typed by a person. */
export const lineSchema = z.string().max(500)

/** Several lines of text typed by a person. */
export const textSchema = z.string().max(100_000)

/** Where a row came from: its import batch and its 1-based data row in the file. */
export const sourceSchema = z
  .strictObject({ batchId: batchIdSchema, fileName: z.string(), row: z.number().int() })
  .nullable()

export const localeSchema = z.enum(['zh-CN', 'en'])
/** Light or dark, or as the computer has it. */
export const themeSchema = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof themeSchema>

export type Locale = z.infer<typeof localeSchema>

/** Keyset page: at most `limit` items after the opaque cursor `after`; `offset` is for jumps of the virtual list. */
export const pageInput = {
  limit: z.number().int().min(1).max(1000).default(100),
  after: z.string().max(100).optional(),
  offset: z.number().int().min(0).optional(),
}

/** Which compartment a search looked at: with identities closed only masked and redacted data are searched. */
export const searchedSchema = z.enum(['none', 'records', 'identities'])
