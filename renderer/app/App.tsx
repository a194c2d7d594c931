// Providers, and which screen: the closed ones (welcome, create, unlock …) or the shell.
import { App as AntApp, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { RestorePage } from '../features/backups/RestorePage.tsx'
import { CreatePage } from '../features/create/CreatePage.tsx'
import { FirstPassphrasePage } from '../features/people/FirstPassphrasePage.tsx'
import { RecoverPage } from '../features/recover/RecoverPage.tsx'
import { NewKitPage } from '../features/settings/NewKitPage.tsx'
import { UnlockPage } from '../features/unlock/UnlockPage.tsx'
import { CheckBagPage } from '../features/welcome/CheckBagPage.tsx'
import { WelcomePage } from '../features/welcome/WelcomePage.tsx'
import { isClosedRoute, useNavigation } from '../stores/navigation.ts'
import { useSessionStore } from '../stores/session.ts'
import { themeOf } from '../theme/tokens.ts'
import { useThemeMode } from '../theme/use-theme.ts'
import { useLocale } from './i18n.ts'
import { Shell } from './Shell.tsx'
import { useAppEvents } from './use-app-events.ts'
import { useIdleLock } from './use-idle-lock.ts'
import { useShortcuts } from './use-shortcuts.ts'

const layers = () => document.getElementById('layers') ?? document.body

export function App({ nonce }: { nonce: string }) {
  const locale = useLocale()
  const mode = useThemeMode()
  return (
    <ConfigProvider
      csp={{ nonce }}
      locale={locale === 'en' ? enUS : zhCN}
      theme={themeOf(mode)}
      wave={{ disabled: true }}
      getPopupContainer={layers}
      getTargetContainer={() => document.body}
      button={{ autoInsertSpace: false }}
    >
      <AntApp className="app" message={{ getContainer: layers }}>
        <Screens />
      </AntApp>
    </ConfigProvider>
  )
}

function Screens() {
  useAppEvents()
  useIdleLock()
  useShortcuts()
  const route = useNavigation((state) => state.route)
  const open = useSessionStore((state) => state.session !== undefined)
  const first = useSessionStore((state) => state.session?.warnings.includes('passphrase.mustChange') ?? false)
  // The kits of a vault just made are shown while it is open already.
  if (route.name === 'create') return <CreatePage />
  if (open && !isClosedRoute(route)) {
    if (first) return <FirstPassphrasePage />
    if (route.name === 'newKit') return <NewKitPage key={route.id} id={route.id} kit={route.kit} />
    return <Shell route={route} />
  }
  switch (route.name) {
    case 'unlock':
      return <UnlockPage key={route.path} path={route.path} />
    case 'recover':
      return <RecoverPage path={route.path} enrol={route.enrol} />
    case 'checkBag':
      return <CheckBagPage />
    case 'restore':
      return <RestorePage />
    default:
      return <WelcomePage />
  }
}
