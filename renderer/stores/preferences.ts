// What the person chose about the window itself. Language is kept by main; the theme lasts for this window only, since
// nothing may be stored by the renderer.
import { create } from 'zustand'
import type { Locale } from '../../shared/types/common.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'

interface PreferencesState {
  locale: Locale
  theme: ThemeChoice
  setLocale: (locale: Locale) => void
  setTheme: (theme: ThemeChoice) => void
}

export const usePreferences = create<PreferencesState>()((set) => ({
  locale: 'zh-CN',
  theme: 'system',
  setLocale: (locale) => set({ locale }),
  setTheme: (theme) => set({ theme }),
}))
