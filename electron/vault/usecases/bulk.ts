// The same act on many cases: all of them or none, in one commit with one entry of the log; and taking it back.
import { randomUUID } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { type ErrorField, GuicangError } from '../../../shared/errors.ts'
import type { CaseChange } from '../../../shared/types/case.ts'
import { complaintStatusSchema } from '../../../shared/types/complaint.ts'
import { complaintIdSchema } from '../../../shared/types/ids.ts'
import { factsBefore } from '../../domain/case-facts.ts'
import type { ComplaintRecord } from '../../domain/complaint-record.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct, released } from '../session.ts'
import { emptyCaseRow } from '../store/repositories/cases.ts'
import type { ComplaintRow } from '../store/repositories/rows.ts'
import type { BulkRow } from '../store/repositories/settings.ts'
import { commitAct, type IdentitiesStore, requireIdentities } from '../store/store.ts'
import { type CaseWork, isAssignable, type Plan, planOf } from './case-plan.ts'
import { recordOf, storeNote, type Versions, writePlan } from './case-work.ts'
import { complaintOriginal } from './identity-payloads.ts'
import { knownOf } from './redact-anew.ts'
import { storeComplaintVersion } from './take-complaint.ts'

/** Cases that are planned in one go: other requests wait no longer than that. */
const stepSize = 100
/** Refused cases that are named; the first tells how many there are. */
const mostNamed = 100

interface Prepared {
  plan: Plan
  record: ComplaintRecord | undefined
  text: string
}

/** [complaint's seq, event's seq, revision afterwards, closing time before] */
const linesSchema = z.array(z.tuple([z.number().int(), z.number().int(), z.number().int(), z.string()]))

const none = { id: '', digest: '' }

/** Writes what was planned, in one commit. @throws GuicangError `record.changed` where a case isn't the one that was planned on */
function commitAll(
  context: Context,
  all: readonly Prepared[],
  finish: (changed: ChangedRow[], events: readonly number[]) => void,
): void {
  const { store } = context.session
  const write = (versions: readonly Versions[]): void => {
    const changed: ChangedRow[] = []
    const events: number[] = []
    for (const [index, { plan, record, text }] of all.entries()) {
      const now = store.records.complaints.findRow(plan.old.id)
      if (now?.revision !== plan.old.revision) throw new GuicangError('record.changed')
      const rows = writePlan(
        context,
        plan,
        record,
        text,
        versions[index] ?? { note: none, complaint: undefined },
      )
      events.push(rows.find(({ kind }) => kind === 'event')?.row.seq ?? 0)
      changed.push(...rows)
    }
    finish(changed, events)
  }
  if (all.every(({ plan, record }) => plan.typed === '' && record === undefined)) {
    store.records.db.transaction(() => {
      write([])
    })()
    return
  }
  commitAct(store, {
    identities: (identities, commitId) => all.map((one) => storeVersions(identities, commitId, one)),
    records: write,
    settle: (identities, versions) => {
      for (const [index, { complaint }] of versions.entries()) {
        const owner = all[index]?.plan.old.id
        if (complaint !== undefined && owner !== undefined)
          identities.complaints.dropOthers(owner, complaint.seq)
      }
    },
  })
}

function storeVersions(identities: IdentitiesStore, commitId: string, { plan, record }: Prepared): Versions {
  return {
    note: plan.typed === '' ? none : storeNote(identities, commitId, plan.typed),
    complaint:
      record === undefined ? undefined : storeComplaintVersion(identities, record, plan.old.id, commitId),
  }
}

function prepare(context: Context, plan: Plan): Prepared {
  return {
    plan,
    record: recordOf(context, plan),
    text: plan.typed === '' ? '' : ordinaryText(plan.typed, knownOf(context, plan.old)),
  }
}

/** A category whose original isn't what records show couldn't be put back: such a case is changed by itself. */
function requireReturnable(context: Context, { old, texts }: Plan): void {
  if (texts === undefined) return
  const { fields } = complaintOriginal(requireIdentities(context.session.store), old)
  for (const field of ['category', 'subcategory'] as const) {
    if (texts[field] !== undefined && fields[field] !== old[field])
      throw new GuicangError('input.invalid', { fields: [{ field, rule: 'redacted' }] })
  }
}

/** Refusals that say something of the one case; others end the act at once. */
const ofOneCase: ReadonlySet<string> = new Set([
  'record.notFound',
  'case.transition',
  'case.outcomeMissing',
  'case.reasonMissing',
  'case.closed',
  'inbox.unreadable',
])

function isOfOneCase(thrown: unknown): thrown is GuicangError {
  if (!(thrown instanceof GuicangError)) return false
  return ofOneCase.has(thrown.code) || (thrown.fields ?? []).some(({ rule }) => rule === 'redacted')
}

/**
 * Does the same in many cases, or nothing where one of them doesn't allow it.
 * @throws GuicangError `bulk.refused`, naming the cases with the reason of each; `input.invalid` when nothing was said, or for an
 * assignee who isn't one; `identities.closed` for a text that has an original; `record.changed` when somebody was quicker
 */
export async function bulkWork(
  context: Context,
  input: Input<'complaints.bulk'>,
): Promise<Output<'complaints.bulk'>> {
  const { status, note, patch } = input
  if (
    status === undefined &&
    note.trim() === '' &&
    Object.values(patch).every((value) => value === undefined)
  )
    throw new GuicangError('input.invalid', { fields: [{ field: 'patch', rule: 'required' }] })
  if (note.trim() !== '') requireIdentities(context.session.store)
  const ids = [...new Set(input.ids)]
  const work: CaseWork = { status, note, kind: 'note', patch }
  const { ready, refused } = await undisturbed(context, () =>
    prepareAll(context, ids, (id) => {
      const plan = planOf(context, id, work)
      requireReturnable(context, plan)
      return prepare(context, plan)
    }),
  )
  const [first] = refused
  if (first !== undefined)
    throw new GuicangError('bulk.refused', {
      fields: [
        { field: 'cases', rule: 'count', value: String(refused.length) },
        ...refused.slice(0, mostNamed),
      ],
    })
  const bulkId = uuidv7()
  commitAll(context, ready, (changed, events) => {
    const lines = ready.map(({ plan }, index) => [
      plan.old.seq,
      events[index] ?? 0,
      plan.row.revision,
      plan.old.closed_at,
    ])
    changed.push(keepAct(context, bulkId, JSON.stringify(lines)))
    const fields = Object.entries(patch).flatMap(([field, value]) => (value === undefined ? [] : [field]))
    logAct(
      context,
      'complaints.bulk',
      bulkId,
      { count: ready.length, fields, to: status ?? null, noted: note.trim() !== '' },
      { changed },
    )
  })
  return { bulkId, changed: ready.length }
}

/** How often an act is prepared again because somebody did something meanwhile. */
const mostTries = 5

/**
 * What `prepare` makes, made while nothing else happened in the vault: it pauses, and whatever the log tells of in between may
 * have changed cases, or what is known of their customers. Between this and the commit nobody may be waited for.
 * @throws GuicangError `record.changed` where something happens each time
 */
async function undisturbed<T>(context: Context, prepare: () => Promise<T>): Promise<T> {
  const { audit } = context.session.store.records
  for (let tries = 0; tries < mostTries; tries += 1) {
    const size = audit.size()
    const prepared = await prepare()
    await released(context.session)
    if (audit.size() === size) return prepared
  }
  throw new GuicangError('record.changed')
}

async function prepareAll<T>(
  context: Context,
  ids: readonly string[],
  plan: (id: string) => T,
): Promise<{ ready: T[]; refused: ErrorField[] }> {
  const ready: T[] = []
  const refused: ErrorField[] = []
  for (const [index, id] of ids.entries()) {
    try {
      ready.push(plan(id))
    } catch (thrown) {
      if (!isOfOneCase(thrown)) throw thrown
      const number = context.session.store.records.complaints.findRow(id)?.complaint_no
      refused.push({ field: number ?? id, rule: thrown.code })
    }
    if (index % stepSize !== stepSize - 1) continue
    context.job.report('cases', index + 1, ids.length, 'rows')
    await context.job.pause()
  }
  return { ready, refused }
}

function keepAct(context: Context, id: string, cases: string): ChangedRow {
  const { store, person } = context.session
  const row: Omit<BulkRow, 'seq'> = {
    id,
    at: context.now().toISOString(),
    person_id: person.id,
    user: person.name,
    cases,
    state: 'done',
  }
  return { kind: 'bulkAct', row: { seq: store.records.bulkActs.add(row), ...row } }
}

/** What takes an event's changes back from a case as it stands. */
function inversePlan(context: Context, row: ComplaintRow, eventSeq: number, closedAt: string): Plan {
  const { records } = context.session.store
  const event = records.events.findRow(eventSeq)
  const changes = records.caseChanges.ofComplaint(row.id).get(eventSeq) ?? []
  const back = changes.map(({ field, before, after }): CaseChange => ({
    field,
    before: after,
    after: before,
  }))
  const facts = records.cases.findRow(row.seq) ?? emptyCaseRow(row.seq, row.id)
  const texts = Object.fromEntries(
    changes
      .filter(({ field }) => field === 'category' || field === 'subcategory' || field === 'outcome')
      .map(({ field, before }) => [field, before]),
  )
  const status = (name: string | null | undefined) =>
    name === null || name === undefined ? null : complaintStatusSchema.parse(name)
  const [from, to] = [status(event?.to_status), status(event?.from_status)]
  return {
    old: row,
    row: {
      ...row,
      status: to ?? row.status,
      closed_at: closedAt,
      revision: row.revision + 1,
      updated_at: context.now().toISOString(),
    },
    facts: { ...facts, ...factsBefore(changes) },
    changes: back,
    kind: 'undone',
    from,
    to,
    texts: Object.keys(texts).length === 0 ? undefined : texts,
    typed: '',
  }
}

async function prepareUndo(
  context: Context,
  act: BulkRow,
): Promise<{ all: Prepared[]; skipped: Output<'complaints.undoBulk'>['skipped'] }> {
  const { records } = context.session.store
  const skipped: Output<'complaints.undoBulk'>['skipped'] = []
  const all: Prepared[] = []
  const lines = linesSchema.parse(JSON.parse(act.cases))
  for (const [index, [seq, eventSeq, revision, closedAt]] of lines.entries()) {
    const row = records.complaints.findRow(records.due.findClocked(seq)?.id ?? randomUUID())
    const back = row?.revision === revision ? inversePlan(context, row, eventSeq, closedAt) : undefined
    if (back !== undefined && canHaveBack(context, back)) all.push(prepare(context, back))
    else if (row !== undefined)
      skipped.push({ id: complaintIdSchema.parse(row.id), complaintNo: row.complaint_no })
    if (index % stepSize !== stepSize - 1) continue
    context.job.report('cases', index + 1, lines.length, 'rows')
    await context.job.pause()
  }
  return { all, skipped }
}

/** Not where the case would go back to somebody who has left since. */
function canHaveBack(context: Context, { changes }: Plan): boolean {
  return changes.every(({ field, after }) => field !== 'assignee' || isAssignable(context, after))
}

/**
 * Takes an act on many cases back where nobody has worked on the case since; the lines of history stay, each with one more that
 * says so.
 * @throws GuicangError `record.notFound` for an act that isn't there or was taken back; `access.denied` for another person's, but
 * by an owner; `identities.closed` when texts go back
 */
export async function undoBulk(
  context: Context,
  { bulkId }: Input<'complaints.undoBulk'>,
): Promise<Output<'complaints.undoBulk'>> {
  const { records } = context.session.store
  const { person } = context.session
  const act = records.bulkActs.find(bulkId)
  if (act?.state !== 'done') throw new GuicangError('record.notFound')
  if (act.person_id !== person.id && person.role !== 'owner') throw new GuicangError('access.denied')
  const { all, skipped } = await undisturbed(context, () => prepareUndo(context, act))
  commitAll(context, all, (changed) => {
    const undone: BulkRow = { ...act, state: 'undone' }
    records.bulkActs.update(undone)
    changed.push({ kind: 'bulkAct', row: undone })
    const detail = { count: all.length, skipped: skipped.length }
    logAct(context, 'complaints.bulkUndone', bulkId, detail, { changed })
  })
  return { undone: all.length, skipped }
}
