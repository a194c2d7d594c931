// Copying, with a word when it is done. Both hosts allow writing to the clipboard and never reading from it.
import { App } from 'antd'
import { useCallback } from 'react'
import { useT } from '../app/i18n.ts'

/** Puts a text on the clipboard and says so; must be called from a press. */
export function useCopy(): (text: string) => Promise<void> {
  const { message } = App.useApp()
  const t = useT()
  return useCallback(
    async (text: string) => {
      try {
        await navigator.clipboard.writeText(text)
        message.success(t('actions.copied'), 2)
      } catch {
        message.error(t('actions.copyFailed'), 4)
      }
    },
    [message, t],
  )
}

/** Empties the clipboard where the browser lets a page do so without a press; a hint to the system, not a promise. */
export async function clearClipboard(): Promise<void> {
  try {
    await navigator.clipboard.writeText('')
  } catch {
    // The window isn't in front: what was copied is then the person's own to clear, as the text beside the button says.
    return
  }
}
