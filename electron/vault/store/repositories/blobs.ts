// The files of attachments as identities know them: the key of each, and which versions name it.
import type { Db } from '../driver.ts'

export interface Blob {
  /** Random, also the file's name. */
  id: string
  /** Keyed hash of the content. */
  content: string
  /** The age identity that opens the file. */
  secret: string
  sha256: string
  /** Of the content. */
  bytes: number
  /** Of the file. */
  stored: number
}

export function blobsRepository(db: Db) {
  const insert = db.prepare(
    `INSERT INTO blobs (id, content, secret, sha256, bytes, stored)
     VALUES (@id, @content, @secret, @sha256, @bytes, @stored)`,
  )
  const columns = 'id, content, secret, sha256, bytes, stored'
  const byId = db.prepare<[string], Blob>(`SELECT ${columns} FROM blobs WHERE id = ?`)
  const byContent = db.prepare<[string], Blob>(`SELECT ${columns} FROM blobs WHERE content = ? ORDER BY seq`)
  const remove = db.prepare('DELETE FROM blobs WHERE id = ?')
  const ids = db.prepare<[], { id: string }>('SELECT id FROM blobs')
  const addUse = db.prepare('INSERT INTO blob_uses (version_id, blob_id) VALUES (?, ?)')
  const dropStale = db.prepare(
    `DELETE FROM blob_uses WHERE blob_id = ?
     AND NOT EXISTS (SELECT 1 FROM attachment_versions WHERE id = blob_uses.version_id)`,
  )
  const aUse = db.prepare<[string], { n: number }>('SELECT 1 AS n FROM blob_uses WHERE blob_id = ? LIMIT 1')
  const mark = db.prepare('INSERT OR IGNORE INTO unsettled_blobs (id) VALUES (?)')
  const unmark = db.prepare('DELETE FROM unsettled_blobs WHERE id = ?')
  const marked = db.prepare<[], { id: string }>('SELECT id FROM unsettled_blobs')
  const unused = db.prepare<[], { id: string }>(
    `SELECT id FROM blobs b WHERE NOT EXISTS (SELECT 1 FROM blob_uses u
     JOIN attachment_versions v ON v.id = u.version_id WHERE u.blob_id = b.id)`,
  )
  return {
    add: (blob: Blob): void => {
      insert.run(blob)
    },
    find: (id: string): Blob | undefined => byId.get(id),
    /** More than one only where the file of the first was lost. */
    listByContent: (content: string): Blob[] => byContent.all(content),
    listIds: (): string[] => ids.all().map(({ id }) => id),
    use: (versionId: string, blobId: string): void => {
      addUse.run(versionId, blobId)
    },
    /** From here on the next opening looks at this file. */
    markUnsettled: (id: string): void => {
      mark.run(id)
    },
    markSettled: (id: string): void => {
      unmark.run(id)
    },
    listUnsettled: (): string[] => marked.all().map(({ id }) => id),
    /** Those that no version names. */
    listUnused: (): string[] => unused.all().map(({ id }) => id),
    /** Forgets a blob that no version names; answers whether one does. Inside a transaction. */
    dropUnused: (id: string): boolean => {
      dropStale.run(id)
      if (aUse.get(id) !== undefined) return true
      remove.run(id)
      return false
    },
  }
}
