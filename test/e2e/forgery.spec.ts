// Calls that a hostile page forges: from frames, from pages that aren't ours, past the bridge through the driver's own
// channel, and in every wrong shape. The gate sees each as what it is, and the program goes on.
import type { Frame, Page } from '@playwright/test'
import { bridgeName } from '../../shared/bridge.ts'
import { bindingName, driverChannel } from '../../electron/shell/hosts/chromium/bridge-script.ts'
import { chromiumOrigin } from '../../electron/shell/security/origins.ts'
import { record } from '../fuzz/support/counts.ts'
import { expect, test, type TestHost } from './support/host.ts'

/** Calls through the driver's channel as injected code would. */
async function forge(frame: Frame, json: unknown): Promise<boolean> {
  return await frame.evaluate(
    ([channel, name, argument]) => {
      const raw: unknown = Reflect.get(window, channel)
      if (typeof raw !== 'function') return false
      Reflect.apply(raw, undefined, [JSON.stringify({ name, seq: 99, serializedArgs: [argument] })])
      return true
    },
    [driverChannel, bindingName, json] as const,
  )
}

const call = JSON.stringify({ channel: 'app.getInfo', input: {} })

async function stillWorks({ page }: TestHost): Promise<void> {
  const answer = await page.evaluate(async (name) => {
    const bridge: unknown = Reflect.get(window, name)
    const invoke: unknown =
      typeof bridge === 'object' && bridge !== null ? Reflect.get(bridge, 'invoke') : undefined
    if (typeof invoke !== 'function') return undefined
    const result: unknown = await Reflect.apply(invoke, undefined, ['app.listRecents', {}])
    return result
  }, bridgeName)
  expect(answer).toMatchObject({ ok: true })
}

/** Frames that a page can make without asking anybody, and those that the policy should stop. */
const frames: Readonly<Record<string, string>> = {
  empty: `document.createElement('iframe')`,
  'about:blank': `Object.assign(document.createElement('iframe'), { src: 'about:blank' })`,
  data: `Object.assign(document.createElement('iframe'), { src: 'data:text/html,<p>x' })`,
  blob: `Object.assign(document.createElement('iframe'), { src: URL.createObjectURL(new Blob(['x'], { type: 'text/html' })) })`,
  ours: `Object.assign(document.createElement('iframe'), { src: '/' })`,
  foreign: `Object.assign(document.createElement('iframe'), { src: 'https://192.0.2.1/' })`,
  object: `Object.assign(document.createElement('object'), { data: '/' })`,
  embed: `Object.assign(document.createElement('embed'), { src: '/', type: 'text/html' })`,
}

async function addFrame(page: Page, make: string): Promise<void> {
  await page.evaluate(`setTimeout(() => { document.body.append(${make}) })`)
  await page.waitForTimeout(300)
}

test('no frame within the window is a caller, whatever it shows', async ({ host }) => {
  const { page } = host
  for (const make of Object.values(frames)) await addFrame(page, make)
  let forged = 0
  for (const frame of page.frames().filter((one) => one !== page.mainFrame())) {
    // A frame that the policy stopped shows the browser's own error page, where nothing of anybody's runs.
    const bridge = await frame.evaluate((name) => typeof Reflect.get(window, name), bridgeName)
    expect(bridge).toBe('undefined')
    if (await forge(frame, call)) forged += 1
  }
  expect(forged, 'the driver has changed: this test no longer attacks anything').toBeGreaterThan(1)
  const fromFrames = (): unknown[] => host.calls.filter(({ sender }) => !sender.mainFrame)
  await expect.poll(() => fromFrames().length).toBe(forged)
  for (const seen of fromFrames()) expect(seen).toMatchObject({ channel: 'app.getInfo', code: 'ipc.refused' })
  await stillWorks(host)
  record('calls from frames within the window', forged)
  host.takeProblems()
})

test('a page that isn’t ours in the window itself is no caller', async ({ host }) => {
  const { page } = host
  // The driver may go where no page can.
  await page.goto('data:text/html,<title>x</title><p>x').catch((thrown: unknown) => {
    // The host brings the window back at once, which ends this navigation.
    expect(String(thrown)).toMatch(/interrupted|ERR_ABORTED|Timeout/)
  })
  await expect.poll(() => page.url()).toBe(`${chromiumOrigin}/`)
  await expect(page.locator('#root')).not.toBeEmpty()
  expect(host.calls.filter(({ sender }) => sender.origin !== chromiumOrigin)).toEqual([])
  await stillWorks(host)
  host.takeProblems()
})

test('what is no call is refused, past the bridge and through it', async ({ host }) => {
  const { page } = host
  const before = host.calls.length
  const shapes: unknown[] = [
    '',
    'x',
    '{',
    'null',
    '7',
    '[]',
    '"app.getInfo"',
    '{}',
    '{"channel": null}',
    '{"channel": {"toString": 1}}',
    '{"__proto__": {"channel": "app.getInfo", "input": {}}}',
    '{"channel": "__proto__", "input": {}}',
    '{"channel": "session.unlock", "input": {}}',
    `{"channel": "app.getInfo", "input": ${'['.repeat(5000)}${']'.repeat(5000)}}`,
    `{"channel": "${'x'.repeat(1_000_000)}"}`,
    7,
    null,
    { channel: 'app.getInfo' },
    ['app.getInfo'],
  ]
  for (const json of shapes) expect(await forge(page.mainFrame(), json)).toBe(true)
  await expect.poll(() => host.calls.length - before).toBeGreaterThanOrEqual(shapes.length)
  for (const { code } of host.calls.slice(before))
    expect(['ipc.refused', 'input.invalid', undefined]).toContain(code)
  await stillWorks(host)
  record('calls in a wrong shape past the bridge', shapes.length)
})

test('what is too large is refused in time, and the window goes on', async ({ host }) => {
  const { page } = host
  const before = host.calls.length
  const start = Date.now()
  const result = await page.evaluate(async (name) => {
    const bridge: unknown = Reflect.get(window, name)
    const invoke: unknown =
      typeof bridge === 'object' && bridge !== null ? Reflect.get(bridge, 'invoke') : undefined
    if (typeof invoke !== 'function') return undefined
    const answer: unknown = await Reflect.apply(invoke, undefined, [
      'customers.add',
      { name: 'x'.repeat(30_000_000) },
    ])
    return answer
  }, bridgeName)
  expect(result).toMatchObject({ ok: false, error: { code: 'ipc.refused' } })
  expect(JSON.stringify(result).length).toBeLessThan(1000)
  expect(Date.now() - start).toBeLessThan(20_000)
  expect(host.calls.length).toBeGreaterThan(before)
  await stillWorks(host)
})

test('garbage on the driver’s own channel doesn’t end the program', async ({ host }) => {
  const { page } = host
  await page.evaluate((channel) => {
    const raw: unknown = Reflect.get(window, channel)
    if (typeof raw !== 'function')
      throw new Error('the driver has changed: this test no longer attacks anything')
    for (const payload of ['', 'x', '{', 'null', '7', '[]', '{}', '{"name":"__proto__","serializedArgs":[]}'])
      Reflect.apply(raw, undefined, [payload])
  }, driverChannel)
  await page.waitForTimeout(500)
  await stillWorks(host)
})
