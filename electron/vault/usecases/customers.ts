// Customers: masked lists, forms, reveal.
import { isDeepStrictEqual } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import type { Input, Output } from '../../../shared/contract/index.ts'
import { GuicangError } from '../../../shared/errors.ts'
import { customerFields } from '../../../shared/types/customer.ts'
import { customerIdSchema } from '../../../shared/types/ids.ts'
import {
  type CustomerRecord,
  customerRecord,
  formerValues,
  knownValues,
} from '../../domain/customer-record.ts'
import { columnsOfFile } from '../../domain/extra-columns.ts'
import type { Context } from '../session.ts'
import { logAct, requireNoBatch } from '../session.ts'
import type { CustomerRow } from '../store/repositories/rows.ts'
import { commitAct, type IdentitiesStore, requireIdentities } from '../store/store.ts'
import { knownOfGroup } from './customer-groups.ts'
import { textsAnew } from './customer-texts.ts'
import { customerPayload, newVersion } from './identity-payloads.ts'
import { reveal } from './reveal.ts'
import { byHand, type RowOrigin, type StoredVersion } from './row-origin.ts'
import { search } from './search.ts'
import { ordinaryColumns } from './field-classes.ts'

/** Writes a customer's clear version with its search text and duplicate keys; inside a transaction on identities. */
export function storeCustomerVersion(
  identities: IdentitiesStore,
  record: CustomerRecord,
  customerId: string,
  commitId: string,
): StoredVersion {
  const version = newVersion(identities, record.payload)
  const seq = identities.customers.add(
    { id: version.id, ownerId: customerId, commitId, salt: version.salt, payload: version.payload },
    record.clearSearch,
  )
  identities.own.addKeys(seq, record.keys.residentId, record.keys.nameMobile)
  return { seq, id: version.id, digest: version.digest }
}

/** The row that records hold: masked columns and the name of the clear version. */
export function customerRow(
  record: CustomerRecord,
  id: string,
  version: StoredVersion,
  origin: RowOrigin,
  at: string,
): Omit<CustomerRow, 'seq'> {
  const { masked } = record
  return {
    id,
    customer_no: masked.customerNo,
    name: masked.name,
    resident_id: masked.residentId,
    mobile: masked.mobile,
    landline: masked.landline,
    email: masked.email,
    address: masked.address,
    bank_card: masked.bankCard,
    birth_date: masked.birthDate,
    passport: masked.passport,
    registered_on: masked.registeredOn,
    extra_columns: record.extraColumns,
    warnings: JSON.stringify(record.warnings),
    duplicate: origin.duplicate ? 1 : 0,
    batch_no: origin.batchNo,
    batch_row: origin.batchRow,
    revision: 1,
    hand_edited: origin.batchNo === 0 ? 1 : 0,
    updated_at: at,
    identity_version: version.id,
    identity_digest: version.digest,
  }
}

export async function listCustomers(
  context: Context,
  input: Input<'customers.list'>,
): Promise<Output<'customers.list'>> {
  const { ids, searched } = await search(context, 'customer', input.query)
  const { customers } = context.session.store.records
  const afterSeq = input.after === undefined ? undefined : cursorSeq(input.after)
  const { items, lastSeq } = customers.list({ limit: input.limit, afterSeq, offset: input.offset, ids })
  return {
    items,
    next: items.length === input.limit && lastSeq !== undefined ? String(lastSeq) : null,
    total: customers.countListed(ids),
    searched,
  }
}

function cursorSeq(after: string): number {
  const seq = Number(after)
  if (!/^\d+$/.test(after) || !Number.isSafeInteger(seq))
    throw new GuicangError('input.invalid', { fields: [{ field: 'after', rule: 'cursor' }] })
  return seq
}

function requireRow(context: Context, id: string): CustomerRow {
  const row = context.session.store.records.customers.findRow(id)
  if (row === undefined) throw new GuicangError('record.notFound')
  return row
}

export function getCustomer(context: Context, input: Input<'customers.get'>): Output<'customers.get'> {
  const { customers, merges } = context.session.store.records
  // A merged customer answers as the kept one.
  const found = customers.find(merges.rootOf(input.id))
  if (found === undefined) throw new GuicangError('record.notFound')
  return found
}

export function addCustomer(context: Context, input: Input<'customers.add'>): Output<'customers.add'> {
  const { store } = context.session
  if (Object.values(input).every((value) => typeof value !== 'string' || value.trim() === '')) {
    throw new GuicangError('input.invalid', { fields: [{ field: 'name', rule: 'required' }] })
  }
  const record = customerRecord(input, [], ordinaryColumns(context, 'customers'))
  const id = uuidv7()
  const at = context.now().toISOString()
  const duplicate = requireIdentities(store).own.hasKey(record.keys.residentId, record.keys.nameMobile)
  commitAct(store, {
    identities: (identities, commitId) => storeCustomerVersion(identities, record, id, commitId),
    records: (version) => {
      const row = customerRow(record, id, version, { ...byHand, duplicate }, at)
      const seq = store.records.customers.add(row)
      store.records.customerSearch.add(seq, record.maskedSearch)
      logAct(
        context,
        'customers.added',
        id,
        { warnings: record.warnings, duplicate },
        { changed: [{ kind: 'customer', row: { seq, ...row } }] },
      )
    },
  })
  return { id: customerIdSchema.parse(id) }
}

/**
 * Changes the named fields. Texts of the customer's complaints are redacted again where its values have changed, and the
 * duplicate mark is set again where those have by which a duplicate is known.
 * @throws GuicangError `record.changed` when somebody has edited the customer since it was read; `vault.busy` during an import
 */
export function updateCustomer(
  context: Context,
  input: Input<'customers.update'>,
): Output<'customers.update'> {
  const { store } = context.session
  requireNoBatch(context.session)
  const old = requireRow(context, input.id)
  const merged = store.records.merges.findInto(input.id) !== undefined
  if (merged || old.revision !== input.revision) throw new GuicangError('record.changed')
  const identities = requireIdentities(store)
  const before = customerPayload(identities, old.identity_version)
  const extra = columnsOfFile(before)
  // What a file brought in may be longer than what a form takes: only the patch has passed the form's schema.
  const fields = { ...before.fields, ...definedOnly(input.patch) }
  const ordinary = ordinaryColumns(context, 'customers')
  const record = customerRecord({ ...fields, extra }, formerValues(before, fields), ordinary)
  const sameKeys = isDeepStrictEqual(record.keys, customerRecord({ ...before.fields, extra }).keys)
  const duplicate = sameKeys
    ? old.duplicate === 1
    : identities.own.othersHaveKey(input.id, record.keys.residentId, record.keys.nameMobile)
  const own = knownValues(record.payload)
  const same = isDeepStrictEqual(own, knownValues(before))
  // Of those who are one with this one, everything is known as well.
  const known = same ? own : [...own, ...knownOfGroup(context, input.id)]
  const writeTexts = textsAnew(context, same ? [] : store.records.merges.groupOf(input.id), known)
  const at = context.now().toISOString()
  commitAct(store, {
    identities: (_store, commitId) => storeCustomerVersion(identities, record, input.id, commitId),
    records: (version) => {
      const origin = { batchNo: old.batch_no, batchRow: old.batch_row, duplicate }
      const row = {
        ...customerRow(record, input.id, version, origin, at),
        seq: old.seq,
        revision: old.revision + 1,
        hand_edited: 1,
      }
      store.records.customers.update(row)
      store.records.customerSearch.remove(old.seq)
      store.records.customerSearch.add(old.seq, record.maskedSearch)
      logAct(
        context,
        'customers.edited',
        input.id,
        { fields: Object.keys(input.patch) },
        { changed: [{ kind: 'customer', row }, ...writeTexts()] },
      )
    },
    settle: (_store, version) => {
      for (const seq of identities.customers.dropOthers(input.id, version.seq)) identities.own.removeKeys(seq)
    },
  })
  return getCustomer(context, { id: input.id })
}

/**
 * Clear values, verbatim. The entry in the log is committed before any value goes out.
 * @throws GuicangError `reason.required`, `identities.closed`, `input.invalid` for a field that isn't there
 */
export function revealCustomer(
  context: Context,
  input: Input<'customers.reveal'>,
): Output<'customers.reveal'> {
  return reveal(context, {
    action: 'customers.revealed',
    input,
    fields: customerFields,
    kind: 'customers',
    open: () => {
      const row = requireRow(context, input.id)
      const payload = customerPayload(requireIdentities(context.session.store), row.identity_version)
      return { payload, known: knownValues(payload) }
    },
  })
}

/** Without the fields that the form left alone. */
function definedOnly(patch: Input<'customers.update'>['patch']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(patch).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}
