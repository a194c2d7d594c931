// guicang fields list | class
import { fieldClassSchema } from '../../shared/types/field-class.ts'
import { recordKindSchema } from '../../shared/types/exchange.ts'
import { withVault } from './connection.ts'
import { parseInput } from './input.ts'
import type { Verb } from './verb.ts'

export const fieldVerbs: Readonly<Record<string, Verb>> = {
  list: {
    usage: 'fields list DIR   (columns that no field takes, with their classes)',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => ({ value: (await call('fields.list', {})).items })),
  },
  class: {
    usage:
      'fields class DIR --kind customers|complaints|transactions --column NAME --class identity|sensitive|confidential|ordinary',
    options: { kind: { type: 'string' }, column: { type: 'string' }, class: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const kind = parseInput(recordKindSchema, args.required('kind'), 'kind')
      const given = parseInput(fieldClassSchema, args.required('class'), 'class')
      const column = args.required('column')
      return withVault(path, args, async ({ call }) => ({
        value: await call('fields.setClass', { kind, column, class: given }),
      }))
    },
  },
}
