import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  add,
  countsFrom,
  countsLine,
  readPlaywrightCounts,
  readVitestCounts,
  skippedNames,
} from '../run/counts.ts'

const vitestReport = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 1,
  numTodoTests: 1,
  testResults: [
    {
      status: 'failed',
      assertionResults: [
        { status: 'failed', fullName: 'a' },
        { status: 'skipped', fullName: 'no keychain' },
      ],
    },
    { status: 'failed', assertionResults: [] },
  ],
}

const playwrightReport = {
  stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 },
  errors: [{ message: 'x' }],
}

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guicang-counts-'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function reportFile(text: string): string {
  const path = join(folder, 'report.json')
  writeFileSync(path, text)
  return path
}

test('a test file that fell before its tests began is a failure', () => {
  expect(readVitestCounts(vitestReport)).toEqual({ passed: 3, failed: 2, skipped: 2 })
  expect(skippedNames(vitestReport)).toEqual(['no keychain'])
})

test('flaky is failed, and so is an error outside of any test', () => {
  expect(readPlaywrightCounts(playwrightReport)).toEqual({ passed: 4, failed: 3, skipped: 2 })
})

test.each([
  ['no report', join('nowhere', 'report.json'), 0, { passed: 0, failed: 1, skipped: 0 }],
  ['a report that breaks off', '{"numPassed', 0, { passed: 0, failed: 1, skipped: 0 }],
  ['a bad exit that no test explains', 'good', 1, { passed: 2, failed: 1, skipped: 0 }],
  ['a good run', 'good', 0, { passed: 2, failed: 0, skipped: 0 }],
])('%s', (_name, source, code, expected) => {
  const good = { numPassedTests: 2, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }
  const file = source.includes('nowhere')
    ? source
    : reportFile(source === 'good' ? JSON.stringify(good) : source)
  expect(countsFrom(file, code, readVitestCounts)).toEqual(expected)
})

test('the last line', () => {
  const sum = add({ passed: 1, failed: 0, skipped: 2 }, { passed: 3, failed: 1, skipped: 0 })
  expect(countsLine(sum)).toBe('4 passed, 1 failed, 2 skipped')
})
