// What the program itself remembers between runs, beside the vaults: language, recent vaults, failed unlocks not yet
// folded into a log. Nothing of a vault's content.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type SeenLog, seenLogSchema } from '../vault/process/port.ts'
import { type BackupSettings, backupSettingsSchema } from '../../shared/types/exchange.ts'
import { type Locale, localeSchema, type Theme, themeSchema } from '../../shared/types/common.ts'

const memorySchema = z.object({
  locale: localeSchema.optional(),
  theme: themeSchema.optional(),
  recents: z.array(z.object({ path: z.string(), name: z.string() })).default([]),
  failedUnlocks: z.record(z.string(), z.array(z.string())).default({}),
  /** What this computer last saw of each vault's log: a vault put back to an older state is noticed. */
  seenLogs: z.record(z.string(), seenLogSchema).default({}),
  backups: z.record(z.string(), backupSettingsSchema).default({}),
})
type Memory = z.infer<typeof memorySchema>

const mostRecents = 12
const mostFailures = 1000

export interface AppMemory {
  locale(): Locale | undefined
  setLocale(locale: Locale): void
  theme(): Theme
  setTheme(theme: Theme): void
  recents(): { path: string; name: string }[]
  addRecent(path: string, name: string): void
  /** Times (ISO) of failed unlocks of a vault since the last good one. */
  failedUnlocks(vaultId: string): string[]
  addFailedUnlock(vaultId: string, at: string): void
  clearFailedUnlocks(vaultId: string): void
  seenLog(vaultId: string): SeenLog | undefined
  setSeenLog(vaultId: string, seen: SeenLog): void
  /** Where this computer puts a vault's backups, and how the last one went. */
  backups(vaultId: string): BackupSettings
  setBackups(vaultId: string, settings: Partial<BackupSettings>): void
}

/** @param dir private folder (0700) */
export function appMemory(dir: string): AppMemory {
  const path = join(dir, 'guicang.json')

  function read(): Memory {
    if (!existsSync(path)) return memorySchema.parse({})
    const parsed = memorySchema.safeParse(parseJson(readFileSync(path, 'utf8')))
    // A broken memory costs conveniences only; it is set aside, not trusted.
    return parsed.success ? parsed.data : memorySchema.parse({})
  }

  function change(edit: (memory: Memory) => Memory): void {
    const draft = `${path}.${process.pid}.partial`
    writeFileSync(draft, JSON.stringify(edit(read())), { mode: 0o600 })
    renameSync(draft, path)
  }

  const backups = ({ backups: all }: Memory, vaultId: string): BackupSettings =>
    all[vaultId] ?? { folder: null, onLock: false, last: null }

  return {
    locale: () => read().locale,
    setLocale: (locale) => {
      change((memory) => ({ ...memory, locale }))
    },
    theme: () => read().theme ?? 'system',
    setTheme: (theme) => {
      change((memory) => ({ ...memory, theme }))
    },
    recents: () => read().recents,
    addRecent: (recent, name) => {
      change((memory) => ({
        ...memory,
        recents: [{ path: recent, name }, ...memory.recents.filter((other) => other.path !== recent)].slice(
          0,
          mostRecents,
        ),
      }))
    },
    seenLog: (vaultId) => read().seenLogs[vaultId],
    setSeenLog: (vaultId, seen) => {
      change((memory) => ({ ...memory, seenLogs: { ...memory.seenLogs, [vaultId]: seen } }))
    },
    failedUnlocks: (vaultId) => read().failedUnlocks[vaultId] ?? [],
    addFailedUnlock: (vaultId, at) => {
      change((memory) => ({
        ...memory,
        failedUnlocks: {
          ...memory.failedUnlocks,
          [vaultId]: [...(memory.failedUnlocks[vaultId] ?? []), at].slice(-mostFailures),
        },
      }))
    },
    backups: (vaultId) => backups(read(), vaultId),
    setBackups: (vaultId, settings) => {
      change((memory) => ({
        ...memory,
        backups: { ...memory.backups, [vaultId]: { ...backups(memory, vaultId), ...settings } },
      }))
    },
    clearFailedUnlocks: (vaultId) => {
      change(({ failedUnlocks, ...memory }) => ({
        ...memory,
        failedUnlocks: Object.fromEntries(Object.entries(failedUnlocks).filter(([id]) => id !== vaultId)),
      }))
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined
    throw thrown
  }
}
