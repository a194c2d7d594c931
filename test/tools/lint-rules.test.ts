// The linter, tried: a rule that a rename or a version change has silenced shows up here, not in a review.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Planted, plant } from './planted.ts'

const product = 'electron/vault/usecases'
const screen = 'renderer/features/customers'

// Rule → a place in the house → a snippet that breaks the rule there.
const bad: [rule: string, folder: string, source: string][] = [
  ['no-explicit-any', product, `export const x: any = 1`],
  [
    'no-floating-promises',
    product,
    `async function f() { await Promise.resolve() }\nexport function g() { f() }`,
  ],
  [
    'no-misused-promises',
    product,
    `export const g = (list: string[]) => { list.forEach(async (s) => { await Promise.resolve(s) }) }`,
  ],
  ['await-thenable', product, `export const f = async () => { await 1 }`],
  [
    'no-unsafe-assignment',
    product,
    `export const f = (t: string) => { const v = JSON.parse(t); return String(v) }`,
  ],
  ['no-unsafe-member-access', product, `export const f = (t: string): string => String(JSON.parse(t).name)`],
  ['no-unsafe-call', product, `export const f = (t: string): string => String(JSON.parse(t)())`],
  ['no-unsafe-return', product, `export const f = (t: string): string => JSON.parse(t)`],
  ['no-unsafe-argument', product, `export const f = (t: string): number => parseInt(JSON.parse(t), 10)`],
  ['no-unsafe-type-assertion', product, `export const f = (t: unknown): string => t as string`],
  ['no-non-null-assertion', product, `export const f = (t: string[]): string => t[0]!`],
  [
    'switch-exhaustiveness-check',
    product,
    `export function f(t: 'a' | 'b') { switch (t) { case 'a': return 1 } return 2 }`,
  ],
  ['no-empty', product, `export function f(g: () => void) { try { g() } catch {} }`],
  ['consistent-type-imports', product, `import { Stats } from 'node:fs'\nexport type S = Stats`],
  ['only-throw-error', product, `export function f() { throw 'no' }`],
  ['ban-ts-comment', product, `// @ts-ignore\nexport const x: number = 1`],
  ['eqeqeq', product, `export const f = (a: string, b: string) => a == b`],
  ['no-console', product, `console.log('a customer')`],
  ['no-console', screen, `console.error('a customer')`],
  ['no-eval', product, `export const f = (t: string) => { eval(t) }`],
  ['max-lines', product, `export const x = 1\n${'// a line\n'.repeat(330)}`],
  [
    'no-danger',
    screen,
    `export const A = ({ t }: { t: string }) => <p dangerouslySetInnerHTML={{ __html: t }} />`,
  ],
  [
    'rules-of-hooks',
    screen,
    `import { useState } from 'react'\nexport function A({ t }: { t: boolean }) { if (t) { useState(1) } return null }`,
  ],
  ['no-restricted-globals', screen, `export const f = async () => { await fetch('x') }`],
  ['no-restricted-globals', product, `export const f = async () => { await fetch('x') }`],
  ['no-restricted-globals', screen, `export const f = () => new XMLHttpRequest()`],
  ['no-restricted-globals', screen, `export const f = () => new WebSocket('x')`],
  ['no-restricted-globals', screen, `export const f = () => new EventSource('x')`],
  ['no-restricted-globals', screen, `export const f = () => new RTCPeerConnection()`],
  ['no-restricted-globals', screen, `export const f = () => { localStorage.clear() }`],
  ['no-restricted-globals', screen, `export const f = () => { sessionStorage.clear() }`],
  ['no-restricted-globals', screen, `export const f = () => indexedDB.open('x')`],
  ['no-restricted-properties', screen, `export const f = () => { window.localStorage.clear() }`],
  ['no-restricted-properties', screen, `export const f = async () => { await globalThis.fetch('x') }`],
  ['no-restricted-properties', screen, `export const f = () => navigator.sendBeacon('x')`],
  ['no-restricted-properties', screen, `export const f = (e: Element, t: string) => { e.innerHTML = t }`],
  [
    'no-restricted-properties',
    'electron/shell/main',
    `import { shell } from 'electron'\nexport const f = () => shell.openExternal('x')`,
  ],
  ...['http', 'https', 'net', 'tls', 'dgram', 'http2', 'dns'].flatMap((name): [string, string, string][] => [
    ['no-restricted-imports', product, `import * as it from 'node:${name}'\nexport const x = it`],
    ['no-restricted-imports', 'electron/shell/hosts', `import * as it from '${name}'\nexport const x = it`],
  ]),
  ['no-restricted-imports', product, `import * as it from 'undici'\nexport const x = it`],
  ['no-restricted-imports', product, `import * as it from 'electron'\nexport const x = it`],
  ['no-restricted-imports', product, `import { fork } from 'node:child_process'\nexport const x = fork`],
  [
    'no-restricted-imports',
    'electron/shell/main',
    `import { spawn } from 'child_process'\nexport const x = spawn`,
  ],
  [
    'no-restricted-imports',
    'electron/shell/main',
    `import { ipcRenderer } from 'electron'\nexport const x = ipcRenderer`,
  ],
  [
    'no-restricted-imports',
    'electron/shell/preload',
    `import { shell } from 'electron'\nexport const x = shell`,
  ],
  ['no-restricted-imports', screen, `import { persist } from 'zustand/middleware'\nexport const x = persist`],
]

// What the same rules must leave alone.
const good: [folder: string, source: string][] = [
  ['electron/cli', `console.log('42 customers')`],
  ['electron/vault/process', `import { fork } from 'node:child_process'\nexport const x = fork`],
  [
    'electron/shell/main',
    `import { app, BrowserWindow } from 'electron'\nexport const x = [app, BrowserWindow]`,
  ],
  [
    'electron/shell/preload',
    `import { contextBridge, ipcRenderer } from 'electron'\nexport const x = [contextBridge, ipcRenderer]`,
  ],
  ['electron/shell/hosts', `import { spawn } from 'node:child_process'\nexport const x = spawn`],
  [
    screen,
    `import { subscribeWithSelector } from 'zustand/middleware'\nexport const x = subscribeWithSelector`,
  ],
]

const tsconfig = JSON.stringify({
  compilerOptions: {
    target: 'ES2024',
    lib: ['ES2024', 'DOM', 'DOM.Iterable'],
    types: ['node'],
    module: 'preserve',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
  },
})

const report = z.object({
  number_of_files: z.number(),
  diagnostics: z.array(z.object({ code: z.string().optional(), filename: z.string() })),
})

const fileName = (kind: string, index: number, folder: string) => `${folder}/${kind}-${index}.tsx`

let planted: Planted
let found: z.infer<typeof report>

beforeAll(() => {
  const files: Record<string, string> = { 'tsconfig.json': tsconfig }
  for (const [index, [, folder, source]] of bad.entries())
    files[fileName('bad', index, folder)] = `${source}\n`
  for (const [index, [folder, source]] of good.entries())
    files[fileName('good', index, folder)] = `${source}\n`
  planted = plant(files, ['oxlint.config.ts', 'package.json'])
  const { output } = planted.run('oxlint', ['--format', 'json', 'electron', 'renderer'])
  found = report.parse(JSON.parse(output))
})

afterAll(() => {
  planted.remove()
})

const codesIn = (file: string) =>
  found.diagnostics.filter((one) => one.filename === file).map((one) => one.code ?? '')

test('every planted file was read', () => {
  expect(found.number_of_files).toBe(bad.length + good.length)
})

test.each(bad.map(([rule, folder, source], index) => ({ rule, folder, source, index })))(
  '$rule in $folder: $source',
  ({ rule, folder, index }) => {
    expect(
      codesIn(fileName('bad', index, folder)).map((code) => code.replace(/^.*\((.*)\)$/, '$1')),
    ).toContain(rule)
  },
)

test.each(good.map(([folder, source], index) => ({ folder, source, index })))(
  '$folder may: $source',
  ({ folder, index }) => {
    expect(codesIn(fileName('good', index, folder))).toEqual([])
  },
)
