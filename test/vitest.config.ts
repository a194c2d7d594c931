import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/{unit,vault,gate,cli,exchange,tools,faults,fuzz}/**/*.test.ts'],
    // Most of a test's time is scrypt and flushing: a worker for each core, not one fewer.
    maxWorkers: '100%',
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
})
