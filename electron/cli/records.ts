// guicang customers …, guicang complaints …
import { complaintDraftSchema, complaintStatusSchema } from '../../shared/types/complaint.ts'
import { customerDraftSchema } from '../../shared/types/customer.ts'
import { complaintIdSchema, customerIdSchema } from '../../shared/types/ids.ts'
import { readJson } from './args.ts'
import { flatCase } from './cases.ts'
import { viewFilterOf, viewOptions, viewWords } from './clocks.ts'
import { withVault } from './connection.ts'
import { draftOf } from './drafts.ts'
import { parseInput } from './input.ts'
import { fieldsOf, pageOf, paging, revealOptions } from './options.ts'
import type { Verb } from './verb.ts'

const customerNames = Object.keys(customerDraftSchema.shape)
const complaintNames = Object.keys(complaintDraftSchema.shape)

const idOption = { id: { type: 'string' } } as const

export const customerVerbs: Readonly<Record<string, Verb>> = {
  list: {
    usage: 'customers list DIR [--query Q] [--limit N] [--after CURSOR]',
    options: paging,
    path: true,
    run: async (args, path) => {
      const page = pageOf(args)
      return withVault(path, args, async ({ call }) => ({ value: await call('customers.list', page) }))
    },
  },
  show: {
    usage: 'customers show DIR --id ID',
    options: idOption,
    path: true,
    run: async (args, path) => {
      const id = parseInput(customerIdSchema, args.required('id'), 'id')
      return withVault(path, args, async ({ call }) => ({ value: await call('customers.get', { id }) }))
    },
  },
  add: {
    usage: 'customers add DIR --file F.json',
    options: { file: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const draft = parseInput(customerDraftSchema, draftOf(readJson(args.required('file')), customerNames))
      return withVault(path, args, async ({ call }) => ({ value: await call('customers.add', draft) }))
    },
  },
  reveal: {
    usage: 'customers reveal DIR --id ID --fields mobile,residentId --reason TEXT',
    options: revealOptions,
    path: true,
    run: async (args, path) => {
      const id = parseInput(customerIdSchema, args.required('id'), 'id')
      const fields = fieldsOf(args)
      const reason = args.text('reason') ?? ''
      return withVault(path, args, async ({ call }) => ({
        value: await call('customers.reveal', { id, fields, reason }),
      }))
    },
  },
}

export const complaintVerbs: Readonly<Record<string, Verb>> = {
  list: {
    usage:
      'complaints list DIR [--status S] [--query Q] [--queue Q] [--sort received|due|severity] [--assignee U] [--severity S] [--limit N] [--after C]',
    options: { ...paging, ...viewOptions, status: { type: 'string' }, category: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const status = args.text('status')
      const category = args.text('category')
      const filter = {
        ...pageOf(args),
        ...(status === undefined ? {} : { status: parseInput(complaintStatusSchema, status, 'status') }),
        ...(category === undefined ? {} : { category }),
      }
      viewWords(args)
      return withVault(path, args, async ({ call }) => ({
        value: await call('complaints.list', { ...filter, ...(await viewFilterOf(args, call)) }),
      }))
    },
  },
  add: {
    usage: 'complaints add DIR --file F.json',
    options: { file: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const draft = parseInput(complaintDraftSchema, draftOf(readJson(args.required('file')), complaintNames))
      return withVault(path, args, async ({ call }) => ({ value: await call('complaints.add', draft) }))
    },
  },
  show: {
    usage: 'complaints show DIR --id ID',
    options: idOption,
    path: true,
    run: async (args, path) => {
      const id = parseInput(complaintIdSchema, args.required('id'), 'id')
      return withVault(path, args, async ({ call }) => ({
        value: flatCase(await call('complaints.get', { id })),
      }))
    },
  },
  reveal: {
    usage: 'complaints reveal DIR --id ID --fields narrative,outcome --reason TEXT',
    options: revealOptions,
    path: true,
    run: async (args, path) => {
      const id = parseInput(complaintIdSchema, args.required('id'), 'id')
      const fields = fieldsOf(args)
      const reason = args.text('reason') ?? ''
      return withVault(path, args, async ({ call }) => ({
        value: await call('complaints.reveal', { id, fields, reason }),
      }))
    },
  },
}
