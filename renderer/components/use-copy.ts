// Copying, with a word when it is done. Hosts deny most permissions, so the old way is kept as the second.
import { App } from 'antd'
import { useCallback } from 'react'
import { useT } from '../app/i18n.ts'

function copyBySelection(text: string): void {
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('aria-hidden', 'true')
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

/** Puts a text on the clipboard; must be called from a press. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    copyBySelection(text)
  }
}

/** Like `copyText`, and says so. */
export function useCopy(): (text: string) => Promise<void> {
  const { message } = App.useApp()
  const t = useT()
  return useCallback(
    async (text: string) => {
      await copyText(text)
      message.success(t('actions.copied'), 2)
    },
    [message, t],
  )
}
