// Screen tests: the real window in a real browser, the real gate and vault process behind it. No server is involved.
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: '.',
  outputDir: fileURLToPath(new URL('../../test-results', import.meta.url)),
  globalSetup: './support/setup.ts',
  // Each test has a browser, a vault process and scrypt of its own: two at once fill two cores.
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 40_000 },
  reporter: [['list']],
})
