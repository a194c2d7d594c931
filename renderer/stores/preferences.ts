// What the person chose about the window itself. Main keeps both: the renderer may store nothing.
import { create } from 'zustand'
import type { Locale, Theme } from '../../shared/types/common.ts'

interface PreferencesState {
  locale: Locale
  theme: Theme
  setLocale: (locale: Locale) => void
  setTheme: (theme: Theme) => void
}

export const usePreferences = create<PreferencesState>()((set) => ({
  locale: 'zh-CN',
  theme: 'system',
  setLocale: (locale) => set({ locale }),
  setTheme: (theme) => set({ theme }),
}))
