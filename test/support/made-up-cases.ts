// Complaints with a life of their own, written straight into records: for what counts them.
import { v7 as uuidv7 } from 'uuid'
import type { ComplaintStatus } from '../../shared/types/complaint.ts'
import type { RecordsStore } from '../../electron/vault/store/store.ts'
import { emptyCaseRow } from '../../electron/vault/store/repositories/cases.ts'

export interface MadeUpCase {
  receivedAt: string
  closedAt?: string
  status: ComplaintStatus
  category: string
  channel?: string
  assignee?: string
  severity?: string
  rootCause?: string
  satisfaction?: string
  relief?: { kind: string; amount: string; currency: string }
  /** In order; `at` is an instant. */
  events?: readonly { at: string; kind: string; to?: ComplaintStatus }[]
}

/** Adds one; answers its id. The log doesn't know of it. */
export function addMadeUp(records: RecordsStore, made: MadeUpCase): string {
  const id = uuidv7()
  const seq = records.complaints.add({
    id,
    complaint_no: id.slice(-8),
    customer_id: null,
    customer_no: '',
    customer_name: '',
    customer_mobile: '',
    received_at: made.receivedAt,
    channel: made.channel ?? '',
    category: made.category,
    subcategory: '',
    issue: '',
    sub_issue: '',
    status: made.status,
    handler: '',
    amount: '',
    closed_at: made.closedAt ?? '',
    narrative: '',
    outcome: '',
    unreviewed: 0,
    extra_columns: '[]',
    warnings: '[]',
    duplicate: 0,
    batch_no: 0,
    batch_row: 0,
    revision: 1,
    hand_edited: 0,
    updated_at: '2024-01-01T00:00:00.000Z',
    identity_version: '',
    identity_digest: '',
  })
  const { kind = '', amount = '', currency = '' } = made.relief ?? {}
  if (
    made.assignee !== undefined ||
    made.severity !== undefined ||
    kind !== '' ||
    made.satisfaction !== undefined
  )
    records.cases.put({
      ...emptyCaseRow(seq, id),
      assignee: made.assignee ?? '',
      severity: made.severity ?? '',
      root_cause: made.rootCause ?? '',
      satisfaction: made.satisfaction ?? '',
      relief_kind: kind,
      relief_amount: amount,
      relief_currency: currency,
    })
  for (const { at, kind: event, to } of made.events ?? [])
    records.events.add({
      complaint_id: id,
      at,
      user: '',
      kind: event,
      from_status: null,
      to_status: to ?? null,
      text: '',
      identity_version: '',
      identity_digest: '',
    })
  return id
}
