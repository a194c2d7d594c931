// `npm run test:mutations [-- P07 P12 …]`: breaks each promise of the threat model on purpose, in a copy of the checkout, and
// runs the test behind it. A test that still passes promises nothing. First the tests have to pass on the unbroken copy.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { root, run, toolPath } from '../run/tools.ts'
import { mutations } from './mutations/all.ts'
import type { Mutation } from './mutations/mutation.ts'

const left = new Set(['node_modules', '.git', 'test-results'])
const mostMs = 15 * 60_000

const copy = mkdtempSync(join(tmpdir(), 'guicang-mutations-'))
const report = join(copy, 'report.json')

const vitestReport = z.object({ numPassedTests: z.number(), numFailedTests: z.number() })
const playwrightReport = z.object({ stats: z.object({ expected: z.number(), unexpected: z.number() }) })

interface Outcome {
  passed: number
  failed: number
}

/** What a test of the copy comes to; undefined where it never got to run, which shows nothing. */
async function outcomeOf({ test, name, only }: Mutation): Promise<Outcome | undefined> {
  rmSync(report, { force: true })
  const pattern = only ?? escaped(name)
  const screen = test.startsWith('test/e2e/')
  const args = screen
    ? [toolPath('@playwright/test', 'playwright'), 'test', '--config', 'test/e2e/playwright.config.ts']
    : [toolPath('vitest', 'vitest'), 'run', '--config', 'test/vitest.config.ts']
  const select = screen
    ? [test, '--grep', pattern, '--reporter=json']
    : [test, '-t', pattern, '--reporter=json', `--outputFile=${report}`]
  await run(process.execPath, [...args, ...select], {
    cwd: copy,
    env: { ...process.env, NO_COLOR: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    timeoutMs: mostMs,
  })
  const read = readReport()
  if (read === undefined) return undefined
  if (screen) {
    const { expected, unexpected } = playwrightReport.parse(read).stats
    return { passed: expected, failed: unexpected }
  }
  const { numPassedTests, numFailedTests } = vitestReport.parse(read)
  return { passed: numPassedTests, failed: numFailedTests }
}

function readReport(): unknown {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    // Nothing was written: the test runner itself fell, or was ended.
    return undefined
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)
}

async function tryOne(mutation: Mutation): Promise<'caught' | 'NOT CAUGHT' | 'NOT RUN'> {
  const path = join(copy, mutation.file)
  const source = readFileSync(path, 'utf8')
  writeFileSync(
    path,
    source.replace(mutation.search, () => mutation.replacement),
  )
  try {
    const broken = await outcomeOf(mutation)
    if (broken === undefined || broken.passed + broken.failed === 0) return 'NOT RUN'
    return broken.failed > 0 ? 'caught' : 'NOT CAUGHT'
  } finally {
    writeFileSync(path, source)
  }
}

const wanted = process.argv.slice(2)
const chosen = mutations.filter(({ id }) => wanted.length === 0 || wanted.includes(id))
try {
  cpSync(root, copy, {
    recursive: true,
    preserveTimestamps: true,
    filter: (source) =>
      !relative(root, source)
        .split(/[\\/]/)
        .some((part) => left.has(part)),
  })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  let bad = 0
  for (const mutation of chosen) {
    const whole = await outcomeOf(mutation)
    const sound = whole !== undefined && whole.passed > 0 && whole.failed === 0
    const verdict = sound ? await tryOne(mutation) : 'NOT RUN'
    if (verdict !== 'caught') bad += 1
    console.log(`${mutation.id} ${verdict}  ${mutation.file} → ${mutation.test} “${mutation.name}”`)
  }
  console.log(`${chosen.length - bad} caught, ${bad} not`)
  if (bad > 0) process.exitCode = 1
} finally {
  rmSync(copy, { recursive: true, force: true })
}
