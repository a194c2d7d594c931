// A vault.json with real keys and seals, for the tests of vault-file.
import { generateCompartmentKey, sealCompartmentKey } from '../../../electron/vault/keys/compartment-keys.ts'
import { generatePersonKeys } from '../../../electron/vault/keys/person.ts'
import { generateRecoveryKit } from '../../../electron/vault/keys/recovery-code.ts'
import { sealPassphraseSlot } from '../../../electron/vault/keys/slots.ts'
import type { VaultFile } from '../../../electron/vault/keys/vault-file.ts'

/** One owner with a passphrase slot and one recovery kit. Scrypt at work factor 1: not for keeping anything. */
export async function sampleVaultFile(passphrase: string): Promise<VaultFile> {
  const owner = await generatePersonKeys()
  const kit = await generateRecoveryKit()
  const recipients = [owner.recipient, kit.recipient]
  const createdAt = '2025-01-02T03:04:05.678Z'
  return {
    format: 1,
    vaultId: '0198b7c0-0000-7000-8000-000000000001',
    epoch: 1,
    createdAt,
    people: [
      {
        id: '0198b7c0-0000-7000-8000-000000000002',
        name: '王小明',
        role: 'owner',
        recipient: owner.recipient,
        verifyKey: owner.verifyKey,
        slots: [
          {
            id: '0198b7c0-0000-7000-8000-000000000003',
            kind: 'passphrase',
            deviceBound: false,
            createdAt,
            sealed: await sealPassphraseSlot(owner, passphrase, undefined, 1),
          },
        ],
      },
      {
        id: '0198b7c0-0000-7000-8000-000000000004',
        name: 'Recovery kit 1',
        role: 'recovery',
        recipient: kit.recipient,
        verifyKey: '',
        slots: [],
      },
    ],
    keys: {
      records: await sealCompartmentKey('records', generateCompartmentKey(), recipients),
      identities: await sealCompartmentKey('identities', generateCompartmentKey(), recipients),
    },
  }
}
