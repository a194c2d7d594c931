// guicang fields list | class
import { fieldClassSchema } from '../../shared/types/field-class.ts'
import { recordKindSchema } from '../../shared/types/exchange.ts'
import { UsageError } from './args.ts'
import { withVault } from './connection.ts'
import { parseInput } from './input.ts'
import { usageWords } from './usage-words.ts'
import type { Verb } from './verb.ts'

export const fieldVerbs: Readonly<Record<string, Verb>> = {
  list: {
    usage: 'fields list DIR   (own fields whose class can be set, and columns that no field takes)',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => {
        const { own, items } = await call('fields.list', {})
        return { value: [...own, ...items] }
      }),
  },
  class: {
    usage:
      'fields class DIR --kind customers|complaints|transactions --column NAME|--field FIELD --class identity|sensitive|confidential|ordinary',
    options: {
      kind: { type: 'string' },
      column: { type: 'string' },
      field: { type: 'string' },
      class: { type: 'string' },
    },
    path: true,
    run: async (args, path) => {
      const kind = parseInput(recordKindSchema, args.required('kind'), 'kind')
      const given = parseInput(fieldClassSchema, args.required('class'), 'class')
      const field = args.text('field')
      if (field !== undefined && args.text('column') !== undefined)
        throw new UsageError(usageWords().columnOrField)
      if (field !== undefined)
        return withVault(path, args, async ({ call }) => ({
          value: await call('fields.setOwnClass', { kind, field, class: given }),
        }))
      const column = args.required('column')
      return withVault(path, args, async ({ call }) => ({
        value: await call('fields.setClass', { kind, column, class: given }),
      }))
    },
  },
}
