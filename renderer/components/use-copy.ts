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
