// Electron's main process: start-up in the order that security asks for, one window, one gate.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { app as electronApp, type BrowserWindow, Menu, protocol } from 'electron'
import { makeAppDataFolder } from '../../gate/app-data.ts'
import { createApp } from '../../gate/app.ts'
import { hardenProcess } from '../../vault/process/harden.ts'
import { systemDialogs } from '../hosts/electron/dialogs.ts'
import { answerCalls, forwardEvents, lockWithComputer } from '../hosts/electron/ipc.ts'
import { electronOpener } from '../hosts/electron/opener.ts'
import { confineAllSessions, openPrivateSession } from '../hosts/electron/session.ts'
import { utilityTransport } from '../hosts/electron/transport.ts'
import {
  confineAllContents,
  listenForPanic,
  openWindow,
  replaceRenderer,
  watchRenderer,
} from '../hosts/electron/window.ts'
import { offlineSwitches } from '../security/browser-switches.ts'
import { refusedSwitches } from '../security/launch-switches.ts'
import { electronOrigin } from '../security/origins.ts'
import { staticFiles } from '../security/static-files.ts'

/** Time for a call's answer, and the news of the lock, to reach the page before it is replaced. */
const lockGraceMs = 50

const out = join(import.meta.dirname, '..')
const args = process.argv.slice(1)
const devTools = !electronApp.isPackaged
const { values: flags } = parseArgs({
  args,
  options: { open: { type: 'string' }, 'allow-screen-capture': { type: 'boolean' } },
  strict: false,
})
let window: BrowserWindow | undefined

hardenProcess()
// Before Chromium starts what they ask for. A checkout takes them: its tests are driven by them.
const refused = electronApp.isPackaged ? refusedSwitches(args, process.platform) : []
if (refused.length > 0) {
  process.stderr.write(`guicang: not started, because of --${refused.join(', --')}\n`)
  process.exit(2)
}
const appDataDir = makeAppDataFolder()
// Before the single-instance lock, which lies in this folder.
electronApp.setPath('userData', join(appDataDir, 'electron'))
electronApp.enableSandbox()
for (const [name, value] of offlineSwitches) electronApp.commandLine.appendSwitch(name, value)
protocol.registerSchemesAsPrivileged([
  { scheme: new URL(electronOrigin).protocol.replace(':', ''), privileges: { standard: true, secure: true } },
])
confineAllSessions({ devTools })
confineAllContents()
// A crash reporter that was never started collects nothing: `crashReporter.start` stands nowhere in this program.

if (electronApp.requestSingleInstanceLock()) {
  electronApp.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore()
    window?.focus()
  })
  start().catch(giveUp)
} else {
  electronApp.quit()
}

async function start(): Promise<void> {
  await electronApp.whenReady()
  Menu.setApplicationMenu(applicationMenu())

  const session = openPrivateSession(staticFiles(join(out, 'renderer'), electronOrigin), { devTools })
  const app = createApp({
    host: 'electron',
    version: electronApp.getVersion(),
    trustedOrigins: [electronOrigin],
    startVaultProcess: () => utilityTransport(join(import.meta.dirname, 'vault.js')),
    appDataDir,
    systemLocale: electronApp.getLocale(),
    opener: electronOpener,
    chooser: systemDialogs(() => window),
    ...(typeof flags.open === 'string' ? { openPath: flags.open } : {}),
  })
  answerCalls(app)
  const stopWatching = lockWithComputer(app, () => electronApp.quit(), giveUp)
  const stopEvents = forwardEvents(app, () => window, renewWindow)
  quitInOrder(async () => {
    stopWatching()
    stopEvents()
    await app.dispose()
  })

  window = await openWindow({
    session,
    preload: join(out, 'preload', 'index.cjs'),
    devTools,
    screenCapture: flags['allow-screen-capture'] === true,
  })
  listenForPanic(window, () => {
    app.lock('panic').catch(giveUp)
  })
  const onGone = (): void => {
    // The lock's news renews the window; with nothing open there is none.
    if (app.isOpen()) app.lock('crash').catch(giveUp)
    else renewWindow()
  }
  watchRenderer(window, onGone, giveUp)
  // Windows ends the programs of a person who logs off without asking them to quit.
  window.on('session-end', () => {
    app.lock('quit').catch(giveUp)
  })
}

function renewWindow(): void {
  setTimeout(() => {
    if (window !== undefined) replaceRenderer(window).catch(giveUp)
  }, lockGraceMs)
}

/** Keeps the program alive until the vault process is gone and its files are closed. */
function quitInOrder(dispose: () => Promise<void>): void {
  let disposed = false
  electronApp.on('before-quit', (event) => {
    if (disposed) return
    event.preventDefault()
    dispose()
      .catch(giveUp)
      .finally(() => {
        disposed = true
        electronApp.quit()
      })
  })
  electronApp.on('window-all-closed', () => {
    electronApp.quit()
  })
}

/** macOS gets its editing keys from a menu; elsewhere a menu would only offer what the window has already. */
function applicationMenu(): Menu | null {
  if (process.platform !== 'darwin') return null
  return Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
}

/** A failure that nothing can be done about: its name goes out, its message (which may hold a path) doesn't. */
function giveUp(thrown: unknown): void {
  process.stderr.write(`guicang: ${thrown instanceof Error ? thrown.name : 'failure'}\n`)
  process.exitCode = 1
  electronApp.exit(1)
}
