// A recovery code as people read it: the prefix once, then 58 characters in groups of six.
import type { AppError } from '../../shared/errors.ts'

export const recoveryPrefix = 'AGE-SECRET-KEY-1'
const groupSize = 6
export const recoveryLength = 58
export const groupLengths: readonly number[] = [6, 6, 6, 6, 6, 6, 6, 6, 6, 4]

/** Nothing typed yet. */
export const emptyGroups: readonly string[] = groupLengths.map(() => '')

/** The ten groups of a code. */
export function groupsOf(code: string): string[] {
  const data = dataOf(code)
  return groupLengths.map((length, index) => data.slice(index * groupSize, index * groupSize + length))
}

/** What counts of something typed or pasted: prefix, spaces and dashes gone, upper case, full width narrowed. */
export function dataOf(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]+/gu, '')
  const prefix = recoveryPrefix.replaceAll('-', '')
  return plain.startsWith(prefix) ? plain.slice(prefix.length) : plain
}

/** Puts typed groups back into one code. */
export function codeOf(groups: readonly string[]): string {
  return `${recoveryPrefix}${groups.map(dataOf).join('')}`
}

export type GroupState = 'empty' | 'partial' | 'right' | 'wrong' | 'full'

/** How a typed group stands against the expected one, if that is known. A wrong letter shows before the group is full. */
export function groupState(typed: string, index: number, expected?: string): GroupState {
  const text = dataOf(typed)
  if (text === '') return 'empty'
  const length = groupLengths[index] ?? groupSize
  if (expected !== undefined) {
    if (text === expected) return 'right'
    return expected.startsWith(text) ? 'partial' : 'wrong'
  }
  return text.length === length ? 'full' : 'partial'
}

/** Spreads pasted text over the groups from `from` on. */
export function spread(groups: readonly string[], from: number, text: string): string[] {
  let rest = dataOf(text)
  return groups.map((group, index) => {
    if (index < from || rest === '') return group
    const length = groupLengths[index] ?? groupSize
    const part = rest.slice(0, length)
    rest = rest.slice(length)
    return part
  })
}

/** 0-based numbers of the groups that an error names. */
export function wrongGroups(error: AppError | undefined): number[] {
  if (error?.code !== 'recovery.codeInvalid') return []
  return (error.fields ?? [])
    .filter((field) => field.rule === 'group' && field.value !== undefined)
    .map((field) => Number(field.value) - 1)
}
