// What somebody with a compartment's key and tools of their own can get out of its file: every cell, every indexed term,
// and every page as it lies on the disk, freed ones too.
import { createDecipheriv } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { RawDb } from '../../support/vault.ts'

const pageSize = 4096
/** SQLCipher 4: at the end of each page 16 bytes of initialisation vector and 64 of HMAC; the salt opens the file. */
const reserved = 80
const ivSize = 16
const saltSize = 16

/** All pages of a SQLCipher 4 file in clear, without SQLite: what it has freed or forgotten is there as well. */
export function decryptPages(path: string, keyHex: string): Buffer {
  const file = readFileSync(path)
  const key = Buffer.from(keyHex, 'hex')
  const pages: Buffer[] = []
  for (let start = 0; start < file.length; start += pageSize) {
    const end = start + pageSize - reserved
    const decipher = createDecipheriv('aes-256-cbc', key, file.subarray(end, end + ivSize)).setAutoPadding(
      false,
    )
    const body = file.subarray(start === 0 ? saltSize : start, end)
    pages.push(Buffer.concat([decipher.update(body), decipher.final()]))
  }
  return Buffer.concat(pages)
}

/** Every cell of every table, the full-text index's own ones too, by `table.column`. */
export function cellsOf(db: RawDb): Map<string, Buffer[]> {
  const names = z.array(z.object({ name: z.string() }))
  const tables = names.parse(
    db
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`)
      .all(),
  )
  const cells = new Map<string, Buffer[]>()
  for (const { name } of tables) {
    for (const row of db.prepare(`SELECT * FROM "${name}"`).all()) {
      for (const [column, value] of Object.entries(z.record(z.string(), z.unknown()).parse(row))) {
        const place = `${name}.${column}`
        const list = cells.get(place) ?? []
        if (value !== null) list.push(Buffer.isBuffer(value) ? value : Buffer.from(textOf(value)))
        cells.set(place, list)
      }
    }
  }
  return cells
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What stands in these columns, a line a cell. */
export function textsOf(cells: Map<string, Buffer[]>, places: readonly string[]): Buffer {
  return Buffer.from(places.flatMap((place) => (cells.get(place) ?? []).map(String)).join('\n'))
}

/** The terms of a full-text index by its column; on the disk they are shortened against each other. */
export function termsOf(db: RawDb, table: string): Map<string, string[]> {
  db.exec(`CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', '${table}', 'col')`)
  const rows = z
    .array(z.object({ term: z.string(), col: z.string() }))
    .parse(db.prepare('SELECT term, col FROM temp.terms').all())
  db.exec('DROP TABLE temp.terms')
  const terms = new Map<string, string[]>()
  for (const { term, col } of rows) terms.set(col, [...(terms.get(col) ?? []), term])
  return terms
}
