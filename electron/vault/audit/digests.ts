// Digests that the log vouches for: plain over masked rows, keyed over clear versions.
import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { canonicalJson } from './canonical.ts'

/** Kinds of rows that leave a leaf at each change. Numbers are part of the format: never reuse one. */
export const rowKinds = {
  customer: 1,
  complaint: 2,
  event: 3,
  person: 4,
  profile: 5,
  batch: 6,
  inbox: 7,
  case: 8,
  caseChange: 9,
  complaintLink: 10,
  transaction: 13,
  transactionLink: 14,
  merge: 15,
  relation: 16,
  customerFact: 17,
  handover: 20,
  view: 18,
  setting: 19,
  bulkAct: 22,
  attachment: 11,
  letter: 12,
  template: 21,
} as const
export type RowKind = keyof typeof rowKinds

/** SHA-256 (32 bytes) over the canonical JSON of a database row, all its columns. */
export function rowDigest(row: object): Buffer {
  return createHash('sha256').update(canonicalJson(row)).digest()
}

/** What stands in for a row in the last leaf that it leaves, when it goes after it had changed since its batch came. */
export function removedRow(seq: number): { seq: number; removed: true } {
  return { seq, removed: true }
}

/**
 * Keyed digest of a clear version: HMAC-SHA-256 over its salt and payload, hex. Key and salt never leave identities, so
 * that the digest in records can't be used to guess at a value.
 * @param key of {@link digestKeyOf}
 */
export function versionDigest(key: KeyObject, salt: Uint8Array, payload: string): string {
  return createHmac('sha256', key).update(salt).update(payload).digest('hex')
}

/** The key of the digests over clear versions, made ready once a session. @param hex 32 bytes, hex */
export function digestKeyOf(hex: string): KeyObject {
  return createSecretKey(Buffer.from(hex, 'hex'))
}
