// Renewing the keys: both compartments copied under new keys, sealed to the people that the log knows, swapped in as one act.
// Nobody's passphrase is needed. The commit point is vault.json (see store/rotation-files.ts).
import { join } from 'node:path'
import type { Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { appendEntry } from '../audit/log.ts'
import { generateCompartmentKey, sealCompartmentKey } from '../keys/compartment-keys.ts'
import { sealKeys } from '../keys/entitled.ts'
import {
  readVaultFile,
  type VaultFile,
  vaultFileDigest,
  type VaultPerson,
  writeVaultFile,
} from '../keys/vault-file.ts'
import { rekeyInThread } from '../process/rekey-client.ts'
import { actorOf, type Context, holdingStill, logAct, type VaultSession } from '../session.ts'
import { keepStill, openDatabase } from '../store/driver.ts'
import { metaKeys } from '../store/meta-keys.ts'
import { dropCopies, finishRotation, rotationFiles } from '../store/rotation-files.ts'
import { translateError } from '../store/sqlite-errors.ts'
import { type RecordsStore, recordsStore, settleLater } from '../store/store.ts'
import { bothKeys, listQuickUnlocks, ownVaultFile } from './key-holders.ts'
import { openStore } from './open-store.ts'
import { dropPreview } from './preview-parts.ts'
import { rememberVaultFile } from './vault-file-change.ts'
import { waitShortly } from './verify-vault.ts'
import { requireVouched } from './vouched-people.ts'

const compartments = ['records', 'identities'] as const
interface Keys {
  records: string
  identities: string
}

/**
 * Gives both compartments new keys. Until the last step nothing but copies is written; a cancel or a failure leaves the vault as
 * it was.
 * @throws GuicangError `vault.busy` while an import, an export or another long act runs; `vault.slotsChanged`;
 * `audit.broken` (see {@link requireVouched}); `identities.closed`; `disk.full` (a copy of both files has to fit);
 * `job.cancelled`; `vault.locked` when the new keys count and the files could not be exchanged: the next opening finishes that
 */
export function rotateKeys(context: Context): Promise<Output<'vault.rotate'>> {
  const { session } = context
  return holdingStill(session, async () => {
    // Long acts read over pauses: the files aren't exchanged under them. This one counts itself. Asked once its turn has come:
    // from here on others wait.
    if (session.longActs > 1) throw new GuicangError('vault.busy')
    const before = bothKeys(context)
    const file = await ownVaultFile(context)
    const letGo: (() => void)[] = []
    const release = (): void => {
      for (const go of letGo) go()
    }
    // Whether vault.json may seal the new keys: from then on the copies are not to be thrown away.
    let counts = false
    try {
      for (const name of compartments) letGo.push(keepStill(join(session.dir, `${name}.db`), before[name]))
      const keys = { records: generateCompartmentKey(), identities: generateCompartmentKey() }
      dropCopies(session.dir)
      await copyBoth(context, before, keys)
      const next = await nextFile(session.store.records, file, keys)
      announce(context, keys.records, next)
      context.job.report('keys', 3, 4, 'steps')
      await context.job.pause()
      counts = true
      await writeVaultFile(session.dir, next).catch(async (thrown: unknown) => {
        counts = !(await isStill(session.dir, file))
        if (counts) waitShortly(session)
        throw thrown
      })
      release()
      try {
        exchange(context, keys, next.epoch)
      } catch (thrown) {
        endSession(session)
        throw new GuicangError('vault.locked', { cause: thrown })
      }
      context.job.report('keys', 4, 4, 'steps')
      return { epoch: next.epoch }
    } catch (thrown) {
      if (!counts) {
        release()
        dropCopies(session.dir)
      }
      throw thrown
    }
  })
}

/**
 * Whether vault.json is certainly the one of before. A write can fail behind the moment at which the new one has its name: then
 * the files are kept still until the session ends, and the next opening finishes what vault.json says.
 */
async function isStill(dir: string, file: VaultFile): Promise<boolean> {
  try {
    return vaultFileDigest(await readVaultFile(dir)) === vaultFileDigest(file)
  } catch (thrown) {
    if (thrown instanceof GuicangError) return false
    throw thrown
  }
}

async function copyBoth(context: Context, before: Keys, keys: Keys): Promise<void> {
  const { session, job } = context
  for (const [index, name] of compartments.entries()) {
    job.report('keys', index, 4, 'steps')
    const { current, next } = rotationFiles(session.dir, name)
    await rekeyInThread({ path: current, key: before[name], newKey: keys[name], target: next }, job.signal)
  }
  job.report('keys', 2, 4, 'steps')
}

/** vault.json of the next epoch: the same people and slots, the new keys sealed to those whom records list. */
async function nextFile(records: RecordsStore, file: VaultFile, keys: Keys): Promise<VaultFile> {
  const recipients = new Map(listQuickUnlocks(records).map(({ slotId, recipient }) => [slotId, recipient]))
  const people: VaultPerson[] = []
  for (const person of file.people) {
    const slots = []
    for (const slot of person.slots) {
      if (slot.kind === 'passphrase') slots.push(slot)
      const recipient = recipients.get(slot.id)
      // A quick-unlock slot that records don't know of opens nothing from now on.
      if (slot.kind === 'device' && recipient !== undefined)
        slots.push({ ...slot, sealed: await sealCompartmentKey('records', keys.records, [recipient]) })
    }
    people.push({ ...person, slots })
  }
  requireVouched(records)
  const sealed = await sealKeys(keys, records.people.list())
  return { ...file, epoch: file.epoch + 1, people, keys: sealed }
}

/** Writes the new epoch into the copy of records: with the swap the entry is there, without it nothing was said. */
function announce(context: Context, key: string, next: VaultFile): void {
  const { session, now } = context
  const db = openDatabase(rotationFiles(session.dir, 'records').next, key)
  try {
    const copy = recordsStore(db)
    db.transaction(() => {
      rememberVaultFile(copy, next)
      copy.meta.remove(metaKeys.rotationDue)
      appendEntry(copy, actorOf(session), {
        at: now().toISOString(),
        action: 'vault.rotated',
        subject: session.vaultId,
        detail: { epoch: next.epoch },
      })
    })()
  } finally {
    db.close()
  }
}

/** vault.json counts already: the copies take the files' places, and the session goes on with them. All in one tick. */
function exchange(context: Context, keys: Keys, epoch: number): void {
  const { session } = context
  const { store } = session
  const identitiesOpen = store.identities !== undefined
  store.identities?.db.close()
  store.records.db.close()
  // Opening finds the copies and finishes, just as it does after a crash.
  if (!identitiesOpen) finishRotation(session.dir, 'identities', keys.identities)
  const opened = openStore(session.dir, session.vaultId, {
    records: keys.records,
    identities: identitiesOpen ? keys.identities : undefined,
  })
  store.records = opened.records
  store.identities = opened.identities
  session.keys = { records: keys.records, identities: identitiesOpen ? keys.identities : undefined }
  session.epoch = epoch
  const due = session.warnings.indexOf('rotation.due')
  if (due >= 0) session.warnings.splice(due, 1)
}

/** Lets go of the files, the keys and the lease, so that the next opening can finish what vault.json says. */
function endSession(session: VaultSession): void {
  session.ended = true
  dropPreview(session)
  const { records, identities } = session.store
  identities?.db.close()
  records.db.close()
  session.keys = { records: '', identities: undefined }
  session.lease.release()
}

/**
 * Renews the keys behind somebody who has lost an entitlement. Where that can't be done now, for whatever reason, the act stands
 * all the same and is answered (a new kit's code is kept nowhere else); the session is warned (`rotation.due`) and the log says
 * why, where it can be written.
 */
export async function renewAfter(context: Context): Promise<void> {
  try {
    await rotateKeys(context)
  } catch (thrown) {
    const { session } = context
    const translated = translateError(thrown)
    const code = translated instanceof GuicangError ? translated.code : 'internal'
    settleLater(() => {
      session.store.records.db.transaction(() => {
        logAct(context, 'vault.rotationPutOff', session.vaultId, { code })
      })()
    })
  }
}
