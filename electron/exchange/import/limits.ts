// How much a file may ask of this computer. Lengths of text are UTF-16 code units, as in `string.length`.

/** A longer cell is no value of a customer or complaint: its row is rejected, whole, with its raw text. */
export const maxCellLength = 1024 * 1024

/** SQLite's default limit of columns is 2,000, and a header with more is a transposed or broken file. */
export const maxColumns = 2_000

/** Names longer than this are cut: the contract takes column names of 200. */
export const maxColumnNameLength = 200

/** The header with its line breaks; far more than 2,000 names of 200 need. */
export const maxHeaderLength = 1024 * 1024

/**
 * How far the end of a quoted cell is looked for before its quote counts as unclosed. It is above any cell that can be
 * accepted, so that a 10 MB cell is named as such, and it bounds the memory that one stray quote can take.
 */
export const maxRecordLength = 16 * 1024 * 1024

/** One physical line must fit into memory. Beyond it the file is refused: rejecting the row could not keep its text. */
export const maxLineLength = 64 * 1024 * 1024

/** Rows per batch, and text per batch for tables with large cells. */
export const batchRows = 500
export const batchLength = 4 * 1024 * 1024

/** What parts of a workbook may grow to, in bytes, counted while they are unpacked: sizes in an archive can lie. */
export const maxSheetBytes = 2 * 1024 * 1024 * 1024
export const maxSharedStringsBytes = 512 * 1024 * 1024
export const maxSmallPartBytes = 32 * 1024 * 1024

/** From `bombFloorBytes` on, a part that unpacks to more than `bombRatio` times its size is a bomb; sheets stay below 50. */
export const bombFloorBytes = 64 * 1024 * 1024
export const bombRatio = 300
export const maxArchiveEntries = 10_000
