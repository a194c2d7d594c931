// Electron's preload: puts the bridge of shared/bridge.ts on `window`, and nothing else. It runs sandboxed, so the gate in
// main checks every channel and input; a check here would only look like one.
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { bridgeName } from '../../../shared/bridge.ts'

contextBridge.exposeInMainWorld(bridgeName, {
  invoke: (channel: unknown, input: unknown, jobId?: unknown): Promise<unknown> =>
    ipcRenderer.invoke(`${bridgeName}:invoke`, channel, input, jobId),
  pathOf: (file: File): Promise<string | null> => {
    // A file that the page made up has no path.
    const path = webUtils.getPathForFile(file)
    return Promise.resolve(path === '' ? null : path)
  },
  onEvent: (listener: (event: unknown) => void): (() => void) => {
    // The IPC event object has the sender on it: it stays on this side.
    const forward = (_event: unknown, event: unknown): void => {
      listener(event)
    }
    ipcRenderer.on(`${bridgeName}:event`, forward)
    return () => {
      ipcRenderer.removeListener(`${bridgeName}:event`, forward)
    }
  },
})
