// A spreadsheet runs a cell that starts with = + - @ as a formula (osTicket #3767), some East Asian ones also with the
// full-width signs. Our exports put an apostrophe before such a value; our imports take it away again, but only from files
// that are recognised as our own.

const guarded: ReadonlySet<string> = new Set("=+-@＝＋－＠\t\r\n'")

/** Name of the first column of every CSV that this program writes: what an own export is recognised by. */
export const ownExportColumn = 'guicang_id'

/**
 * Takes a cell's value, returns what to write into a CSV: with an apostrophe in front where a spreadsheet would otherwise
 * run it. A value that begins with an apostrophe gets one too, so that `stripFormulaGuard` gives back every value exactly.
 * Source: OWASP, CSV Injection.
 */
export function guardFormula(value: string): string {
  return guarded.has(value.charAt(0)) ? `'${value}` : value
}

/**
 * The inverse of `guardFormula`. Use it only for the cells of an own export (`isOwnExport`): in anybody else's file a
 * leading apostrophe belongs to the value.
 */
export function stripFormulaGuard(cell: string): string {
  return cell.startsWith("'") && guarded.has(cell.charAt(1)) ? cell.slice(1) : cell
}

/** Whether a table with these columns was written by this program: its first column is exactly `guicang_id`. */
export function isOwnExport(columns: readonly string[]): boolean {
  return columns[0] === ownExportColumn
}
