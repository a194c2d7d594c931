// Somebody who has the records key only.
import { randomUUID } from 'node:crypto'
import { sealCompartmentKey } from '../../../electron/vault/keys/compartment-keys.ts'
import { generatePersonKeys } from '../../../electron/vault/keys/person.ts'
import { sealPassphraseSlot } from '../../../electron/vault/keys/slots.ts'
import { readVaultFile } from '../../../electron/vault/keys/vault-file.ts'
import type { VaultSession } from '../../../electron/vault/session.ts'
import { changeVaultFile } from '../../../electron/vault/usecases/vault-file-change.ts'
import { lightWorkFactor } from '../../support/vault.ts'

export const reviewer = '复核员乙'
export const reviewerPassphrase = 'nine 块 smooth stones in a drawer'

/** Adds a reviewer to the vault of an open session: a slot of their own, and the records key sealed to them too. */
export async function addReviewer(session: VaultSession): Promise<void> {
  const file = await readVaultFile(session.dir)
  const { recipient, verifyKey, ...secret } = await generatePersonKeys()
  const now = new Date().toISOString()
  const id = randomUUID()
  session.store.records.people.add({
    id,
    name: reviewer,
    role: 'reviewer',
    recipient,
    verifyKey,
    createdAt: now,
  })
  const sealed = await sealPassphraseSlot(secret, reviewerPassphrase, undefined, lightWorkFactor)
  const slot = { id: randomUUID(), kind: 'passphrase' as const, deviceBound: false, createdAt: now, sealed }
  const people = [
    ...file.people,
    { id, name: reviewer, role: 'reviewer' as const, recipient, verifyKey, slots: [slot] },
  ]
  const records = await sealCompartmentKey(
    'records',
    session.keys.records,
    people.map((person) => person.recipient),
  )
  await changeVaultFile(
    session.store.records,
    session.dir,
    { ...file, people, keys: { ...file.keys, records } },
    {
      personId: session.person.id,
      user: session.person.name,
      at: now,
      action: 'people.added',
      subject: id,
      detail: { role: 'reviewer' },
      people: [{ id, recipient, verifyKey }],
    },
  )
}
