// guicang transactions …
import type { TransactionField } from '../../shared/types/transaction.ts'
import { complaintIdSchema, customerIdSchema, transactionIdSchema } from '../../shared/types/ids.ts'
import {
  transactionDraftSchema,
  transactionKindSchema,
  transactionPatchSchema,
} from '../../shared/types/transaction.ts'
import { type Args, readJson, UsageError } from './args.ts'
import { withVault } from './connection.ts'
import { draftOf } from './drafts.ts'
import { parseInput } from './input.ts'
import { fieldsOf, pageOf, paging, revealOptions } from './options.ts'
import { usageWords } from './usage-words.ts'
import type { Verb } from './verb.ts'

const idOption = { id: { type: 'string' } } as const

const transactionNames = Object.keys(transactionDraftSchema.shape)

/** Options of a correction, and the fields that they set. */
const corrections: Readonly<Record<string, TransactionField>> = {
  number: 'transactionNo',
  kind: 'kind',
  'customer-no': 'customerNo',
  'complaint-no': 'complaintNo',
  date: 'date',
  amount: 'amount',
  currency: 'currency',
  status: 'status',
  description: 'description',
}

/** What is to change; a value of nothing (`--status ''`) empties a field. @throws UsageError when nothing is named */
function patchOf(args: Args) {
  const named = Object.entries(corrections).flatMap(([option, field]) => {
    const value = args.text(option)
    return value === undefined ? [] : [[field, value] as const]
  })
  if (named.length === 0) throw new UsageError(usageWords().nothingToSet(Object.keys(corrections)))
  return parseInput(transactionPatchSchema, Object.fromEntries(named), 'transaction')
}

export const transactionVerbs: Readonly<Record<string, Verb>> = {
  list: {
    usage:
      'transactions list DIR [--customer ID] [--complaint ID] [--kind K] [--query NO] [--limit N] [--after C]',
    options: {
      ...paging,
      customer: { type: 'string' },
      complaint: { type: 'string' },
      kind: { type: 'string' },
    },
    path: true,
    run: async (args, path) => {
      const customer = args.text('customer')
      const complaint = args.text('complaint')
      const kind = args.text('kind')
      const filter = {
        ...pageOf(args),
        ...(customer === undefined ? {} : { customerId: parseInput(customerIdSchema, customer, 'customer') }),
        ...(complaint === undefined
          ? {}
          : { complaintId: parseInput(complaintIdSchema, complaint, 'complaint') }),
        ...(kind === undefined ? {} : { kind: parseInput(transactionKindSchema, kind, 'kind') }),
      }
      return withVault(path, args, async ({ call }) => ({ value: await call('transactions.list', filter) }))
    },
  },
  show: {
    usage: 'transactions show DIR --id ID',
    options: idOption,
    path: true,
    run: async (args, path) => {
      const id = parseInput(transactionIdSchema, args.required('id'), 'id')
      return withVault(path, args, async ({ call }) => ({ value: await call('transactions.get', { id }) }))
    },
  },
  add: {
    usage: 'transactions add DIR --file F.json',
    options: { file: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const raw = draftOf(readJson(args.required('file')), transactionNames)
      const draft = parseInput(transactionDraftSchema, raw)
      return withVault(path, args, async ({ call }) => ({ value: await call('transactions.add', draft) }))
    },
  },
  update: {
    usage:
      'transactions update DIR --id ID [--revision N] [--number NO] [--kind K] [--customer-no NO] [--complaint-no NO] [--date D] [--amount N] [--currency CNY] [--status T] [--description T]',
    options: {
      ...idOption,
      revision: { type: 'string' },
      ...Object.fromEntries(Object.keys(corrections).map((option) => [option, { type: 'string' }])),
    },
    path: true,
    run: async (args, path) => {
      const id = parseInput(transactionIdSchema, args.required('id'), 'id')
      const patch = patchOf(args)
      const read = args.number('revision')
      return withVault(path, args, async ({ call }) => {
        const revision = read ?? (await call('transactions.get', { id })).revision
        return { value: await call('transactions.update', { id, revision, patch }) }
      })
    },
  },
  link: {
    usage: 'transactions link DIR --id ID --complaint ID [--remove]',
    options: { ...idOption, complaint: { type: 'string' }, remove: { type: 'boolean' } },
    path: true,
    run: async (args, path) => {
      const input = {
        id: parseInput(transactionIdSchema, args.required('id'), 'id'),
        complaintId: parseInput(complaintIdSchema, args.required('complaint'), 'complaint'),
        linked: !args.flag('remove'),
      }
      return withVault(path, args, async ({ call }) => ({ value: await call('transactions.link', input) }))
    },
  },
  reveal: {
    usage: 'transactions reveal DIR --id ID --fields description,transactionNo --reason TEXT',
    options: revealOptions,
    path: true,
    run: async (args, path) => {
      const id = parseInput(transactionIdSchema, args.required('id'), 'id')
      const fields = fieldsOf(args)
      const reason = args.text('reason') ?? ''
      return withVault(path, args, async ({ call }) => ({
        value: await call('transactions.reveal', { id, fields, reason }),
      }))
    },
  },
}
