// The tree of categories that an owner keeps: categories and, below each, its subcategories.
import { z } from 'zod'

/** How much a tree holds. */
export const mostCategories = 200
export const mostSubcategories = 100
export const categoryNameLength = 100

/** One line, as it is shown. */
const nameSchema = z
  .string()
  .trim()
  .normalize('NFC')
  .min(1)
  .max(categoryNameLength)
  .refine((name) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name))

/** Whether a name stands in a tree as it is. */
export function isNameOfTree(name: string): boolean {
  const parsed = nameSchema.safeParse(name)
  return parsed.success && parsed.data === name
}

export const categorySchema = z.strictObject({
  name: nameSchema,
  sub: z.array(nameSchema).max(mostSubcategories).default([]),
})

/** In the owner's order; an empty one is none: categories are free text. */
export const categoryTreeSchema = z.array(categorySchema).max(mostCategories)
export type CategoryTree = z.infer<typeof categoryTreeSchema>

/** A name of a tree that can't stand there, by its path in the tree. */
export interface TreeFault {
  /** `tree.3.name`, `tree.3.sub.1`. */
  field: string
  rule: 'required' | 'tooLong' | 'line' | 'duplicate'
  name: string
}

function namesOf(tree: CategoryTree): { field: string; name: string; siblings: string }[] {
  return tree.flatMap(({ name, sub }, index) => [
    { field: `tree.${index}.name`, name, siblings: '' },
    ...sub.map((one, place) => ({ field: `tree.${index}.sub.${place}`, name: one, siblings: `${index}` })),
  ])
}

/** Every name of a tree with its path. */
export function treeNames(tree: CategoryTree): { field: string; name: string }[] {
  return namesOf(tree).map(({ field, name }) => ({ field, name }))
}

/** What is wrong in a tree that is being written; two siblings of one name are one category twice. */
export function treeFaults(tree: CategoryTree): TreeFault[] {
  const seen = new Set<string>()
  return namesOf(tree).flatMap(({ field, name: raw, siblings }): TreeFault[] => {
    const name = raw.trim()
    if (name === '') return [{ field, rule: 'required', name }]
    if (name.length > categoryNameLength) return [{ field, rule: 'tooLong', name }]
    if (!nameSchema.safeParse(name).success) return [{ field, rule: 'line', name }]
    const key = JSON.stringify([siblings, name.normalize('NFC')])
    if (seen.has(key)) return [{ field, rule: 'duplicate', name }]
    seen.add(key)
    return []
  })
}

/** Where a category and a subcategory, as they stand with a complaint, aren't among the tree's. Without a tree nothing is outside. */
export function outsideTree(
  tree: CategoryTree,
  typed: { category: string; subcategory: string },
): 'category' | 'subcategory' | undefined {
  const [category, subcategory] = [typed.category.trim(), typed.subcategory.trim()]
  if (tree.length === 0 || (category === '' && subcategory === '')) return undefined
  if (category === '') return 'subcategory'
  const found = tree.find(({ name }) => name === category)
  if (found === undefined) return 'category'
  return subcategory === '' || found.sub.includes(subcategory) ? undefined : 'subcategory'
}

/** How many complaints have each name. */
export const categoryUseSchema = z.strictObject({
  name: z.string(),
  count: z.number().int(),
  sub: z.array(z.strictObject({ name: z.string(), count: z.number().int() })),
})
export type CategoryUse = z.infer<typeof categoryUseSchema>

/** What complaints have that isn't in the tree; `subcategory` where the category is there and that alone isn't. */
export const outsideCategorySchema = z.strictObject({ category: z.string(), count: z.number().int() })
export const outsideSubcategorySchema = outsideCategorySchema.extend({ subcategory: z.string() })
