// guicang categories get | set
import { z } from 'zod'
import { categoryTreeSchema } from '../../shared/types/category.ts'
import { readJson } from './args.ts'
import { withVault } from './connection.ts'
import { parseInput } from './input.ts'
import type { Verb } from './verb.ts'

/** What `get` prints can be given to `set` as it is. */
const fileSchema = z.strictObject({ tree: categoryTreeSchema, outside: z.array(z.unknown()).optional() })

export const categoryVerbs: Readonly<Record<string, Verb>> = {
  get: {
    usage: 'categories get DIR',
    options: {},
    path: true,
    run: async (args, path) =>
      withVault(path, args, async ({ call }) => {
        const { tree } = await call('categories.get', {})
        const { outside } = await call('categories.getUsage', {})
        return { value: { tree, outside } }
      }),
  },
  set: {
    usage: 'categories set DIR --file TREE.json',
    options: { file: { type: 'string' } },
    path: true,
    run: async (args, path) => {
      const json = readJson(args.required('file'))
      const { tree } = parseInput(fileSchema, Array.isArray(json) ? { tree: json } : json)
      return withVault(path, args, async ({ call }) => {
        await call('categories.set', { tree })
        return { value: { ok: true } }
      })
    },
  },
}
