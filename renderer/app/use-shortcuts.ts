// Ctrl/Cmd-K and / go to the page's search, Ctrl/Cmd-L locks.
import { useEffect } from 'react'
import { lockVault } from '../stores/lock.ts'
import { useSessionStore } from '../stores/session.ts'

/** Marks the field that the shortcut focuses: at most one a page. */
export const pageSearchId = 'page-search'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}

/** Listens on the whole window. */
export function useShortcuts(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      const key = event.key.toLowerCase()
      if (command && key === 'l' && useSessionStore.getState().session !== undefined) {
        event.preventDefault()
        void lockVault()
        return
      }
      if ((command && key === 'k') || (key === '/' && !command && !isTyping(event.target))) {
        const field = document.getElementById(pageSearchId)
        if (field === null) return
        event.preventDefault()
        field.focus()
      }
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

/** The command key's name on this platform. */
export function commandKey(platform: string | undefined): string {
  return platform === 'darwin' ? '⌘' : 'Ctrl'
}
