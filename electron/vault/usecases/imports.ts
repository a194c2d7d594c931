// Bringing a file in: preview, dry run, run, undo.
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import type { ImportFinding, ImportPreview, RecordKind } from '../../../shared/types/exchange.ts'
import { batchIdSchema } from '../../../shared/types/ids.ts'
import {
  guessKind,
  openTable,
  previewTable,
  proposeMapping,
  type RowEvent,
  type Table,
} from '../../exchange/import/index.ts'
import { rejectsFile } from '../../exchange/import/rejects.ts'
import { ordinaryFileName } from '../../domain/file-names.ts'
import { asBatchWriter, type Context, logAct } from '../session.ts'
import { removedRow, type RowKind, rowKinds } from '../audit/digests.ts'
import type { ChangedRow } from '../audit/log.ts'
import type { BatchCounts } from '../store/repositories/batches.ts'
import { requireIdentities } from '../store/store.ts'
import { forgetBatch, removeBatchSlice } from '../store/sweep.ts'
import { type BatchWriter, type Slice, startBatch, unlinkRows } from './import-batch.ts'
import { batchChange } from './vouch.ts'
import { resolveMapping } from './import-mapping.ts'
import { type BuiltRow, rowBuilder } from './import-rows.ts'
import { withheldFields } from './own-classes.ts'

/** Rows that decide a mapping where a column's name says nothing. */
const sampleSize = 50
/** Rows that are masked and looked up in one go: other requests wait no longer than that. */
const stepSize = 100
/** Findings that go back with the result; the rest is asked for page by page. */
const firstFindings = 100

export async function previewImport(
  context: Context,
  input: Input<'imports.preview'>,
): Promise<ImportPreview> {
  const { signal } = context.job
  const preview = await previewTable(input.path, Math.max(input.rows, sampleSize), { signal })
  const { meta, rows, rowCount, rejected, blank } = preview
  const kind = input.kind ?? guessKind(meta.columns)
  return {
    fileName: meta.fileName,
    format: meta.format,
    encoding: meta.encoding,
    delimiter: meta.delimiter,
    sha256: meta.sha256,
    kind,
    columns: meta.columns,
    mapping: proposeMapping(meta.columns, kind, rows.slice(0, sampleSize)),
    rowCount,
    rejected,
    blank,
    rows: rows.slice(0, input.rows),
  }
}

async function sampleRows(table: Table): Promise<string[][]> {
  const rows: string[][] = []
  for await (const events of table.rows()) {
    for (const event of events) if (event.kind === 'row') rows.push(event.cells)
    if (rows.length >= sampleSize) break
  }
  return rows.slice(0, sampleSize)
}

const rowKindOf = {
  customers: 'customer',
  complaints: 'complaint',
  transactions: 'transaction',
} as const satisfies Record<RecordKind, RowKind>

interface Tally {
  counts: BatchCounts
  findings: ImportFinding[]
}

function findingsOf(event: RowEvent & { kind: 'row' }, built: BuiltRow): ImportFinding[] {
  const at = { row: event.rowNumber, line: event.line }
  const warned = built.record.warnings.map((warning) => {
    const [field = '', rule = ''] = warning.split(':')
    return { ...at, outcome: 'warned' as const, field, rule }
  })
  if (built.duplicateOf === undefined) return warned
  return [...warned, { ...at, outcome: 'duplicate', field: built.duplicateOf, rule: 'duplicate' }]
}

/** Sorts one batch of events into a slice, counting. */
function sortEvents(
  events: readonly RowEvent[],
  build: (cells: readonly string[]) => BuiltRow,
  duplicates: 'keep' | 'skip',
  counts: BatchCounts,
): Slice {
  const slice: Slice = { accepted: [], rejected: [], findings: [] }
  for (const event of events) {
    counts.rows += 1
    if (event.kind === 'rejected') {
      counts.rejected += 1
      slice.rejected.push({ row: event.rowNumber, line: event.line, reason: event.reason, raw: event.raw })
      slice.findings.push({
        row: event.rowNumber,
        line: event.line,
        outcome: 'rejected',
        field: '',
        rule: event.reason,
      })
      continue
    }
    const built = build(event.cells)
    if (built.duplicateOf !== undefined) counts.duplicates += 1
    if (built.duplicateOf !== undefined && duplicates === 'skip') {
      counts.skipped += 1
      slice.findings.push({
        row: event.rowNumber,
        line: event.line,
        outcome: 'skipped',
        field: built.duplicateOf,
        rule: 'duplicate',
      })
      continue
    }
    counts.accepted += 1
    if (built.record.warnings.length > 0) counts.warned += 1
    slice.findings.push(...findingsOf(event, built))
    slice.accepted.push({ built, rowNumber: event.rowNumber })
  }
  return slice
}

/**
 * Imports a file as one batch: all of it or, after a refusal, a cancel or a crash, nothing of it.
 * @throws GuicangError what reading refuses; `import.mappingInvalid`; `import.fileChanged`; `vault.busy`; `job.cancelled`
 */
export function runImport(context: Context, input: Input<'imports.run'>): Promise<Output<'imports.run'>> {
  return asBatchWriter(context.session, async () => {
    const { job } = context
    const table = await openTable(input.path, { signal: job.signal })
    const { columns, sha256, fileName } = table.meta
    if (input.sha256 !== undefined && input.sha256 !== sha256) throw new GuicangError('import.fileChanged')
    const mapping = input.mapping ?? proposeMapping(columns, input.kind, await sampleRows(table))
    const resolved = resolveMapping(columns, input.kind, mapping)
    const build = rowBuilder(context, input.kind, resolved)
    const rejects = await rejectsFile(input.rejectsPath)
    const source = {
      kind: input.kind,
      // A file name may carry a name or a number; records get it redacted.
      fileName: ordinaryFileName(fileName),
      sha256,
      mapping: JSON.stringify(mapping),
      dropped: resolved.dropped,
    }
    let writer: BatchWriter | undefined
    try {
      writer = input.dryRun ? undefined : startBatch(context, source)
      const { counts, findings } = await readAll(context, table, build, input.duplicates, writer, rejects.add)
      // In its place before the batch is live: from then on nothing may fail any more.
      await rejects.finish()
      writer?.publish(counts)
      return {
        batchId: batchIdSchema.parse(writer?.batchId ?? uuidv7()),
        sha256,
        ...counts,
        dryRun: input.dryRun,
        dropped: resolved.dropped,
        findings,
      }
    } catch (thrown) {
      await rejects.abandon()
      await writer?.discard()
      throw thrown
    }
  })
}

async function readAll(
  context: Context,
  table: Table,
  build: (cells: readonly string[]) => BuiltRow,
  duplicates: 'keep' | 'skip',
  writer: BatchWriter | undefined,
  addRejects: (rows: Slice['rejected']) => Promise<void>,
): Promise<Tally> {
  const counts: BatchCounts = { rows: 0, accepted: 0, warned: 0, rejected: 0, duplicates: 0, skipped: 0 }
  const findings: ImportFinding[] = []
  for await (const events of table.rows()) {
    const slice: Slice = { accepted: [], rejected: [], findings: [] }
    for (let start = 0; start < events.length; start += stepSize) {
      // One read transaction a step: outside of one, each look-up would lock the file and look for a journal.
      const step = readTogether(context, () =>
        sortEvents(events.slice(start, start + stepSize), build, duplicates, counts),
      )
      slice.accepted.push(...step.accepted)
      slice.rejected.push(...step.rejected)
      slice.findings.push(...step.findings)
      await context.job.pause()
    }
    if (findings.length < firstFindings)
      findings.push(...slice.findings.slice(0, firstFindings - findings.length))
    writer?.write(slice)
    await addRejects(slice.rejected)
    context.job.report('rows', counts.rows, null, 'rows')
    await context.job.pause()
  }
  return { counts, findings }
}

/** Runs look-ups over both compartments, each in one read transaction. */
function readTogether<T>(context: Context, work: () => T): T {
  const { records } = context.session.store
  const identities = requireIdentities(context.session.store)
  return identities.db.transaction(() => records.db.transaction(work)())()
}

export function listImports(context: Context): Output<'imports.list'> {
  return { items: context.session.store.records.batches.list() }
}

export function listImportFindings(
  context: Context,
  input: Input<'imports.findings'>,
): Output<'imports.findings'> {
  const { batches } = context.session.store.records
  const batch = batches.find(input.batchId)
  if (batch === undefined) throw new GuicangError('import.batchNotFound')
  const { limit, offset } = input
  const withheld = withheldFields(context, batch.kind)
  return {
    items: batches.findings(batch.no, withheld, { limit, offset }),
    total: batches.countFindings(batch.no, withheld),
  }
}

/**
 * Takes a whole batch back. It disappears with one commit; its rows are then removed in slices, after a crash at the next
 * opening.
 * @throws GuicangError `import.batchNotFound`; `import.batchInUse` (with the count) when rows of it were worked on by hand
 */
export function undoImport(context: Context, input: Input<'imports.undo'>): Promise<Output<'imports.undo'>> {
  return asBatchWriter(context.session, async () => {
    const { store } = context.session
    const { records } = store
    const batch = records.batches.find(input.batchId)
    if (batch?.state !== 'live') throw new GuicangError('import.batchNotFound')
    const rows = records[batch.kind]
    const edited = rows.countEdited(batch.no)
    if (edited > 0)
      throw new GuicangError('import.batchInUse', {
        fields: [{ field: 'rows', rule: 'edited', value: String(edited) }],
      })
    records.db.transaction(() => {
      const unlinked = batch.kind === 'customers' ? unlinkRows(context, batch) : []
      // What was linked since has a leaf of its own behind the batch's: the log has to say that it went.
      const kind = rowKindOf[batch.kind]
      const gone = records.audit.changedSince(-batch.no, rowKinds[kind])
      const changed: ChangedRow[] = [...unlinked, ...gone.map((seq) => ({ kind, row: removedRow(seq) }))]
      records.batches.setState(batch.no, 'undone')
      changed.push(...batchChange(records, batch.no))
      logAct(
        context,
        'imports.undone',
        batch.id,
        { kind: batch.kind, unlinked: unlinked.length },
        { changed },
      )
    })()
    let removed = 0
    const undone = { ...batch, state: 'undone' }
    for (let slice = removeBatchSlice(store, undone); slice > 0; slice = removeBatchSlice(store, undone)) {
      removed += slice
      context.job.report('rows', removed, null, 'rows')
      // The batch is already gone for everybody: a cancel would only put the rest off to the next opening.
      await new Promise((resolve) => setImmediate(resolve))
    }
    forgetBatch(store, undone)
    return { removed }
  })
}
