// Which column goes where, checked before a single row is read.
import { GuicangError } from '../../../shared/errors.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import type { Mapping, RecordKind } from '../../../shared/types/exchange.ts'
import { isOwnExport, isTargetField, stripFormulaGuard } from '../../exchange/import/index.ts'

const drop = 'drop'

export interface RowMapping {
  /** Position of the cell of each mapped field. */
  fields: { field: string; index: number }[]
  extra: { column: string; index: number }[]
  dropped: string[]
  /** Takes the formula guard of our own exports off again. */
  clean: (cell: string) => string
}

/**
 * @throws GuicangError `import.mappingInvalid`: a column that the file doesn't have, a field that doesn't exist, or two
 * columns for one field; the fields name the column (redacted: a first row may be a person) and the rule
 */
export function resolveMapping(columns: readonly string[], kind: RecordKind, mapping: Mapping): RowMapping {
  const resolved: RowMapping = {
    fields: [],
    extra: [],
    dropped: [],
    clean: isOwnExport(columns) ? stripFormulaGuard : (cell) => cell,
  }
  for (const column of Object.keys(mapping)) {
    if (!columns.includes(column)) throw invalid(column, 'noSuchColumn')
  }
  for (const [index, column] of columns.entries()) {
    const target = Object.hasOwn(mapping, column) ? (mapping[column] ?? null) : null
    // Our own exports guard the names of columns as they guard cells.
    const name = columns.includes(resolved.clean(column)) ? column : resolved.clean(column)
    if (target === null) resolved.extra.push({ column: name, index })
    else if (!isTargetField(kind, target)) throw invalid(column, 'noSuchField')
    else if (target === drop) resolved.dropped.push(column)
    else if (resolved.fields.some(({ field }) => field === target)) throw invalid(column, 'fieldTwice')
    else resolved.fields.push({ field: target, index })
  }
  return resolved
}

function invalid(column: string, rule: string): GuicangError {
  return new GuicangError('import.mappingInvalid', { fields: [{ field: ordinaryText(column), rule }] })
}

/** The values of a row by field, and everything else by column, verbatim. */
export function applyMapping(
  mapping: RowMapping,
  cells: readonly string[],
): { fields: Record<string, string>; extra: Record<string, string> } {
  const value = (index: number): string => mapping.clean(cells[index] ?? '')
  return {
    fields: Object.fromEntries(mapping.fields.map(({ field, index }) => [field, value(index)])),
    extra: Object.fromEntries(mapping.extra.map(({ column, index }) => [column, value(index)])),
  }
}
