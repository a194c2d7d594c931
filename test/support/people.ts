// People of a test vault, past their first passphrase.
import type { MemberRole } from '../../shared/types/vault.ts'
import { changePassphrase } from '../../electron/vault/usecases/keep-vault.ts'
import { addUser } from '../../electron/vault/usecases/people.ts'
import type { VaultSession } from '../../electron/vault/session.ts'
import { contextOf, lightWorkFactor, lock, openAt, type TestVault } from './vault.ts'

export const firstPassphrase = 'first lantern 河 orchard'
export const ownPassphrase = 'granite window 山 velvet'

/** Adds a person as an owner does; they are still on their first passphrase. Answers their id. */
export async function addPerson(session: VaultSession, name: string, role: MemberRole): Promise<string> {
  const request = { name, role, passphrase: firstPassphrase, workFactor: lightWorkFactor }
  return (await addUser(contextOf(session), request)).id
}

/** Adds a person who then sets their own passphrase: {@link openAs} opens for them. The vault is open for its owner again afterwards. */
export async function settledPerson(vault: TestVault, name: string, role: MemberRole): Promise<string> {
  const id = await addPerson(vault.session, name, role)
  lock(vault.session)
  const own = await openAt(vault.dir, { user: name, passphrase: firstPassphrase })
  await changePassphrase(contextOf(own), {
    passphrase: firstPassphrase,
    newPassphrase: ownPassphrase,
    workFactor: lightWorkFactor,
  })
  lock(own)
  await reopened(vault)
  return id
}

/** Opens for the owner again after the session was ended. */
export async function reopened(vault: TestVault): Promise<void> {
  vault.session = await openAt(vault.dir, { user: vault.session.person.name })
  vault.context = contextOf(vault.session)
}

export function openAs(dir: string, name: string, passphrase = ownPassphrase): Promise<VaultSession> {
  return openAt(dir, { user: name, passphrase })
}
