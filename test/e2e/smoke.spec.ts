// The window opens, and a hostile page in it gets nowhere: no code, no network, no other page, no call but through the gate.
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { bridgeName } from '../../shared/bridge.ts'
import { bindingName, pathBindingName } from '../../electron/shell/hosts/chromium/bridge-script.ts'
import { chromiumOrigin, windowTitle } from '../../electron/shell/security/origins.ts'
import { expect, lockAndWait, test } from './support/host.ts'

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(`on a computer in ${language}`, () => {
    test.use({ language })
    test('the window opens in its language, without a complaint', async ({ host: { page } }) => {
      await expect(page.locator('#root')).not.toBeEmpty()
      await expect(page.getByTestId('welcome-sample')).toHaveText(
        language === 'en' ? 'Try with sample data' : '用示例数据试一试',
      )
      expect(await page.title()).toBe(windowTitle)
    })
  })
}

test('the title stays, whoever sets it', async ({ host: { page } }) => {
  const seen = await page.evaluate(() => {
    document.title = 'Zhang San'
    return document.title
  })
  expect(seen).toBe(windowTitle)
  expect(await page.title()).toBe(windowTitle)
})

// Each runs in a timer: the driver's own evaluation isn't bound by the policy.
const attacks: Record<string, string> = {
  'inline script': `const s = document.createElement('script'); s.append('window.hit = 1'); document.body.append(s)`,
  'script element by text': `document.createElement('script').textContent = 'window.hit = 1'`,
  'script from elsewhere': `const s = document.createElement('script'); s.src = 'https://example.com/x.js'; document.body.append(s)`,
  eval: `window.hit = eval('1')`,
  'new Function': `window.hit = new Function('return 1')()`,
  'timer with text': `setTimeout('window.hit = 1')`,
  'event attribute': `const b = document.createElement('b'); b.setAttribute('onclick', 'window.hit = 1'); b.click()`,
  'markup through innerHTML': `document.createElement('div').innerHTML = '<img src=x onerror="window.hit = 1">'`,
  'script address': `location.href = 'java' + 'script:window.hit = 1'`,
  fetch: `fetch('https://example.com/').then(() => { window.hit = 1 }, () => {})`,
  'fetch of our own files': `fetch('/index.html').then(() => { window.hit = 1 }, () => {})`,
  XMLHttpRequest: `const x = new XMLHttpRequest(); x.onload = () => { window.hit = 1 }; x.open('GET', '/'); x.send()`,
  WebSocket: `const w = new WebSocket('wss://example.com/'); w.onopen = () => { window.hit = 1 }`,
  EventSource: `const e = new EventSource('https://example.com/'); e.onopen = () => { window.hit = 1 }`,
  beacon: `navigator.sendBeacon('https://example.com/', 'x')`,
  'picture from elsewhere': `const i = new Image(); i.onload = () => { window.hit = 1 }; i.src = 'https://example.com/x.png'`,
  worker: `new Worker(URL.createObjectURL(new Blob(['1'])))`,
  frame: `const f = document.createElement('iframe'); f.src = 'https://example.com/'; document.body.append(f)`,
  form: `const f = document.createElement('form'); f.action = 'https://example.com/'; document.body.append(f); f.submit()`,
  'base address': `const b = document.createElement('base'); b.href = 'https://example.com/'; document.head.append(b)`,
  'style element without the nonce': `const s = document.createElement('style'); s.append('#root { display: none }'); document.head.append(s)`,
}

test('the content security policy stops code and requests', async ({ host }) => {
  const { page } = host
  for (const [name, code] of Object.entries(attacks)) {
    await test.step(name, async () => {
      await page.evaluate(`setTimeout(() => { ${code} })`)
      const complaints: string[] = []
      await expect
        .poll(() => complaints.push(...host.takeProblems()) && complaints.join('\n'), name)
        .toMatch(/CSP: |Content Security Policy|Trusted/)
      await page.waitForTimeout(50)
      host.takeProblems()
      // Not by a locator: those wait for ever for the navigation of a form that was stopped.
      const seen = await page.evaluate(() => ({
        hit: Reflect.get(window, 'hit') !== undefined,
        visible: (document.getElementById('root')?.offsetHeight ?? 0) > 0,
      }))
      expect(seen, name).toEqual({ hit: false, visible: true })
      expect(page.url(), name).toBe(`${chromiumOrigin}/`)
    })
  }
})

test('an inline style attribute reaches no address', async ({ host }) => {
  await host.page.evaluate(() => {
    document.body.setAttribute('style', 'background-image: url(https://example.com/x.png)')
  })
  await expect.poll(() => host.takeProblems().join('\n')).toContain('img-src')
})

const addresses = [
  'https://example.com/',
  'http://127.0.0.1:8080/',
  `${chromiumOrigin}.example.com/`,
  'about:blank',
  'data:text/html,x',
  'file:///etc/hosts',
  'view-source:https://guicang.invalid/',
  'blob:https://guicang.invalid/0',
]

test('the window goes nowhere else', async ({ host }) => {
  const { page } = host
  for (const address of addresses) {
    await test.step(address, async () => {
      await page.evaluate(`setTimeout(() => { location.href = ${JSON.stringify(address)} })`)
      await page.waitForTimeout(300)
      await expect.poll(() => page.url(), address).toBe(`${chromiumOrigin}/`)
      await expect(page.locator('#root'), address).not.toBeEmpty()
      host.takeProblems()
    })
  }
})

test('no second window opens', async ({ host }) => {
  const { page } = host
  for (const address of addresses) {
    await test.step(address, async () => {
      await page.evaluate((url) => {
        window.open(url)
        const link = document.createElement('a')
        link.href = url
        link.target = '_blank'
        document.body.append(link)
        link.click()
        const frame = document.body.appendChild(document.createElement('iframe'))
        frame.contentWindow?.open(url)
      }, address)
      await page.waitForTimeout(300)
      await expect.poll(() => page.context().pages().length, address).toBe(1)
      expect(page.url(), address).toBe(`${chromiumOrigin}/`)
      host.takeProblems()
    })
  }
})

test('the bridge has its three functions and is frozen', async ({ host: { page } }) => {
  const seen = await page.evaluate((name) => {
    const bridge: unknown = Reflect.get(window, name)
    if (typeof bridge !== 'object' || bridge === null) return undefined
    return {
      keys: Object.keys(bridge).toSorted(),
      frozen: Object.isFrozen(bridge),
      replaced: Reflect.set(window, name, {}) || Reflect.deleteProperty(window, name),
    }
  }, bridgeName)
  expect(seen).toEqual({ keys: ['invoke', 'onEvent', 'pathOf'], frozen: true, replaced: false })
  for (const binding of [bindingName, pathBindingName])
    expect(await page.evaluate((name) => typeof Reflect.get(window, name), binding)).toBe('undefined')
})

test('a call goes to the gate as the main frame of our origin', async ({ host }) => {
  const result = await call(host.page, 'app.getInfo', {})
  expect(result).toMatchObject({ ok: true })
  expect(host.calls).toContainEqual({
    sender: { mainFrame: true, origin: chromiumOrigin },
    channel: 'app.getInfo',
    code: undefined,
  })
})

test('a channel that is not in the contract is refused', async ({ host: { page } }) => {
  for (const channel of [
    'nobody.knows',
    'constructor',
    '__proto__',
    'toString',
    '',
    7,
    null,
    { noun: 'verb' },
  ]) {
    const result = await call(page, channel, {})
    expect(result, JSON.stringify(channel)).toMatchObject({ ok: false, error: { code: 'ipc.refused' } })
  }
})

test('a frame has no bridge, and its call is refused', async ({ host }) => {
  const { page } = host
  await page.evaluate(() => {
    document.body.append(document.createElement('iframe'))
  })
  const frame = page.frames().at(-1)
  expect(frame).not.toBe(page.mainFrame())
  expect(
    await frame?.evaluate(
      (names) => names.map((name) => typeof Reflect.get(window, name)),
      [bridgeName, bindingName],
    ),
  ).toEqual(['undefined', 'undefined'])
  // What is left in a frame is the driver's own channel: use it as an attacker would.
  await frame?.evaluate((name) => {
    const raw: unknown = Reflect.get(window, '__playwright__binding__')
    if (typeof raw !== 'function')
      throw new Error('the driver has changed: this test no longer attacks anything')
    const json = JSON.stringify({ channel: 'app.getInfo', input: {} })
    Reflect.apply(raw, undefined, [JSON.stringify({ name, seq: 1, serializedArgs: [json] })])
  }, bindingName)
  await expect
    .poll(() => host.calls.filter(({ sender }) => !sender.mainFrame))
    .toMatchObject([{ channel: 'app.getInfo', code: 'ipc.refused' }])
  host.takeProblems()
})

test('a lock ends the page and everything that it held', async ({ host }) => {
  const { page } = host
  const created = await call(page, 'vault.create', {
    path: join(host.folder, 'smoke.vault'),
    company: { name: 'Smoke Ltd' },
    owner: 'Owner',
    passphrase: 'a lamp beside the third window',
    deviceBinding: false,
  })
  expect(created).toMatchObject({ ok: true })
  expect(host.app.isOpen()).toBe(true)
  await page.evaluate(() => Reflect.set(window, 'held', 'in memory'))
  await lockAndWait(page, () => call(page, 'vault.lock', {}))
  expect(host.app.isOpen()).toBe(false)
  expect(await page.evaluate((): unknown => Reflect.get(window, 'held'))).toBeUndefined()
  expect(await call(page, 'customers.list', {})).toMatchObject({ ok: false, error: { code: 'vault.locked' } })
})

test('nothing of the run is left in the temporary folder', async ({ host }) => {
  const profiles = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('guicang-window-'))
  const before = profiles()
  expect(before.length).toBeGreaterThan(0)
  await host.close()
  expect(profiles().length).toBeLessThan(before.length)
})

function call(page: Page, channel: unknown, input: unknown): Promise<unknown> {
  return page.evaluate(
    async ([name, noun, argument]) => {
      const bridge: unknown = Reflect.get(window, name)
      const invoke: unknown =
        typeof bridge === 'object' && bridge !== null ? Reflect.get(bridge, 'invoke') : undefined
      if (typeof invoke !== 'function') throw new Error('no bridge')
      const result: unknown = await Reflect.apply(invoke, undefined, [noun, argument])
      return result
    },
    [bridgeName, channel, input] as const,
  )
}
