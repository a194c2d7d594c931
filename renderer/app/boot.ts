// Before the first paint: which host, which language, whether a vault is open already (the window may have been reloaded).
import { call } from '../api/client.ts'
import { useLastPerson } from '../stores/last-person.ts'
import { useNavigation } from '../stores/navigation.ts'
import { useNotice } from '../stores/notice.ts'
import { usePreferences } from '../stores/preferences.ts'
import { useSessionStore } from '../stores/session.ts'
import { startI18n } from './i18n.ts'
import { landingRoute } from './landing.ts'

/** Never rejects: without a host the window still comes up and says what is wrong when asked for something. */
export async function boot(): Promise<void> {
  try {
    const info = await call('app.getInfo', {})
    await startI18n(info.locale)
    useSessionStore.getState().setInfo(info)
    usePreferences.getState().setTheme(info.theme)
    const open = await call('vault.getSession', {})
    if (open !== null) {
      useSessionStore.getState().open(open.path, open.session, open.sample)
      useNavigation.getState().go(landingRoute(open.session))
    } else {
      const { lastLock } = info
      if (lastLock !== null) {
        useNotice.getState().setLocked(lastLock.reason)
        useLastPerson.getState().set(lastLock.path, lastLock.user)
      }
      // A sample vault isn't offered again: nobody knows its passphrase.
      if (lastLock?.sample === true) return
      const path = lastLock?.path ?? info.openPath ?? (await lastVault())
      if (path !== undefined) useNavigation.getState().go({ name: 'unlock', path })
    }
  } catch {
    await startI18n(navigator.language.startsWith('zh') ? 'zh-CN' : 'en')
  }
}

/** Whoever has a vault wants to open it; this is also where the window comes up again after a lock. */
async function lastVault(): Promise<string | undefined> {
  const { items } = await call('app.listRecents', {})
  const last = items[0]
  return last?.exists === true ? last.path : undefined
}
