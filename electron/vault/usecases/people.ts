// People: a role is an entitlement to keys, so every change of one seals the keys anew, and whoever loses something has the
// keys renewed behind them.
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { personIdSchema } from '../../../shared/types/ids.ts'
import {
  holdsIdentities,
  memberRoleSchema,
  memberSchema,
  personNameSchema,
} from '../../../shared/types/vault.ts'
import { generatePersonKeys } from '../keys/person.ts'
import { newPassphraseSlot } from '../keys/slots.ts'
import type { VaultPerson, VaultSlot } from '../keys/vault-file.ts'
import { type Context, inFileTurn } from '../session.ts'
import { firstSlotKey, lastUnlockKey, metaKeys } from '../store/meta-keys.ts'
import type { Person } from '../store/repositories/people.ts'
import { countOpenCases } from './handovers.ts'
import { changeKeyHolders, type HolderChange, personOf } from './key-holders.ts'
import { renewAfter } from './rotate.ts'

/** The people of the vault in the order in which they came; recovery kits are no people. */
export function listUsers(context: Context): Output<'users.list'> {
  const { records } = context.session.store
  const slots: unknown = JSON.parse(records.meta.find(metaKeys.knownSlots) ?? '{}')
  const known = new Set(typeof slots === 'object' && slots !== null ? Object.keys(slots) : [])
  const items = records.people
    .list()
    .filter(({ role }) => memberRoleSchema.safeParse(role).success)
    .map((person) =>
      memberSchema.parse({
        id: person.id,
        name: person.name,
        role: person.role,
        state: person.state,
        mustChangePassphrase: known.has(records.meta.find(firstSlotKey(person.id)) ?? ''),
        lastUnlock: records.meta.find(lastUnlockKey(person.id)) ?? null,
      }),
    )
  return { items }
}

/** @throws GuicangError `record.notFound` when there is no such person */
function requireMember(context: Context, id: string): Person {
  const person = personOf(context, id)
  if (person === undefined || !memberRoleSchema.safeParse(person.role).success)
    throw new GuicangError('record.notFound')
  return person
}

/**
 * Whose entitlement may be taken away: an owner must be left, and nobody saws off the branch that they sit on.
 * @throws GuicangError `users.lastOwner`; `input.invalid` (rule `self`) for the person whose session it is
 */
function requireDispensable(context: Context, person: Person): void {
  const others = context.session.store.records.people
    .list()
    .filter(({ id, role, state }) => id !== person.id && role === 'owner' && state === 'active')
  if (others.length === 0) throw new GuicangError('users.lastOwner')
  if (person.id === context.session.person.id)
    throw new GuicangError('input.invalid', { fields: [{ field: 'id', rule: 'self' }] })
}

/** One name, however it is written: width, case and composition don't make another. */
function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}

export interface NewUser {
  name: string
  role: 'owner' | 'handler' | 'reviewer'
  passphrase: string
  /** Present in a vault that is bound: the new slot is bound to this computer as well. */
  deviceSecret?: string | undefined
  workFactor?: number | undefined
}

/**
 * Adds a person with keys of their own, under a first passphrase that they have to change.
 * @throws GuicangError `input.invalid` for a name that is taken (rule `taken`) or can't be shown; `passphrase.missing`;
 * `keychain.unavailable` when the way in should be bound and there is no device secret; `identities.closed`; `vault.slotsChanged`
 */
export function addUser(context: Context, request: NewUser): Promise<Output<'users.add'>> {
  return inFileTurn(context.session, async () => {
    const { session, now } = context
    const name = parseName(request.name)
    const taken = session.store.records.people.list().some((person) => fold(person.name) === fold(name))
    if (taken) throw new GuicangError('input.invalid', { fields: [{ field: 'name', rule: 'taken' }] })
    const { identity, recipient, signingKey, verifyKey } = await generatePersonKeys()
    const slot = await firstSlot(context, { identity, signingKey }, request)
    const id = uuidv7()
    const person = { id, name, role: request.role, recipient, verifyKey }
    await changeKeyHolders(context, {
      action: 'users.added',
      subject: id,
      detail: { role: request.role, verifyKey, deviceBound: slot.deviceBound },
      people: [{ ...person, state: 'active', createdAt: now().toISOString() }],
      edit: (people) => [...people, { ...person, slots: [slot] }],
      meta: { [firstSlotKey(id)]: slot.id },
    })
    return { id: personIdSchema.parse(id) }
  })
}

function parseName(text: string): string {
  const name = personNameSchema.safeParse(text)
  if (name.success) return name.data
  throw new GuicangError('input.invalid', { fields: [{ field: 'name', rule: 'format' }] })
}

function firstSlot(
  context: Context,
  secret: { identity: string; signingKey: string },
  request: Pick<NewUser, 'passphrase' | 'deviceSecret' | 'workFactor'>,
): Promise<VaultSlot> {
  const { passphrase, deviceSecret, workFactor } = request
  const now = context.now()
  // A keychain that has lost its share must not make, unasked, a way in that the file alone can be guessed at for.
  if (isBound(context) && deviceSecret === undefined) throw new GuicangError('keychain.unavailable')
  return newPassphraseSlot({
    vaultId: context.session.vaultId,
    secret,
    passphrase,
    deviceSecret: isBound(context) ? deviceSecret : undefined,
    now,
    workFactor,
  })
}

/** Whether the acting person's own way in is bound to a computer: then so are those that they give to others. */
function isBound(context: Context): boolean {
  return context.session.deviceBound
}

/**
 * Gives a person new keys under a new first passphrase. Their old keys lie in slots that go, and the vault's keys are renewed
 * behind whoever kept one of those.
 * @throws GuicangError as {@link addUser}; `record.notFound`
 */
export async function resetUser(
  context: Context,
  request: { id: string } & Pick<NewUser, 'passphrase' | 'deviceSecret' | 'workFactor'>,
): Promise<{ ok: true }> {
  await inFileTurn(context.session, async () => {
    const person = requireMember(context, request.id)
    const { identity, recipient, signingKey, verifyKey } = await generatePersonKeys()
    const slot = await firstSlot(context, { identity, signingKey }, request)
    await changeKeyHolders(context, {
      action: 'users.reset',
      subject: person.id,
      detail: { verifyKey, deviceBound: slot.deviceBound },
      people: [{ ...changeOf(person), recipient, verifyKey }],
      edit: (people) => withLine(people, { ...lineOf(person), recipient, verifyKey, slots: [slot] }),
      meta: { [firstSlotKey(person.id)]: slot.id },
      withoutQuick: person.id,
      renewal: true,
    })
  })
  await renewAfter(context)
  return { ok: true }
}

/**
 * Takes a person's entitlement away; they keep their name, and {@link enableUser} gives it back. The keys are renewed.
 * @throws GuicangError `users.lastOwner`, `record.notFound`, `identities.closed`, `vault.slotsChanged`
 */
export async function disableUser(context: Context, { id }: { id: string }): Promise<{ ok: true }> {
  await inFileTurn(context.session, async () => {
    const person = requireMember(context, id)
    requireDispensable(context, person)
    await changeKeyHolders(context, {
      action: 'users.disabled',
      subject: id,
      detail: {},
      people: [{ ...changeOf(person), state: 'disabled' }],
      edit: (people) =>
        people.map((other) =>
          other.id === id ? { ...other, slots: other.slots.filter(({ kind }) => kind !== 'device') } : other,
        ),
      withoutQuick: id,
      renewal: true,
    })
  })
  await renewAfter(context)
  return { ok: true }
}

/** @throws GuicangError `record.notFound`, `identities.closed`, `vault.slotsChanged` */
export function enableUser(context: Context, { id }: { id: string }): Promise<{ ok: true }> {
  return inFileTurn(context.session, async () => {
    const person = requireMember(context, id)
    await changeKeyHolders(context, {
      action: 'users.enabled',
      subject: id,
      detail: {},
      people: [{ ...changeOf(person), state: 'active' }],
      edit: (people) => [...people],
    })
    return { ok: true }
  })
}

/**
 * As {@link disableUser}, for good: the person goes from vault.json and from the list; the log remembers them. Nobody goes with
 * cases open: they would be nobody's.
 * @throws GuicangError as {@link disableUser}; `users.openCases` until these are handed over
 */
export async function removeUser(context: Context, { id }: { id: string }): Promise<{ ok: true }> {
  await inFileTurn(context.session, async () => {
    const person = requireMember(context, id)
    requireDispensable(context, person)
    const open = countOpenCases(context, id)
    if (open > 0)
      throw new GuicangError('users.openCases', {
        fields: [{ field: 'cases', rule: 'open', value: String(open) }],
      })
    await changeKeyHolders(context, {
      action: 'users.removed',
      subject: id,
      detail: { role: person.role },
      people: [{ id, removed: true }],
      edit: (people) => people.filter((other) => other.id !== id),
      meta: { [firstSlotKey(id)]: null, [lastUnlockKey(id)]: null },
      withoutQuick: id,
      renewal: true,
    })
  })
  await renewAfter(context)
  return { ok: true }
}

/**
 * Gives a person another role, and with it other keys. Who loses identities has its key renewed behind them.
 * @throws GuicangError as {@link disableUser}
 */
export async function setUserRole(context: Context, input: Input<'users.setRole'>): Promise<{ ok: true }> {
  const loses = await inFileTurn(context.session, async () => {
    const person = requireMember(context, input.id)
    if (person.role === input.role) return false
    requireDispensable(context, person)
    const renewal = holdsIdentities(person.role) && !holdsIdentities(input.role)
    await changeKeyHolders(context, {
      action: 'users.roleSet',
      subject: person.id,
      detail: { from: person.role, to: input.role },
      people: [{ ...changeOf(person), role: input.role }],
      edit: (people) =>
        people.map((other) => (other.id === person.id ? { ...other, role: input.role } : other)),
      renewal,
    })
    return renewal
  })
  if (loses) await renewAfter(context)
  return { ok: true }
}

function changeOf(person: Person): HolderChange {
  const { seq: _seq, ...change } = person
  return change
}

function lineOf(person: Person): Omit<VaultPerson, 'slots'> {
  const { id, name, role, recipient, verifyKey } = person
  return { id, name, role, recipient, verifyKey }
}

/** The list with this person's line in its place, or at its end where a put-back file has lost it. */
function withLine(people: readonly VaultPerson[], line: VaultPerson): VaultPerson[] {
  return people.some(({ id }) => id === line.id)
    ? people.map((other) => (other.id === line.id ? line : other))
    : [...people, line]
}
