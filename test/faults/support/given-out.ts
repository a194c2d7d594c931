// What left the vault as a clear file: whole under its name, as identities have it on record, or not there.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import type { VaultSession } from '../../../electron/vault/session.ts'
import { present } from '../../support/vault.ts'

const recorded = z.object({ sha256: z.string() })

/** Digests of what the vault has on record: as sent, not as failed; as kept. */
function digestsOf({ store }: VaultSession, kind: 'letter' | 'attachment'): Set<string> {
  const table = kind === 'letter' ? `letters WHERE state = 'sent'` : 'attachments'
  const versions = store.records.db.prepare(`SELECT identity_version FROM ${table}`).pluck().all()
  const payload = present(store.identities).db.prepare(`SELECT payload FROM ${kind}_versions WHERE id = ?`)
  return new Set(
    versions.map((id) => recorded.parse(JSON.parse(String(payload.pluck().get(String(id))))).sha256),
  )
}

/** Files that aren't what the vault has on record. */
export function halfGivenOut(
  session: VaultSession,
  kind: 'letter' | 'attachment',
  paths: readonly string[],
): string[] {
  const known = digestsOf(session, kind)
  return paths
    .filter((path) => !known.has(createHash('sha256').update(readFileSync(path)).digest('hex')))
    .map((path) => `${basename(path)} is not what the vault has on record`)
}

/** The file, where it is there. */
export const fileAt = (path: string): string[] => (existsSync(path) ? [path] : [])

/** The PDFs of a folder, where it is there. */
export const lettersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.pdf'))
        .map((name) => join(folder, name))
    : []

/** Where fewer stand than were answered as done. */
export const missingOf = (paths: readonly string[], wanted: number): string[] =>
  paths.length === wanted ? [] : [`${paths.length} of ${wanted} files are there`]
