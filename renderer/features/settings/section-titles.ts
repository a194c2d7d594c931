// What the sections of the settings are called: their own page lists them, the search box finds them.
import { useT } from '../../app/i18n.ts'
import type { SettingsSection } from '../../stores/navigation.ts'

export function useSectionTitles(): Record<SettingsSection, string> {
  const t = useT()
  return {
    profile: t('vault:settings.profile'),
    passphrase: t('vault:settings.passphrase'),
    computers: t('people:computers.title'),
    kits: t('people:kits.title'),
    fields: t('fields:title'),
    categories: t('categories:title'),
    clocks: t('clocks:settingsTitle'),
    letters: t('letters:templatesTitle'),
    callers: t('customerWork:script.title'),
    appearance: t('vault:settings.appearance'),
    shortcuts: t('shortcuts.title'),
    verify: t('vault:settings.verify'),
    vault: t('vault:settings.vault'),
  }
}
