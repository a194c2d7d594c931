// Full-text search. Both compartments have the same two tables; only identities holds clear text in them.
import type { Db } from '../driver.ts'
import type { SearchText } from './versions.ts'

export type SearchKind = 'customer' | 'complaint'

const tables: Readonly<Record<SearchKind, string>> = {
  customer: 'customer_search',
  complaint: 'complaint_search',
}

/** One word of one row, where it stands. */
export interface Instance {
  term: string
  rowid: number
  column: keyof SearchText
  /** Counted in words from the beginning of the column, from 0. */
  offset: number
}

/** The index read word by word, not row by row: a table of this connection alone, made where it is first asked for. */
function instancesOf(db: Db, table: string) {
  db.exec(
    `CREATE VIRTUAL TABLE IF NOT EXISTS temp.${table}_words USING fts5vocab('main', '${table}', 'instance')`,
  )
  const columns = `term, doc AS rowid, col AS "column", "offset" FROM temp.${table}_words`
  return {
    after: db.prepare<[string, number], Instance>(`SELECT ${columns} WHERE term > ? LIMIT ?`),
    of: db.prepare<[string], Instance>(`SELECT ${columns} WHERE term = ?`),
  }
}

/** FTS5's sizes of a row's columns, one varint a column, added up. */
function wordsOf(size: Buffer): number {
  let sum = 0
  let value = 0
  for (const byte of size) {
    value = value * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    sum += value
    value = 0
  }
  return sum
}

/** An index in memory that takes one text at a time, to see what its tokenizer makes of it. */
function tokenizerOf(db: Db): (text: SearchText) => Instance[] {
  db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.one_text USING fts5(name, nums, body,
    tokenize = 'unicode61 remove_diacritics 0', content = '');
    CREATE VIRTUAL TABLE IF NOT EXISTS temp.one_text_words USING fts5vocab('temp', 'one_text', 'instance')`)
  const add = db.prepare('INSERT INTO temp.one_text (rowid, name, nums, body) VALUES (1, ?, ?, ?)')
  const words = db.prepare<[], Instance>(
    'SELECT term, doc AS rowid, col AS "column", "offset" FROM temp.one_text_words',
  )
  const clear = db.prepare(`INSERT INTO temp.one_text (one_text) VALUES ('delete-all')`)
  return (text) => {
    add.run(text.name, text.nums, text.body)
    const found = words.all()
    clear.run()
    return found
  }
}

export function searchRepository(db: Db, kind: SearchKind) {
  const table = tables[kind]
  const sizes = db.prepare<[number, number], { rowid: number; size: Buffer }>(
    `SELECT id AS rowid, sz AS size FROM ${table}_docsize WHERE id > ? ORDER BY id LIMIT ?`,
  )
  let words: ReturnType<typeof instancesOf> | undefined
  let tokenize: ReturnType<typeof tokenizerOf> | undefined
  const watchers = new Set<(rowid: number) => void>()
  const add = db.prepare(`INSERT INTO ${table} (rowid, name, nums, body) VALUES (?, ?, ?, ?)`)
  const remove = db.prepare(`DELETE FROM ${table} WHERE rowid = ?`)
  const match = db.prepare<[string, number], { rowid: number }>(
    `SELECT rowid FROM ${table} WHERE ${table} MATCH ? LIMIT ?`,
  )
  const newest = db.prepare<[string, number], { rowid: number }>(
    `SELECT rowid FROM ${table} WHERE ${table} MATCH ? ORDER BY rowid DESC LIMIT ?`,
  )
  return {
    add: (rowid: number, text: SearchText): void => {
      for (const watcher of watchers) watcher(rowid)
      add.run(rowid, text.name, text.nums, text.body)
    },
    remove: (rowid: number): void => {
      for (const watcher of watchers) watcher(rowid)
      remove.run(rowid)
    },
    /** Row ids that match an FTS5 expression (from domain/search-tokens, which quotes everything a person typed). */
    match: (expression: string, limit: number): number[] =>
      match.all(expression, limit).map((row) => row.rowid),
    /** As {@link match}, the rows that came last first. */
    matchNewest: (expression: string, limit: number): number[] =>
      newest.all(expression, limit).map((row) => row.rowid),
    /** Everything that the index holds of the words behind `term`: whole words only, about `limit` instances at a time. */
    instancesAfter: (term: string, limit: number): Instance[] => {
      words ??= instancesOf(db, table)
      const some = words.after.all(term, limit)
      const last = some.at(-1)
      if (last === undefined || some.length < limit) return some
      // The last word may go on behind the limit.
      const whole = some.filter((instance) => instance.term !== last.term)
      return whole.length > 0 ? whole : words.of.all(last.term)
    },
    /** Rows behind `after` that the index knows, with how many words it says that each has. */
    sizesAfter: (after: number, limit: number): { rowid: number; words: number }[] =>
      sizes.all(after, limit).map(({ rowid, size }) => ({ rowid, words: wordsOf(size) })),
    /** What the index would hold of this text. */
    instancesOfText: (text: SearchText): Instance[] => {
      tokenize ??= tokenizerOf(db)
      return tokenize(text)
    },
    /** Calls `watcher` for each row whose text changes, until the answer is called. */
    watch: (watcher: (rowid: number) => void): (() => void) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}
export type SearchRepository = ReturnType<typeof searchRepository>

interface Leaf {
  segment: number
  page: number
}

/**
 * Holds the inner tables of the full-text indexes against each other: each page of words that begins one must be known to
 * the table by which a word is looked up, and no other. Reading word by word doesn't go that way, searching does.
 * @returns a line for each index in which they differ
 */
export function searchFaults(db: Db): string[] {
  return Object.values(tables).flatMap((table) => {
    // FTS5's format: id = segment << 37 | dlidx << 36 | height << 31 | page; from segment 65536 on come lists of deleted rows. The
    // bytes 2 and 3 of a page of words say where its list of words begins, which lies within it where there is one.
    const pages = db
      .prepare<[], Leaf>(
        `SELECT id >> 37 AS segment, id & 0x7fffffff AS page FROM ${table}_data
         WHERE id >= 1 << 37 AND id < 65536 << 37 AND (id >> 31) & 63 = 0
         AND unhex(hex(substr(block, 3, 2))) < unhex(printf('%04X', length(block)))`,
      )
      .all()
    const known = db.prepare<[], Leaf>(`SELECT segid AS segment, pgno >> 1 AS page FROM ${table}_idx`).all()
    const keyOf = ({ segment, page }: Leaf): string => `${segment} ${page}`
    const begun = new Set(pages.map(keyOf))
    const looked = new Set(known.map(keyOf))
    // A merge that goes on in steps takes the first pages of a segment away and leaves their lines here until its end.
    const first = new Map<number, number>()
    for (const { segment, page } of pages) first.set(segment, Math.min(page, first.get(segment) ?? page))
    const merged = ({ segment, page }: Leaf): boolean => page < (first.get(segment) ?? 0)
    const same =
      pages.every((leaf) => looked.has(keyOf(leaf))) &&
      known.every((leaf) => begun.has(keyOf(leaf)) || merged(leaf))
    return same ? [] : [`${table}: the table of its pages is not theirs`]
  })
}
