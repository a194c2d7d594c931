// The work on cases among the operations that are cut short: letters, acts on many, handovers, merges, money.
import { basename } from 'node:path'
import { z } from 'zod'
import type { VaultClient } from '../../../electron/vault/process/client.ts'
import type { Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { settledPerson } from '../../support/people.ts'
import { type MadeVault, present, type TestVault } from '../../support/vault.ts'
import { fileAt, halfGivenOut, lettersIn, missingOf } from './given-out.ts'
import type { Place, WritingOperation } from './writing-operation.ts'

const items = z.object({
  items: z.array(z.looseObject({ id: z.string(), customerId: z.string().nullish() })),
})

async function ids(client: VaultClient, channel: string, count: number): Promise<string[]> {
  const result = await client.call(channel, {})
  if (!result.ok) throw new GuicangError(result.error.code)
  // Complaints whose customer isn't there yet get no letter.
  const found = items.parse(result.value).items.filter(({ customerId }) => customerId !== null)
  if (found.length < count) throw new Error(`${channel}: only ${found.length}`)
  return found.slice(0, count).map(({ id }) => id)
}

const complaintsOf = (client: VaultClient, count: number): Promise<string[]> =>
  ids(client, 'complaints.list', count)

const letter = { templateId: 'acknowledgement', lang: 'zh-CN', fields: {} }
const merge = { reason: '同一个人' }
/** Cases in one act on many. */
const many = 25

/** What is out of the house: letters that the vault knows of, each whole. */
const outOfTheHouse =
  (lettersAt: (place: Place) => string[]): NonNullable<WritingOperation['beside']> =>
  (place, outcome, session) => {
    const letters = lettersAt(place)
    const untold = outcome === 'before' ? letters : []
    return Promise.resolve([
      ...untold.map((path) => `the vault knows nothing of ${basename(path)}`),
      ...halfGivenOut(session, 'letter', letters),
    ])
  }
const letterAt = ({ out }: Place): string[] => fileAt(`${out}.pdf`)

/** The vault with so many letters on record, some of them marked as failed: their clocks went on. */
function withLetters(count: number, failed: number): string[] {
  const going = count - failed
  return [
    ...(going === 0 ? [] : [`case_due ~${going}`]),
    ...(count === 0 ? [] : [`complaint_events +${count}`, `complaints ~${count}`, `letters +${count}`]),
    ...Array<string>(count).fill('log letters.sent'),
    ...Array<string>(failed).fill('log letters.failed'),
  ]
}
/** A batch that was stopped, or that reports what it kept back. */
const partsOfBatch = [0, 1, 2]
  .flatMap((count) => Array.from({ length: count + 1 }, (_, failed) => withLetters(count, failed)))
  .flatMap((state) => [state, [...state, 'log letters.batch']])
  .filter((state) => state.length > 0)
const batchReport = z.object({ stopped: z.string(), refused: z.array(z.object({ code: z.string() })) })

/** @param filled makes a vault with complaints of customers, and what `more` puts into it */
export function caseOperations(
  filled: (more?: (vault: TestVault) => Promise<unknown>) => Promise<MadeVault>,
): WritingOperation[] {
  let made: Promise<MadeVault> | undefined
  const withCompany = () =>
    (made ??= filled((vault) =>
      vault.call('vault.setProfile', {
        company: { name: '示例商贸有限公司', address: '上海市黄浦区中山东一路1号' },
        custodian: {},
      }),
    ))
  const casesIn = async (vault: TestVault): Promise<Output<'complaints.list'>['items'][number]['id'][]> =>
    (await vault.call('complaints.list', {})).items.slice(0, many).map(({ id }) => id)
  let [bulkId, from, to] = ['', '', '']
  return [
    {
      name: 'write a letter',
      base: withCompany,
      run: async (client, { out }) =>
        client.call('letters.render', {
          ...letter,
          complaintId: present((await complaintsOf(client, 1))[0]),
          out: `${out}.pdf`,
        }),
      after: withLetters(1, 0),
      between: [withLetters(1, 1)],
      // On record first: a letter whose file is missing is made again from there.
      toldFirst: true,
      beside: outOfTheHouse(letterAt),
      made: (place) => missingOf(letterAt(place), 1),
    },
    {
      name: 'two letters in one batch',
      base: withCompany,
      run: async (client, { out }) =>
        client.call('letters.batch', { ...letter, ids: await complaintsOf(client, 2), folder: out }),
      after: [...withLetters(2, 0), 'log letters.batch'],
      between: partsOfBatch,
      toldFirst: true,
      stoppedBy: (value) => {
        const { stopped, refused } = batchReport.parse(value)
        return stopped === '' ? refused[0]?.code : stopped
      },
      beside: outOfTheHouse(({ out }) => lettersIn(out)),
      made: ({ out }) => missingOf(lettersIn(out), 2),
    },
    {
      name: 'work on a case in one act',
      base: filled,
      run: async (client) =>
        client.call('complaints.work', {
          id: present((await complaintsOf(client, 1))[0]),
          status: 'acknowledged',
          note: '客户来电催办。',
          noteKind: 'call',
          patch: { severity: 'high' },
        }),
      after: [
        'case_changes +1',
        'case_due ~1',
        'cases +1',
        'complaint_events +1',
        'complaints ~1',
        'log complaints.statusSet',
      ],
    },
    {
      name: 'act on many',
      base: filled,
      run: async (client) =>
        client.call('complaints.bulk', {
          ids: await complaintsOf(client, many),
          status: 'acknowledged',
          patch: { severity: 'high' },
        }),
      after: [
        'bulk_acts +1',
        `case_changes +${many}`,
        `case_due ~${many}`,
        `cases +${many}`,
        `complaint_events +${many}`,
        `complaints ~${many}`,
        'log complaints.bulk',
      ],
    },
    {
      name: 'take an act on many back',
      base: () =>
        filled(async (vault) => {
          const ids = await casesIn(vault)
          ;({ bulkId } = await vault.call('complaints.bulk', { ids, status: 'acknowledged' }))
        }),
      run: (client) => client.call('complaints.undoBulk', { bulkId }),
      after: [
        'bulk_acts ~1',
        `case_due ~${many}`,
        `cases +${many}`,
        `complaint_events +${many}`,
        `complaints ~${many}`,
        'log complaints.bulkUndone',
      ],
    },
    {
      name: 'hand all cases over',
      base: () =>
        filled(async (vault) => {
          to = await settledPerson(vault, '韩梅', 'handler')
          from = vault.session.person.id
          await vault.call('complaints.bulk', { ids: await casesIn(vault), patch: { assignee: from } })
        }),
      run: (client) => client.call('handover.create', { from, to, note: '离职' }),
      after: [
        `case_changes +${many}`,
        `cases ~${many}`,
        `complaint_events +${many}`,
        `complaints ~${many}`,
        'handovers +1',
        'log handover.created',
      ],
    },
    {
      name: 'merge two customers',
      base: filled,
      run: async (client) => {
        const [keepId, mergeId] = await ids(client, 'customers.list', 2)
        return client.call('customers.merge', { keepId, mergeId, ...merge })
      },
      after: ['customer_merges +1', 'log customers.merged'],
    },
    {
      name: 'type a payment in',
      base: filled,
      run: async (client) => {
        const [customerId] = await ids(client, 'customers.list', 1)
        return client.call('transactions.add', {
          customerId,
          transactionNo: 'DD-1',
          kind: 'payment',
          amount: '12.50',
          currency: 'CNY',
          date: '2026-01-05',
          description: '会费',
        })
      },
      after: ['log transactions.added', 'transactions +1'],
    },
  ]
}
