// Attachments among the operations that are cut short.
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { VaultClient } from '../../../electron/vault/process/client.ts'
import { fileWith, type MadeVault, present, type TestVault } from '../../support/vault.ts'
import type { WritingOperation } from './writing-operation.ts'

const items = z.object({ items: z.array(z.looseObject({ id: z.string() })) })
/** Several pieces, and several chunks of age. */
const contentBytes = 1_500_000

async function firstId(client: VaultClient, channel: string, input: object): Promise<string> {
  const result = await client.call(channel, input)
  if (!result.ok) throw new Error(`${channel}: ${result.error.code}`)
  return present(items.parse(result.value).items[0]).id
}

/** @param filled makes a vault with complaints, and what `more` puts into it */
export function attachmentOperations(
  filled: (more: (vault: TestVault) => Promise<unknown>) => Promise<MadeVault>,
): WritingOperation[] {
  const withOne = () =>
    filled(async (vault) => {
      const [complaint] = (await vault.call('complaints.list', {})).items
      const path = fileWith(randomBytes(contentBytes), '合同.bin')
      await vault.call('attachments.add', { complaintId: present(complaint).id, path })
    })
  return [
    {
      name: 'attach a file',
      base: withOne,
      run: async (client) =>
        client.call('attachments.add', {
          complaintId: await firstId(client, 'complaints.list', {}),
          path: fileWith(randomBytes(contentBytes), '收据.bin'),
          note: '客户寄来',
        }),
      after: ['attachments +1', 'complaint_events +1', 'complaints ~1', 'log attachments.added'],
    },
    {
      name: 'remove an attachment',
      base: withOne,
      run: async (client) => {
        const complaintId = await firstId(client, 'complaints.list', {})
        const id = await firstId(client, 'attachments.list', { complaintId })
        return client.call('attachments.remove', { id, reason: '误存' })
      },
      after: ['attachments ~1', 'complaint_events +1', 'complaints ~1', 'log attachments.removed'],
    },
  ]
}
