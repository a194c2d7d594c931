// What the Electron host asks of Electron, item by item. Electron's own program is a stand-in here (test/support/
// fake-electron.ts says why); test/e2e/electron-smoke.spec.ts asks the real one wherever it can be had.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { bridgeName } from '../../../shared/bridge.ts'
import { permissionDecisions } from '../../../electron/shell/hosts/electron/permissions.ts'
import { offlineSwitches } from '../../../electron/shell/security/browser-switches.ts'
import * as fake from '../../support/fake-electron.ts'

vi.mock('electron', async () => await import('../../support/fake-electron.ts'))

const callable = z.custom<(...args: unknown[]) => unknown>((value) => typeof value === 'function')
let state: string

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'guicang-electron-host-'))
  vi.stubEnv('XDG_STATE_HOME', state)
  await import('../../../electron/shell/main/index.ts')
  await vi.waitFor(() => {
    expect(fake.windows[0]?.webContents.listenerCount('before-input-event')).toBe(1)
  })
})

afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(state, { recursive: true, force: true })
})

function onlyWindow(): fake.BrowserWindow {
  const [window, ...others] = fake.windows
  expect(others).toEqual([])
  if (window === undefined) throw new Error('no window')
  return window
}

/** Raises an event of Electron's; answers whether its default was prevented, and what the callback got. */
function raise(
  emitter: NodeJS.EventEmitter,
  name: string,
  details: object = {},
  ...between: unknown[]
): { prevented: boolean; answers: unknown[][] } {
  let prevented = false
  const answers: unknown[][] = []
  const event = { ...details, preventDefault: () => (prevented = true) }
  emitter.emit(name, event, ...between, (...args: unknown[]) => answers.push(args))
  return { prevented, answers }
}

describe('on the way up', () => {
  test('sandbox, switches, scheme and folder come before Electron is ready, and the lock after its folder', () => {
    const at = (step: string): number => fake.steps.indexOf(step)
    for (const step of ['sandbox', 'switches', 'schemes', 'path userData', 'single instance']) {
      expect(at(step), step).toBeGreaterThanOrEqual(0)
      expect(at(step), step).toBeLessThan(at('ready'))
    }
    expect(fake.steps.lastIndexOf('switches')).toBeLessThan(at('ready'))
    expect(at('path userData')).toBeLessThan(at('single instance'))
    expect(fake.app.paths.get('userData')?.startsWith(state)).toBe(true)
  })

  test('every offline switch is given, WebRTC’s among them', () => {
    for (const [name, value] of offlineSwitches) expect(fake.app.switches.get(name)).toBe(value)
    expect(fake.app.switches.get('webrtc-ip-handling-policy')).toBe('disable_non_proxied_udp')
    expect(fake.app.switches.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND')
  })

  test('the scheme is standard and secure and has no privilege more; a second start comes to the window that is there', () => {
    fake.app.emit('second-instance')
    expect(onlyWindow().focused).toBe(1)
    expect(fake.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }])
  })

  test.skipIf(process.platform !== 'linux')(
    'new files are private, and a core dump would hold no memory',
    () => {
      expect(/^Umask:\t(\d+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]).toBe('0077')
      expect(Number.parseInt(readFileSync('/proc/self/coredump_filter', 'utf8'), 16)).toBe(0)
    },
  )

  test.skipIf(process.platform === 'darwin')(
    'there is no menu, and with it no key for developer tools',
    () => {
      expect(fake.menus).toEqual([null])
    },
  )
})

describe('the window', () => {
  test('has exactly these rights', () => {
    const { session, preload, ...rights } = onlyWindow().options.webPreferences ?? {}
    expect(session).toBe(fake.sessions.find(({ partition }) => partition !== ''))
    expect(preload).toMatch(/preload.index\.cjs$/)
    expect(rights).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      plugins: false,
      webgl: false,
      navigateOnDragDrop: false,
      disableDialogs: true,
      safeDialogs: true,
      backgroundThrottling: false,
      spellcheck: false,
      devTools: true,
      enableWebSQL: false,
      v8CacheOptions: 'none',
    })
  })

  test('shows our address, is kept out of screenshots, and its title stays', () => {
    expect(onlyWindow().loaded[0]).toBe('app://guicang/')
    expect(onlyWindow().protectedContent).toBe(true)
    expect(raise(onlyWindow(), 'page-title-updated').prevented).toBe(true)
  })

  test.each([
    ['https://example.com/', true, true],
    ['http://127.0.0.1/', true, true],
    ['app://guicang.example.com/', true, true],
    ['app://other/', true, true],
    ['file:///etc/hosts', true, true],
    ['data:text/html,x', true, true],
    ['about:blank', true, true],
    ['blob:app://guicang/0', true, true],
    ['devtools://devtools/x', true, true],
    ['app://guicang/', true, false],
    ['app://guicang/', false, true],
  ])('going to %s (main frame: %s) is prevented: %s', (url, isMainFrame, prevented) => {
    const { webContents } = onlyWindow()
    expect(raise(webContents, 'will-frame-navigate', { url, isMainFrame }).prevented).toBe(prevented)
  })

  test('opens no window, follows no redirect, embeds no page, and can not hold on to itself', () => {
    const { webContents } = onlyWindow()
    expect(callable.parse(webContents.set.get('windowOpen'))({ url: 'app://guicang/' })).toEqual({
      action: 'deny',
    })
    for (const name of ['will-redirect', 'will-attach-webview', 'will-prevent-unload'])
      expect(raise(webContents, name).prevented, name).toBe(true)
    expect(webContents.set.get('webrtc')).toBe('disable_non_proxied_udp')
  })

  test('gets no device and no certificate by Electron’s defaults', () => {
    expect(raise(onlyWindow().webContents, 'select-bluetooth-device', {}, [{ deviceId: 'a' }])).toEqual({
      prevented: true,
      answers: [['']],
    })
    expect(raise(fake.app, 'select-client-certificate', {}, null, 'https://a/', [{}])).toEqual({
      prevented: true,
      answers: [[]],
    })
    expect(raise(fake.app, 'certificate-error', {}, {}, 'https://a/', 'E', {})).toEqual({
      prevented: true,
      answers: [[false]],
    })
  })
})

describe('every session, the default one too', () => {
  const each = (): readonly fake.FakeSession[] => {
    expect(fake.sessions.map(({ partition }) => partition)).toEqual(['', 'guicang'])
    return fake.sessions
  }

  test('the window’s lives in memory and caches nothing', () => {
    expect(fake.sessions.at(-1)).toMatchObject({ partition: 'guicang', options: { cache: false } })
  })

  test('loads our own files and nothing else', () => {
    const urls = {
      'app://guicang/': false,
      'app://guicang/assets/index.js': false,
      'data:image/png;base64,': false,
      'app://guicang.example.com/': true,
      'app://other/': true,
      'https://example.com/': true,
      'http://127.0.0.1/': true,
      'wss://example.com/': true,
      'file:///etc/hosts': true,
      'blob:app://guicang/0': true,
      'chrome://settings': true,
      'ftp://example.com/': true,
    }
    for (const session of each()) {
      for (const [url, cancel] of Object.entries(urls)) {
        session.beforeRequest?.({ url }, (answer) => expect(answer, url).toEqual({ cancel }))
      }
    }
    expect.assertions(1 + 2 * Object.keys(urls).length)
  })

  test('trusts no certificate, keeps no dictionary, downloads nothing', () => {
    for (const session of each()) {
      const verdicts: unknown[] = []
      callable.parse(session.set.get('certificate'))({}, (verdict: unknown) => verdicts.push(verdict))
      expect(verdicts).toEqual([-2])
      expect(session.set.get('spellChecker')).toBe(false)
      expect(raise(session, 'will-download').prevented).toBe(true)
    }
  })

  test('gives no permission, no device and no screen but the one thing granted', () => {
    for (const session of each()) {
      const answers: Record<string, unknown[]> = {}
      for (const permission of [...Object.keys(permissionDecisions), 'something-new']) {
        const given: unknown[] = []
        callable.parse(session.set.get('permissionRequest'))({}, permission, (ok: unknown) => given.push(ok))
        answers[permission] = [...given, callable.parse(session.set.get('permissionCheck'))({}, permission)]
      }
      const granted = Object.entries(answers).filter(
        ([, [asked, checked]]) => asked !== false || checked !== false,
      )
      expect(granted).toEqual([['clipboard-sanitized-write', [true, true]]])
      expect(callable.parse(session.set.get('device'))({})).toBe(false)
      const seen: unknown[] = []
      callable.parse(session.set.get('displayMedia'))({}, (streams: unknown) => seen.push(streams))
      callable.parse(session.set.get('bluetooth'))({}, (response: unknown) => seen.push(response))
      expect(seen).toEqual([null, { confirmed: false }])
    }
  })

  test('app:// is answered from the built files, with a policy', async () => {
    const handler = fake.sessions.at(-1)?.protocolHandlers.get('app')
    const outside = await handler?.(new Request('app://guicang/../../package.json'))
    expect(outside?.status).toBe(404)
    expect(outside?.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await handler?.(new Request('app://guicang/', { method: 'POST' })))?.status).toBe(405)
  })
})

describe('calls', () => {
  const call = async (event: unknown): Promise<unknown> =>
    await fake.ipcHandlers.get(`${bridgeName}:invoke`)?.(event, 'app.getInfo', {})

  test('one channel is listened on, and the frame that calls must be the main frame of our origin', async () => {
    expect([...fake.ipcHandlers.keys()]).toEqual([`${bridgeName}:invoke`])
    const { mainFrame } = onlyWindow().webContents
    const sender = onlyWindow().webContents
    expect(await call({ senderFrame: mainFrame, sender })).toMatchObject({ ok: true })
    const foreign = { origin: 'https://example.com' }
    for (const event of [
      { senderFrame: null, sender },
      { senderFrame: { origin: 'app://guicang' }, sender },
      { senderFrame: foreign, sender: { mainFrame: foreign } },
    ])
      expect(await call(event)).toMatchObject({ ok: false, error: { code: 'ipc.refused' } })
  })

  test('the vault process starts with an empty environment and no output', async () => {
    const { webContents } = onlyWindow()
    void fake.ipcHandlers.get(`${bridgeName}:invoke`)?.(
      { senderFrame: webContents.mainFrame, sender: webContents },
      'vault.getInfo',
      {
        path: '/v',
      },
    )
    await vi.waitFor(() => expect(fake.forked).toHaveLength(1))
    expect(fake.forked[0]?.options).toMatchObject({ stdio: 'ignore', env: {} })
  })
})

describe('the computer and the keys', () => {
  test.each(['suspend', 'resume', 'lock-screen', 'user-did-resign-active', 'shutdown'])(
    '%s is heard',
    (name) => {
      expect(fake.powerMonitor.listenerCount(name)).toBe(1)
    },
  )

  test('the panic chord is taken before the page gets it, and renews the page; other keys do nothing', async () => {
    const window = onlyWindow()
    const key = {
      type: 'keyDown',
      key: 'L',
      code: 'KeyL',
      control: true,
      meta: false,
      shift: true,
      alt: false,
    }
    const told = (): unknown[] =>
      window.webContents.sent.filter((event) => JSON.stringify(event).includes('panic'))
    for (const other of [
      { ...key, type: 'keyUp' },
      { ...key, shift: false },
      { ...key, alt: true },
    ])
      window.webContents.emit('before-input-event', {}, other)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(told()).toEqual([])
    const loads = window.loaded.length
    window.webContents.emit('before-input-event', {}, { ...key, key: 'Process' })
    await vi.waitFor(() => expect(told()).toEqual([{ type: 'session.locked', reason: 'panic' }]))
    await vi.waitFor(() => expect(window.loaded).toHaveLength(loads + 1))
  })

  test('a page that dies comes back once; when it dies again at once the program ends', async () => {
    const window = onlyWindow()
    const loads = window.loaded.length
    window.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 1 })
    await vi.waitFor(() => expect(window.loaded).toHaveLength(loads + 1))
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    await vi.waitFor(() => expect(fake.steps).toContain('exit 1'))
    expect(window.loaded).toHaveLength(loads + 1)
    process.exitCode = 0
  })
})
