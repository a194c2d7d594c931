// Identities just in time: opened again by the person's passphrase, in a session that works masked.
import { GuicangError } from '../../../shared/errors.ts'
import type { PersonSecret } from '../keys/slots.ts'
import { readVaultFile } from '../keys/vault-file.ts'
import { type Context, inFileTurn, logAct } from '../session.ts'
import { sweep } from '../store/sweep.ts'
import { absorbInbox } from './absorb-inbox.ts'
import { openIdentitiesStore } from './open-store.ts'
import { openKeys, openPerson, signingKeyOf } from './open-vault.ts'

/**
 * Opens identities, repairs what a crash left there and takes in what waited. A session of quick unlock can sign from now on.
 * Does nothing where it is open.
 * @throws GuicangError `vault.wrongPassphrase`, `vault.deviceMissing`, `access.denied` for a role without entitlement,
 * `vault.slotsChanged` when vault.json doesn't know the person any more, `vault.damaged`
 */
export function openIdentities(
  context: Context,
  request: { passphrase: string; deviceSecret?: string | undefined },
): Promise<void> {
  const { session } = context
  // In turn with a renewal of keys: the file that is read and the database that is opened are of one epoch.
  return inFileTurn(session, async () => {
    if (session.store.identities !== undefined) return
    const file = await readVaultFile(session.dir)
    const person = file.people.find(({ id }) => id === session.person.id)
    if (person === undefined) throw new GuicangError('vault.slotsChanged')
    const { secret } = await openPerson(file.vaultId, person, request.passphrase, request.deviceSecret)
    const keys = await openKeys(file, session.person.role, secret.identity)
    if (keys.identities === undefined) throw new GuicangError('access.denied')
    session.store.identities = openIdentitiesStore(session.dir, session.vaultId, keys.identities)
    session.keys.identities = keys.identities
    try {
      await takeOver(context, secret)
    } catch (thrown) {
      // Main hears of a failure and takes identities for closed: nobody would close it when the idle time is over.
      session.store.identities.db.close()
      session.store.identities = undefined
      session.keys.identities = undefined
      throw thrown
    }
  })
}

async function takeOver(context: Context, secret: PersonSecret): Promise<void> {
  const { session, now } = context
  sweep(session.store, session.dir)
  if (session.signingKey === undefined) {
    session.signingKey = signingKeyOf(secret, session.verifyKey)
    // What was done without a signature so far is vouched for from here on.
    session.store.records.db.transaction(() => {
      logAct(context, 'session.signed', session.person.id, {})
    })()
  }
  await absorbInbox(session, now())
}
