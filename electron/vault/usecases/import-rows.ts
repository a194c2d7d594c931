// From a row of a file to what the two compartments keep of it.
import { z } from 'zod'
import { complaintRecord, emptyComplaintFields, type ComplaintRecord } from '../../domain/complaint-record.ts'
import { type CustomerRecord, customerRecord, emptyCustomerFields } from '../../domain/customer-record.ts'
import {
  emptyTransactionFields,
  transactionRecord,
  type TransactionRecord,
} from '../../domain/transaction-record.ts'
import type { RecordKind } from '../../../shared/types/exchange.ts'
import type { Context } from '../session.ts'
import { requireIdentities } from '../store/store.ts'
import { applyMapping, type RowMapping } from './import-mapping.ts'
import { findLinked, type LinkedCustomer } from './take-complaint.ts'
import { ordinaryColumns } from './field-classes.ts'

export type BuiltRow =
  | { kind: 'customers'; record: CustomerRecord; duplicateOf: string | undefined }
  | {
      kind: 'complaints'
      record: ComplaintRecord
      customerId: string | null
      duplicateOf: string | undefined
    }
  | {
      kind: 'transactions'
      record: TransactionRecord
      customerId: string | null
      duplicateOf: string | undefined
    }

const texts = z.record(z.string(), z.string())
/** Links are looked up again and again: files name the same customer many times. */
const mostLinks = 5000

/** Builds rows of one file, remembering what it has seen for duplicates within the file. */
export function rowBuilder(
  context: Context,
  kind: RecordKind,
  mapping: RowMapping,
): (cells: readonly string[]) => BuiltRow {
  const seen = new Set<string>()
  const links = new Map<string, LinkedCustomer | undefined>()
  const identities = requireIdentities(context.session.store)
  const ordinary = ordinaryColumns(context, kind)

  function duplicateOf(keys: readonly [string, string][], stored: boolean): string | undefined {
    const known = keys.find(([field, key]) => key !== '' && seen.has(`${field}|${key}`))
    for (const [field, key] of keys) if (key !== '') seen.add(`${field}|${key}`)
    if (known !== undefined) return known[0]
    return stored ? (keys.find(([, key]) => key !== '')?.[0] ?? '') : undefined
  }

  function linkOf(customerNo: string): LinkedCustomer | undefined {
    const number = customerNo.trim()
    if (number === '') return undefined
    if (!links.has(number)) {
      if (links.size >= mostLinks) links.clear()
      links.set(number, findLinked(context, undefined, number))
    }
    return links.get(number)
  }

  if (kind === 'customers') {
    return (cells) => {
      const { fields, extra } = applyMapping(mapping, cells)
      const record = customerRecord({ ...emptyCustomerFields, ...texts.parse(fields), extra }, [], ordinary)
      const { residentId, nameMobile } = record.keys
      const keys: [string, string][] = [
        ['residentId', residentId],
        ['nameMobile', nameMobile],
      ]
      return { kind, record, duplicateOf: duplicateOf(keys, identities.own.hasKey(residentId, nameMobile)) }
    }
  }
  if (kind === 'transactions') {
    return (cells) => {
      const { fields, extra } = applyMapping(mapping, cells)
      const all = { ...emptyTransactionFields, ...texts.parse(fields) }
      const linked = linkOf(all.customerNo)
      const record = transactionRecord({ fields: all, extra }, linked?.known ?? [], ordinary)
      const { transactionNo, kind: what } = record.masked
      // An order and its payment may have one number.
      const key = transactionNo === '' || transactionNo === '***' ? '' : `${what} ${transactionNo}`
      const stored = context.session.store.records.transactions.hasNumber(transactionNo, what)
      return {
        kind,
        record,
        customerId: linked?.id ?? null,
        duplicateOf: duplicateOf([['transactionNo', key]], stored),
      }
    }
  }
  return (cells) => {
    const { fields, extra } = applyMapping(mapping, cells)
    const all = { ...emptyComplaintFields, ...texts.parse(fields) }
    const linked = linkOf(all.customerNo)
    const record = complaintRecord({ fields: all, extra }, linked?.known ?? [], ordinary)
    const number = record.masked.complaintNo === '***' ? '' : record.masked.complaintNo
    const stored = context.session.store.records.complaints.hasNumber(number)
    return {
      kind,
      record,
      customerId: linked?.id ?? null,
      duplicateOf: duplicateOf([['complaintNo', number]], stored),
    }
  }
}
