// Who may open the vault, and by what: people, their computers, recovery kits, and the keys behind them.
import { z } from 'zod'
import { pathSchema } from '../types/common.ts'
import { kitIdSchema, personIdSchema } from '../types/ids.ts'
import {
  deviceSlotSchema,
  kitSchema,
  memberRoleSchema,
  memberSchema,
  personNameSchema,
  sessionSchema,
} from '../types/vault.ts'
import { channel, everybody, owners } from './define.ts'

const empty = z.strictObject({})
const fine = z.strictObject({ ok: z.literal(true) })
const passphrase = z.string().min(1).max(1024)
const code = z.string().max(2000)

export const peopleContract = {
  'users.list': channel({
    input: empty,
    output: z.strictObject({ items: z.array(memberSchema) }),
    target: 'vault',
    access: everybody,
  }),
  /** Adds a person with keys of their own. Their first passphrase has to be changed before they can act. */
  'users.add': channel({
    input: z.strictObject({ name: personNameSchema, role: memberRoleSchema, passphrase }),
    output: z.strictObject({ id: personIdSchema }),
    target: 'main',
    access: owners,
    identities: true,
    writes: true,
  }),
  /** The keys are sealed anew without the person, then renewed, so that nothing they kept opens what comes later. */
  'users.disable': channel({
    input: z.strictObject({ id: personIdSchema }),
    output: fine,
    target: 'vault',
    access: owners,
    identities: true,
    writes: true,
    job: true,
  }),
  'users.enable': channel({
    input: z.strictObject({ id: personIdSchema }),
    output: fine,
    target: 'vault',
    access: owners,
    identities: true,
    writes: true,
  }),
  'users.remove': channel({
    input: z.strictObject({ id: personIdSchema }),
    output: fine,
    target: 'vault',
    access: owners,
    identities: true,
    writes: true,
    job: true,
  }),
  /** A role is an entitlement to keys: who loses identities has its key renewed behind them. */
  'users.setRole': channel({
    input: z.strictObject({ id: personIdSchema, role: memberRoleSchema }),
    output: fine,
    target: 'vault',
    access: owners,
    identities: true,
    writes: true,
    job: true,
  }),
  /**
   * New keys for the person under a new first passphrase, and new keys for the vault behind the old ones: somebody may know the
   * passphrase of before, and a slot that it opens may lie in a copy of the folder.
   */
  'users.reset': channel({
    input: z.strictObject({ id: personIdSchema, passphrase }),
    output: fine,
    target: 'main',
    access: owners,
    identities: true,
    writes: true,
    job: true,
  }),

  'kits.list': channel({
    input: empty,
    output: z.strictObject({ items: z.array(kitSchema) }),
    target: 'vault',
    access: owners,
  }),
  /** Tries a kit against this vault's keys and notes that it was tried. Answers which kit it is. */
  'kits.check': channel({
    input: z.strictObject({ code }),
    output: z.strictObject({ id: kitIdSchema, name: z.string() }),
    target: 'vault',
    access: owners,
    writes: true,
  }),
  /**
   * One more kit. Its code is answered once and kept nowhere. Whoever replaces a kit revokes the old one when the new code is in
   * their hands.
   */
  'kits.add': channel({
    input: empty,
    output: z.strictObject({ id: kitIdSchema, name: z.string(), code: z.string() }),
    target: 'vault',
    access: owners,
    identities: true,
    writes: true,
  }),
  /** It opens nothing any more, and the keys are renewed behind it. The last kit stays (`kits.last`). */
  'kits.revoke': channel({
    input: z.strictObject({ id: kitIdSchema }),
    output: fine,
    target: 'vault',
    access: owners,
    identities: true,
    writes: true,
    job: true,
  }),
  /** Tries a kit on a closed vault: both keys open, both databases are read. Changes nothing. */
  'vault.checkKit': channel({
    input: z.strictObject({ path: pathSchema, recoveryCode: code }),
    output: fine,
    target: 'main',
    access: 'closed',
  }),

  /** The ways in of the person whose session it is. */
  'devices.list': channel({
    input: empty,
    output: z.strictObject({ items: z.array(deviceSlotSchema) }),
    target: 'main',
    access: everybody,
  }),
  /** Enrols this computer: a slot bound to its keychain takes the place of the person's unbound one. */
  'devices.add': channel({
    input: z.strictObject({ passphrase }),
    output: fine,
    target: 'main',
    access: everybody,
    writes: true,
  }),
  /** Adds a slot that is not bound, so that the folder can be carried to another computer and enrolled there. */
  'devices.carry': channel({
    input: z.strictObject({ passphrase }),
    output: fine,
    target: 'main',
    access: everybody,
    writes: true,
  }),
  /** Takes one way in away, a lost computer's for example. The last one stays. */
  'devices.remove': channel({
    input: z.strictObject({ id: z.uuid() }),
    output: fine,
    target: 'vault',
    access: everybody,
    writes: true,
  }),
  /** Masked work without a passphrase on this computer, for the person whose session it is. */
  'vault.setQuickUnlock': channel({
    input: z.strictObject({ on: z.boolean() }),
    output: fine,
    target: 'main',
    access: everybody,
    writes: true,
  }),
  /** Who can open masked work here without a passphrase: the keychain of this computer says so. */
  'vault.listQuickUnlock': channel({
    input: z.strictObject({ path: pathSchema }),
    output: z.strictObject({ people: z.array(personIdSchema) }),
    target: 'main',
    access: 'closed',
  }),
  'vault.unlockQuick': channel({
    input: z.strictObject({ path: pathSchema, person: personIdSchema }),
    output: sessionSchema,
    target: 'main',
    access: 'closed',
  }),

  /** New keys for both compartments, sealed to the people that the log knows. A new epoch. */
  'vault.rotate': channel({
    input: empty,
    output: z.strictObject({ epoch: z.number().int() }),
    target: 'vault',
    access: owners,
    identities: true,
    writes: true,
    job: true,
  }),
  /** An owner has looked at a warning: what it was about is put right, and the log says so. */
  'vault.acknowledge': channel({
    input: z.strictObject({ warning: z.enum(['vault.slotsChanged', 'vault.rolledBack']) }),
    output: sessionSchema,
    target: 'main',
    access: owners,
    identities: true,
    writes: true,
  }),
} as const
