// Immutable versions of clear values, in identities. Tables of one shape, chosen from a closed list.
import type { Db } from '../driver.ts'

export type VersionKind = 'customer' | 'complaint' | 'note' | 'transaction' | 'attachment' | 'letter'

const tables: Readonly<Record<VersionKind, { table: string; owner: string; search: string | undefined }>> = {
  customer: { table: 'customer_versions', owner: 'customer_id', search: 'customer_search' },
  complaint: { table: 'complaint_versions', owner: 'complaint_id', search: 'complaint_search' },
  transaction: { table: 'transaction_versions', owner: 'transaction_id', search: undefined },
  note: { table: 'note_versions', owner: 'event_id', search: undefined },
  attachment: { table: 'attachment_versions', owner: 'attachment_id', search: undefined },
  letter: { table: 'letter_versions', owner: 'letter_id', search: undefined },
}

export interface Version {
  seq: number
  id: string
  salt: Buffer
  payload: string
}

export interface NewVersion {
  id: string
  ownerId: string
  commitId: string
  salt: Buffer
  payload: string
}

export interface SearchText {
  name: string
  nums: string
  body: string
}

/** Versions of one kind, with the search entries that belong to them (the index's rowid is the version's `seq`). */
export function versionsRepository(db: Db, kind: VersionKind) {
  const { table, owner, search } = tables[kind]
  const insert = db.prepare(
    `INSERT INTO ${table} (id, ${owner}, commit_id, salt, payload) VALUES (@id, @ownerId, @commitId, @salt, @payload)`,
  )
  const byId = db.prepare<[string], Version>(`SELECT seq, id, salt, payload FROM ${table} WHERE id = ?`)
  const owners = db.prepare<[number], { owner: string }>(
    `SELECT ${owner} AS owner FROM ${table} WHERE seq = ?`,
  )
  const ofCommit = db.prepare<[string, number], { seq: number; owner: string }>(
    `SELECT seq, ${owner} AS owner FROM ${table} WHERE commit_id = ? LIMIT ?`,
  )
  const othersOf = db.prepare<[string, number], { seq: number }>(
    `SELECT seq FROM ${table} WHERE ${owner} = ? AND seq < ?`,
  )
  const ofOwner = db.prepare<[string], { seq: number }>(`SELECT seq FROM ${table} WHERE ${owner} = ?`)
  const remove = db.prepare(`DELETE FROM ${table} WHERE seq = ?`)
  const after = db.prepare<[number, number], Version>(
    `SELECT seq, id, salt, payload FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ?`,
  )
  const total = db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`)
  const addSearch =
    search === undefined
      ? undefined
      : db.prepare(`INSERT INTO ${search} (rowid, name, nums, body) VALUES (?, ?, ?, ?)`)
  const removeSearch = search === undefined ? undefined : db.prepare(`DELETE FROM ${search} WHERE rowid = ?`)

  const watchers = new Set<(seq: number) => void>()

  function drop(seq: number): void {
    for (const watcher of watchers) watcher(seq)
    removeSearch?.run(seq)
    remove.run(seq)
  }

  return {
    add: (version: NewVersion, text?: SearchText): number => {
      const seq = Number(insert.run(version).lastInsertRowid)
      for (const watcher of watchers) watcher(seq)
      if (text !== undefined) addSearch?.run(seq, text.name, text.nums, text.body)
      return seq
    },
    find: (id: string): Version | undefined => byId.get(id),
    ownerOf: (seq: number): string | undefined => owners.get(seq)?.owner,
    /** Up to `limit` versions that belong to an act. */
    ofCommit: (commitId: string, limit: number): { seq: number; owner: string }[] =>
      ofCommit.all(commitId, limit),
    drop,
    /**
     * Removes what an act has superseded: every earlier version of the same owner. A later one belongs to a later act,
     * and must outlive an act that is only now finished. Answers the removed `seq`s.
     */
    dropOthers: (ownerId: string, keepSeq: number): number[] => {
      const others = othersOf.all(ownerId, keepSeq).map((row) => row.seq)
      for (const seq of others) drop(seq)
      return others
    },
    dropOwner: (ownerId: string): number[] => {
      const all = ofOwner.all(ownerId).map((row) => row.seq)
      for (const seq of all) drop(seq)
      return all
    },
    pageAfter: (seq: number, limit: number): Version[] => after.all(seq, limit),
    count: (): number => total.get()?.n ?? 0,
    /** Calls `watcher` for each version that comes or goes, until the answer is called. */
    watch: (watcher: (seq: number) => void): (() => void) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
export type VersionsRepository = ReturnType<typeof versionsRepository>
