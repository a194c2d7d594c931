// The one window of the Electron host, and what no page in this program can do.
import { app, BrowserWindow, type Session, type WebContents } from 'electron'
import { electronOrigin, windowTitle } from '../../security/origins.ts'

export interface WindowOptions {
  session: Session
  /** Absolute path of the built preload. */
  preload: string
  devTools: boolean
  /** Shown to screenshots and screen shares; off unless asked for. (Linux has no such protection.) */
  screenCapture: boolean
}

/** Makes the window and loads the app into it; resolves when the document has loaded. */
export async function openWindow(options: WindowOptions): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1280,
    height: 720,
    minWidth: 960,
    minHeight: 600,
    title: windowTitle,
    backgroundColor: '#FAF8F4',
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      session: options.session,
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: options.devTools,
      enableWebSQL: false,
      v8CacheOptions: 'none',
    },
  })
  window.setContentProtection(!options.screenCapture)
  window.on('page-title-updated', (event) => {
    event.preventDefault()
  })
  window.once('ready-to-show', () => {
    window.show()
  })
  await window.loadURL(`${electronOrigin}/`)
  return window
}

/** A fresh process for the page: what the old one held in memory goes with it. */
export async function replaceRenderer(window: BrowserWindow): Promise<void> {
  if (window.isDestroyed()) return
  window.webContents.forcefullyCrashRenderer()
  await window.loadURL(`${electronOrigin}/`)
}

/** Denies navigation, windows and embedded pages to everything that is ever shown. Call once, before the first window. */
export function confineAllContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    confine(contents)
  })
}

function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
  })
}

function isOurs(url: string): boolean {
  return url === electronOrigin || url.startsWith(`${electronOrigin}/`)
}
