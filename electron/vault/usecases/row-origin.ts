// What rows of every kind have in common: where they come from, and the clear version that they name.

/** Where a row of an import comes from; a form's row has none. */
export interface RowOrigin {
  batchNo: number
  batchRow: number
  duplicate: boolean
}

export const byHand: RowOrigin = { batchNo: 0, batchRow: 0, duplicate: false }

export interface StoredVersion {
  seq: number
  id: string
  digest: string
}
