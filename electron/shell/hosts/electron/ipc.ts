// The two channels between the preload and the gate.
import { type BrowserWindow, ipcMain, powerMonitor } from 'electron'
import { bridgeName } from '../../../../shared/bridge.ts'
import type { App } from '../../../gate/app.ts'
import { watchScreenLock } from '../screen-lock.ts'

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

/**
 * Locks when the computer sleeps, its screen is locked, or another person's desktop comes to the front; `quit` is called when
 * the computer shuts down. `onFailure` hears of a lock that failed. Answers how to stop.
 */
export function lockWithComputer(
  app: App,
  quit: () => void,
  onFailure: (thrown: unknown) => void,
): () => void {
  const lock = (reason: 'suspend' | 'screen') => (): void => {
    app.lock(reason).catch(onFailure)
  }
  powerMonitor.on('suspend', lock('suspend'))
  // Told of too late, a sleep is still noticed when it ends.
  powerMonitor.on('resume', lock('suspend'))
  powerMonitor.on('lock-screen', lock('screen'))
  powerMonitor.on('user-did-resign-active', lock('screen'))
  powerMonitor.on('shutdown', quit)
  // Electron has no lock-screen event on Linux.
  return watchScreenLock(lock('screen'))
}
