// The two channels between the preload and the gate.
import { type BrowserWindow, ipcMain, powerMonitor } from 'electron'
import { bridgeName } from '../../../../shared/bridge.ts'
import type { App } from '../../../gate/app.ts'

/** Hands every call to the gate, with where it came from: a frame that is already gone has no origin and is refused. */
export function answerCalls(app: App): void {
  ipcMain.handle(`${bridgeName}:invoke`, (event, channel: unknown, input: unknown, jobId: unknown) => {
    const frame = event.senderFrame
    const sender = {
      mainFrame: frame !== null && frame === event.sender.mainFrame,
      origin: frame?.origin ?? 'null',
    }
    return app.invoke(sender, channel, input, jobId)
  })
}

/** Sends every event to the window; `afterLock` runs once the window has been told of a lock. */
export function forwardEvents(
  app: App,
  current: () => BrowserWindow | undefined,
  afterLock: () => void,
): () => void {
  return app.onEvent((event) => {
    const window = current()
    if (window !== undefined && !window.isDestroyed()) window.webContents.send(`${bridgeName}:event`, event)
    if (event.type === 'session.locked' && event.reason !== 'quit') afterLock()
  })
}

/** Locks when the computer sleeps or its screen is locked. `onFailure` hears of a lock that failed. */
export function lockWithComputer(app: App, onFailure: (thrown: unknown) => void): void {
  powerMonitor.on('suspend', () => {
    app.lock('suspend').catch(onFailure)
  })
  powerMonitor.on('lock-screen', () => {
    app.lock('screen').catch(onFailure)
  })
}
