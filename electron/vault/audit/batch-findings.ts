// What was found in an import's rows, held against the entry of the log that turned the import on.
import { createHash, type Hash } from 'node:crypto'
import type { AuditEntry } from '../../../shared/types/exchange.ts'
import type { Job } from '../process/jobs.ts'
import type { FindingRow } from '../store/repositories/batches.ts'
import type { RecordsStore } from '../store/store.ts'
import { canonicalJson } from './canonical.ts'
import type { Findings } from './findings.ts'

const page = 1000

/** SHA-256 over a batch's findings as stored, in their order, one canonical JSON a line. */
export function findingsHash(): { add(row: FindingRow): void; hex(): string } {
  const hash: Hash = createHash('sha256')
  return {
    add: (row) => {
      hash.update(`${canonicalJson(row)}\n`)
    },
    hex: () => hash.digest('hex'),
  }
}

/**
 * Holds every batch's findings against its entry; entries of the first version don't vouch for them.
 * @param entries of imports; others among them are passed over
 */
export async function checkBatchFindings(
  records: RecordsStore,
  entries: readonly AuditEntry[],
  findings: Findings,
  job: Job,
): Promise<void> {
  const numbers = new Map(records.batches.refs().map(({ id, no }) => [id, no]))
  for (const entry of entries) {
    if (entry.action !== 'imports.run') continue
    const told = entry.detail['findings']
    const no = numbers.get(entry.subject)
    if (told === undefined || no === undefined) continue
    const hash = findingsHash()
    for (let after = 0; ;) {
      const rows = records.batches.findingRows(no, after, page)
      const last = rows.at(-1)
      if (last === undefined) break
      for (const row of rows) hash.add(row)
      after = last.seq
      await job.pause()
    }
    if (hash.hex() !== told)
      findings.add(
        'row.changed',
        `batch_findings ${entry.subject}`,
        'not the findings that the log vouches for',
      )
  }
}
