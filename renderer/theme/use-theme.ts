// Light or dark: the system's wish, unless the person chose.
import { useEffect, useState } from 'react'
import { usePreferences } from '../stores/preferences.ts'
import { applyPalette, dark, light } from './palette.ts'

const query = '(prefers-color-scheme: dark)'

/** Answers the mode in force and paints the document with it. */
export function useThemeMode(): 'light' | 'dark' {
  const choice = usePreferences((state) => state.theme)
  const [systemDark, setSystemDark] = useState(() => window.matchMedia(query).matches)
  useEffect(() => {
    const media = window.matchMedia(query)
    const listen = () => setSystemDark(media.matches)
    media.addEventListener('change', listen)
    return () => media.removeEventListener('change', listen)
  }, [])
  const mode = choice === 'system' ? (systemDark ? 'dark' : 'light') : choice
  useEffect(() => applyPalette(mode === 'dark' ? dark : light, mode), [mode])
  return mode
}
