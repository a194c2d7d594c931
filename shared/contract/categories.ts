// The vault's own tree of categories, and what the complaints have.
import { z } from 'zod'
import {
  categoryTreeSchema,
  categoryUseSchema,
  outsideCategorySchema,
  outsideSubcategorySchema,
} from '../types/category.ts'
import { instantSchema } from '../types/common.ts'
import { channel, everybody, owners } from './define.ts'

const settingSchema = z.strictObject({
  tree: categoryTreeSchema,
  /** When it was last set; null where nobody has. */
  at: instantSchema.nullable(),
})

export const categoriesContract = {
  'categories.get': channel({
    input: z.strictObject({}),
    output: settingSchema,
    target: 'vault',
    access: everybody,
  }),
  /** Counts over all complaints. */
  'categories.getUsage': channel({
    input: z.strictObject({}),
    output: z.strictObject({
      /** The most used, and those of the tree: names that a tree can hold. */
      used: z.array(categoryUseSchema),
      outside: z.array(outsideCategorySchema),
      /** Where the category is in the tree and the subcategory alone isn't. */
      outsideSub: z.array(outsideSubcategorySchema),
      /** Complaints with a name outside the tree, also with one that the lists have no room for. */
      outsideCount: z.number().int(),
    }),
    target: 'vault',
    access: everybody,
    job: true,
  }),
  /** Puts a tree in the place of the one that is there; an empty one takes it away. No complaint changes by it. */
  'categories.set': channel({
    input: z.strictObject({
      tree: categoryTreeSchema,
      /** As it was read: a tree that somebody has set since is refused (`record.changed`). */
      at: instantSchema.nullable().optional(),
    }),
    output: settingSchema,
    target: 'vault',
    access: owners,
    writes: true,
  }),
} as const
