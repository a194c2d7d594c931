// Locking: everything that was shown is forgotten, then the unlock screen comes.
import { call } from '../api/client.ts'
import { blankWindow } from '../lib/blank.ts'
import { clearCopied } from '../lib/clipboard.ts'
import { useDashboard } from './dashboard.ts'
import { useDataStore } from './data.ts'
import { useImportWizard } from './import-wizard.ts'
import { useJobs } from './jobs.ts'
import { useLists } from './lists.ts'
import { useNavigation } from './navigation.ts'
import { useOutcome } from './outcome.ts'
import { useSearchAll } from './search-all.ts'
import { useSessionStore } from './session.ts'

/**
 * Empties every store. Pages unmount with it, and with them every clear value in component state. A sample vault isn't
 * offered again: its passphrase was made up and is known to nobody.
 */
export function forgetSession(): void {
  clearCopied()
  const { path, sample, close, session } = useSessionStore.getState()
  if (session === undefined) return
  useJobs.getState().reset()
  useImportWizard.getState().reset()
  useLists.getState().reset()
  useOutcome.getState().reset()
  useDashboard.getState().reset()
  useSearchAll.getState().setOpen(false)
  close()
  useNavigation.getState().go(path === undefined || sample ? { name: 'welcome' } : { name: 'unlock', path })
  useDataStore.getState().bump()
}

/** Locks the vault. The window forgets first, whatever main answers. */
export async function lockVault(): Promise<void> {
  const locked = call('vault.lock', {})
  forgetSession()
  await locked
}

/**
 * Locks at once, whatever is being done and without asking: the screen is blank before anything else happens, and main
 * ends the vault process without waiting for it. The host puts a fresh document in this one's place; if it can't, we do.
 */
export function panicLock(): void {
  blankWindow()
  const locked = call('vault.lock', { reason: 'panic' })
  forgetSession()
  locked.catch(() => {
    window.location.reload()
  })
}
