// Everything that can be held against itself in one compartment file, under one read transaction.
import { type Db, integrityCheck } from './driver.ts'
import { pageFaults } from './page-macs.ts'
import { searchFaults } from './repositories/search.ts'

/**
 * SQLite's own check with the content of every index, every page against its authentication code, and the inner tables of
 * the full-text indexes against each other. Can't be interrupted; nobody writes meanwhile.
 * @param path the file behind `db`
 * @returns lines that say what is wrong; none when the file is whole
 */
export function checkFile(db: Db, path: string, keyHex: string): string[] {
  // Every entry of every index is looked up in its table, in the index's order: with the small default cache pages are read
  // and decrypted over and over.
  db.pragma('cache_size = -131072')
  return db.transaction(() => [
    ...integrityCheck(db),
    ...pageFaults(path, keyHex, Number(db.pragma('page_count', { simple: true }))),
    ...searchFaults(db),
  ])()
}
