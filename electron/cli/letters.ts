// guicang letters templates | render | list | show | copy | batch | import-template | remove-template
import { resolve } from 'node:path'
import { complaintStatusSchema } from '../../shared/types/complaint.ts'
import { localeSchema } from '../../shared/types/common.ts'
import { complaintIdSchema, letterIdSchema } from '../../shared/types/ids.ts'
import { templateIdSchema, typedFieldsSchema } from '../../shared/types/letter.ts'
import { parseTemplate } from '../domain/letters/template.ts'
import { type Args, oneOf, readJson } from './args.ts'
import { withVault } from './connection.ts'
import { parseInput } from './input.ts'
import type { Verb } from './verb.ts'

/** What a letter is written from. */
function orderOf(args: Args) {
  const fields = args.text('fields')
  return {
    templateId: parseInput(templateIdSchema, args.required('template'), 'template'),
    lang: oneOf('lang', args.required('lang'), localeSchema.options),
    fields: fields === undefined ? {} : parseInput(typedFieldsSchema, readJson(fields), 'fields'),
    allowBoxes: args.flag('allow-boxes'),
  }
}

const orderOptions = {
  template: { type: 'string' },
  lang: { type: 'string' },
  fields: { type: 'string' },
  'allow-boxes': { type: 'boolean' },
} as const

export const letterVerbs: Readonly<Record<string, Verb>> = {
  templates: {
    usage: 'letters templates DIR',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => ({ value: (await call('letters.templates', {})).items })),
  },
  render: {
    usage:
      'letters render DIR --complaint ID --template T --lang zh-CN|en --out F.pdf [--fields F.json] [--draft --reason TEXT] [--allow-boxes]',
    options: {
      ...orderOptions,
      complaint: { type: 'string' },
      out: { type: 'string' },
      draft: { type: 'boolean' },
      reason: { type: 'string' },
    },
    path: true,
    run: async (args, path) => {
      const input = {
        ...orderOf(args),
        complaintId: parseInput(complaintIdSchema, args.required('complaint'), 'complaint'),
        out: resolve(args.required('out')),
        send: !args.flag('draft'),
        reason: args.text('reason') ?? '',
      }
      return withVault(path, args, async ({ call }) => ({ value: await call('letters.render', input) }))
    },
  },
  list: {
    usage: 'letters list DIR --complaint ID',
    options: { complaint: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const complaintId = parseInput(complaintIdSchema, args.required('complaint'), 'complaint')
      return withVault(path, args, async ({ call }) => ({
        value: (await call('letters.list', { complaintId })).items,
      }))
    },
  },
  show: {
    usage: 'letters show DIR --letter ID --reason TEXT',
    options: { letter: { type: 'string' }, reason: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = parseInput(letterIdSchema, args.required('letter'), 'letter')
      const reason = args.required('reason')
      return withVault(path, args, async ({ call }) => ({
        value: await call('letters.reveal', { id, reason }),
      }))
    },
  },
  copy: {
    usage: 'letters copy DIR --letter ID --out F.pdf --reason TEXT',
    options: { letter: { type: 'string' }, out: { type: 'string' }, reason: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = parseInput(letterIdSchema, args.required('letter'), 'letter')
      const input = { id, out: resolve(args.required('out')), reason: args.required('reason') }
      return withVault(path, args, async ({ call }) => ({ value: await call('letters.copy', input) }))
    },
  },
  batch: {
    usage:
      'letters batch DIR --template T --lang zh-CN|en --to FOLDER [--status S] [--category C] [--fields F.json] [--allow-boxes]',
    options: {
      ...orderOptions,
      to: { type: 'string' },
      status: { type: 'string' },
      category: { type: 'string' },
    },
    path: true,
    run: async (args, path) => {
      const status = args.text('status')
      const category = args.text('category')
      const input = {
        ...orderOf(args),
        folder: resolve(args.required('to')),
        ...(status === undefined ? {} : { status: parseInput(complaintStatusSchema, status, 'status') }),
        ...(category === undefined ? {} : { category }),
      }
      return withVault(path, args, async ({ call }) => {
        const report = await call('letters.batch', input)
        return { value: report, failed: report.stopped !== '' }
      })
    },
  },
  'import-template': {
    usage: 'letters import-template DIR --file F.json',
    options: { file: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const template = parseTemplate(readJson(args.required('file')))
      return withVault(path, args, async ({ call }) => ({ value: await call('templates.put', template) }))
    },
  },
  'remove-template': {
    usage: 'letters remove-template DIR --template T --lang zh-CN|en',
    options: { template: { type: 'string' }, lang: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const { templateId: id, lang } = orderOf(args)
      return withVault(path, args, async ({ call }) => ({
        value: await call('templates.remove', { id, lang }),
      }))
    },
  },
}
