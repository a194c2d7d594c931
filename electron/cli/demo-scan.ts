// Looks for clear values in the bytes of files, as somebody would who found the stick.
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openTable, proposeMapping } from '../exchange/import/index.ts'

const identities: ReadonlySet<string> = new Set([
  'name',
  'residentId',
  'mobile',
  'email',
  'bankCard',
  'passport',
])
/** A shorter value might stand in any file by chance. */
const shortest = 5

/** Every name, number and e-mail address of a customer file. @throws GuicangError what reading the file refuses */
export async function clearValuesOf(path: string): Promise<ReadonlySet<string>> {
  const table = await openTable(path, {})
  const mapping = proposeMapping(table.meta.columns, 'customers', [])
  const places = table.meta.columns.flatMap((column, index) =>
    identities.has(mapping[column] ?? '') ? [index] : [],
  )
  const values = new Set<string>()
  for await (const events of table.rows()) {
    for (const event of events) {
      if (event.kind !== 'row') continue
      for (const place of places) {
        const value = event.cells[place] ?? ''
        if (Buffer.byteLength(value) >= shortest) values.add(value)
      }
    }
  }
  return values
}

export interface Scan {
  files: number
  /** How many of the values stand in clear in some file. */
  hits: number
}

export async function scanFolder(folder: string, values: ReadonlySet<string>): Promise<Scan> {
  const found = new Set<string>()
  let files = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    files += 1
    const bytes = await readFile(join(entry.parentPath, entry.name))
    for (const value of values) if (bytes.includes(value)) found.add(value)
  }
  return { files, hits: found.size }
}
