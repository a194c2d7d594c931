// Recovery kits: who has one opens everything, so they are tried, replaced and revoked like any other key.
import { v7 as uuidv7 } from 'uuid'
import type { Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { kitIdSchema } from '../../../shared/types/ids.ts'
import { kitSchema } from '../../../shared/types/vault.ts'
import { recipientOf } from '../keys/person.ts'
import { generateRecoveryKit, parseRecoveryCode } from '../keys/recovery-code.ts'
import { readVaultFile } from '../keys/vault-file.ts'
import { type Context, inFileTurn, logAct, released } from '../session.ts'
import { openDatabase } from '../store/driver.ts'
import { kitCheckedKey, metaKeys } from '../store/meta-keys.ts'
import type { Person } from '../store/repositories/people.ts'
import { metaRepository } from '../store/repositories/meta.ts'
import { fileUnder } from '../store/rotation-files.ts'
import { changeKeyHolders, personOf } from './key-holders.ts'
import { openKeys } from './open-vault.ts'
import { renewAfter } from './rotate.ts'

function kitsOf(context: Context): Person[] {
  return context.session.store.records.people.list().filter(({ role }) => role === 'recovery')
}

function requireKit(context: Context, id: string): Person {
  const kit = personOf(context, id)
  if (kit?.role !== 'recovery') throw new GuicangError('record.notFound')
  return kit
}

export function listKits(context: Context): Output<'kits.list'> {
  const { meta } = context.session.store.records
  const items = kitsOf(context).map(({ id, name, createdAt }) =>
    kitSchema.parse({ id, name, createdAt, checkedAt: meta.find(kitCheckedKey(id)) ?? null }),
  )
  return { items }
}

/**
 * Tries a kit: it opens both keys as vault.json seals them, and they are the ones in use.
 * @throws GuicangError `recovery.codeInvalid`, `recovery.codeUnknown`, `vault.damaged` when it no longer opens what it should
 */
export async function checkKit(context: Context, { code }: { code: string }): Promise<Output<'kits.check'>> {
  const { session, now } = context
  const identity = parseRecoveryCode(code)
  const recipient = await recipientOf(identity)
  const kit = kitsOf(context).find((one) => one.recipient === recipient)
  if (kit === undefined) throw new GuicangError('recovery.codeUnknown')
  const keys = await openKeys(await readVaultFile(session.dir), 'recovery', identity)
  const { records, identities } = session.keys
  if (keys.records !== records || (identities !== undefined && keys.identities !== identities))
    throw new GuicangError('vault.damaged', { fields: [{ field: 'vault.json', rule: 'keys' }] })
  await released(session)
  session.store.records.db.transaction(() => {
    session.store.records.meta.set(kitCheckedKey(kit.id), now().toISOString())
    logAct(context, 'kits.checked', kit.id, {})
  })()
  return { id: kitIdSchema.parse(kit.id), name: kit.name }
}

/**
 * One more kit. To replace one, its owner keeps the new code first and revokes the old kit then: a code on its way to them, or
 * a renewal of keys that takes minutes, is no moment at which neither opens anything.
 * @returns its code (`AGE-SECRET-KEY-1…`), which is kept nowhere, and the name for its paper
 * @throws GuicangError `identities.closed`, `vault.slotsChanged`
 */
export function addKit(context: Context): Promise<Output<'kits.add'>> {
  return inFileTurn(context.session, async () => {
    const { code, recipient } = await generateRecoveryKit()
    const kit = { id: uuidv7(), name: nextName(context), recipient, verifyKey: '' }
    await changeKeyHolders(context, {
      action: 'kits.added',
      subject: kit.id,
      detail: {},
      people: [{ ...kit, role: 'recovery', state: 'active', createdAt: context.now().toISOString() }],
      edit: (people) => [...people, { ...kit, role: 'recovery', slots: [] }],
    })
    return { id: kitIdSchema.parse(kit.id), name: kit.name, code }
  })
}

/** `recovery-N`: a number that no kit has had, so that two papers never have one name. */
function nextName(context: Context): string {
  const { audit } = context.session.store.records
  // An earlier version replaced a kit in one act.
  return `recovery-${2 + audit.ofActions('kits.added', 'kits.replaced').length + 1}`
}

/**
 * Takes a kit away; the keys are renewed behind it.
 * @throws GuicangError `record.notFound`, `kits.last`, `identities.closed`, `vault.slotsChanged`
 */
export async function revokeKit(context: Context, { id }: { id: string }): Promise<{ ok: true }> {
  await inFileTurn(context.session, async () => {
    const kit = requireKit(context, id)
    if (kitsOf(context).length === 1) throw new GuicangError('kits.last')
    await changeKeyHolders(context, {
      action: 'kits.revoked',
      subject: kit.id,
      detail: {},
      people: [{ id: kit.id, removed: true }],
      edit: (people) => people.filter((other) => other.id !== kit.id),
      meta: { [kitCheckedKey(kit.id)]: null },
      renewal: true,
    })
  })
  await renewAfter(context)
  return { ok: true }
}

/**
 * Tries a kit on a closed vault and changes nothing: both keys open, and each reads its database.
 * @throws GuicangError `recovery.codeInvalid`, `recovery.codeUnknown`, and what reading a vault refuses
 */
export async function checkKitAt(dir: string, code: string): Promise<{ ok: true }> {
  const identity = parseRecoveryCode(code)
  const file = await readVaultFile(dir)
  const recipient = await recipientOf(identity)
  if (!file.people.some((person) => person.role === 'recovery' && person.recipient === recipient))
    throw new GuicangError('recovery.codeUnknown')
  const keys = await openKeys(file, 'recovery', identity)
  for (const name of ['records', 'identities'] as const) {
    const key = keys[name] ?? ''
    const db = openDatabase(fileUnder(dir, name, key), key, { readonly: true })
    try {
      if (metaRepository(db).find(metaKeys.vaultId) !== file.vaultId)
        throw new GuicangError('vault.damaged', { fields: [{ field: `${name}.db`, rule: 'otherVault' }] })
    } finally {
      db.close()
    }
  }
  return { ok: true }
}
