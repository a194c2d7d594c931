// i18next over the typed locales; every text is in the bundle, nothing is loaded.
import i18n from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { locales, type Texts } from '../../shared/locales/index.ts'
import type { Locale } from '../../shared/types/common.ts'
import { call } from '../api/client.ts'
import { usePreferences } from '../stores/preferences.ts'

const namespaces = [
  'common',
  'vault',
  'customers',
  'customerWork',
  'transactions',
  'complaints',
  'cases',
  'categories',
  'clocks',
  'fields',
  'attachments',
  'letters',
  'imports',
  'exports',
  'audit',
  'people',
  'backups',
  'dashboard',
  'search',
  'handover',
] as const

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    returnNull: false
    resources: Texts
  }
}

/** Starts the translator; must have run before anything is rendered. */
export async function startI18n(locale: Locale): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: locales,
    lng: locale,
    fallbackLng: false,
    ns: [...namespaces],
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  showLocale(locale)
}

function showLocale(locale: Locale): void {
  document.documentElement.lang = locale
  usePreferences.getState().setLocale(locale)
}

/** Changes the language of the window at once, and tells main, which keeps it. */
export async function changeLocale(locale: Locale): Promise<void> {
  await i18n.changeLanguage(locale)
  showLocale(locale)
  await call('app.setLocale', { locale })
}

/** The translator over all namespaces: `t('customers:title')`; `common` needs no prefix. */
export function useT() {
  return useTranslation(namespaces).t
}

/** The tables of texts of the present language, for codes that come as data. */
export function useTexts(): Texts {
  return locales[usePreferences((state) => state.locale)]
}

/** The present language. */
export function useLocale(): Locale {
  return usePreferences((state) => state.locale)
}
