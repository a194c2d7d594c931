// The window in an installed browser: every request is answered from the built files, every call goes to the gate.
import type { BrowserContext, Page, Route } from 'playwright-core'
import type { AppEvent } from '../../../../shared/events.ts'
import type { App } from '../../../gate/app.ts'
import { chromiumOrigin } from '../../security/origins.ts'
import { type StaticFiles, staticFiles } from '../../security/static-files.ts'
import { bindingName, bridgeScript, pathBindingName, pushEventScript } from './bridge-script.ts'
import { droppedPath } from './dropped.ts'
import { emptyPage, launchBrowser } from './launch.ts'
import { createProfile, sweepProfiles } from './profile.ts'

export interface ChromiumHostOptions {
  app: App
  /** Folder of the built window (out/renderer). */
  rendererDir: string
  /** Path of the browser. */
  browser: string
  headless: boolean
  notice: (sentence: string) => void
}

export interface ChromiumHost {
  page: Page
  context: BrowserContext
  /** Requests that were not answered: addresses without query, in order. Empty in a healthy run. */
  refused: readonly string[]
  /** Resolves when the window is gone and everything is put away, whoever closed it. */
  closed: Promise<void>
  /** Locks, closes the window, ends the browser, removes its profile. */
  close(): Promise<void>
}

/** Time for a call's answer, and the news of the lock, to reach the page before it is replaced. */
const lockGraceMs = 50

/** Twice what the gate takes, for what JSON escapes; more isn't even parsed. */
const mostCallCharacters = 8 * 1024 * 1024

/**
 * Opens the window and answers when the app's document has loaded. Takes over `app`: it is disposed of with the window.
 * Throws the driver's error when the browser doesn't start; nothing is left behind then.
 */
export async function openChromiumHost(options: ChromiumHostOptions): Promise<ChromiumHost> {
  const { app } = options
  sweepProfiles()
  const profile = createProfile()
  let context: BrowserContext
  try {
    context = await launchBrowser({ ...options, profile })
  } catch (thrown) {
    await profile.remove()
    await app.dispose()
    throw thrown
  }
  const refused: string[] = []
  const page = context.pages()[0] ?? (await context.newPage())
  const stopEvents = app.onEvent((event) => {
    push(page, event)
    if (event.type === 'session.locked' && event.reason !== 'quit') renewAfterLock(page)
  })
  const putAway = async (): Promise<void> => {
    stopEvents()
    try {
      await app.dispose()
    } finally {
      await profile.remove()
    }
  }
  const closed = new Promise<void>((resolve, reject) => {
    context.once('close', () => {
      putAway().then(resolve, reject)
    })
  })
  const close = async (): Promise<void> => {
    await context.close()
    await closed
  }
  try {
    await context.exposeBinding(bindingName, (source, json: unknown) => answerCall(app, page, source, json))
    await context.exposeBinding(pathBindingName, (source, token: unknown) =>
      droppedPath(context, page, source, token),
    )
    await context.addInitScript({ content: bridgeScript })
    const serve = staticFiles(options.rendererDir, chromiumOrigin)
    await context.route('**/*', (route) => answerRequest(route, serve, refused))
    confine(context, page, app)
    await page.goto(`${chromiumOrigin}/`)
  } catch (thrown) {
    await close()
    throw thrown
  }
  return { page, context, refused, closed, close }
}

/** Only the main frame of the one window, showing our own origin, is a caller; the gate refuses what is not. */
async function answerCall(
  app: App,
  page: Page,
  source: { frame: { url(): string } },
  json: unknown,
): Promise<string> {
  const sender = { mainFrame: source.frame === page.mainFrame(), origin: originOf(source.frame.url()) }
  const { channel, input, jobId } = parseCall(json)
  return JSON.stringify(await app.invoke(sender, channel, input, jobId))
}

/** What isn't a call becomes one without a channel, which the gate refuses like any unknown channel. */
function parseCall(json: unknown): { channel?: unknown; input?: unknown; jobId?: unknown } {
  if (typeof json !== 'string' || json.length > mostCallCharacters) return {}
  try {
    const call: unknown = JSON.parse(json)
    return typeof call === 'object' && call !== null ? call : {}
  } catch {
    // Not JSON: nothing of ours sends that.
    return {}
  }
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'null'
}

async function answerRequest(route: Route, serve: StaticFiles, refused: string[]): Promise<void> {
  const request = route.request()
  const answer = await serve(request.method(), request.url())
  if (answer.status === 200) {
    await route.fulfill(answer)
    return
  }
  refused.push(request.url().split(/[?#]/, 1)[0] ?? '')
  // "Aborted" leaves a page that tried to navigate where it was; any other failure would show an error page in its place.
  await route.abort('aborted')
}

/** One page, one address. Failures here mean that the page is on its way out already. */
function confine(context: BrowserContext, page: Page, app: App): void {
  context.on('page', (other) => {
    if (other !== page) other.close().catch(ignoreClosing)
  })
  context.on('dialog', (dialog) => {
    // A page may not talk through the browser's boxes, nor hold on to itself when it is renewed.
    const answer = dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss()
    answer.catch(ignoreClosing)
  })
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) return
    const url = frame.url()
    if (url !== emptyPage && originOf(url) !== chromiumOrigin)
      page.goto(`${chromiumOrigin}/`).catch(ignoreClosing)
  })
  page.on('crash', () => {
    app.lock('crash').catch(ignoreClosing)
    renewAfterLock(page)
  })
  page.on('close', () => {
    context.close().catch(ignoreClosing)
  })
}

function push(page: Page, event: AppEvent): void {
  if (page.isClosed() || originOf(page.url()) !== chromiumOrigin) return
  page.evaluate(`(${pushEventScript})(${JSON.stringify(JSON.stringify(event))})`).catch(ignoreClosing)
}

/**
 * A fresh process for the page: the empty page is another site, so going there ends the old one and what it held in
 * memory, and coming back starts a new one.
 */
function renewAfterLock(page: Page): void {
  setTimeout(() => {
    if (page.isClosed()) return
    page
      .goto(emptyPage)
      .then(() => page.goto(`${chromiumOrigin}/`))
      .catch(ignoreClosing)
  }, lockGraceMs)
}

/** The page went away while it was being spoken to: its `close` event does what is left to do. */
function ignoreClosing(_thrown: unknown): void {
  return undefined
}
