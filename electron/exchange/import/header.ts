// A table's first record: which names its columns get, and whether it is a header at all.
import { GuicangError } from '../../../shared/errors.ts'
import { maxColumnNameLength, maxColumns } from './limits.ts'

/**
 * Names for the columns of a header, each once, the file's own wherever possible:
 * an empty one (only spaces) becomes `column_3` by its 1-based position; one that stood before becomes `name_2`, `name_3`;
 * so does `__proto__`, which no record of JavaScript can hold as a name like any other;
 * one of more than 200 characters is cut. A byte order mark in front of the first is not part of it.
 * Refuses with `import.tooManyColumns` (more than 2,000).
 */
export function uniqueColumns(header: readonly string[]): string[] {
  if (header.length > maxColumns) throw new GuicangError('import.tooManyColumns')
  const own = new Set(header)
  const taken = new Set<string>()
  return header.map((cell, index) => {
    const text = index === 0 ? cell.replace(/^\uFEFF/, '') : cell
    const base =
      text.trim() === '' || text === '__proto__' ? `column_${index + 1}` : cut(text, maxColumnNameLength)
    let name = base
    // A made-up name must not take the place of a column that is called so in the file.
    for (let count = 2; taken.has(name) || (name !== text && own.has(name)); count++) {
      name = `${cut(base, maxColumnNameLength - 8)}_${count}`
    }
    taken.add(name)
    return name
  })
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).toWellFormed()
}

// What stands in rows and never in a header: mail address, mobile, resident ID, bank card.
const valueLike = [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, /^(?:\+?86)?1[3-9]\d{9}$/, /^\d{17}[\dXx]$/, /^\d{15,19}$/]

/**
 * Refuses with `import.headerMissing` where the first record holds a person's values instead of names: taking it for a
 * header would lose that person.
 */
export function assertHeader(cells: readonly string[], line: number): void {
  for (const cell of cells) {
    const compact = cell.normalize('NFKC').replace(/[\s-]/g, '')
    if (valueLike.some((pattern) => pattern.test(compact))) {
      throw new GuicangError('import.headerMissing', { fields: [{ field: 'header', rule: 'value', line }] })
    }
  }
}
