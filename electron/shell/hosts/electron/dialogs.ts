// The system's own file dialogs.
import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron'
import type { FileChooser } from '../../../gate/app.ts'

type Purpose = Parameters<FileChooser['choose']>[0]

/** What is picked from what exists; the purposes that aren't here name something new. */
const picks: Partial<Record<Purpose, OpenDialogOptions>> = {
  'open-vault': { properties: ['openDirectory', 'dontAddToRecent'] },
  'import-file': {
    properties: ['openFile', 'dontAddToRecent'],
    filters: [
      { name: 'CSV, TSV, XLSX', extensions: ['csv', 'tsv', 'txt', 'xlsx'] },
      { name: '*', extensions: ['*'] },
    ],
  },
  attachment: { properties: ['openFile', 'dontAddToRecent'] },
  bag: { properties: ['openDirectory', 'dontAddToRecent'] },
  'clock-file': {
    properties: ['openFile', 'dontAddToRecent'],
    filters: [
      { name: 'JSON', extensions: ['json'] },
      { name: '*', extensions: ['*'] },
    ],
  },
  checkpoint: { properties: ['openFile', 'dontAddToRecent'] },
}

/**
 * Shows the dialog over the window that `current` answers. A new vault or export is a folder that doesn't exist yet, which
 * only the save dialog can name. Answers an absolute path, or null when the person cancelled or there is no window.
 */
export function systemDialogs(current: () => BrowserWindow | undefined): FileChooser {
  return {
    choose: async (purpose, suggestedName) => {
      const window = current()
      if (window === undefined) return null
      const pick = picks[purpose]
      if (pick !== undefined) {
        const { canceled, filePaths } = await dialog.showOpenDialog(window, pick)
        return canceled ? null : (filePaths[0] ?? null)
      }
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        properties: ['createDirectory', 'dontAddToRecent'],
        ...(suggestedName === undefined ? {} : { defaultPath: suggestedName }),
      })
      return canceled || filePath === '' ? null : filePath
    },
  }
}
