// guicang stats, guicang handover create | confirm | list
import { z } from 'zod'
import { handoverIdSchema } from '../../shared/types/ids.ts'
import { personOf } from './cases.ts'
import { withVault } from './connection.ts'
import { parseInput } from './input.ts'
import type { Verb } from './verb.ts'

/** A group of one verb. */
export const statsVerb: Verb = {
  usage: 'stats DIR --from YYYY-MM-DD --to YYYY-MM-DD [--shareable]',
  options: { from: { type: 'string' }, to: { type: 'string' }, shareable: { type: 'boolean' } },
  path: true,
  run: async (args, path) => {
    const from = parseInput(z.iso.date(), args.required('from'), 'from')
    const to = parseInput(z.iso.date(), args.required('to'), 'to')
    return withVault(path, args, async ({ call }) => ({
      value: await call('stats.get', { from, to, shareable: args.flag('shareable') }),
    }))
  },
}

export const handoverVerbs: Readonly<Record<string, Verb>> = {
  create: {
    usage: 'handover create DIR --from NAME --to NAME [--note TEXT]   (all open cases of one person)',
    options: { from: { type: 'string' }, to: { type: 'string' }, note: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const from = args.required('from')
      const to = args.required('to')
      const note = args.text('note') ?? ''
      return withVault(path, args, async ({ call }) => {
        const people = { from: await personOf(call, from, 'from'), to: await personOf(call, to, 'to') }
        return { value: await call('handover.create', { ...people, note }) }
      })
    },
  },
  confirm: {
    usage: 'handover confirm DIR --id ID   (each of the two, as themselves)',
    options: { id: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const id = parseInput(handoverIdSchema, args.required('id'), 'id')
      return withVault(path, args, async ({ call }) => ({ value: await call('handover.confirm', { id }) }))
    },
  },
  list: {
    usage: 'handover list DIR',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => ({ value: (await call('handover.list', {})).items })),
  },
}
