// What else the identities compartment keeps: open acts, duplicate keys, rejected rows.
import type { Db } from '../driver.ts'

/** By what a duplicate is known. */
export type DuplicateKey = 'residentId' | 'nameMobile'

const keyColumns: Readonly<Record<DuplicateKey, string>> = {
  residentId: 'resident_id',
  nameMobile: 'name_mobile',
}

/** Statements over one of the keys, whose column is the only part that is put in. */
function keyStatements(db: Db, key: DuplicateKey) {
  const column = keyColumns[key]
  return {
    shared: db.prepare<[string, number], { value: string }>(
      `SELECT ${column} AS value FROM customer_keys WHERE ${column} > ? AND ${column} <> ''
       GROUP BY ${column} HAVING count(*) > 1 ORDER BY ${column} LIMIT ?`,
    ),
    versions: db.prepare<[string], { seq: number }>(
      `SELECT version_seq AS seq FROM customer_keys WHERE ${column} = ? AND ${column} <> '' ORDER BY version_seq LIMIT 50`,
    ),
  }
}

export function identitiesRepository(db: Db) {
  const addPending = db.prepare('INSERT OR IGNORE INTO pending_commits (commit_id) VALUES (?)')
  const removePending = db.prepare('DELETE FROM pending_commits WHERE commit_id = ?')
  const pending = db.prepare<[], { commit_id: string }>('SELECT commit_id FROM pending_commits')
  const addKeys = db.prepare(
    'INSERT INTO customer_keys (version_seq, resident_id, name_mobile) VALUES (?, ?, ?)',
  )
  const removeKeys = db.prepare('DELETE FROM customer_keys WHERE version_seq = ?')
  const keysOf = db.prepare<[number], { residentId: string; nameMobile: string }>(
    'SELECT resident_id AS residentId, name_mobile AS nameMobile FROM customer_keys WHERE version_seq = ?',
  )
  const strayKeys = db.prepare<[], { seq: number }>(
    'SELECT version_seq AS seq FROM customer_keys WHERE version_seq NOT IN (SELECT seq FROM customer_versions)',
  )
  // `<> ''` stands there for the planner: without it, it can't prove that the partial index may serve.
  const byResidentId = db.prepare<[string], { version_seq: number }>(
    "SELECT version_seq FROM customer_keys WHERE resident_id = ? AND resident_id <> '' LIMIT 1",
  )
  const byNameMobile = db.prepare<[string], { version_seq: number }>(
    "SELECT version_seq FROM customer_keys WHERE name_mobile = ? AND name_mobile <> '' LIMIT 1",
  )
  const byKeyOfOthers = db.prepare<
    [{ residentId: string; nameMobile: string; own: string }],
    { seq: number }
  >(
    `SELECT v.seq FROM customer_versions v WHERE v.customer_id <> @own AND v.seq IN (
       SELECT version_seq FROM customer_keys WHERE resident_id = @residentId AND resident_id <> ''
       UNION ALL SELECT version_seq FROM customer_keys WHERE name_mobile = @nameMobile AND name_mobile <> ''
     ) LIMIT 1`,
  )
  const keys = {
    residentId: keyStatements(db, 'residentId'),
    nameMobile: keyStatements(db, 'nameMobile'),
  }
  const addRejected = db.prepare(
    'INSERT INTO rejected_rows (commit_id, row, line, reason, raw) VALUES (@commitId, @row, @line, @reason, @raw)',
  )
  const removeRejected = db.prepare('DELETE FROM rejected_rows WHERE commit_id = ?')
  return {
    addPending: (commitId: string): void => {
      addPending.run(commitId)
    },
    removePending: (commitId: string): void => {
      removePending.run(commitId)
    },
    listPending: (): string[] => pending.all().map((row) => row.commit_id),
    addKeys: (versionSeq: number, residentId: string, nameMobile: string): void => {
      if (residentId !== '' || nameMobile !== '') addKeys.run(versionSeq, residentId, nameMobile)
    },
    removeKeys: (versionSeq: number): void => {
      removeKeys.run(versionSeq)
    },
    findKeys: (versionSeq: number): { residentId: string; nameMobile: string } | undefined =>
      keysOf.get(versionSeq),
    /** Versions that are gone and have left their keys. */
    listStrayKeys: (): number[] => strayKeys.all().map((row) => row.seq),
    /** Whether a stored customer has this resident ID, or this name and mobile. Empty keys match nothing. */
    hasKey: (residentId: string, nameMobile: string): boolean =>
      (residentId !== '' && byResidentId.get(residentId) !== undefined) ||
      (nameMobile !== '' && byNameMobile.get(nameMobile) !== undefined),
    /** The same, but for the versions of one customer. */
    othersHaveKey: (own: string, residentId: string, nameMobile: string): boolean =>
      byKeyOfOthers.get({ residentId, nameMobile, own }) !== undefined,
    /** Keys behind `after` that more than one version has. */
    sharedKeys: (key: DuplicateKey, after: string, limit: number): string[] =>
      keys[key].shared.all(after, limit).map((row) => row.value),
    /** The first versions that have a key. */
    versionsWith: (key: DuplicateKey, value: string): number[] =>
      value === '' ? [] : keys[key].versions.all(value).map((row) => row.seq),
    addRejected: (row: {
      commitId: string
      row: number
      line: number
      reason: string
      raw: string
    }): void => {
      addRejected.run(row)
    },
    removeRejected: (commitId: string): void => {
      removeRejected.run(commitId)
    },
  }
}
