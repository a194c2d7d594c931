// The same act on many cases: all of them or none, in one commit with one entry of the log.
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { type ErrorField, GuicangError } from '../../../shared/errors.ts'
import type { ComplaintRecord } from '../../domain/complaint-record.ts'
import { ordinaryText } from '../../domain/customer-record.ts'
import type { ChangedRow } from '../audit/log.ts'
import { type Context, logAct, released } from '../session.ts'
import type { BulkRow } from '../store/repositories/settings.ts'
import { commitAct, type IdentitiesStore, requireIdentities } from '../store/store.ts'
import { type CaseWork, type Plan, planOf } from './case-plan.ts'
import { recordOf, storeNote, type Versions, writePlan } from './case-work.ts'
import { complaintOriginal } from './identity-payloads.ts'
import { knownOf } from './redact-anew.ts'
import { storeComplaintVersion } from './take-complaint.ts'

/** Cases that are planned in one go: other requests wait no longer than that. */
export const stepSize = 100
/** Refused cases that are named; the first tells how many there are. */
const mostNamed = 100

export interface Prepared {
  plan: Plan
  record: ComplaintRecord | undefined
  text: string
}

/** [complaint's seq, event's seq, revision afterwards, closing time before] */
export const linesSchema = z.array(
  z.tuple([z.number().int(), z.number().int(), z.number().int(), z.string()]),
)

const none = { id: '', digest: '' }

/** Writes what was planned, in one commit. What was planned stands as it was: see {@link undisturbed}. */
export function commitAll(
  context: Context,
  all: readonly Prepared[],
  finish: (changed: ChangedRow[], events: readonly number[]) => void,
): void {
  const { store } = context.session
  const write = (versions: readonly Versions[]): void => {
    const changed: ChangedRow[] = []
    const events: number[] = []
    for (const [index, { plan, record, text }] of all.entries()) {
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

export function prepare(context: Context, plan: Plan): Prepared {
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
export async function undisturbed<T>(context: Context, prepare: () => Promise<T>): Promise<T> {
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
