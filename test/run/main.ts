// `npm test`: everything there is, on whatever this machine has. What can't run here is skipped aloud and counted.
// The last line is `N passed, N failed, N skipped`; the exit code is 0 only when nothing failed.
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChecks } from './checks.ts'
import {
  add,
  type Counts,
  countsFrom,
  countsLine,
  none,
  readPlaywrightCounts,
  readVitestCounts,
  skippedNames,
} from './counts.ts'
import { prepareSqlcipher } from './interop.ts'
import { describeMachine, findBrowser, installSystemPrograms } from './machine.ts'
import { root, run, runTool, toolPath, which } from './tools.ts'

// Without a terminal, colours are only noise in the log; the tools below inherit this.
if (!process.stdout.isTTY) process.env['NO_COLOR'] = '1'

const reports = mkdtempSync(join(tmpdir(), 'guicang-test-'))
const there = (path: string) => existsSync(join(root, path))

function heading(text: string): void {
  console.log(`\n== ${text}`)
}

function skipAloud(what: string, why: string, count: number): Counts {
  console.log(`SKIPPED ${what}: ${why}`)
  return { passed: 0, failed: 0, skipped: count }
}

async function checkSteps(): Promise<Counts> {
  heading('checks')
  const results = await runChecks()
  const failed = results.filter(({ ok }) => !ok).length
  return { passed: results.length - failed, failed, skipped: 0 }
}

async function build(): Promise<Counts> {
  const config = 'electron/electron.vite.config.ts'
  if (!there(config)) return none
  heading('build')
  const { code, output } = await runTool('electron-vite', 'electron-vite', [
    'build',
    '--config',
    config,
    '--logLevel',
    'warn',
  ])
  console.log(code === 0 ? 'ok     build' : `FAILED build\n${output.trim()}`)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

async function vitest(name: string, config: string): Promise<Counts> {
  heading(name)
  const report = join(reports, `${name.replaceAll(' ', '-')}.json`)
  const { code } = await runTool(
    'vitest',
    'vitest',
    ['run', '--config', config, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`],
    { show: true, timeoutMs: 45 * 60_000 },
  )
  return countsFrom(report, code, (read) => {
    for (const skipped of skippedNames(read)) console.log(`SKIPPED ${skipped}`)
    return readVitestCounts(read)
  })
}

async function screenTests(browser: string | undefined): Promise<Counts> {
  const config = 'test/e2e/playwright.config.ts'
  const specs = globSync('test/e2e/**/*.spec.ts', { cwd: root })
  if (specs.length === 0 || !there(config)) return none
  heading('screen')
  if (browser === undefined) {
    return skipAloud(
      `the screen tests (${specs.length} files)`,
      'no Chrome, Chromium or Edge could be found',
      specs.length,
    )
  }
  const report = join(reports, 'screen.json')
  const args = [
    toolPath('@playwright/test', 'playwright'),
    'test',
    '--config',
    config,
    '--reporter=list,json',
  ]
  // A window needs a display; where there is none, a virtual one does.
  const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']
  const virtual = process.platform === 'linux' && display === undefined ? which('xvfb-run') : undefined
  const command = virtual === undefined ? process.execPath : virtual
  const { code } = await run(command, virtual === undefined ? args : ['-a', process.execPath, ...args], {
    env: { ...process.env, GUICANG_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    show: true,
    timeoutMs: 45 * 60_000,
  })
  return countsFrom(report, code, readPlaywrightCounts)
}

async function interopTests(): Promise<Counts> {
  const tests = globSync('test/interop/*.test.ts', { cwd: root })
  if (tests.length === 0) return none
  heading('interop')
  const missing = await prepareSqlcipher()
  if (missing !== undefined)
    return skipAloud(`the interop tests (${tests.length} files)`, missing, tests.length)
  return await vitest('interop with genuine SQLCipher', 'test/interop/vitest.config.ts')
}

try {
  heading('this machine')
  await installSystemPrograms()
  const browser = findBrowser()
  for (const line of describeMachine(browser)) console.log(line)

  const counts = [
    await checkSteps(),
    await build(),
    await vitest('unit, vault, gate, cli, exchange, tools, faults', 'test/vitest.config.ts'),
    await screenTests(browser),
    await interopTests(),
  ]
  const sum = add(...counts)
  if (sum.failed > 0) process.exitCode = 1
  console.log(`\n${countsLine(sum)}`)
} catch (error) {
  // A runner that falls over has not passed: it still ends with the line that is read.
  console.error(error)
  process.exitCode = 1
  console.log(`\n${countsLine({ passed: 0, failed: 1, skipped: 0 })}`)
} finally {
  rmSync(reports, { recursive: true, force: true })
}
