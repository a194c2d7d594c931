// Payloads of versions as text, and back. Parsing is strict: what comes out of identities must be what went in.
import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import type { ComplaintPayload } from '../../domain/complaint-record.ts'
import { emptyComplaintFields } from '../../domain/complaint-record.ts'
import { type CustomerPayload, emptyCustomerFields } from '../../domain/customer-record.ts'
import { emptyTransactionFields, type TransactionPayload } from '../../domain/transaction-record.ts'
import { piiTypes } from '../../domain/recognisers/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { letterDocumentSchema } from '../../../shared/types/letter.ts'
import { versionDigest } from '../audit/digests.ts'
import type { VersionsRepository } from '../store/repositories/versions.ts'
import type { IdentitiesStore } from '../store/store.ts'

const texts = z.record(z.string(), z.string())
const complaintShape = z.strictObject({ fields: texts, extra: texts, columns: texts.exactOptional() })
const customerShape = z.strictObject({
  ...complaintShape.shape,
  former: z.array(z.strictObject({ type: z.enum(piiTypes), value: z.string() })).exactOptional(),
})
const letterShape = z.strictObject({ document: letterDocumentSchema, text: z.string(), sha256: z.string() })
export type LetterPayload = z.infer<typeof letterShape>
const noteShape = z.strictObject({ text: z.string() })

/** A fresh version of a value: its id, its salt and its keyed digest. */
export function newVersion(
  identities: IdentitiesStore,
  payload: object,
): { id: string; salt: Buffer; payload: string; digest: string } {
  const salt = randomBytes(16)
  const text = JSON.stringify(payload)
  return { id: uuidv7(), salt, payload: text, digest: versionDigest(identities.digestKey, salt, text) }
}

function textOf(versions: VersionsRepository, id: string): string {
  const version = versions.find(id)
  if (version === undefined)
    throw new GuicangError('vault.damaged', { fields: [{ field: 'identities.db', rule: 'versionMissing' }] })
  return version.payload
}

/** A customer's payload as it was stored. */
export function customerPayloadOf(text: string): CustomerPayload {
  const { fields, ...rest } = customerShape.parse(JSON.parse(text))
  return { fields: { ...emptyCustomerFields, ...fields }, ...rest }
}

/** A complaint's payload as it was stored. */
export function complaintPayloadOf(text: string): ComplaintPayload {
  const { fields, ...rest } = complaintShape.parse(JSON.parse(text))
  return { fields: { ...emptyComplaintFields, ...fields }, ...rest }
}

/** @throws GuicangError `vault.damaged` when the version that records name is gone */
export function customerPayload(identities: IdentitiesStore, versionId: string): CustomerPayload {
  return customerPayloadOf(textOf(identities.customers, versionId))
}

/**
 * Nothing for a complaint whose original still waits in the inbox; {@link complaintOriginal} refuses it.
 * @throws GuicangError `vault.damaged` when the version that records name is gone
 */
export function complaintPayload(identities: IdentitiesStore, versionId: string): ComplaintPayload {
  if (versionId === '') return { fields: { ...emptyComplaintFields }, extra: {} }
  return complaintPayloadOf(textOf(identities.complaints, versionId))
}

/**
 * A complaint's original, for whoever gives it out or builds on it. With identities open nothing waits any more: an original
 * that still does could not be taken in.
 * @throws GuicangError `inbox.unreadable`, its field naming the complaint; `vault.damaged` when the version that records name
 * is gone
 */
export function complaintOriginal(
  identities: IdentitiesStore,
  row: { id: string; identity_version: string },
): ComplaintPayload {
  if (row.identity_version === '')
    throw new GuicangError('inbox.unreadable', {
      fields: [{ field: 'complaint', rule: 'original', value: row.id }],
    })
  return complaintPayload(identities, row.identity_version)
}

/** @throws GuicangError `vault.damaged` when the version that records name is gone */
export function transactionPayload(identities: IdentitiesStore, versionId: string): TransactionPayload {
  const { fields, ...rest } = complaintShape.parse(JSON.parse(textOf(identities.transactions, versionId)))
  return { fields: { ...emptyTransactionFields, ...fields }, ...rest }
}

/** A line of a complaint's history as it was typed. @throws GuicangError `vault.damaged` when its version is gone */
export function noteText(identities: IdentitiesStore, versionId: string): string {
  return noteShape.parse(JSON.parse(textOf(identities.notes, versionId))).text
}

/** A letter as it went out. @throws GuicangError `vault.damaged` when its version is gone */
export function letterPayload(identities: IdentitiesStore, versionId: string): LetterPayload {
  return letterShape.parse(JSON.parse(textOf(identities.letters, versionId)))
}

/** A complaint's payload as it lay in the inbox; undefined for anything else. */
export function waitingComplaint(value: unknown): ComplaintPayload | undefined {
  const parsed = complaintShape.safeParse(value)
  if (!parsed.success) return undefined
  const { fields, ...rest } = parsed.data
  return { fields: { ...emptyComplaintFields, ...fields }, ...rest }
}
