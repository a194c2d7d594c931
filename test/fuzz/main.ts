// `npm run test:fuzz`: the long run of this folder, 10,000 malformed messages unless `FUZZ_RUNS` says otherwise, and the
// hostile pages in the window. Prints its counts; a run of the usual size also writes RESULTS.md.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from '../run/machine.ts'
import { runTool } from '../run/tools.ts'
import { type Count, countSchema } from './support/counts.ts'

const usual = 10_000
const runs = Number(process.env['FUZZ_RUNS'] ?? String(usual))
const scratch = mkdtempSync(join(tmpdir(), 'guicang-fuzz-counts-'))
const file = join(scratch, 'counts.jsonl')
const specs = ['forgery', 'links', 'injection']

function readCounts(): Count[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines
    .map((line) => countSchema.parse(JSON.parse(line)))
    .toSorted((a, b) => a.what.localeCompare(b.what))
}

function page(counts: readonly Count[]): string {
  return [
    '# Attacked',
    '',
    `${new Date().toISOString().slice(0, 10)}, seed ${process.env['FUZZ_SEED'] ?? 'as in the source'}, Node ${process.versions.node} on ${process.platform}.`,
    'Written by `npm run test:fuzz`: how often each attack was tried. Every try was refused or harmless, or the run had failed.',
    '',
    '| tried | count | outcome |',
    '| --- | ---: | --- |',
    ...counts.map(({ what, count, note }) => `| ${what} | ${count.toLocaleString('en')} | ${note} |`),
    '',
  ].join('\n')
}

process.env['FUZZ_RUNS'] = String(runs)
process.env['FUZZ_COUNTS'] = file
try {
  const long = { show: true, timeoutMs: 60 * 60_000 }
  const inNode = await runTool(
    'vitest',
    'vitest',
    ['run', '--config', 'test/vitest.config.ts', 'test/fuzz/'],
    long,
  )
  const browser = findBrowser()
  if (browser === undefined)
    console.warn('skipped: the hostile pages in the window, because no browser was found')
  else process.env['GUICANG_BROWSER'] = browser
  const inWindow =
    browser === undefined
      ? { code: 0 }
      : await runTool(
          '@playwright/test',
          'playwright',
          ['test', '--config', 'test/e2e/playwright.config.ts', ...specs],
          long,
        )
  const counts = readCounts()
  for (const { what, count, note } of counts) console.log(`${String(count).padStart(7)}  ${what}  ${note}`)
  const passed = inNode.code === 0 && inWindow.code === 0
  if (passed && runs >= usual && browser !== undefined)
    writeFileSync(join(import.meta.dirname, 'RESULTS.md'), page(counts))
  process.exitCode = passed ? 0 : 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
