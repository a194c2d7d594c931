// Locking: everything that was shown is forgotten, then the unlock screen comes.
import { call } from '../api/client.ts'
import { useDataStore } from './data.ts'
import { useImportWizard } from './import-wizard.ts'
import { useJobs } from './jobs.ts'
import { useLists } from './lists.ts'
import { useNavigation } from './navigation.ts'
import { useOutcome } from './outcome.ts'
import { useSessionStore } from './session.ts'

/**
 * Empties every store. Pages unmount with it, and with them every clear value in component state. A sample vault isn't
 * offered again: its passphrase was made up and is known to nobody.
 */
export function forgetSession(): void {
  const { path, sample, close, session } = useSessionStore.getState()
  if (session === undefined) return
  useJobs.getState().reset()
  useImportWizard.getState().reset()
  useLists.getState().reset()
  useOutcome.getState().clear()
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
