// A person's ways in: passphrase slots, bound to a computer or not, and quick unlock of masked work.
import { randomUUID } from 'node:crypto'
import { GuicangError } from '../../../shared/errors.ts'
import type { DeviceSlot } from '../../../shared/types/vault.ts'
import type { AuditEntry } from '../../../shared/types/exchange.ts'
import { sealCompartmentKey } from '../keys/compartment-keys.ts'
import { recipientOf } from '../keys/person.ts'
import { generateRecoveryKit, parseRecoveryCode } from '../keys/recovery-code.ts'
import { deviceTag, newPassphraseSlot } from '../keys/slots.ts'
import { readVaultFile, type VaultFile, type VaultPerson, type VaultSlot } from '../keys/vault-file.ts'
import { actorOf, type Context, inFileTurn } from '../session.ts'
import { listQuickUnlocks, ownVaultFile, quickMeta, type QuickUnlock } from './key-holders.ts'
import { openPerson } from './open-vault.ts'
import { changeVaultFile, isOwnVaultFile } from './vault-file-change.ts'

export interface SlotRequest {
  passphrase: string
  /** This computer's. */
  deviceSecret?: string | undefined
  workFactor?: number | undefined
}

function ownLine(context: Context, file: VaultFile): VaultPerson {
  const person = file.people.find(({ id }) => id === context.session.person.id)
  if (person === undefined) throw new GuicangError('vault.slotsChanged')
  return person
}

/**
 * The slots of the person whose session it is. `here`: opens on the computer with this device secret; of a slot of the first
 * version, and of quick unlock, that can't be told.
 */
export async function listOwnSlots(
  context: Context,
  deviceSecret: string | undefined,
): Promise<{ items: DeviceSlot[] }> {
  const { session } = context
  const file = await readVaultFile(session.dir)
  if (session.warnings.includes('vault.slotsChanged') || !isOwnVaultFile(session.store.records, file))
    throw new GuicangError('vault.slotsChanged')
  const tag = deviceSecret === undefined ? undefined : deviceTag(file.vaultId, deviceSecret)
  const items = ownLine(context, file).slots.map(({ sealed: _sealed, device, ...slot }) => ({
    ...slot,
    here: !slot.deviceBound ? true : device === undefined ? null : device === tag,
  }))
  return { items }
}

interface SlotChange {
  action: string
  detail: AuditEntry['detail']
  slots: VaultSlot[]
  quick?: readonly QuickUnlock[]
}

async function changeOwnSlots(context: Context, file: VaultFile, change: SlotChange): Promise<void> {
  const { session, now } = context
  const own = ownLine(context, file)
  const people = file.people.map((person) =>
    person.id === own.id ? { ...person, slots: change.slots } : person,
  )
  await changeVaultFile(
    session.store.records,
    session.dir,
    { ...file, people },
    {
      ...actorOf(session),
      at: now().toISOString(),
      action: change.action,
      subject: own.id,
      detail: change.detail,
      people: [],
    },
    change.quick === undefined ? {} : quickMeta(change.quick),
  )
}

/**
 * Adds a slot for the person's own keys under their passphrase: bound to this computer (`bind`), in the place of the one that
 * is bound to none and of an older one of this computer; or bound to none, beside the others, to be carried.
 * @throws GuicangError `vault.wrongPassphrase`, `vault.deviceMissing`, `vault.slotsChanged`
 */
export function addSlot(context: Context, request: SlotRequest & { bind: boolean }): Promise<{ ok: true }> {
  return inFileTurn(context.session, async () => {
    const { now } = context
    const { passphrase, deviceSecret, bind, workFactor } = request
    if (bind && deviceSecret === undefined) throw new GuicangError('keychain.unavailable')
    const file = await ownVaultFile(context)
    const own = ownLine(context, file)
    const { secret } = await openPerson(file.vaultId, own, passphrase, deviceSecret)
    const slot = await newPassphraseSlot({
      vaultId: file.vaultId,
      secret,
      passphrase,
      deviceSecret: bind ? deviceSecret : undefined,
      now: now(),
      workFactor,
    })
    const kept = own.slots.filter(({ kind, deviceBound, device }) => {
      if (kind !== 'passphrase') return true
      return deviceBound && !(bind && (device === slot.device || device === undefined))
    })
    await changeOwnSlots(context, file, {
      action: bind ? 'devices.added' : 'devices.carried',
      detail: { slot: slot.id },
      slots: [...kept, slot],
    })
    return { ok: true }
  })
}

/**
 * Takes one way in away. The last passphrase slot stays.
 * @throws GuicangError `record.notFound`; `input.invalid` (rule `last`); `access.denied` for a passphrase slot in a session that
 * was opened without a passphrase; `vault.slotsChanged`
 */
export function removeSlot(context: Context, { id }: { id: string }): Promise<{ ok: true }> {
  return inFileTurn(context.session, async () => {
    const file = await ownVaultFile(context)
    const own = ownLine(context, file)
    const gone = own.slots.find((slot) => slot.id === id)
    if (gone === undefined) throw new GuicangError('record.notFound')
    // Quick unlock is for masked work: who came in without the passphrase doesn't take it from the person.
    if (gone.kind === 'passphrase' && context.session.signingKey === undefined)
      throw new GuicangError('access.denied')
    const slots = own.slots.filter((slot) => slot !== gone)
    if (!slots.some(({ kind }) => kind === 'passphrase'))
      throw new GuicangError('input.invalid', { fields: [{ field: 'id', rule: 'last' }] })
    const quick = listQuickUnlocks(context.session.store.records).filter(({ slotId }) => slotId !== id)
    await changeOwnSlots(context, file, {
      action: 'devices.removed',
      detail: { slot: id, kind: gone.kind },
      slots,
      quick,
    })
    return { ok: true }
  })
}

/**
 * The identity for quick unlock on this computer, and its recipient.
 * @param kept what the keychain holds; what is no identity makes way for a new one
 */
export async function quickIdentity(
  kept: string | undefined,
): Promise<{ identity: string; recipient: string }> {
  if (kept !== undefined) {
    try {
      const identity = parseRecoveryCode(kept)
      return { identity, recipient: await recipientOf(identity) }
    } catch (thrown) {
      if (!(thrown instanceof GuicangError)) throw thrown
    }
  }
  const { code, recipient } = await generateRecoveryKit()
  return { identity: code, recipient }
}

/**
 * Seals the records key, and nothing else, to a quick-unlock identity that lies in this computer's keychain. A slot that it has
 * already makes way for the new one.
 * @param recipient its public part; undefined takes the person's quick unlock away, on every computer
 * @throws GuicangError `vault.slotsChanged`, `input.invalid` for something that is no recipient
 */
export function setQuickUnlock(
  context: Context,
  { recipient }: { recipient?: string | undefined },
): Promise<{ ok: true }> {
  return inFileTurn(context.session, async () => {
    const { session, now } = context
    const file = await ownVaultFile(context)
    const own = ownLine(context, file)
    const known = listQuickUnlocks(session.store.records)
    if (recipient === undefined) {
      await changeOwnSlots(context, file, {
        action: 'devices.quickUnlockOff',
        detail: {},
        slots: own.slots.filter(({ kind }) => kind !== 'device'),
        quick: known.filter(({ personId }) => personId !== own.id),
      })
      return { ok: true }
    }
    const ofComputer = known.filter((one) => one.personId === own.id && one.recipient === recipient)
    const earlier = new Set(ofComputer.map(({ slotId }) => slotId))
    const slot: VaultSlot = {
      id: randomUUID(),
      kind: 'device',
      deviceBound: true,
      createdAt: now().toISOString(),
      sealed: await sealCompartmentKey('records', session.keys.records, [recipient]),
    }
    await changeOwnSlots(context, file, {
      action: 'devices.quickUnlockOn',
      detail: { slot: slot.id },
      slots: [...own.slots.filter(({ id }) => !earlier.has(id)), slot],
      quick: [
        ...known.filter(({ slotId }) => !earlier.has(slotId)),
        { slotId: slot.id, personId: own.id, recipient },
      ],
    })
    return { ok: true }
  })
}
