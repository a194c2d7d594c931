// Company and custodian, passphrase, language and look, the vault's own check.
import { Segmented } from 'antd'
import { localeSchema, type Theme } from '../../../shared/types/common.ts'
import { call } from '../../api/client.ts'
import { changeLocale, useLocale, useT } from '../../app/i18n.ts'
import { Page } from '../../components/Page.tsx'
import { usePreferences } from '../../stores/preferences.ts'
import { useSessionStore } from '../../stores/session.ts'
import { PassphraseSection } from './PassphraseSection.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { ShortcutsSection } from './ShortcutsSection.tsx'
import { VerifySection } from './VerifySection.tsx'

export function SettingsPage() {
  const t = useT()
  const locale = useLocale()
  const theme = usePreferences((state) => state.theme)
  const path = useSessionStore((state) => state.path)
  const session = useSessionStore((state) => state.session)
  const idleLockMs = useSessionStore((state) => state.info?.idleLockMs ?? 0)
  const themes: { value: Theme; label: string }[] = [
    { value: 'system', label: t('vault:settings.themeSystem') },
    { value: 'light', label: t('vault:settings.themeLight') },
    { value: 'dark', label: t('vault:settings.themeDark') },
  ]
  return (
    <Page title={t('vault:settings.title')} purpose={t('vault:settings.purpose')}>
      <div className="stack settings">
        <ProfileSection />
        <PassphraseSection />
        <section className="card stack-small">
          <h2>{t('vault:settings.appearance')}</h2>
          <div className="setting">
            <span>{t('vault:settings.language')}</span>
            <Segmented
              aria-label={t('vault:settings.language')}
              value={locale}
              data-testid="settings-language"
              options={localeSchema.options.map((value) => ({ value, label: t(`language.${value}`) }))}
              onChange={(value) => void changeLocale(value)}
            />
          </div>
          <div className="setting">
            <span>{t('vault:settings.theme')}</span>
            <Segmented
              aria-label={t('vault:settings.theme')}
              value={theme}
              data-testid="settings-theme"
              options={themes}
              onChange={(value) => void changeTheme(value)}
            />
          </div>
          <div className="setting">
            <span>{t('vault:settings.idle')}</span>
            <span className="soft">
              {t('vault:settings.idleText', { n: Math.max(1, Math.round(idleLockMs / 60_000)) })}
            </span>
          </div>
        </section>
        <ShortcutsSection />
        <VerifySection />
        <section className="card stack-small">
          <h2>{t('vault:settings.vault')}</h2>
          <div className="setting">
            <span>{t('vault:settings.location')}</span>
            <span className="mono selectable">{path}</span>
          </div>
          <div className="setting">
            <span>{t('vault:settings.vaultId')}</span>
            <span className="mono selectable">{session?.vaultId}</span>
          </div>
        </section>
      </div>
    </Page>
  )
}

/** Shown at once, and kept by main for the next window. */
async function changeTheme(theme: Theme): Promise<void> {
  usePreferences.getState().setTheme(theme)
  await call('app.setTheme', { theme })
}
