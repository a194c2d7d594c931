// Company and custodian, passphrase, computers, recovery kits, language and look, the vault's own check.
import { Segmented } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import { localeSchema, type Theme } from '../../../shared/types/common.ts'
import { call } from '../../api/client.ts'
import { changeLocale, useLocale, useT } from '../../app/i18n.ts'
import { Page } from '../../components/Page.tsx'
import { go, type SettingsSection, settingsSections, useNavigation } from '../../stores/navigation.ts'
import { usePreferences } from '../../stores/preferences.ts'
import { useSessionStore } from '../../stores/session.ts'
import { CallerSection } from './CallerSection.tsx'
import { CategoriesSection } from './CategoriesSection.tsx'
import { ClocksSection } from './ClocksSection.tsx'
import { TemplatesSection } from '../letters/TemplatesSection.tsx'
import { FieldsSection } from './FieldsSection.tsx'
import { ComputersSection } from './ComputersSection.tsx'
import { KitsSection } from './KitsSection.tsx'
import { PassphraseSection } from './PassphraseSection.tsx'
import { ProfileSection } from './ProfileSection.tsx'
import { useSectionTitles } from './section-titles.ts'
import { ShortcutsSection } from './ShortcutsSection.tsx'
import { VerifySection } from './VerifySection.tsx'

export function SettingsPage({ section }: { section: SettingsSection | undefined }) {
  const t = useT()
  const session = useSessionStore((state) => state.session)
  const sections: Record<SettingsSection, ReactNode> = {
    profile: <ProfileSection />,
    passphrase: <PassphraseSection />,
    computers: <ComputersSection />,
    kits: session?.role === 'owner' ? <KitsSection /> : undefined,
    callers: <CallerSection />,
    fields: <FieldsSection />,
    categories: <CategoriesSection />,
    clocks: <ClocksSection />,
    letters: <TemplatesSection />,
    appearance: <AppearanceSection />,
    shortcuts: <ShortcutsSection />,
    verify: <VerifySection />,
    vault: <VaultSection />,
  }
  const titles = useSectionTitles()
  const shown = settingsSections.filter((name) => sections[name] !== undefined)
  return (
    <Page
      title={t('vault:settings.title')}
      purpose={t('vault:settings.purpose')}
      tools={
        <nav className="section-links" aria-label={t('vault:settings.sections')}>
          {shown.map((name) => (
            <button
              key={name}
              type="button"
              className="link"
              data-testid={`settings-to-${name}`}
              onClick={() => go({ name: 'settings', section: name })}
            >
              {titles[name]}
            </button>
          ))}
        </nav>
      }
    >
      <div className="stack settings">
        {shown.map((name) => (
          <Anchor key={name} current={section === name ? section : undefined}>
            {sections[name]}
          </Anchor>
        ))}
      </div>
    </Page>
  )
}

const moves = ['wheel', 'pointerdown', 'keydown'] as const

/** Brings its section into view when it is the one that was asked for, and the keyboard with it. */
function Anchor({ current, children }: { current: SettingsSection | undefined; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const route = useNavigation((state) => state.route)
  useEffect(() => {
    if (current === undefined) return
    const element = box.current
    if (element === null) return
    element.scrollIntoView({ block: 'start' })
    element.focus({ preventScroll: true })
    // Sections above fill while their lists are fetched: the one that was asked for stays in view until the person moves.
    const grown = new ResizeObserver(() => element.scrollIntoView({ block: 'start' }))
    for (const above of element.parentElement?.children ?? []) {
      if (above === element) break
      grown.observe(above)
    }
    const stop = () => grown.disconnect()
    for (const name of moves) window.addEventListener(name, stop, { capture: true, once: true })
    return () => {
      stop()
      for (const name of moves) window.removeEventListener(name, stop, { capture: true })
    }
  }, [current, route])
  return (
    <div ref={box} tabIndex={-1} className="section-anchor">
      {children}
    </div>
  )
}

function AppearanceSection() {
  const t = useT()
  const locale = useLocale()
  const theme = usePreferences((state) => state.theme)
  const idleLockMs = useSessionStore((state) => state.info?.idleLockMs ?? 0)
  const themes: { value: Theme; label: string }[] = [
    { value: 'system', label: t('vault:settings.themeSystem') },
    { value: 'light', label: t('vault:settings.themeLight') },
    { value: 'dark', label: t('vault:settings.themeDark') },
  ]
  return (
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
  )
}

function VaultSection() {
  const t = useT()
  const path = useSessionStore((state) => state.path)
  const session = useSessionStore((state) => state.session)
  return (
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
  )
}

/** Shown at once, and kept by main for the next window. */
async function changeTheme(theme: Theme): Promise<void> {
  usePreferences.getState().setTheme(theme)
  await call('app.setTheme', { theme })
}
