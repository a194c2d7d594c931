// Files for the readers' tests, and all that a reader says about one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import {
  openTable,
  type RowEvent,
  type TableMeta,
  type TableOptions,
} from '../../../../electron/exchange/import/index.ts'
import { GuicangError } from '../../../../shared/errors.ts'

const folder = mkdtempSync(join(tmpdir(), 'guicang-import-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let count = 0

/** Path for a file of this test run, gone afterwards. */
export function temporaryPath(name = 'table.csv'): string {
  count += 1
  return join(folder, `${count}-${name}`)
}

/** Writes text (as UTF-8) or bytes, returns the path. */
export function fileOf(content: string | Uint8Array, name = 'table.csv'): string {
  const path = temporaryPath(name)
  writeFileSync(path, content)
  return path
}

export interface ReadTable {
  meta: TableMeta
  events: RowEvent[]
  cells: string[][]
  rejected: Extract<RowEvent, { kind: 'rejected' }>[]
  blank: number
}

export async function readTable(path: string, options?: TableOptions): Promise<ReadTable> {
  const table = await openTable(path, options)
  const events: RowEvent[] = []
  for await (const batch of table.rows()) events.push(...batch)
  return {
    meta: table.meta,
    events,
    cells: events.flatMap((event) => (event.kind === 'row' ? [event.cells] : [])),
    rejected: events.flatMap((event) => (event.kind === 'rejected' ? [event] : [])),
    blank: table.blankCount(),
  }
}

/** The code that a promise is refused with; the test fails where it isn't refused, or with an error that isn't ours. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof GuicangError) return error.code
    throw error
  }
  throw new Error('was not refused')
}
