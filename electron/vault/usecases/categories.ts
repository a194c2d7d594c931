// The vault's tree of categories: a setting that forms offer. What complaints have is theirs: the tree changes none of them.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import {
  type CategoryTree,
  categoryTreeSchema,
  treeFaults,
  treeNames,
} from '../../../shared/types/category.ts'
import { categoryCounter, tellsOfPerson } from '../../domain/category-use.ts'
import { type Context, logAct } from '../session.ts'
import { keepSetting } from './keep-setting.ts'

/** Under which name the tree stands in the vault's settings. */
const categorySetting = 'categories'

/** Complaints that are read in one go: other requests wait no longer than that. */
const page = 5000

/** The tree as it was last set; an empty one where nobody has. */
export function getCategories({ session }: Context): Output<'categories.get'> {
  const row = session.store.records.settings.findRowOf(categorySetting)
  if (row === undefined) return { tree: [], at: null }
  return { tree: categoryTreeSchema.parse(JSON.parse(row.value)), at: row.at }
}

/** How many complaints have which category, and what of it isn't in the tree. */
export async function countCategories(context: Context): Promise<Output<'categories.getUsage'>> {
  const { records } = context.session.store
  const counter = categoryCounter()
  let seen = 0
  for (let after = 0; ;) {
    const rows = records.complaints.categoriesAfter(after, page)
    const last = rows.at(-1)
    if (last === undefined) return counter.result(getCategories(context).tree)
    for (const row of rows) counter.add(row)
    after = last.seq
    seen += rows.length
    context.job.report('cases', seen, null, 'rows')
    await context.job.pause()
  }
}

/**
 * Puts a tree in the place of the one that is there; an empty one takes it away. Complaints keep what they have.
 * @throws GuicangError `record.changed` when somebody has set it since it was read; `input.invalid` naming the entries: two
 * siblings of one name (`duplicate`), a name that tells of a person (`personal`)
 */
export function setCategories(context: Context, input: Input<'categories.set'>): Output<'categories.set'> {
  const before = getCategories(context)
  if (input.at !== undefined && input.at !== before.at) throw new GuicangError('record.changed')
  requireNames(input.tree)
  const { records } = context.session.store
  const [was, is] = [pathsOf(before.tree), pathsOf(input.tree)]
  const detail = {
    categories: input.tree.length,
    subcategories: input.tree.reduce((sum, { sub }) => sum + sub.length, 0),
    added: missingFrom(was, is),
    takenOut: missingFrom(is, was),
  }
  records.db.transaction(() => {
    const changed = [keepSetting(context, categorySetting, input.tree)]
    logAct(context, 'categories.set', categorySetting, detail, { changed })
  })()
  return getCategories(context)
}

function requireNames(tree: CategoryTree): void {
  const faults = treeFaults(tree).map(({ field, rule, name }) => ({ field, rule, value: name }))
  // A case takes its category redacted: such a name would never be found in the tree again.
  const personal = treeNames(tree)
    .filter(({ name }) => tellsOfPerson(name))
    .map(({ field }) => ({ field, rule: 'personal' }))
  const fields = [...faults, ...personal]
  if (fields.length > 0) throw new GuicangError('input.invalid', { fields })
}

/** Each category and subcategory by its names, for counting what came and went. */
function pathsOf(tree: CategoryTree): string[] {
  return tree.flatMap(({ name, sub }) => [
    JSON.stringify([name]),
    ...sub.map((one) => JSON.stringify([name, one])),
  ])
}

function missingFrom(some: readonly string[], others: readonly string[]): number {
  const there = new Set(some)
  return others.filter((path) => !there.has(path)).length
}
