// Counts what really stands in a table file, by reading it back: the count in a certificate must not come from the writer.
import { createReadStream } from 'node:fs'
import papaparse from 'papaparse'
import { GuicangError } from '../../../shared/errors.ts'
import { asOutputError, throwIfCancelled } from './output-error.ts'

/**
 * Counts the data rows (header not counted) of a UTF-8 CSV file.
 * @throws GuicangError `export.countMismatch` where a row is not as long as the header, `file.notFound`, `job.cancelled`
 */
export async function countCsvRows(path: string, signal?: AbortSignal): Promise<number> {
  throwIfCancelled(signal)
  const stream = createReadStream(path, { encoding: 'utf8' })
  let header: number | undefined
  let rows = 0
  let ragged = false
  return new Promise((resolve, reject) => {
    papaparse.parse<string[]>(stream, {
      delimiter: ',',
      newline: '\r\n',
      skipEmptyLines: true,
      chunk: ({ data, errors }, parser) => {
        if (signal?.aborted) {
          parser.abort()
          stream.destroy()
          reject(new GuicangError('job.cancelled'))
        }
        ragged ||= errors.length > 0
        for (const row of data) {
          ragged ||= header !== undefined && row.length !== header
          if (header === undefined) header = row.length
          else rows += 1
        }
      },
      complete: () => (ragged ? reject(new GuicangError('export.countMismatch')) : resolve(rows)),
      error: (error) => reject(asOutputError(error)),
    })
  })
}
