// The window as a person meets it: the Chromium host without a screen, the real gate, the real vault process, a temporary
// folder. Whatever the page complains of fails the test, unless the test takes the complaint itself.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import { type App, createApp, type Sender } from '../../../electron/gate/app.ts'
import { findBrowser } from '../../../electron/shell/hosts/chromium/browsers.ts'
import { type ChromiumHost, openChromiumHost } from '../../../electron/shell/hosts/chromium/host.ts'
import { fromRoot } from '../../../electron/shell/hosts/paths.ts'
import { systemOpener } from '../../../electron/shell/hosts/system-opener.ts'
import { chromiumOrigin } from '../../../electron/shell/security/origins.ts'
import { forkTransport } from '../../../electron/vault/process/transport.ts'
import { type Message, recordTraffic } from './traffic.ts'

export { expect, type Page } from '@playwright/test'

/** One call as the gate saw it. `code` is the error's, or undefined when the call succeeded. */
export interface SeenCall {
  sender: Sender
  channel: unknown
  code: string | undefined
}

export interface TestHost {
  /** The page at present: another one after a crash, which nothing listens to for complaints. */
  readonly page: Page
  /** An empty folder for vaults and files, removed after the test. */
  folder: string
  /** The program's own folder (recents, language). */
  appDataDir: string
  app: App
  /** Every call that reached the gate, in order. */
  calls: readonly SeenCall[]
  /** Every message that crossed between page and gate, in order. */
  traffic: readonly Message[]
  /** What the page complained of since the last look, which forgets it: console errors, CSP violations, refused requests. */
  takeProblems(): string[]
  close(): Promise<void>
}

export interface Options {
  language: 'zh-CN' | 'en'
}

export interface Fixtures {
  host: TestHost
}

const browser = findBrowser()
if (browser === undefined)
  console.warn('skipped: screen tests, because no Chromium, Chrome or Edge was found')

/** `test.use({ language: 'en' })` starts the program on an English computer; zh-CN is the default. */
export const test = base.extend<Options & Fixtures>({
  language: ['zh-CN', { option: true }],
  host: async ({ language }, provide, info) => {
    info.skip(browser === undefined, 'no Chromium, Chrome or Edge was found')
    const host = await startHost(language)
    await provide(host)
    if (info.status !== 'passed') {
      await host.page.screenshot({ path: info.outputPath('window.png') }).catch(ignoreClosed)
    }
    await host.close()
    expect(host.takeProblems(), 'what the page complained of').toEqual([])
  },
})

const messages = new WeakMap<Page, string[]>()

async function startHost(language: string): Promise<TestHost> {
  const root = mkdtempSync(join(tmpdir(), 'guicang-e2e-'))
  const folder = mkdtempSync(join(root, 'files-'))
  const appDataDir = mkdtempSync(join(root, 'app-'))
  chmodSync(appDataDir, 0o700)
  const calls: SeenCall[] = []
  const traffic: Message[] = []
  const app = recordCalls(
    createApp({
      host: 'chromium',
      version: '0.0.0-test',
      trustedOrigins: [chromiumOrigin],
      startVaultProcess: () => forkTransport(fromRoot('electron/vault/process/entry.ts')),
      appDataDir,
      systemLocale: language,
      opener: systemOpener(),
    }),
    calls,
    traffic,
  )
  const notices: string[] = []
  const chromium = await openChromiumHost({
    app,
    rendererDir: fromRoot('out/renderer'),
    browser: browser ?? '',
    headless: true,
    notice: (sentence) => {
      notices.push(sentence)
    },
  })
  const problems = await watchPage(chromium)
  let refusedSeen = 0
  return {
    get page() {
      return chromium.page
    },
    folder,
    appDataDir,
    app,
    calls,
    traffic,
    takeProblems: () => {
      const refused = chromium.refused.slice(refusedSeen).map((url) => `refused request: ${url}`)
      refusedSeen = chromium.refused.length
      return [...problems.splice(0), ...refused]
    },
    close: async () => {
      await chromium.close()
      rmSync(root, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

function recordCalls(app: App, calls: SeenCall[], traffic: Message[]): App {
  const recorded = recordTraffic(app, traffic)
  return {
    ...recorded,
    invoke: async (sender, channel, input, jobId) => {
      const result = await recorded.invoke(sender, channel, input, jobId)
      calls.push({ sender, channel, code: result.ok ? undefined : result.error.code })
      return result
    },
  }
}

/** Listens to everything that a page can complain by, and loads it again so that its first load is heard too. */
async function watchPage(chromium: ChromiumHost): Promise<string[]> {
  const { page, context } = chromium
  const problems: string[] = []
  const said: string[] = []
  messages.set(page, said)
  page.on('console', (message) => {
    said.push(message.text())
    if (['error', 'warning', 'assert'].includes(message.type())) problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => {
    said.push(String(error))
    problems.push(`page error: ${String(error)}`)
  })
  page.on('requestfailed', (request) => {
    // Ended by the next navigation, which the renewal after a lock is too; refused ones are counted by the host.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(`request failed: ${request.url()}`)
  })
  await context.exposeBinding('testReport', (_source, problem: string) => {
    problems.push(problem)
  })
  await context.addInitScript(() => {
    const report: unknown = Reflect.get(window, 'testReport')
    document.addEventListener('securitypolicyviolation', (event) => {
      if (typeof report === 'function') {
        Reflect.apply(report, undefined, [
          `CSP: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`.trim(),
        ])
      }
    })
  })
  await page.reload()
  return problems
}

/**
 * Fails when one of the values stands anywhere that the page can show or keep it: markup with attributes, what was typed,
 * title, address, and everything the page ever printed to its console. Spaces and dashes between digits hide nothing.
 */
export async function expectNoClear(page: Page, values: readonly string[]): Promise<void> {
  const html = await page.content()
  const typed = await page.evaluate(() =>
    [...document.querySelectorAll('input, textarea, select')].map((field) =>
      String(Reflect.get(field, 'value')),
    ),
  )
  const text = await page.evaluate(() => document.body.innerText)
  const places = {
    markup: html,
    fields: typed.join('\n'),
    text: `${text}\n${text.replace(/[\s\u00a0-]/g, '')}`,
    title: await page.title(),
    address: page.url(),
    console: (messages.get(page) ?? []).join('\n'),
  }
  for (const value of values) {
    expect(value.length, 'a value too short to be told from others').toBeGreaterThan(1)
    for (const [place, content] of Object.entries(places)) {
      // The value itself stays out of the report: it may be a real one when somebody tests with their own file.
      expect(content.includes(value), `a clear value in ${place}`).toBe(false)
    }
  }
}

/**
 * Does something that locks (a press on the lock button, `host.app.lock('idle')`) and waits until the host has put a fresh
 * page in the place of the old one, as it does after each lock. Without waiting, the next step may meet either page.
 */
export async function lockAndWait(page: Page, act: () => Promise<unknown>): Promise<void> {
  await page.evaluate(() => Reflect.set(window, 'beforeLock', true))
  await act()
  await page.waitForFunction(
    (origin) =>
      location.origin === origin &&
      Reflect.get(window, 'beforeLock') === undefined &&
      document.getElementById('root')?.hasChildNodes() === true,
    chromiumOrigin,
  )
}

/** The page was gone already: there is nothing to photograph. */
function ignoreClosed(_thrown: unknown): void {
  return undefined
}
