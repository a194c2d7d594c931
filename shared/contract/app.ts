// The program itself: host, language, files on the user's machine, running jobs.
import { z } from 'zod'
import { lockReasonSchema } from '../events.ts'
import { localeSchema, pathSchema, themeSchema } from '../types/common.ts'
import { jobIdSchema } from '../types/ids.ts'
import { channel } from './define.ts'

const empty = z.strictObject({})
const fine = z.strictObject({ ok: z.literal(true) })

export const appContract = {
  'app.getInfo': channel({
    input: empty,
    output: z.strictObject({
      version: z.string(),
      host: z.enum(['electron', 'chromium', 'cli']),
      locale: localeSchema,
      /** True where the host shows the system's own file dialogs; else the window shows its own chooser. */
      nativeDialogs: z.boolean(),
      /** True where the computer has a keychain, so that a vault can be bound to it. */
      keychain: z.boolean(),
      platform: z.string(),
      homeFolder: z.string(),
      idleLockMs: z.number().int(),
      /** A vault given at start-up. */
      openPath: z.string().nullable(),
      /** The vault that was open last, by whom, and why it isn't any more: the window is new after each lock. */
      lastLock: z
        .strictObject({ path: z.string(), user: z.string(), sample: z.boolean(), reason: lockReasonSchema })
        .nullable(),
      theme: themeSchema,
    }),
    target: 'main',
    access: 'closed',
  }),
  'app.setLocale': channel({
    input: z.strictObject({ locale: localeSchema }),
    output: fine,
    target: 'main',
    access: 'closed',
  }),
  'app.setTheme': channel({
    input: z.strictObject({ theme: themeSchema }),
    output: fine,
    target: 'main',
    access: 'closed',
  }),
  'app.listRecents': channel({
    input: empty,
    output: z.strictObject({
      items: z.array(z.strictObject({ path: z.string(), name: z.string(), exists: z.boolean() })),
    }),
    target: 'main',
    access: 'closed',
  }),
  /** The system's own dialog (Electron). Answers null when the person cancelled. */
  'files.choose': channel({
    input: z.strictObject({
      purpose: z.enum([
        'open-vault',
        'new-vault',
        'import-file',
        'attachment',
        'export-folder',
        'new-file',
        'bag',
        'checkpoint',
        'clock-file',
      ]),
      suggestedName: z.string().max(200).optional(),
    }),
    output: z.strictObject({ path: z.string().nullable() }),
    target: 'main',
    access: 'closed',
  }),
  /** One folder's entries, for the window's own chooser where the host has no dialogs. Hidden entries are left out. */
  'files.browse': channel({
    input: z.strictObject({ folder: pathSchema.optional() }),
    output: z.strictObject({
      folder: z.string(),
      parent: z.string().nullable(),
      entries: z.array(
        z.strictObject({
          name: z.string(),
          path: z.string(),
          kind: z.enum(['folder', 'file', 'vault', 'bag']),
        }),
      ),
    }),
    target: 'main',
    access: 'closed',
  }),
  'jobs.cancel': channel({
    input: z.strictObject({ jobId: jobIdSchema }),
    output: z.strictObject({ cancelled: z.boolean() }),
    target: 'main',
    access: 'closed',
  }),
} as const
