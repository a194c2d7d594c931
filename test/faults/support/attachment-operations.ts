// Attachments among the operations that are cut short.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { VaultClient } from '../../../electron/vault/process/client.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { fileWith, type MadeVault, present, type TestVault } from '../../support/vault.ts'
import { fileAt, halfGivenOut, missingOf } from './given-out.ts'
import type { Place, WritingOperation } from './writing-operation.ts'

const items = z.object({ items: z.array(z.looseObject({ id: z.string() })) })
/** Several pieces, and several chunks of age. */
const contentBytes = 1_500_000
const brought = ({ root }: Place): string => join(root, '收据.bin')

async function firstId(client: VaultClient, channel: string, input: object): Promise<string> {
  const result = await client.call(channel, input)
  if (!result.ok) throw new GuicangError(result.error.code)
  return present(items.parse(result.value).items[0]).id
}

const revealed = ['complaint_events +1', 'log attachments.revealed']

/** @param filled makes a vault with complaints, and what `more` puts into it */
export function attachmentOperations(
  filled: (more: (vault: TestVault) => Promise<unknown>) => Promise<MadeVault>,
): WritingOperation[] {
  let made: Promise<MadeVault> | undefined
  const withOne = () =>
    (made ??= filled(async (vault) => {
      const [complaint] = (await vault.call('complaints.list', {})).items
      const path = fileWith(randomBytes(contentBytes), '合同.bin')
      await vault.call('attachments.add', { complaintId: present(complaint).id, path })
    }))
  return [
    {
      name: 'attach a file',
      base: withOne,
      brings: (place) => {
        writeFileSync(brought(place), randomBytes(contentBytes))
      },
      run: async (client, place) =>
        client.call('attachments.add', {
          complaintId: await firstId(client, 'complaints.list', {}),
          path: brought(place),
          note: '客户寄来',
        }),
      after: ['attachments +1', 'complaint_events +1', 'complaints ~1', 'log attachments.added'],
    },
    {
      name: 'save an attachment',
      base: withOne,
      run: async (client, { out }) => {
        const complaintId = await firstId(client, 'complaints.list', {})
        const id = await firstId(client, 'attachments.list', { complaintId })
        return client.call('attachments.save', { id, out, reason: '客户索取' })
      },
      after: revealed,
      between: [[...revealed, 'log attachments.saveFailed']],
      // Nothing goes out that the log doesn't tell of.
      toldFirst: true,
      beside: ({ out }, outcome, session) =>
        Promise.resolve([
          ...halfGivenOut(session, 'attachment', fileAt(out)),
          ...(outcome !== 'after' && fileAt(out).length > 0 ? ['the log says that nothing went out'] : []),
        ]),
      made: ({ out }) => missingOf(fileAt(out), 1),
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
