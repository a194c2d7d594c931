// The window in an installed browser, for as long as the program runs: a page that died is replaced by a new browser.
import type { BrowserContext, Page } from 'playwright-core'
import { sweepProfiles } from './profile.ts'
import { type BrowserWindow, openWindow, push, renewAfterLock, type WindowOptions } from './window.ts'

export type ChromiumHostOptions = WindowOptions

export interface ChromiumHost {
  /** The page at present: another one after a crash. */
  readonly page: Page
  readonly context: BrowserContext
  /** Requests that were not answered: addresses without query, in order. Empty in a healthy run. */
  refused: readonly string[]
  /** Resolves when the window is gone and everything is put away, whoever closed it. */
  closed: Promise<void>
  /** Locks, closes the window, ends the browser, removes its profile. */
  close(): Promise<void>
}

/** A page that dies again and again would come back for ever: after so many times within a minute the program ends. */
const mostCrashes = 3
const crashSpanMs = 60_000

/**
 * Opens the window and answers when the app's document has loaded. Takes over `app`: it is disposed of with the window.
 * Throws the driver's error when the browser doesn't start; nothing is left behind then.
 */
export async function openChromiumHost(options: ChromiumHostOptions): Promise<ChromiumHost> {
  const { app } = options
  sweepProfiles()
  const refused: string[] = []
  const crashes: number[] = []
  const stopEvents: (() => void)[] = []
  const putAway = async (): Promise<void> => {
    for (const stop of stopEvents) stop()
    await app.dispose()
  }
  const ended = Promise.withResolvers<void>()
  let window: BrowserWindow
  let revival: Promise<void> | undefined
  const onCrash = (): void => {
    revival ??= revive().catch(async (thrown: unknown) => {
      await putAway()
      ended.reject(thrown)
    })
  }
  const open = async (): Promise<BrowserWindow> => {
    const opened = await openWindow(options, refused, onCrash)
    opened.context.once('close', () => {
      if (revival !== undefined) return
      Promise.all([putAway(), opened.closed]).then(() => ended.resolve(), ended.reject)
    })
    return opened
  }
  /** What was open is locked before anything else: nobody sees it any more, so nobody can be working in it. */
  const revive = async (): Promise<void> => {
    await app.lock('crash')
    const now = Date.now()
    crashes.push(now)
    await window.close()
    if (crashes.filter((at) => now - at < crashSpanMs).length > mostCrashes)
      throw new Error('The page ended again and again.')
    window = await open()
    revival = undefined
  }
  try {
    window = await open()
  } catch (thrown) {
    await putAway()
    throw thrown
  }
  stopEvents.push(
    app.onEvent((event) => {
      push(window.page, event)
      if (event.type !== 'session.locked' || event.reason === 'quit') return
      // A vault process that died leaves the page alive; a page that died is replaced already.
      if (revival === undefined) renewAfterLock(window.page)
    }),
  )
  return {
    get page() {
      return window.page
    },
    get context() {
      return window.context
    },
    refused,
    closed: ended.promise,
    close: async () => {
      await revival
      await window.close()
      await ended.promise
    },
  }
}
