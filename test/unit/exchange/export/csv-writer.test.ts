import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import papaparse from 'papaparse'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countCsvRows } from '../../../../electron/exchange/export/csv-count.ts'
import { writeCsv } from '../../../../electron/exchange/export/csv-writer.ts'
import { batchesOf, sampleRows, scratchFolder } from './sample-bag.ts'

const columns = ['guicang_id', 'name', 'mobile', 'note']
let scratch: Awaited<ReturnType<typeof scratchFolder>>
beforeEach(async () => {
  scratch = await scratchFolder()
})
afterEach(() => scratch.remove())

function unguard(cell: string): string {
  return /^'[=+\-@\t\r\n＝＋－＠']/.test(cell) ? cell.slice(1) : cell
}

describe('writeCsv', () => {
  it('writes what Excel and a CSV reader both understand, and reports the file as it stands', async () => {
    const path = scratch.at('customers.csv')
    const seen: number[] = []
    const written = await writeCsv(path, columns, batchesOf(sampleRows), {
      onRows: (rows) => seen.push(rows),
    })
    const bytes = await readFile(path)
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(bytes.toString().startsWith('\uFEFFguicang_id,name,mobile,note\r\n')).toBe(true)
    expect(bytes.toString().endsWith('\r\n')).toBe(true)
    expect(written).toEqual({
      rows: 3,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    expect(seen).toEqual([2, 3])
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('leaves no cell that a spreadsheet would run', async () => {
    const path = scratch.at('risky.csv')
    const risky = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', "'=1", '=cmd|" /C calc"!A0']
    await writeCsv(path, ['guicang_id', 'value'], batchesOf(risky.map((value, index) => [`${index}`, value])))
    const { data } = papaparse.parse<string[]>((await readFile(path, 'utf8')).slice(1), { newline: '\r\n' })
    const cells = data.slice(1, -1).map((row) => row[1] ?? '')
    expect(cells).toHaveLength(risky.length)
    for (const cell of cells) expect(cell.startsWith("'")).toBe(true)
    expect(cells.map(unguard)).toEqual(risky)
  })

  it('brings any table back cell by cell', async () => {
    const cell = fc.string({
      unit: fc.constantFrom(...'a,"\r\n\t =\'+-@;中🙂é\uFEFF', ' ', '\r\n'),
      maxLength: 8,
    })
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { maxLength: 6 }), async (rows) => {
        const path = scratch.at(`table-${(run += 1)}.csv`)
        const table = rows.map((row, index) => [`id${index}`, ...row])
        await writeCsv(path, columns, batchesOf(table))
        const { data } = papaparse.parse<string[]>((await readFile(path, 'utf8')).slice(1), {
          newline: '\r\n',
          delimiter: ',',
        })
        expect(data.slice(1, -1).map((row) => row.map(unguard))).toEqual(table)
        expect(await countCsvRows(path)).toBe(table.length)
      }),
      { numRuns: 200 },
    )
  })

  it('writes a table without rows', async () => {
    const path = scratch.at('empty.csv')
    expect((await writeCsv(path, columns, batchesOf([]))).rows).toBe(0)
    expect(await countCsvRows(path)).toBe(0)
  })

  it('refuses a path that is taken, and leaves what stands there', async () => {
    const path = scratch.at('taken.csv')
    await writeFile(path, 'mine')
    await expect(writeCsv(path, columns, batchesOf(sampleRows))).rejects.toMatchObject({
      code: 'file.exists',
    })
    expect(await readFile(path, 'utf8')).toBe('mine')
  })

  it('refuses a missing folder without naming it', async () => {
    const attempt = writeCsv(scratch.at('no/such.csv'), columns, batchesOf(sampleRows))
    await expect(attempt).rejects.toMatchObject({
      code: 'file.notFound',
      message: 'file.notFound',
    })
  })

  it('leaves nothing behind when a row is too short, when the source fails, or when it is cancelled', async () => {
    await expect(writeCsv(scratch.at('a.csv'), columns, batchesOf([['1', '2']]))).rejects.toMatchObject({
      code: 'internal',
    })
    async function* failing(): AsyncGenerator<string[][]> {
      yield sampleRows
      await Promise.reject(new Error('the database went away'))
    }
    await expect(writeCsv(scratch.at('b.csv'), columns, failing())).rejects.toMatchObject({
      code: 'internal',
    })
    const controller = new AbortController()
    const cancelled = writeCsv(scratch.at('c.csv'), columns, batchesOf(sampleRows, 1), {
      signal: controller.signal,
      onRows: () => controller.abort(),
    })
    await expect(cancelled).rejects.toMatchObject({ code: 'job.cancelled' })
    expect(await readdir(scratch.dir)).toEqual([])
  })

  it('says disk.full on a full disk and removes the torn file', (context) => {
    const small = `mount -t tmpfs -o size=64k none ${scratch.dir}`
    if (!existsSync('/usr/bin/unshare') || spawnSync('unshare', ['-rm', 'sh', '-c', small]).status !== 0) {
      console.warn('skipped: no private mount namespace here to make a full disk in')
      context.skip()
      return
    }
    const script = fileURLToPath(new URL('full-disk.ts', import.meta.url))
    const run = spawnSync(
      'unshare',
      ['-rm', 'sh', '-c', `${small} && "$0" "$1" "$2"`, process.execPath, script, scratch.dir],
      {
        encoding: 'utf8',
      },
    )
    expect(run.stderr.replaceAll(/^.*ExperimentalWarning.*$|^\(Use .*$/gm, '').trim()).toBe('')
    expect(JSON.parse(run.stdout)).toEqual({ csv: 'disk.full', bag: 'disk.full', left: [] })
  })
})
