// Every attachment that is there: its file, its key, its hash; and files that no attachment names.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { GuicangError } from '../../../shared/errors.ts'
import { errnoOf } from '../../exchange/export/output-error.ts'
import type { Findings } from '../audit/findings.ts'
import type { Job } from '../process/jobs.ts'
import { attachmentsFolder } from '../store/attachment-files.ts'
import type { AttachmentRow } from '../store/repositories/attachments.ts'
import { translateError } from '../store/sqlite-errors.ts'
import { type IdentitiesStore, requireIdentities, type Store } from '../store/store.ts'
import { attachmentPayload } from './attachment-names.ts'
import { contentPieces } from './blob-content.ts'

const page = 1000

/** What is wrong with one attachment, by its finding's code; undefined for nothing. */
type Verdict = 'attachment.missing' | 'attachment.damaged' | undefined

const words = {
  'attachment.missing': 'the file of the attachment is gone',
  'attachment.damaged': 'the file of the attachment is not the one that was stored',
} as const

/**
 * Checks every attachment; one content is read once, however many attachments have it. What identities miss is named by the
 * check of the versions.
 * @returns how many attachments were checked
 * @throws GuicangError `job.cancelled`, `identities.closed`
 */
export async function verifyAttachments(
  store: Store,
  dir: string,
  findings: Findings,
  job: Job,
): Promise<number> {
  const identities = requireIdentities(store)
  const seen = new Map<string, Promise<Verdict>>()
  const total = store.records.attachments.count()
  let checked = 0
  for (let after = 0; ;) {
    const rows = store.records.attachments.pageAfter(after, page)
    const last = rows.at(-1)
    if (last === undefined) break
    for (const row of rows) {
      if (row.state !== 'there' || identities.attachments.find(row.identity_version) === undefined) continue
      const verdict = await verdictOf(identities, dir, row, seen, job)
      const still = store.records.attachments.findRow(row.seq)
      // Removed while it was being read.
      if (still?.identity_version !== row.identity_version) continue
      if (verdict !== undefined) findings.add(verdict, `attachments ${row.seq}`, words[verdict])
      checked += 1
      job.report('attachments', checked, total, 'rows')
      await job.pause()
    }
    after = last.seq
  }
  await findUnknown(identities, dir, findings)
  return checked
}

async function verdictOf(
  identities: IdentitiesStore,
  dir: string,
  row: AttachmentRow,
  seen: Map<string, Promise<Verdict>>,
  job: Job,
): Promise<Verdict> {
  const payload = attachmentPayload(identities, row.identity_version)
  const blob = identities.blobs.find(payload.blob)
  if (blob === undefined) return 'attachment.missing'
  const key = `${blob.id} ${payload.sha256}`
  const verdict = seen.get(key) ?? readVerdict(contentPieces(dir, blob, payload, job.signal))
  seen.set(key, verdict)
  return verdict
}

async function readVerdict(pieces: AsyncIterable<Uint8Array>): Promise<Verdict> {
  try {
    for await (const piece of pieces) void piece
    return undefined
  } catch (thrown) {
    if (!(thrown instanceof GuicangError)) throw thrown
    if (thrown.code === 'vault.unreadable' || thrown.code === 'disk.failed') return 'attachment.damaged'
    if (thrown.code !== 'attachment.damaged') throw thrown
    return thrown.fields?.[0]?.rule === 'missing' ? 'attachment.missing' : 'attachment.damaged'
  }
}

/** What file managers leave in any folder that somebody looks at. */
const leftByViewing = /^(?:\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/i

/** A file that identities don't name: put there by somebody, or of a later state than these databases. */
async function findUnknown(identities: IdentitiesStore, dir: string, findings: Findings): Promise<void> {
  const names = await namesIn(join(dir, attachmentsFolder))
  const known = new Set([...identities.blobs.listIds(), ...identities.blobs.listUnsettled()])
  for (const name of names.filter((one) => !leftByViewing.test(one))) {
    const id = /^([0-9a-f]{32})[.]age(?:[.]part)?$/.exec(name)?.[1]
    if (id === undefined || !known.has(id))
      findings.add('attachment.unknown', attachmentsFolder, 'a file that no attachment of this vault names')
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return []
    throw translateError(thrown, attachmentsFolder)
  }
}
