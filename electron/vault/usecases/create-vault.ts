// A new vault: keys, two databases, vault.json. It is built beside its place and moved there whole.
import { mkdir } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { companySchema, custodianSchema, type Company, type Custodian } from '../../../shared/types/vault.ts'
import { noSettings } from '../../domain/clocks/packs.ts'
import { appendEntry } from '../audit/log.ts'
import { generateCompartmentKey, sealCompartmentKey } from '../keys/compartment-keys.ts'
import { generatePersonKeys, type PersonKeys } from '../keys/person.ts'
import { generateRecoveryKit } from '../keys/recovery-code.ts'
import { newPassphraseSlot } from '../keys/slots.ts'
import { type VaultFile, writeVaultFile } from '../keys/vault-file.ts'
import { createDatabase } from '../store/driver.ts'
import { migrate } from '../store/migrations/runner.ts'
import { type RecordsStore, recordsStore } from '../store/store.ts'
import { metaRepository } from '../store/repositories/meta.ts'
import { metaKeys } from '../store/meta-keys.ts'
import { clocksWith } from './clock-book.ts'
import { buildVaultFolder } from './new-folder.ts'
import { profileRow } from './profile.ts'
import { rememberVaultFile } from './vault-file-change.ts'

export interface CreateVaultRequest {
  path: string
  vaultId: string
  company: Company
  custodian?: Custodian | undefined
  owner: string
  passphrase: string
  /** Present: the owner's slot is bound to this computer. */
  deviceSecret?: string | undefined
  /** Base-2 logarithm of scrypt's N: for a passphrase that is random, and in tests. */
  workFactor?: number | undefined
}

interface Kit {
  code: string
  recipient: string
}

/**
 * Creates a vault folder with one owner and two recovery kits. What a killed process left of the same creation is removed.
 * @returns the two codes (`AGE-SECRET-KEY-1…`), which are kept nowhere
 * @throws GuicangError `vault.exists` when the folder exists and isn't empty, `vault.notFound` when its parent doesn't,
 * `disk.full`, `vault.readOnly`, `vault.unreadable`
 */
export async function createVault(
  request: CreateVaultRequest,
  now: Date,
): Promise<{ recoveryCodes: string[] }> {
  return buildVaultFolder(request.path, 'creating', async (draft) => ({
    recoveryCodes: await fill(draft, request, now),
  }))
}

async function fill(dir: string, request: CreateVaultRequest, now: Date): Promise<string[]> {
  const owner = { id: uuidv7(), keys: await generatePersonKeys() }
  const kits = [await generateRecoveryKit(), await generateRecoveryKit()]
  const inbox = await generateRecoveryKit()
  const file = await vaultFileOf(request, owner, kits, now)
  const records = createDatabase(join(dir, 'records.db'), file.keys.records)
  try {
    migrate(records, 'records')
    const store = recordsStore(records)
    records.transaction(() => {
      writeFirstRecords(store, request, file.file, owner.id, now)
      store.meta.set(metaKeys.inboxRecipient, inbox.recipient)
      store.meta.set(metaKeys.batchesVouched, now.toISOString())
    })()
  } finally {
    records.close()
  }
  const identities = createDatabase(join(dir, 'identities.db'), file.keys.identities)
  try {
    migrate(identities, 'identities')
    const meta = metaRepository(identities)
    meta.set(metaKeys.digestKey, randomBytes(32).toString('hex'))
    meta.set(metaKeys.vaultId, request.vaultId)
    meta.set(metaKeys.inboxIdentity, inbox.code)
  } finally {
    identities.close()
  }
  await mkdir(join(dir, 'attachments'), { mode: 0o700 })
  await writeVaultFile(dir, file.file)
  return kits.map((kit) => kit.code)
}

async function vaultFileOf(
  request: CreateVaultRequest,
  owner: { id: string; keys: PersonKeys },
  kits: readonly Kit[],
  now: Date,
): Promise<{ file: VaultFile; keys: { records: string; identities: string } }> {
  const keys = { records: generateCompartmentKey(), identities: generateCompartmentKey() }
  const recipients = [owner.keys.recipient, ...kits.map((kit) => kit.recipient)]
  const { identity, signingKey } = owner.keys
  const slot = await newPassphraseSlot({ ...request, secret: { identity, signingKey }, now })
  const { recipient, verifyKey } = owner.keys
  return {
    keys,
    file: {
      format: 1,
      vaultId: request.vaultId,
      epoch: 1,
      createdAt: now.toISOString(),
      people: [
        { id: owner.id, name: request.owner, role: 'owner', recipient, verifyKey, slots: [slot] },
        ...kits.map((kit, index) => ({
          id: uuidv7(),
          name: `recovery-${index + 1}`,
          role: 'recovery' as const,
          recipient: kit.recipient,
          verifyKey: '',
          slots: [],
        })),
      ],
      keys: {
        records: await sealCompartmentKey('records', keys.records, recipients),
        identities: await sealCompartmentKey('identities', keys.identities, recipients),
      },
    },
  }
}

function writeFirstRecords(
  store: RecordsStore,
  request: CreateVaultRequest,
  file: VaultFile,
  ownerId: string,
  now: Date,
): void {
  store.meta.set(metaKeys.vaultId, request.vaultId)
  // An empty table of due times is made from anything.
  store.meta.set(metaKeys.dueStamp, clocksWith(noSettings, request.company.timeZone).stamp)
  store.meta.set(metaKeys.company, JSON.stringify(companySchema.parse(request.company)))
  store.meta.set(metaKeys.custodian, JSON.stringify(custodianSchema.parse(request.custodian ?? {})))
  rememberVaultFile(store, file)
  for (const { id, name, role, recipient, verifyKey } of file.people) {
    store.people.add({ id, name, role, recipient, verifyKey, createdAt: now.toISOString() })
  }
  appendEntry(
    store,
    { personId: ownerId, user: request.owner },
    {
      at: now.toISOString(),
      action: 'vault.created',
      subject: request.vaultId,
      detail: {
        epoch: file.epoch,
        deviceBound: request.deviceSecret !== undefined,
        people: file.people.map((person) => `${person.role} ${person.id} ${person.verifyKey}`.trim()),
      },
      changed: [
        ...store.people.listRows().map((row) => ({ kind: 'person' as const, row })),
        { kind: 'profile' as const, row: { seq: 1, ...profileRow(store) } },
      ],
    },
  )
}
