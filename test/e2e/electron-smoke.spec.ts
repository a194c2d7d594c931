// The Electron host, wherever its program can be had: what the type checker can't tell.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, test } from '@playwright/test'
import { bridgeName } from '../../shared/bridge.ts'
import { findDisplay } from '../../electron/shell/hosts/display.ts'
import { findElectron } from '../../electron/shell/hosts/electron-binary.ts'
import { fromRoot } from '../../electron/shell/hosts/paths.ts'
import { electronOrigin, windowTitle } from '../../electron/shell/security/origins.ts'

const electron = findElectron()
const reason =
  electron === undefined
    ? "Electron's program is not installed (npm start downloads it)"
    : findDisplay() === 'screen'
      ? undefined
      : 'there is no display for Electron'

test('the Electron window opens hardened, and its calls go through the gate', async () => {
  if (reason !== undefined) console.warn(`skipped: the Electron smoke test, because ${reason}`)
  test.skip(reason !== undefined, reason)
  const state = mkdtempSync(join(tmpdir(), 'guicang-electron-smoke-'))
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const running = await _electron.launch({
    executablePath: electron ?? '',
    args: [fromRoot('.'), ...(asRoot ? ['--no-sandbox'] : [])],
    env: { ...definedOnly(process.env), XDG_STATE_HOME: state },
  })
  try {
    const page = await running.firstWindow()
    await expect(page.locator('#root')).not.toBeEmpty()
    expect(page.url()).toBe(`${electronOrigin}/`)
    expect(await running.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())).toBe(
      windowTitle,
    )

    await page.evaluate(`setTimeout(() => {
      const script = document.createElement('script')
      try { script.append('window.hit = 1'); document.body.append(script) } catch {}
      try { window.hit = eval('1') } catch {}
      fetch('https://example.com/').then(() => { window.hit = 1 }, () => {})
      window.open('https://example.com/')
      location.href = 'https://example.com/'
    })`)
    await page.waitForTimeout(500)
    const seen = await page.evaluate(async (name) => {
      const bridge: unknown = Reflect.get(window, name)
      const invoke: unknown =
        typeof bridge === 'object' && bridge !== null ? Reflect.get(bridge, 'invoke') : undefined
      const call = async (channel: string): Promise<unknown> =>
        typeof invoke === 'function' ? await Reflect.apply(invoke, undefined, [channel, {}]) : undefined
      return {
        hit: Reflect.get(window, 'hit') === undefined,
        node: [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')],
        known: await call('app.getInfo'),
        unknown: await call('nobody.knows'),
      }
    }, bridgeName)
    expect(seen).toMatchObject({
      hit: true,
      node: ['undefined', 'undefined'],
      known: { ok: true, value: { host: 'electron' } },
      unknown: { ok: false, error: { code: 'ipc.refused' } },
    })
    expect(page.url()).toBe(`${electronOrigin}/`)
    expect(running.windows()).toHaveLength(1)
  } finally {
    await running.close()
    rmSync(state, { recursive: true, force: true, maxRetries: 10 })
  }
})

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
}
