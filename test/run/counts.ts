// Adds up what the test programs report. Their own JSON reports are read, not their printed lines.
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

export const none: Counts = { passed: 0, failed: 0, skipped: 0 }

export function add(...all: Counts[]): Counts {
  return all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    none,
  )
}

/** The one line that outside programs read. */
export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string().default('') })),
    }),
  ),
})

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()).default([]),
})

/** Counts of a vitest JSON report. A file that failed before its tests began counts as one failed test. */
export function readVitestCounts(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    vitestReport.parse(report)
  const filesThatFell = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  )
  return {
    passed: numPassedTests,
    failed: numFailedTests + filesThatFell.length,
    skipped: numPendingTests + numTodoTests,
  }
}

const ran = ['passed', 'failed']

/** Names of the tests of a vitest JSON report that did not run. */
export function skippedNames(report: unknown): string[] {
  return vitestReport
    .parse(report)
    .testResults.flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => !ran.includes(status))
    .map(({ fullName }) => fullName)
}

/** Counts of a Playwright JSON report. A flaky test is a failed one; an error outside of any test counts as one. */
export function readPlaywrightCounts(report: unknown): Counts {
  const { stats, errors } = playwrightReport.parse(report)
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }
}

/**
 * Counts from a report file, together with how its program ended. A missing or unreadable report, and a bad exit code
 * that no failed test explains, count as one failed test: silence is never a success.
 */
export function countsFrom(file: string, code: number, read: (report: unknown) => Counts): Counts {
  const counts = existsSync(file) ? safely(file, read) : undefined
  if (counts === undefined) return { passed: 0, failed: 1, skipped: 0 }
  if (code !== 0 && counts.failed === 0) return { ...counts, failed: 1 }
  return counts
}

function safely(file: string, read: (report: unknown) => Counts): Counts | undefined {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    console.error(`the test report can't be read: ${String(error)}`)
    return undefined
  }
}
