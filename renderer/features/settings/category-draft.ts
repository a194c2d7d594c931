// A tree while an owner writes it: lines with keys of their own, so that a line keeps its field while others move around it.
import { v7 as uuidv7 } from 'uuid'
import {
  type CategoryTree,
  type CategoryUse,
  mostCategories,
  mostSubcategories,
} from '../../../shared/types/category.ts'

export interface DraftName {
  key: string
  name: string
}

export interface DraftCategory extends DraftName {
  sub: readonly DraftName[]
}

export type Draft = readonly DraftCategory[]

/** The tree as it was saved; the same tree gives the same keys. */
export function draftOf(tree: CategoryTree): Draft {
  return tree.map(({ name, sub }, index) => ({
    key: `${index}`,
    name,
    sub: sub.map((one, place) => ({ key: `${index}.${place}`, name: one })),
  }))
}

export function treeOf(draft: Draft): CategoryTree {
  return draft.map(({ name, sub }) => ({ name: name.trim(), sub: sub.map((one) => one.name.trim()) }))
}

export function freshName(): DraftName {
  return { key: uuidv7(), name: '' }
}

/** With one line changed. */
export function withLine<T extends DraftName>(lines: readonly T[], key: string, change: Partial<T>): T[] {
  return lines.map((line) => (line.key === key ? { ...line, ...change } : line))
}

/** With one line a place further up (-1) or down (1), where there is one. */
export function moved<T extends DraftName>(lines: readonly T[], key: string, by: -1 | 1): readonly T[] {
  const from = lines.findIndex((line) => line.key === key)
  const [line, other] = [lines[from], lines[from + by]]
  if (line === undefined || other === undefined) return lines
  return lines.with(from, other).with(from + by, line)
}

/** With what complaints have and the draft hasn't, as far as there is room; and how many names that were. */
export function takenOver(draft: Draft, used: readonly CategoryUse[]): { draft: Draft; added: number } {
  let added = 0
  const named = (name: string): DraftName => {
    added += 1
    return { key: uuidv7(), name }
  }
  const more = <T extends DraftName>(
    there: readonly T[],
    names: readonly string[],
    most: number,
  ): DraftName[] => {
    const known = new Set(there.map(({ name }) => name.trim()))
    return names
      .filter((name) => !known.has(name))
      .slice(0, Math.max(0, most - there.length))
      .map(named)
  }
  const subsOf = (name: string): string[] =>
    used.find((one) => one.name === name)?.sub.map((one) => one.name) ?? []
  const filled = draft.map((line) => ({
    ...line,
    sub: [...line.sub, ...more(line.sub, subsOf(line.name.trim()), mostSubcategories)],
  }))
  const fresh = more(
    draft,
    used.map(({ name }) => name),
    mostCategories,
  ).map((line) => ({ ...line, sub: more([], subsOf(line.name), mostSubcategories) }))
  return { draft: [...filled, ...fresh], added }
}
