// The writing operations that are cut short: each with a vault to begin with, the one request that is cut, and what the
// vault may differ by afterwards. One more operation is one more entry.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { GuicangError } from '../../../shared/errors.ts'
import { verifyBag } from '../../../electron/exchange/export/verify-bag.ts'
import type { VaultClient } from '../../../electron/vault/process/client.ts'
import { attachmentOperations } from './attachment-operations.ts'
import { caseOperations } from './case-operations.ts'
import { copyFixture, fixturePassphrase } from '../../fixtures/vault.ts'
import { addPerson } from '../../support/people.ts'
import { type CustomerCells, complaintRow, csvOf, customerRows } from '../../support/rows.ts'
import {
  aVault,
  type MadeVault,
  copiedVault,
  fileWith,
  freshPath,
  lock,
  passphrase,
  present,
  type TestVault,
} from '../../support/vault.ts'
import type { Place, WritingOperation } from './writing-operation.ts'

export type { Place, WritingOperation }

export function placeAt(root: string): Place {
  return { root, vault: join(root, '示例.vault'), out: join(root, 'out') }
}

export const newPassphrase = '另一句 很长的 口令 tango'
const reason = '核对身份'
const some = {
  complaintNo: '',
  narrative: '来电说扣款两次，要求退款。',
  category: '退款',
  customerNo: 'KH000003',
}
const added = { name: '新来的', mobile: '13800001234', residentId: '51010719900101001X' }
/** Rows of a file that takes several slices. */
const manyRows = 1500
/** Complaints that came before their customers. */
const early = 10

const customersFile = (rows: readonly CustomerCells[]): string => fileWith(csvOf(rows), '客户.csv')
const many = (): string => customersFile(customerRows(manyRows, 1001))
const complaints = (from: number, to: number): string =>
  fileWith(csvOf(Array.from({ length: to - from }, (_, index) => complaintRow(from + index))), '投诉.csv')

/** Customers 1 to 60, complaints of 1 to 30, and complaints of customers 1001 to 1010 that aren't there yet. */
async function filled(more: (vault: TestVault) => Promise<unknown> = async () => {}): Promise<MadeVault> {
  const made = await copiedVault()
  const vault = await aVault(made)
  await vault.call('imports.run', { path: customersFile(customerRows(60)), kind: 'customers' })
  await vault.call('imports.run', { path: complaints(1, 31), kind: 'complaints' })
  await vault.call('imports.run', { path: complaints(1001, 1001 + early), kind: 'complaints' })
  await more(vault)
  lock(vault.session)
  return made
}

let plain: Promise<MadeVault> | undefined
const filledOnce = (): Promise<MadeVault> => (plain ??= filled())

const listed = z.object({ items: z.array(z.looseObject({})) })

/** A member of the first item that a list answers. */
async function firstOf(
  client: VaultClient,
  channel: string,
  member: string,
  input: object = {},
): Promise<unknown> {
  const result = await client.call(channel, input)
  if (!result.ok) throw new GuicangError(result.error.code)
  return present(listed.parse(result.value).items[0])[member]
}

async function bagFaults(out: string): Promise<string[]> {
  if (!existsSync(out)) return []
  const { errors } = await verifyBag(out)
  return errors.map(({ code }) => `the bag: ${code}`)
}

export const operations: readonly WritingOperation[] = [
  ...attachmentOperations(filled),
  ...caseOperations(filled),
  {
    name: 'create a vault',
    base: () => Promise.resolve(undefined),
    run: (client, { vault }) =>
      client.call('session.create', {
        path: vault,
        vaultId: uuidv7(),
        company: { name: '示例商贸有限公司', creditCode: '', address: '', timeZone: 'Asia/Shanghai' },
        owner: '林晓',
        passphrase,
      }),
    after: [],
  },
  {
    name: 'change the passphrase',
    base: filledOnce,
    run: (client) => client.call('session.changePassphrase', { passphrase, newPassphrase }),
    after: ['log vault.passphraseChanged'],
    passphrases: [passphrase, newPassphrase],
  },
  {
    name: 'import customers',
    base: filledOnce,
    run: (client) => client.call('imports.run', { path: many(), kind: 'customers' }),
    after: [
      'batches +1',
      `complaints ~${early}`,
      `customers +${manyRows}`,
      'log imports.run',
      'log complaints.linked',
    ],
  },
  {
    name: 'import complaints',
    base: filledOnce,
    run: (client) => client.call('imports.run', { path: complaints(31, 431), kind: 'complaints' }),
    after: ['batches +1', 'case_due +400', 'complaints +400', 'log imports.run'],
  },
  {
    name: 'undo an import',
    base: () => filled((vault) => vault.call('imports.run', { path: many(), kind: 'customers' })),
    run: async (client) =>
      client.call('imports.undo', { batchId: await firstOf(client, 'imports.list', 'batchId') }),
    after: ['batches ~1', `complaints ~${early}`, `customers -${manyRows}`, 'log imports.undone'],
  },
  {
    name: 'take a complaint in by hand',
    base: filledOnce,
    run: (client) => client.call('complaints.add', some),
    after: ['case_due +1', 'complaints +1', 'log complaints.added'],
  },
  {
    name: 'add a customer',
    base: filledOnce,
    run: (client) => client.call('customers.add', added),
    after: ['customers +1', 'log customers.added'],
  },
  {
    name: 'edit a customer',
    base: filledOnce,
    run: async (client) =>
      client.call('customers.update', {
        id: await firstOf(client, 'customers.list', 'id', { query: 'KH000003' }),
        revision: 1,
        patch: { mobile: '13912345678' },
      }),
    after: ['customers ~1', 'log customers.edited', 'log customers.searched'],
    between: [['log customers.searched']],
  },
  {
    name: 'set a status with a note',
    base: filledOnce,
    run: async (client) =>
      client.call('complaints.setStatus', {
        id: await firstOf(client, 'complaints.list', 'id'),
        status: 'acknowledged',
        note: '已联系客户，等待材料。',
      }),
    after: ['case_due ~1', 'complaint_events +1', 'complaints ~1', 'log complaints.statusSet'],
  },
  {
    name: 'reveal',
    base: filledOnce,
    run: async (client) =>
      client.call('customers.reveal', {
        id: await firstOf(client, 'customers.list', 'id'),
        fields: ['name', 'mobile'],
        reason,
      }),
    after: ['log customers.revealed'],
  },
  {
    name: 'export',
    base: filledOnce,
    run: (client, { out }) =>
      client.call('exports.run', { kind: 'customers', format: 'csv', out, clear: true, reason }),
    after: ['log exports.run'],
    between: [['log exports.run', 'log exports.failed']],
    toldFirst: true,
    beside: async ({ out }, outcome) => [
      ...(await bagFaults(out)),
      ...(existsSync(out) && outcome !== 'after' ? ['a bag that the log knows nothing of'] : []),
    ],
  },
  {
    name: 'lock',
    base: filledOnce,
    run: async (client) => {
      await client.call('customers.add', added)
      return client.call('session.lock', {})
    },
    after: ['customers +1', 'log customers.added'],
  },
  {
    name: 'add a person',
    base: filledOnce,
    run: (client) =>
      client.call('session.addUser', { name: '李雷', role: 'handler', passphrase: newPassphrase }),
    after: ['log users.added', 'people +1'],
  },
  {
    name: 'disable a person, and renew the keys',
    base: () => filled((vault) => addPerson(vault.session, '李雷', 'handler')),
    run: async (client) => client.call('users.disable', { id: await idOf(client, '李雷') }),
    after: ['log users.disabled', 'log vault.rotated', 'people ~1'],
    between: [['log users.disabled', 'people ~1']],
    betweenWarning: 'rotation.due',
  },
  {
    name: 'renew the keys',
    base: filledOnce,
    run: (client) => client.call('vault.rotate', {}),
    after: ['log vault.rotated'],
  },
  {
    name: 'make a recovery kit',
    base: filledOnce,
    run: (client) => client.call('kits.add', {}),
    after: ['log kits.added', 'people +1'],
  },
  {
    name: 'revoke a recovery kit, and renew the keys',
    base: filledOnce,
    run: async (client) => client.call('kits.revoke', { id: await firstOf(client, 'kits.list', 'id') }),
    after: ['log kits.revoked', 'log vault.rotated', 'people -1'],
    between: [['log kits.revoked', 'people -1']],
    betweenWarning: 'rotation.due',
  },
  {
    name: 'back up',
    base: filledOnce,
    run: (client, { root }) => client.call('backups.create', { to: root }),
    after: ['log backup.created'],
    // A bag has its name only once it was verified; the entry follows.
    beside: async ({ root }) => {
      const bags = readdirSync(root).filter((name) => name.startsWith('guicang-backup-'))
      return (await Promise.all(bags.map((name) => bagFaults(join(root, name))))).flat()
    },
  },
  {
    name: 'migrate from version 10',
    base: () => {
      const dir = freshPath('version-10.vault')
      copyFixture(10, dir)
      return Promise.resolve({ dir })
    },
    run: (client, { vault }) =>
      client.call('session.unlock', { path: vault, passphrase: fixturePassphrase, failedUnlocks: [] }),
    // Whatever the moment: the next opening has migrated it, to the same content.
    after: [],
    unopened: true,
  },
]

async function idOf(client: VaultClient, name: string): Promise<unknown> {
  const result = await client.call('users.list', {})
  if (!result.ok) throw new Error(`users.list: ${result.error.code}`)
  return present(listed.parse(result.value).items.find((item) => item['name'] === name))['id']
}

const bases = new Map<string, Promise<{ dir: string } | undefined>>()

/** A trial's own copy of what the operation begins with. */
export async function placeFor(operation: WritingOperation): Promise<Place> {
  const place = placeAt(freshPath('place'))
  mkdirSync(place.root)
  const base = bases.get(operation.name) ?? operation.base()
  bases.set(operation.name, base)
  const made = await base
  if (made !== undefined) cpSync(made.dir, place.vault, { recursive: true })
  operation.brings?.(place)
  return place
}
