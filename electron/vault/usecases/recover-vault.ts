// Recovery: a kit opens the vault, and an owner gets new keys under a new passphrase.
import { GuicangError } from '../../../shared/errors.ts'
import { sealKeys } from '../keys/entitled.ts'
import { generatePersonKeys, recipientOf } from '../keys/person.ts'
import { parseRecoveryCode } from '../keys/recovery-code.ts'
import { newPassphraseSlot } from '../keys/slots.ts'
import { readVaultFile, type VaultPerson } from '../keys/vault-file.ts'
import type { SeenLog } from '../process/port.ts'
import type { VaultSession } from '../session.ts'
import { takeLease } from '../store/lease.ts'
import type { Person } from '../store/repositories/people.ts'
import type { RecordsStore, Store } from '../store/store.ts'
import { listQuickUnlocks, quickMeta } from './key-holders.ts'
import { openStore } from './open-store.ts'
import { peopleAsKnown } from './known-slots.ts'
import { absorbed, openKeys, startSession } from './open-vault.ts'
import { changeVaultFile, settleVaultFile } from './vault-file-change.ts'
import { vouchedPeople } from './vouched-people.ts'

export interface RecoverRequest {
  path: string
  recoveryCode: string
  newPassphrase: string
  /** Which owner, where there are several; the first one unless told. */
  user?: string | undefined
  deviceSecret?: string | undefined
  workFactor?: number | undefined
  /** As of an unlock: times of failed unlocks that main has queued, and what this computer last saw of the log. */
  failedUnlocks?: readonly string[]
  seen?: SeenLog | undefined
}

/**
 * Opens the vault with a recovery kit and gives an owner new keys under a new passphrase: the old ones lie in slots that
 * nobody can open any more. The kits stay as they are.
 * @throws GuicangError `recovery.codeInvalid` (names the group with the typo), `recovery.codeUnknown` (a good code, not of
 * this vault), `input.invalid` (rule `unknown`) for a name that is no owner's, and what opening a vault refuses
 */
export async function recoverVault(request: RecoverRequest, now: Date): Promise<VaultSession> {
  const identity = parseRecoveryCode(request.recoveryCode)
  const file = await readVaultFile(request.path)
  const recipient = await recipientOf(identity)
  const line = file.people.find((person) => person.role === 'recovery' && person.recipient === recipient)
  if (line === undefined) throw new GuicangError('recovery.codeUnknown')
  const keys = await openKeys(file, 'recovery', identity)
  const lease = takeLease(request.path, line.name, now)
  try {
    const store = openStore(request.path, file.vaultId, keys)
    try {
      // Asked before this act gives the file a new digest: an edit from outside must not pass for the recovery's own.
      const intact = settleVaultFile(store.records, file)
      const kit = store.records.people.find(line.id)
      // A kit that was revoked and put back into the file from outside is none.
      if (kit?.recipient !== recipient || kit.role !== 'recovery')
        throw new GuicangError('recovery.codeUnknown')
      const owner = chooseOwner(store.records, request.user)
      const fresh = await generatePersonKeys()
      const secret = { identity: fresh.identity, signingKey: fresh.signingKey }
      const slot = await newPassphraseSlot({
        ...request,
        vaultId: file.vaultId,
        secret,
        passphrase: request.newPassphrase,
        now,
      })
      const { id, name, role } = owner
      const person: VaultPerson = {
        id,
        name,
        role,
        recipient: fresh.recipient,
        verifyKey: fresh.verifyKey,
        slots: [slot],
      }
      // A row that the log doesn't know gets no key, and keeps nobody from recovering.
      const vouched = new Set([...vouchedPeople(store.records).map((one) => one.id), id, kit.id])
      const listed = store.records.people
        .list()
        .filter((other) => vouched.has(other.id))
        .map((other) => (other.id === id ? { ...other, recipient: fresh.recipient } : other))
      const sealed = await sealKeys({ records: keys.records, identities: keys.identities ?? '' }, listed)
      // Nor does an edit pass for what records know from now on: of the others only what they knew before stays.
      const { people, dropped } = peopleAsKnown(store.records, file)
      const others = people.filter((other) => other.id !== id)
      const changed = { ...file, people: [person, ...others], keys: sealed }
      await changeVaultFile(
        store.records,
        request.path,
        changed,
        {
          personId: kit.id,
          user: kit.name,
          at: now.toISOString(),
          action: 'vault.recovered',
          subject: id,
          detail: {
            kit: kit.id,
            slot: slot.id,
            deviceBound: slot.deviceBound,
            verifyKey: fresh.verifyKey,
            ...(intact ? {} : { slotsChanged: true, dropped }),
          },
          people: [{ id, recipient: fresh.recipient, verifyKey: fresh.verifyKey }],
        },
        quickMeta(listQuickUnlocks(store.records).filter(({ personId }) => personId !== id)),
      )
      closeStore(store)
      const { path: dir, failedUnlocks = [], seen } = request
      const start = { dir, file: changed, person, secret, slot, keys, failedUnlocks, seen }
      const session = startSession(start, now, lease)
      if (!intact) session.warnings.push('vault.slotsChanged')
      return await absorbed(session, now)
    } catch (thrown) {
      closeStore(store)
      throw thrown
    }
  } catch (thrown) {
    lease.release()
    throw thrown
  }
}

function chooseOwner(records: RecordsStore, user: string | undefined): Person {
  const owners = records.people.list().filter(({ role, state }) => role === 'owner' && state === 'active')
  const wanted = user?.normalize('NFC')
  const found = wanted === undefined ? owners[0] : owners.find(({ name }) => name.normalize('NFC') === wanted)
  if (found === undefined)
    throw new GuicangError('input.invalid', { fields: [{ field: 'user', rule: 'unknown' }] })
  return found
}

function closeStore(store: Store): void {
  if (store.identities?.db.open === true) store.identities.db.close()
  if (store.records.db.open) store.records.db.close()
}
