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
      experimentalFeatures: false,
      plugins: false,
      webgl: false,
      navigateOnDragDrop: false,
      // A page may not talk through the system's boxes, nor hold on to itself by one when it is renewed.
      disableDialogs: true,
      safeDialogs: true,
      // A revealed value goes on time also in a window that nobody sees.
      backgroundThrottling: false,
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

const replacing = new WeakSet<BrowserWindow>()

/** A fresh process for the page: what the old one held in memory goes with it. */
export async function replaceRenderer(window: BrowserWindow): Promise<void> {
  if (window.isDestroyed()) return
  replacing.add(window)
  try {
    window.webContents.forcefullyCrashRenderer()
    await window.loadURL(`${electronOrigin}/`)
  } finally {
    replacing.delete(window)
  }
}

/** A page whose process ends again within this time isn't tried a third time. */
const hopelessMs = 10_000

/**
 * Calls `onGone` when the page's process ended otherwise than by `replaceRenderer`, whatever the reason, and `onHopeless`
 * when it did so twice in a row.
 */
export function watchRenderer(
  window: BrowserWindow,
  onGone: () => void,
  onHopeless: (failure: Error) => void,
): void {
  let lastMs = -Infinity
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || replacing.has(window)) return
    const nowMs = performance.now()
    const again = nowMs - lastMs < hopelessMs
    lastMs = nowMs
    if (again) onHopeless(new Error(`the page's process: ${reason}`))
    else onGone()
  })
}

/** Denies navigation, windows and embedded pages to everything that is ever shown. Call once, before the first window. */
export function confineAllContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    confine(contents)
  })
  app.on('select-client-certificate', (event, _contents, _url, _certificates, callback) => {
    // Left alone, Electron would hand out the first certificate that the computer has.
    event.preventDefault()
    callback()
  })
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault()
    callback(false)
  })
}

/**
 * Calls `onPanic` when Ctrl/Cmd-Shift-L is pressed in the window, before the page gets the key: a page that hangs, or that
 * was taken over, can't keep it. The page gets it too, and blanks itself. It is no global shortcut: that would take the
 * keys from every other program.
 */
export function listenForPanic(window: BrowserWindow, onPanic: () => void): void {
  window.webContents.on('before-input-event', (_event, input) => {
    const chord = (input.control || input.meta) && input.shift && !input.alt
    if (input.type === 'keyDown' && chord && (input.code === 'KeyL' || input.key.toLowerCase() === 'l'))
      onPanic()
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
  contents.on('will-prevent-unload', (event) => {
    // Preventing this lets the page go, whatever it says.
    event.preventDefault()
  })
  contents.on('select-bluetooth-device', (event, _devices, callback) => {
    // Left alone, Electron would take the first device that it finds.
    event.preventDefault()
    callback('')
  })
}

function isOurs(url: string): boolean {
  return url === electronOrigin || url.startsWith(`${electronOrigin}/`)
}
