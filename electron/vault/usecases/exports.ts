// What leaves: a table in a signed bag, masked for everybody, clear only with a reason and an open identities compartment.
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { holdsIdentities } from '../../../shared/types/vault.ts'
import type { RecordKind } from '../../../shared/types/exchange.ts'
import { type BagDraft, beginBag } from '../../exchange/export/bag.ts'
import { writeCsv } from '../../exchange/export/csv-writer.ts'
import { type Context, logAct, released } from '../session.ts'
import { translateError } from '../store/sqlite-errors.ts'
import { requireIdentities } from '../store/store.ts'
import { makeCheckpoint } from './audit.ts'
import { complaintCells, customerCells, extraCells, headersFor, transactionCells } from './export-columns.ts'
import { confidentialColumns, ordinaryColumns } from './field-classes.ts'
import { complaintOriginal, customerPayload, transactionPayload } from './identity-payloads.ts'
import { withheldFields } from './own-classes.ts'
import { requireReason } from './reveal.ts'
import { logFailure, sealVaultBag } from './seal-bag.ts'

const page = 500

interface Rows {
  columns: string[]
  batches: AsyncIterable<string[][]>
  /** What the database says that the file must hold. */
  expected: number
  /** Columns that this person may not take along. */
  leftOut: string[]
}

/** A row as the table has it, masked, and the names of its extra columns. */
interface MaskedRow {
  cells: string[]
  extraColumns: readonly string[]
  extraValues: Readonly<Record<string, string>>
}

async function* maskedCustomers(context: Context): AsyncGenerator<MaskedRow[]> {
  const { customers } = context.session.store.records
  for (let afterSeq = 0; ;) {
    const { items, lastSeq } = customers.list({ limit: page, afterSeq, merged: true })
    if (lastSeq === undefined) return
    yield items.map((item) => ({
      cells: [item.id, ...customerCells(item)],
      extraColumns: item.extraColumns,
      extraValues: item.extraValues,
    }))
    afterSeq = lastSeq
    await context.job.pause()
  }
}

async function* maskedComplaints(context: Context): AsyncGenerator<MaskedRow[]> {
  const { complaints } = context.session.store.records
  let after: { receivedAt: string; seq: number } | undefined
  for (;;) {
    const { items, last } = complaints.list({ limit: page, after })
    if (last === undefined) return
    yield items.map((item) => ({
      cells: [item.id, ...complaintCells(item)],
      extraColumns: item.extraColumns,
      extraValues: item.extraValues,
    }))
    after = last
    await context.job.pause()
  }
}

async function* maskedTransactions(context: Context): AsyncGenerator<MaskedRow[]> {
  const { transactions } = context.session.store.records
  const withheld = withheldFields(context, 'transactions')
  let after: { date: string; seq: number } | undefined
  for (;;) {
    // Without its dates, the order of the table mustn't tell of them either.
    const { items, last } = transactions.list({ limit: page, after, byEntry: withheld.has('date') })
    if (last === undefined) return
    yield items.map((item) => ({
      cells: [item.id, ...transactionCells(item, withheld)],
      extraColumns: item.extraColumns,
      extraValues: item.extraValues,
    }))
    after = last
    await context.job.pause()
  }
}

const maskedItems: Readonly<Record<RecordKind, (context: Context) => AsyncGenerator<MaskedRow[]>>> = {
  customers: maskedCustomers,
  complaints: maskedComplaints,
  transactions: maskedTransactions,
}

/** @param columns extra columns whose values everybody may see */
async function* maskedRows(
  context: Context,
  kind: RecordKind,
  columns: readonly string[] = [],
): AsyncGenerator<string[][]> {
  for await (const items of maskedItems[kind](context))
    yield items.map(({ cells, extraValues }) => [
      ...cells,
      ...columns.map((name) => (Object.hasOwn(extraValues, name) ? (extraValues[name] ?? '') : '')),
    ])
}

/** Every extra column that any row has, in order of appearance. */
async function extraColumns(context: Context, kind: RecordKind): Promise<string[]> {
  const names = new Set<string>()
  for await (const items of maskedItems[kind](context))
    for (const item of items) for (const name of item.extraColumns) names.add(name)
  names.delete('guicang_id')
  return [...names]
}

async function* clearRows(
  context: Context,
  kind: RecordKind,
  extra: readonly string[],
): AsyncGenerator<string[][]> {
  const { records } = context.session.store
  const identities = requireIdentities(context.session.store)
  const withheld = withheldFields(context, kind)
  for await (const rows of maskedRows(context, kind)) {
    yield rows.map(([id = '']) => {
      // A batch undone while the export runs takes its rows away: the count at the end then refuses the bag.
      if (kind === 'customers') {
        const row = records.customers.findRow(id)
        if (row === undefined) return [id]
        const payload = customerPayload(identities, row.identity_version)
        return [id, ...customerCells(payload.fields), ...extraCells(payload, extra)]
      }
      if (kind === 'transactions') {
        const row = records.transactions.findRow(id)
        if (row === undefined) return [id]
        const payload = transactionPayload(identities, row.identity_version)
        return [id, ...transactionCells(payload.fields, withheld), ...extraCells(payload, extra)]
      }
      const row = records.complaints.findRow(id)
      if (row === undefined) return [id]
      const payload = complaintOriginal(identities, row)
      // Verbatim as it came in, unless somebody has worked on it since: then what stands now.
      const current = row.hand_edited === 1 ? records.complaints.find(id) : undefined
      const fields = {
        ...payload.fields,
        ...(current === undefined ? {} : { status: current.status, closedAt: current.closedAt }),
      }
      return [id, ...complaintCells(fields), ...extraCells(payload, extra)]
    })
  }
}

/** What SQLite says while rows are read, in our words: whoever writes the table knows only what the file system says. */
async function* inOurWords(batches: AsyncGenerator<string[][]>): AsyncGenerator<string[][]> {
  try {
    yield* batches
  } catch (thrown) {
    throw translateError(thrown)
  }
}

async function rowsOf(context: Context, kind: RecordKind, clear: boolean): Promise<Rows> {
  const { records } = context.session.store
  const expected = records[kind].count()
  // Trade secrets go out in an owner's hands only.
  const { headers, leftOut } = headersFor(kind, withheldFields(context, kind))
  const columns = ['guicang_id', ...headers]
  const ordinary = ordinaryColumns(context, kind)
  if (!clear) {
    const shown =
      ordinary.size === 0 ? [] : (await extraColumns(context, kind)).filter((name) => ordinary.has(name))
    return {
      columns: [...columns, ...shown],
      batches: inOurWords(maskedRows(context, kind, shown)),
      expected,
      leftOut,
    }
  }
  const confidential = confidentialColumns(context, kind)
  const names = await extraColumns(context, kind)
  const mayAll = context.session.person.role === 'owner'
  const extra = names.filter((name) => mayAll || !confidential.has(name))
  return {
    columns: [...columns, ...extra],
    batches: inOurWords(clearRows(context, kind, extra)),
    expected,
    leftOut: [...leftOut, ...names.filter((name) => !extra.includes(name))],
  }
}

/**
 * Exports all customers, complaints or transactions into a new bag.
 * @throws GuicangError `file.exists` when the place is taken, `reason.required` and `identities.closed` for clear values,
 * `inbox.unreadable` for clear complaints of which an original can't be read, `export.countMismatch` when the file doesn't hold what
 * the database counted, `access.denied` without a signing key,
 * `disk.full`, `job.cancelled`; whatever happens, nothing half done stands at `out`, and the log that already told of the
 * export tells that it failed
 */
export async function runExport(
  context: Context,
  input: Input<'exports.run'>,
): Promise<Output<'exports.run'>> {
  const { session, job } = context
  if (session.signingKey === undefined) throw new GuicangError('access.denied')
  if (input.clear && !holdsIdentities(session.person.role)) throw new GuicangError('access.denied')
  const reason = input.clear
    ? requireReason(input.reason)
    : input.reason.trim() === ''
      ? undefined
      : requireReason(input.reason)
  if (input.clear) requireIdentities(session.store)
  const draft = await beginBag(input.out)
  try {
    return await fillBag(context, input, draft, reason)
  } catch (thrown) {
    await draft.abort()
    throw thrown
  } finally {
    job.report('done', 1, 1, 'steps')
  }
}

async function fillBag(
  context: Context,
  input: Input<'exports.run'>,
  draft: BagDraft,
  reason: string | undefined,
): Promise<Output<'exports.run'>> {
  const { session, job } = context
  const { kind, clear } = input
  const name = `${kind}.csv`
  const { columns, batches, expected, leftOut } = await rowsOf(context, kind, clear)
  const written = await writeCsv(draft.payloadPath(name), columns, batches, {
    signal: job.signal,
    onRows: (rows) => job.report('rows', rows, expected, 'rows'),
  })
  if (written.rows !== expected) throw new GuicangError('export.countMismatch')
  await released(session)
  const { records } = session.store
  // The entry stands before the bag: what leaves is in the log that the bag carries a checkpoint of.
  const entry = records.db.transaction(() =>
    logAct(context, 'exports.run', kind, {
      format: 'csv',
      clear,
      rows: written.rows,
      sha256: written.sha256,
      ...(leftOut.length === 0 ? {} : { leftOut }),
      ...(reason === undefined ? {} : { reason }),
    }),
  )()
  try {
    return await sealExport(context, input, draft, { reason, written, expected })
  } catch (thrown) {
    logFailure(context, 'exports.failed', kind, { entry }, thrown)
    throw thrown
  }
}

interface WrittenTable {
  reason: string | undefined
  written: { rows: number; bytes: number; sha256: string }
  expected: number
}

/** Checkpoint, certificate, signature, and the bag's name. */
async function sealExport(
  context: Context,
  input: Input<'exports.run'>,
  draft: BagDraft,
  { reason, written, expected }: WrittenTable,
): Promise<Output<'exports.run'>> {
  const { kind, clear } = input
  const name = `${kind}.csv`
  const sealed = await sealVaultBag(context, draft, {
    kind: 'export',
    scope: clear ? 'clear' : 'masked',
    reason,
    checkpoint: makeCheckpoint(context.session, context.now()),
    info: { 'External-Description': `Guicang export of ${kind}, ${clear ? 'clear' : 'masked'} values` },
    expected: [{ path: name, rows: expected }],
  })
  return {
    bag: input.out,
    files: [{ path: `data/${name}`, rows: written.rows, sha256: written.sha256 }],
    fingerprint: sealed.fingerprint,
  }
}
