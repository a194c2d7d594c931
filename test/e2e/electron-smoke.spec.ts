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
import { skipAloud } from './support/skip-aloud.ts'

const electron = findElectron()
const reason =
  electron === undefined
    ? "Electron's program is not installed (npm start downloads it)"
    : findDisplay() === 'screen'
      ? undefined
      : 'there is no display for Electron'

test('the Electron window opens hardened, and its calls go through the gate', async () => {
  skipAloud('the Electron smoke test', reason)
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

    const rights = await running.evaluate(({ BrowserWindow, app, session }) => {
      const [window] = BrowserWindow.getAllWindows()
      return {
        devTools: window?.webContents.isDevToolsOpened(),
        webrtc: window?.webContents.getWebRTCIPHandlingPolicy(),
        stored: [window?.webContents.session.isPersistent(), window?.webContents.session.getStoragePath()],
        spelling: [window?.webContents.session, session.defaultSession].map((one) =>
          one?.isSpellCheckerEnabled(),
        ),
        single: app.hasSingleInstanceLock(),
        resolver: app.commandLine.getSwitchValue('host-resolver-rules'),
        umask: process.umask(0o077),
      }
    })
    expect(rights).toEqual({
      devTools: false,
      webrtc: 'disable_non_proxied_udp',
      stored: [false, null],
      spelling: [false, false],
      single: true,
      resolver: 'MAP * ~NOTFOUND',
      umask: 0o077,
    })
    const policies: string[] = []
    for (let round = 0; round < 2; round++)
      policies.push((await page.reload())?.headers()['content-security-policy'] ?? '')
    expect(policies[0]).toContain("default-src 'none'")
    expect(policies[0]).not.toBe(policies[1])
    expect(
      await page.evaluate(async () => {
        const tries = [
          () => navigator.mediaDevices.getUserMedia({ video: true }),
          () => navigator.mediaDevices.getDisplayMedia(),
          () => navigator.clipboard.readText(),
          () => navigator.serviceWorker.register('/index.html'),
          () => new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail)),
        ]
        const ends = await Promise.allSettled(tries.map(async (attempt) => await attempt()))
        return ends.map(({ status }) => status)
      }),
    ).toEqual(Array.from({ length: 5 }, () => 'rejected'))
    const candidates: unknown = await page.evaluate(`(async () => {
      const peer = new RTCPeerConnection()
      const found = []
      peer.onicecandidate = ({ candidate }) => { if (candidate && candidate.candidate) found.push(candidate.candidate) }
      peer.createDataChannel('x')
      await peer.setLocalDescription(await peer.createOffer())
      await new Promise((done) => setTimeout(done, 1500))
      return found
    })()`)
    expect(candidates).toEqual([])

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

    // The chord is heard by main, and the page is a new one afterwards.
    await page.evaluate(() => Reflect.set(window, 'held', 'in memory'))
    await page.keyboard.press('Control+Shift+KeyL')
    await page.waitForFunction(() => Reflect.get(window, 'held') === undefined)
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
