// What other rooms may use of the import: readers and the mapping. Nothing in here writes a file.
export { guessKind, isTargetField, proposeMapping, targetFields } from './mapping.ts'
export { openTable, previewTable, type TablePreview } from './open.ts'
export { cfpbPreset } from './synonyms.ts'
export type { RejectReason, RowEvent, Table, TableEncoding, TableMeta, TableOptions } from './types.ts'
export { complaintFields, type ComplaintField } from '../../../shared/types/complaint.ts'
export { customerFields, type CustomerField } from '../../../shared/types/customer.ts'
export { guardFormula, isOwnExport, stripFormulaGuard } from '../formula-guard.ts'
