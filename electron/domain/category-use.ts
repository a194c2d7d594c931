// Which categories the complaints have, counted while their rows go by, and held against the tree.
import {
  type CategoryTree,
  type CategoryUse,
  isNameOfTree,
  mostCategories,
  mostSubcategories,
} from '../../shared/types/category.ts'
import { ordinaryText } from './customer-record.ts'

export interface CategoryPair {
  category: string
  subcategory: string
}

interface Counted {
  count: number
  sub: Map<string, number>
}

/** Names that a person can still look through. */
const mostListed = 1000

export interface CategoryCounts {
  used: CategoryUse[]
  outside: { category: string; count: number }[]
  outsideSub: { category: string; subcategory: string; count: number }[]
  outsideCount: number
}

/** A placeholder of a redaction, `[姓名 1]`: a name that has one is that of one case. */
const placeholder = /\[[^\]]+ \d+\]/u

/** Whether a tree could hold the name of a complaint's category as it stands there, and not of one complaint only. */
export function isCategoryName(name: string): boolean {
  return isNameOfTree(name) && !placeholder.test(name) && !tellsOfPerson(name)
}

/** Whether a recogniser takes something in the name for personal data. */
export function tellsOfPerson(name: string): boolean {
  return ordinaryText(name) !== name
}

export function categoryCounter() {
  const counted = new Map<string, Counted>()
  return {
    add: ({ category, subcategory }: CategoryPair): void => {
      const one = counted.get(category) ?? { count: 0, sub: new Map<string, number>() }
      one.count += 1
      if (subcategory.trim() !== '') one.sub.set(subcategory, (one.sub.get(subcategory) ?? 0) + 1)
      counted.set(category, one)
    },
    result: (tree: CategoryTree): CategoryCounts => countsOf(counted, tree),
  }
}

function countsOf(counted: ReadonlyMap<string, Counted>, tree: CategoryTree): CategoryCounts {
  const subs = new Map(tree.map(({ name, sub }) => [name, sub] as const))
  const named = [...counted]
    .filter(([name]) => name.trim() !== '')
    .toSorted(([a, left], [b, right]) => byCount([a, left.count], [b, right.count]))
  const outside = named
    .filter(([name]) => !subs.has(name))
    .map(([category, { count }]) => ({ category, count }))
  const outsideSub = named
    .flatMap(([category, { sub }]) => {
      const known = subs.get(category)
      return known === undefined
        ? []
        : [...sub].flatMap(([subcategory, count]) =>
            known.includes(subcategory) ? [] : [{ category, subcategory, count }],
          )
    })
    .toSorted((a, b) => byCount([a.subcategory, a.count], [b.subcategory, b.count]))
  return {
    used: mostUsed(named, ([name]) => name, new Set(subs.keys()), mostCategories).map(
      ([name, { count, sub }]) => ({
        name,
        count,
        sub: mostUsed(
          [...sub].toSorted(byCount),
          ([one]) => one,
          new Set(subs.get(name)),
          mostSubcategories,
        ).map(([one, times]) => ({ name: one, count: times })),
      }),
    ),
    outside: outside.slice(0, mostListed),
    outsideSub: outsideSub.slice(0, mostListed),
    outsideCount: [...outside, ...outsideSub].reduce((sum, { count }) => sum + count, 0),
  }
}

/** Those that are kept anyway, and as many more of the most used as a tree can hold. */
function mostUsed<T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  kept: ReadonlySet<string>,
  most: number,
): T[] {
  let room = most
  return all.filter((one) => {
    const name = nameOf(one)
    if (kept.has(name)) return true
    if (room === 0 || !isCategoryName(name)) return false
    room -= 1
    return true
  })
}

function byCount([a, left]: readonly [string, number], [b, right]: readonly [string, number]): number {
  return right - left || (a < b ? -1 : 1)
}
