// Hands a file to the program that the system has for its kind.
import { shell } from 'electron'
import type { FileOpener } from '../../../gate/app.ts'

export const electronOpener: FileOpener = {
  available: () => Promise.resolve(true),
  // Electron answers with words where it went wrong, and they hold the path.
  open: async (path) => (await shell.openPath(path)) === '',
}
