// One change of who holds the vault's keys: vault.json sealed anew, the list in records, and the entry in the log, as one act.
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import type { AuditEntry } from '../../../shared/types/exchange.ts'
import { sealKeys } from '../keys/entitled.ts'
import { readVaultFile, type VaultFile, type VaultPerson } from '../keys/vault-file.ts'
import { actorOf, type Context } from '../session.ts'
import { metaKeys } from '../store/meta-keys.ts'
import type { Person } from '../store/repositories/people.ts'
import type { RecordsStore } from '../store/store.ts'
import { changeVaultFile, settleVaultFile } from './vault-file-change.ts'
import { requireVouched } from './vouched-people.ts'

/** A person as they are to stand. */
export type HolderChange = Omit<Person, 'seq'>

export interface KeyHolderAct {
  action: string
  subject: string
  detail: AuditEntry['detail']
  people: readonly (HolderChange | { id: string; removed: true })[]
  /** The people of vault.json, changed. */
  edit: (people: readonly VaultPerson[]) => VaultPerson[]
  meta?: Record<string, string | null>
  /** The person whose quick unlock ends with this. */
  withoutQuick?: string
  /** Somebody loses an entitlement: until the keys are renewed, `rotation.due`. */
  renewal?: boolean
}

export function personOf(context: Context, id: string): Person | undefined {
  return context.session.store.records.people.find(id)
}

/**
 * vault.json, provided that it is the one that records know. Its caller has the file turn: what another act has announced
 * and not yet written would be taken for something that never came.
 * @throws GuicangError `vault.slotsChanged`, and what reading it refuses
 */
export async function ownVaultFile(context: Context): Promise<VaultFile> {
  const { session } = context
  if (session.warnings.includes('vault.slotsChanged')) throw new GuicangError('vault.slotsChanged')
  const file = await readVaultFile(session.dir)
  // A change that stands, but could not be written down at once, is written down now.
  if (!settleVaultFile(session.store.records, file)) throw new GuicangError('vault.slotsChanged')
  return file
}

/** Both keys. @throws GuicangError `identities.closed` */
export function bothKeys(context: Context): { records: string; identities: string } {
  const { records, identities } = context.session.keys
  if (identities === undefined) throw new GuicangError('identities.closed')
  return { records, identities }
}

/**
 * Writes the change. Its caller has the file turn.
 * @throws GuicangError `vault.slotsChanged`, `audit.broken` (see {@link requireVouched}), `identities.closed`, `disk.full`,
 * `vault.readOnly`
 */
export async function changeKeyHolders(context: Context, act: KeyHolderAct): Promise<void> {
  const { session, now } = context
  const { records } = session.store
  const file = await ownVaultFile(context)
  const leaving = act.people.filter((change) => 'removed' in change)
  requireVouched(
    records,
    leaving.map(({ id }) => id),
  )
  const keys = await sealKeys(bothKeys(context), nextPeople(records, act.people))
  const at = now().toISOString()
  const quick = act.withoutQuick
  await changeVaultFile(
    records,
    session.dir,
    { ...file, people: act.edit(file.people), keys },
    {
      ...actorOf(session),
      at,
      action: act.action,
      subject: act.subject,
      detail: act.detail,
      people: [...act.people],
    },
    {
      ...act.meta,
      ...(quick === undefined
        ? {}
        : quickMeta(listQuickUnlocks(records).filter((one) => one.personId !== quick))),
      ...(act.renewal === true ? { [metaKeys.rotationDue]: at } : {}),
    },
  )
  if (act.renewal === true && !session.warnings.includes('rotation.due'))
    session.warnings.push('rotation.due')
}

function nextPeople(records: RecordsStore, changes: KeyHolderAct['people']): Omit<Person, 'seq'>[] {
  const next = new Map<string, Omit<Person, 'seq'>>(
    records.people.list().map((person) => [person.id, person]),
  )
  for (const change of changes) {
    if ('removed' in change) next.delete(change.id)
    else next.set(change.id, change)
  }
  return [...next.values()]
}

const quickUnlocksSchema = z.array(
  z.strictObject({ slotId: z.string(), personId: z.string(), recipient: z.string() }),
)
export type QuickUnlock = z.infer<typeof quickUnlocksSchema>[number]

/** Whom the records key is sealed to for quick unlock, as records know it. */
export function listQuickUnlocks(records: RecordsStore): QuickUnlock[] {
  return quickUnlocksSchema.parse(JSON.parse(records.meta.find(metaKeys.quickUnlocks) ?? '[]'))
}

export function quickMeta(list: readonly QuickUnlock[]): Record<string, string> {
  return { [metaKeys.quickUnlocks]: JSON.stringify(list) }
}
