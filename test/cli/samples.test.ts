// The three sample files through the command line, every row accounted for.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { cli } from '../support/cli.ts'
import { sharedData } from '../support/shared-data.ts'
import { copiedVault, freshPath, passphrase, present } from '../support/vault.ts'

const counts = z.looseObject({
  batchId: z.uuid(),
  rows: z.number(),
  accepted: z.number(),
  warned: z.number(),
  rejected: z.number(),
  duplicates: z.number(),
  skipped: z.number(),
})

/** The rows of a CSV file as papaparse alone reads it, with its header as keys. */
function rowsOf(path: string, encoding: string): Record<string, string>[] {
  const text = new TextDecoder(encoding).decode(readFileSync(path))
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: 'greedy' })
  return z.array(z.record(z.string(), z.string())).parse(data)
}

async function json(args: readonly string[]): Promise<unknown> {
  const result = await cli(args, { passphrase })
  expect([result.code, result.stderr]).toEqual([0, ''])
  return result.json()
}

describe('the sample files', () => {
  test('customers, then both complaint files: counted, linked, exported clear with the same cells, verified', async (context) => {
    const customers = sharedData('customers-gb18030.csv')
    const complaints = sharedData('complaints-zh.csv')
    const cfpb = sharedData('cfpb-complaints.csv')
    const planted = sharedData('expected.json')
    if (customers === undefined || complaints === undefined || cfpb === undefined || planted === undefined)
      return context.skip()
    const expected = z
      .object({ rows: z.number(), bad: z.number(), duplicates: z.number() })
      .parse(JSON.parse(readFileSync(planted, 'utf8')))
    const preview = z.looseObject({
      encoding: z.string(),
      rowCount: z.number(),
      columns: z.array(z.string()),
      rows: z.array(z.array(z.string())),
    })
    const shown = preview.parse(await json(['import', 'preview', '--file', customers, '--rows', '2000']))
    const source = rowsOf(customers, 'gb18030')
    expect(shown).toMatchObject({ encoding: 'gb18030', rowCount: expected.rows })
    expect(shown.rows).toEqual(source.map((row) => Object.values(row)))
    const { dir } = await copiedVault()
    const bring = async (kind: string, file: string, more: readonly string[] = []) => {
      const result = counts.parse(await json(['import', 'run', dir, '--kind', kind, '--file', file, ...more]))
      expect(result.rows).toBe(result.accepted + result.rejected + result.skipped)
      expect(result.warned).toBeLessThanOrEqual(result.accepted)
      return result
    }
    const dry = await bring('customers', customers, ['--dry-run'])
    const first = await bring('customers', customers)
    expect(first).toMatchObject({
      rows: expected.rows,
      accepted: dry.accepted,
      warned: dry.warned,
      duplicates: dry.duplicates,
    })
    expect(first.rows).toBe(1521)
    expect(first.warned).toBeGreaterThanOrEqual(expected.bad)
    expect(first.duplicates).toBeGreaterThanOrEqual(expected.duplicates)
    expect(await bring('complaints', complaints)).toMatchObject({ rows: 1200 })
    expect(await bring('complaints', cfpb)).toMatchObject({ rows: 130 })
    const opened = z.looseObject({ counts: z.looseObject({ customers: z.number(), complaints: z.number() }) })
    const { counts: stored } = opened.parse(await json(['vault', 'open', dir]))
    expect(stored).toMatchObject({ customers: first.accepted, complaints: 1330 })
    const out = freshPath('bag')
    await json([
      'export',
      'run',
      dir,
      '--kind',
      'customers',
      '--format',
      'csv',
      '--out',
      out,
      '--clear',
      '--reason',
      '核对',
    ])
    const exported = rowsOf(join(out, 'data', 'customers.csv'), 'utf-8')
    expect(exported).toHaveLength(first.accepted)
    const unguarded = (text: string): string => (/^'[=+\-@\t\r\n＝＋－＠']/.test(text) ? text.slice(1) : text)
    for (const [index, row] of exported.entries()) {
      const cells = new Set(Object.values(row).map(unguarded))
      const missing = Object.values(present(source[index])).filter((cell) => !cells.has(cell))
      expect([index, missing]).toEqual([index, []])
    }
    const verified = z
      .looseObject({ ok: z.boolean(), findings: z.array(z.unknown()) })
      .parse(await json(['vault', 'verify', dir]))
    expect(verified).toMatchObject({ ok: true, findings: [] })
    expect(await json(['import', 'undo', dir, '--batch', first.batchId])).toEqual({ removed: first.accepted })
    expect(z.looseObject({ ok: z.boolean() }).parse(await json(['vault', 'verify', dir])).ok).toBe(true)
  })
})
