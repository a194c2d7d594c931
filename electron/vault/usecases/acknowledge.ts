// An owner has looked at a warning about the vault's files. What it was about is put right, and the log says so.
import type { Input } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { sealKeys } from '../keys/entitled.ts'
import { readVaultFile, type VaultFile } from '../keys/vault-file.ts'
import { actorOf, type Context, inFileTurn, logAct, released } from '../session.ts'
import { bothKeys, listQuickUnlocks, quickMeta } from './key-holders.ts'
import { peopleAsKnown } from './known-slots.ts'
import { changeVaultFile } from './vault-file-change.ts'
import { vouchedPeople } from './vouched-people.ts'

/**
 * @throws GuicangError `record.notFound` when there is no such warning in this session; `identities.closed`; `access.denied` in a
 * session whose keys the log doesn't know; `audit.broken` where it doesn't know the acting person as they stand in the list
 */
export async function acknowledge(context: Context, { warning }: Input<'vault.acknowledge'>): Promise<void> {
  const { session } = context
  if (!session.warnings.includes(warning)) throw new GuicangError('record.notFound')
  // A person whose slot was put back from outside opens, but signs for nobody: not they decide what is right.
  if (session.signingKey === undefined) throw new GuicangError('access.denied')
  if (warning === 'vault.slotsChanged') await putSlotsRight(context)
  else {
    await released(session)
    session.store.records.db.transaction(() => {
      logAct(context, 'vault.rollbackAcknowledged', session.vaultId, {
        entries: session.store.records.audit.size(),
      })
    })()
  }
  session.warnings.splice(session.warnings.indexOf(warning), 1)
}

/**
 * vault.json anew: the people that records list, with the keys that they have there; of each the ways in that records know, and
 * of the acting person the one that is open now. Both compartment keys are sealed again.
 */
function putSlotsRight(context: Context): Promise<void> {
  return inFileTurn(context.session, async () => {
    const { session, now } = context
    const { records } = session.store
    const file = await readVaultFile(session.dir)
    // Who isn't as the log says keeps their place in the list, for an owner to remove, and gets no key.
    const vouched = vouchedPeople(records)
    if (!vouched.some(({ id }) => id === session.person.id))
      throw new GuicangError('audit.broken', { fields: [{ field: 'people', rule: 'unvouched' }] })
    const { people, dropped, strangers } = peopleAsKnown(records, file, {
      personId: session.person.id,
      slotId: session.slotId,
    })
    const next: VaultFile = {
      ...file,
      epoch: session.epoch,
      people,
      keys: await sealKeys(bothKeys(context), vouched),
    }
    const left = new Set(people.flatMap(({ slots }) => slots.map(({ id }) => id)))
    await changeVaultFile(
      records,
      session.dir,
      next,
      {
        ...actorOf(session),
        at: now().toISOString(),
        action: 'vault.slotsAcknowledged',
        subject: session.vaultId,
        detail: { strangers, dropped },
        people: [],
      },
      quickMeta(listQuickUnlocks(records).filter(({ slotId }) => left.has(slotId))),
    )
  })
}
