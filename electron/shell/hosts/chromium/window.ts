// One browser with one page: every request is answered from the built files, every call goes to the gate.
import type { BrowserContext, Page, Route } from 'playwright-core'
import type { AppEvent } from '../../../../shared/events.ts'
import type { App } from '../../../gate/app.ts'
import { chromiumOrigin } from '../../security/origins.ts'
import { type StaticFiles, staticFiles } from '../../security/static-files.ts'
import { bindingName, bridgeScript, pathBindingName, pushEventScript } from './bridge-script.ts'
import { droppedPath } from './dropped.ts'
import { emptyPage, launchBrowser } from './launch.ts'
import { createProfile } from './profile.ts'

export interface WindowOptions {
  app: App
  /** Folder of the built window (out/renderer). */
  rendererDir: string
  /** Path of the browser. */
  browser: string
  headless: boolean
  notice: (sentence: string) => void
}

export interface BrowserWindow {
  page: Page
  context: BrowserContext
  /** Resolves when the browser has ended and its profile is removed, whoever closed it. */
  closed: Promise<void>
  close(): Promise<void>
}

/** Time for a call's answer, and the news of the lock, to reach the page before it is replaced. */
const lockGraceMs = 50

/** Twice what the gate takes, for what JSON escapes; more isn't even parsed. */
const mostCallCharacters = 8 * 1024 * 1024

/**
 * Starts a browser with a profile of its own and answers when the app's document has loaded. Addresses that were not
 * answered are added to `refused`. `onCrash` is told when the page's process has died: the driver can't use such a page
 * any more. Throws the driver's error when the browser doesn't start; nothing is left behind then.
 */
export async function openWindow(
  options: WindowOptions,
  refused: string[],
  onCrash: () => void,
): Promise<BrowserWindow> {
  const { app } = options
  const profile = createProfile()
  let context: BrowserContext
  try {
    context = await launchBrowser({ ...options, profile })
  } catch (thrown) {
    await profile.remove()
    throw thrown
  }
  const page = context.pages()[0] ?? (await context.newPage())
  const closed = new Promise<void>((resolve, reject) => {
    context.once('close', () => {
      profile.remove().then(resolve, reject)
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
    confine(context, page)
    await page.goto(`${chromiumOrigin}/`)
    page.on('crash', onCrash)
  } catch (thrown) {
    await close()
    throw thrown
  }
  return { page, context, closed, close }
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
function confine(context: BrowserContext, page: Page): void {
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
  page.on('close', () => {
    context.close().catch(ignoreClosing)
  })
}

/** Tells the page what happened. */
export function push(page: Page, event: AppEvent): void {
  if (page.isClosed() || originOf(page.url()) !== chromiumOrigin) return
  page.evaluate(`(${pushEventScript})(${JSON.stringify(JSON.stringify(event))})`).catch(ignoreClosing)
}

/**
 * A fresh process for the page: the empty page is another site, so going there ends the old one and what it held in
 * memory, and coming back starts a new one.
 */
export function renewAfterLock(page: Page): void {
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
