// What other rooms may use of the import: readers and the mapping. Nothing in here writes a file.
export { guessKind, isTargetField, proposeMapping } from './mapping.ts'
export { openTable, previewTable } from './open.ts'
export type { RowEvent, Table, TableMeta, TableOptions } from './types.ts'
export { complaintFields } from '../../../shared/types/complaint.ts'
export { customerFields } from '../../../shared/types/customer.ts'
export { isOwnExport, stripFormulaGuard } from '../formula-guard.ts'
