// guicang stats
import { z } from 'zod'
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
