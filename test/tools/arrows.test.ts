// The arrows of the house, tried: each planted import must be caught by the rule that is there for it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Planted, plant } from './planted.ts'

const config = 'test/tools/dependency-cruiser.mjs'

// File that imports → [what it imports, the rule that must say no].
const violations: [file: string, imported: string, rule: string][] = [
  ['shared/a.ts', 'react', 'not-in-allowed'],
  ['shared/b.ts', '../electron/domain/fine.ts', 'not-in-allowed'],
  ['electron/domain/a.ts', 'node:fs', 'not-in-allowed'],
  ['electron/domain/b.ts', '../exchange/fine.ts', 'not-in-allowed'],
  ['electron/exchange/a.ts', '../vault/fine.ts', 'not-in-allowed'],
  ['electron/exchange/b.ts', 'better-sqlite3-multiple-ciphers', 'sqlite-only-in-store'],
  ['electron/vault/a.ts', 'better-sqlite3-multiple-ciphers', 'sqlite-only-in-store'],
  ['electron/vault/b.ts', '../gate/fine.ts', 'not-in-allowed'],
  ['electron/vault/c.ts', 'electron', 'electron-only-in-shell'],
  ['electron/gate/a.ts', '../vault/store/open.ts', 'not-in-allowed'],
  ['electron/gate/b.ts', '@napi-rs/keyring', 'keyring-only-in-keychain'],
  ['electron/gate/c.ts', 'node:child_process', 'processes-only-where-started'],
  ['electron/cli/a.ts', '../vault/store/open.ts', 'not-in-allowed'],
  ['electron/cli/b.ts', 'node:https', 'no-network'],
  ['electron/cli/c.ts', 'playwright-core', 'playwright-only-in-hosts'],
  ['electron/cli/d.ts', 'zustand', 'no-dev-dependency-at-run-time'],
  ['electron/cli/e.ts', '../../test/support/fine.ts', 'no-test-in-product'],
  ['electron/cli/f.ts', './nowhere.ts', 'resolvable'],
  ['electron/shell/main/a.ts', '../../vault/fine.ts', 'not-in-allowed'],
  ['electron/shell/hosts/chromium/a.ts', 'electron', 'electron-only-in-shell'],
  ['electron/shell/preload/a.ts', '../../gate/fine.ts', 'not-in-allowed'],
  ['electron/shell/preload/b.ts', 'zod', 'not-in-allowed'],
  ['renderer/a.tsx', '../electron/domain/fine.ts', 'not-in-allowed'],
  ['renderer/b.tsx', 'node:path', 'not-in-allowed'],
]

const fine: [file: string, imported: string][] = [
  ['electron/domain/fine.ts', '../../shared/fine.ts'],
  ['electron/exchange/fine.ts', '../domain/fine.ts'],
  ['electron/vault/fine.ts', '../exchange/fine.ts'],
  ['electron/vault/store/open.ts', 'better-sqlite3-multiple-ciphers'],
  ['electron/vault/process/client.ts', 'node:child_process'],
  ['electron/gate/fine.ts', '../vault/process/client.ts'],
  ['electron/gate/keychain.ts', '@napi-rs/keyring'],
  ['electron/shell/main/fine.ts', 'electron'],
  ['electron/shell/hosts/chromium/fine.ts', 'playwright-core'],
  ['electron/shell/preload/fine.ts', 'electron'],
  ['renderer/fine.tsx', 'react'],
]

let planted: Planted
let found: string[] = []

beforeAll(() => {
  const files: Record<string, string> = {
    'shared/fine.ts': 'export const x = 1\n',
    'test/support/fine.ts': 'export const x = 1\n',
  }
  // A type import is an arrow too: half of the planted ones are types only.
  for (const [index, [file, imported, rule]] of violations.entries()) {
    files[file] =
      index % 2 === 0 || rule === 'no-dev-dependency-at-run-time'
        ? `import { x } from '${imported}'\nexport const y = x\n`
        : `import type { x } from '${imported}'\nexport type Y = x\n`
  }
  for (const [file, imported] of fine)
    files[file] = `import * as it from '${imported}'\nexport const x = it\n`
  files['electron/vault/ring-1.ts'] = `import { b } from './ring-2.ts'\nexport const a = () => b\n`
  files['electron/vault/ring-2.ts'] = `import { a } from './ring-1.ts'\nexport const b = () => a\n`
  files['electron/vault/late.ts'] = `export const late = () => import('../gate/fine.ts')\n`
  planted = plant(files, [config, 'package.json'])
  const { output } = planted.run('depcruise', [
    '--no-cache',
    '--config',
    config,
    '--output-type',
    'err',
    'electron',
    'shared',
    'renderer',
    'test',
  ])
  found = output.split('\n').filter((line) => line.includes('error '))
})

afterAll(() => {
  planted.remove()
})

test.each(violations)('%s may not import %s (%s)', (file, _imported, rule) => {
  expect(found.filter((line) => line.includes(`error ${rule}: ${file} `))).not.toEqual([])
})

test('a ring of imports is found', () => {
  expect(found.filter((line) => line.includes('no-circular') && line.includes('ring-'))).not.toEqual([])
})

test('a late import is an arrow too', () => {
  expect(found.filter((line) => line.includes('electron/vault/late.ts'))).not.toEqual([])
})

test('what is allowed is left alone', () => {
  expect(found.filter((line) => fine.some(([file]) => line.includes(`: ${file} `)))).toEqual([])
})
