// Ctrl/Cmd-K opens the one search box, / goes to the page's search, Ctrl/Cmd-L locks, Ctrl/Cmd-Shift-L locks in a panic. No global shortcut does:
// that would take the keys from every other program, also while this one has nothing open.
import { useEffect } from 'react'
import { lockVault, panicLock } from '../stores/lock.ts'
import { useSearchAll } from '../stores/search-all.ts'
import { useSessionStore } from '../stores/session.ts'

/** Marks the field that the shortcut focuses: at most one a page. */
export const pageSearchId = 'page-search'

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')
}

/** By its place on the keyboard too: while an input method composes, the key itself reads `Process`. */
function isPanic(event: KeyboardEvent): boolean {
  const chord = (event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey
  return chord && (event.code === 'KeyL' || event.key.toLowerCase() === 'l')
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
      if (command && key === 'k' && useSessionStore.getState().session !== undefined) {
        event.preventDefault()
        useSearchAll.getState().setOpen(true)
        return
      }
      if (key === '/' && !command && !isTyping(event.target)) {
        const field = document.getElementById(pageSearchId)
        if (field === null) return
        event.preventDefault()
        field.focus()
      }
    }
    // First of all, on the way down: no dialog, field or menu can keep it for itself.
    const panic = (event: KeyboardEvent) => {
      if (!isPanic(event)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      panicLock()
    }
    window.addEventListener('keydown', listen)
    window.addEventListener('keydown', panic, { capture: true })
    return () => {
      window.removeEventListener('keydown', listen)
      window.removeEventListener('keydown', panic, { capture: true })
    }
  }, [])
}

/** The command key's name on this platform. */
export function commandKey(platform: string | undefined): string {
  return platform === 'darwin' ? '⌘' : 'Ctrl'
}
