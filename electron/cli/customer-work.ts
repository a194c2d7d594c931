// guicang customers overview | verify-caller | merge | unmerge | duplicates | distinct | relate | fact | fact-state
import {
  callerAnswersSchema,
  callerFields,
  callerScriptSchema,
  factDraftSchema,
  factKindSchema,
  factStateSchema,
  relationKindSchema,
} from '../../shared/types/customer-work.ts'
import { customerIdSchema, mergeIdSchema } from '../../shared/types/ids.ts'
import { z } from 'zod'
import { readJson } from './args.ts'
import { withVault } from './connection.ts'
import { draftOf } from './drafts.ts'
import { parseInput } from './input.ts'
import type { Verb } from './verb.ts'

const idOption = { id: { type: 'string' } } as const

/** What an answers file names beside the known questions: refused by name, not left out. */
function recordOf(extra: string | Record<string, string> | undefined): Record<string, string> {
  return typeof extra === 'object' ? extra : {}
}

export const customerWorkVerbs: Readonly<Record<string, Verb>> = {
  overview: {
    usage: 'customers overview DIR --id ID',
    options: idOption,
    path: true,
    run: async (args, path) => {
      const id = parseInput(customerIdSchema, args.required('id'), 'id')
      return withVault(path, args, async ({ call }) => ({ value: await call('customers.overview', { id }) }))
    },
  },
  'reveal-text': {
    usage: 'customers reveal-text DIR --id ID --reason TEXT   (ID of a fact or a relation)',
    options: { ...idOption, reason: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = parseInput(z.uuid(), args.required('id'), 'id')
      const reason = args.text('reason') ?? ''
      return withVault(path, args, async ({ call }) => ({
        value: await call('customers.revealText', { id, reason }),
      }))
    },
  },
  'verify-caller': {
    usage: 'customers verify-caller DIR --id ID --file ANSWERS.json',
    options: { ...idOption, file: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = parseInput(customerIdSchema, args.required('id'), 'id')
      const { extra, ...known } = draftOf(readJson(args.required('file')), callerFields)
      const answers = parseInput(callerAnswersSchema, { ...known, ...recordOf(extra) })
      return withVault(path, args, async ({ call }) => ({
        value: await call('customers.verifyCaller', { id, answers }),
      }))
    },
  },
  'caller-script': {
    usage: 'customers caller-script DIR [--file SCRIPT.json]',
    options: { file: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const file = args.text('file')
      if (file === undefined)
        return withVault(path, args, async ({ call }) => ({
          value: await call('customers.getCallerScript', {}),
        }))
      const script = parseInput(callerScriptSchema, readJson(file))
      return withVault(path, args, async ({ call }) => ({
        value: await call('customers.setCallerScript', script),
      }))
    },
  },
  merge: {
    usage: 'customers merge DIR --keep ID --merge ID --reason T',
    options: { keep: { type: 'string' }, merge: { type: 'string' }, reason: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const input = {
        keepId: parseInput(customerIdSchema, args.required('keep'), 'keep'),
        mergeId: parseInput(customerIdSchema, args.required('merge'), 'merge'),
        reason: args.text('reason') ?? '',
      }
      return withVault(path, args, async ({ call }) => ({ value: await call('customers.merge', input) }))
    },
  },
  unmerge: {
    usage: 'customers unmerge DIR --merge-id ID',
    options: { 'merge-id': { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const mergeId = parseInput(mergeIdSchema, args.required('merge-id'), 'merge-id')
      return withVault(path, args, async ({ call }) => ({
        value: await call('customers.unmerge', { mergeId }),
      }))
    },
  },
  duplicates: {
    usage: 'customers duplicates DIR [--id ID] [--limit N]',
    options: { ...idOption, limit: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const idText = args.text('id')
      const limit = args.number('limit')
      const input = {
        ...(idText === undefined ? {} : { id: parseInput(customerIdSchema, idText, 'id') }),
        ...(limit === undefined ? {} : { limit }),
      }
      return withVault(path, args, async ({ call }) => ({
        value: await call('customers.duplicates', input),
      }))
    },
  },
  distinct: {
    usage: 'customers distinct DIR --id ID --other ID [--remove]',
    options: { ...idOption, other: { type: 'string' }, remove: { type: 'boolean' } },
    path: true,
    run: async (args, path) => {
      const input = {
        id: parseInput(customerIdSchema, args.required('id'), 'id'),
        otherId: parseInput(customerIdSchema, args.required('other'), 'other'),
        distinct: !args.flag('remove'),
      }
      return withVault(path, args, async ({ call }) => ({
        value: await call('customers.setDistinct', input),
      }))
    },
  },
  relate: {
    usage: `customers relate DIR --id ID --other ID --kind ${relationKindSchema.options.join('|')} [--note T] [--remove]`,
    options: {
      ...idOption,
      other: { type: 'string' },
      kind: { type: 'string' },
      note: { type: 'string' },
      remove: { type: 'boolean' },
    },
    path: true,
    run: async (args, path) => {
      const input = {
        id: parseInput(customerIdSchema, args.required('id'), 'id'),
        otherId: parseInput(customerIdSchema, args.required('other'), 'other'),
        kind: parseInput(relationKindSchema, args.required('kind'), 'kind'),
        note: args.text('note') ?? '',
        related: !args.flag('remove'),
      }
      return withVault(path, args, async ({ call }) => ({ value: await call('customers.relate', input) }))
    },
  },
  fact: {
    usage:
      'customers fact DIR --id ID --kind basis|consent|request|hold --code C [--purpose T] [--evidence T] [--date D] [--until D]',
    options: {
      ...idOption,
      kind: { type: 'string' },
      code: { type: 'string' },
      purpose: { type: 'string' },
      evidence: { type: 'string' },
      date: { type: 'string' },
      until: { type: 'string' },
    },
    path: true,
    run: async (args, path) => {
      const draft = parseInput(
        factDraftSchema,
        {
          customerId: parseInput(customerIdSchema, args.required('id'), 'id'),
          kind: parseInput(factKindSchema, args.required('kind'), 'kind'),
          code: args.required('code'),
          purpose: args.text('purpose') ?? '',
          evidence: args.text('evidence') ?? '',
          date: args.text('date') ?? '',
          until: args.text('until') ?? '',
        },
        'fact',
      )
      return withVault(path, args, async ({ call }) => ({ value: await call('customers.addFact', draft) }))
    },
  },
  'fact-state': {
    usage: 'customers fact-state DIR --fact ID --revision N --state S [--date D]',
    options: {
      fact: { type: 'string' },
      revision: { type: 'string' },
      state: { type: 'string' },
      date: { type: 'string' },
    },
    path: true,
    run: async (args, path) => {
      args.required('revision')
      const input = {
        id: parseInput(z.uuid(), args.required('fact'), 'fact'),
        revision: args.number('revision') ?? 0,
        state: parseInput(factStateSchema, args.required('state'), 'state'),
        date: args.text('date') ?? '',
      }
      return withVault(path, args, async ({ call }) => ({
        value: await call('customers.setFactState', input),
      }))
    },
  },
}
