// guicang complaints attach, guicang attachments …
import { resolve } from 'node:path'
import { attachmentIdSchema, complaintIdSchema } from '../../shared/types/ids.ts'
import { withVault } from './connection.ts'
import { parseInput } from './input.ts'
import type { Verb } from './verb.ts'

const idOption = { id: { type: 'string' } } as const

export const attachVerb: Verb = {
  usage: 'complaints attach DIR --id ID --file F [--note TEXT]',
  options: { ...idOption, file: { type: 'string' }, note: { type: 'string' } },
  path: true,
  run: async (args, path) => {
    const complaintId = parseInput(complaintIdSchema, args.required('id'), 'id')
    const file = resolve(args.required('file'))
    const note = args.text('note') ?? ''
    return withVault(path, args, async ({ call }) => ({
      value: await call('attachments.add', { complaintId, path: file, note }),
    }))
  },
}

/** The log wants a reason; on the command line saying the verb is one. */
const saidSo = 'saved on the command line'

export const attachmentVerbs: Readonly<Record<string, Verb>> = {
  list: {
    usage: 'attachments list DIR --complaint ID',
    options: { complaint: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const complaintId = parseInput(complaintIdSchema, args.required('complaint'), 'complaint')
      return withVault(path, args, async ({ call }) => ({
        value: (await call('attachments.list', { complaintId })).items,
      }))
    },
  },
  save: {
    usage: 'attachments save DIR --id ID --out F [--reason TEXT]',
    options: { ...idOption, out: { type: 'string' }, reason: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = parseInput(attachmentIdSchema, args.required('id'), 'id')
      const out = resolve(args.required('out'))
      const reason = args.text('reason') ?? saidSo
      return withVault(path, args, async ({ call }) => ({
        value: await call('attachments.save', { id, out, reason }),
      }))
    },
  },
  remove: {
    usage: 'attachments remove DIR --id ID --reason TEXT',
    options: { ...idOption, reason: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = parseInput(attachmentIdSchema, args.required('id'), 'id')
      const reason = args.text('reason') ?? ''
      return withVault(path, args, async ({ call }) => ({
        value: await call('attachments.remove', { id, reason }),
      }))
    },
  },
}
