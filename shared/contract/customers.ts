// Customers: masked lists for everybody, clear values by reveal only.
import { z } from 'zod'
import { lineSchema, pageInput, searchedSchema } from '../types/common.ts'
import { customerDraftSchema, customerPatchSchema, customerSchema } from '../types/customer.ts'
import { customerIdSchema } from '../types/ids.ts'
import { channel, everybody, identityHolders } from './define.ts'

export const customersContract = {
  'customers.list': channel({
    input: z.strictObject({ ...pageInput, query: z.string().max(200).optional() }),
    output: z.strictObject({
      items: z.array(customerSchema),
      next: z.string().nullable(),
      total: z.number().int(),
      searched: searchedSchema,
    }),
    target: 'vault',
    access: everybody,
  }),
  'customers.get': channel({
    input: z.strictObject({ id: customerIdSchema }),
    output: customerSchema,
    target: 'vault',
    access: everybody,
  }),
  'customers.add': channel({
    input: customerDraftSchema,
    output: z.strictObject({ id: customerIdSchema }),
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
  'customers.update': channel({
    input: z.strictObject({ id: customerIdSchema, revision: z.number().int(), patch: customerPatchSchema }),
    output: customerSchema,
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
  /** Clear values, verbatim. The audit entry is committed before they go out. `extra:<column>` names an extra column. */
  'customers.reveal': channel({
    input: z.strictObject({
      id: customerIdSchema,
      fields: z.array(z.string().max(300)).min(1).max(50),
      reason: lineSchema,
    }),
    output: z.record(z.string(), z.string()),
    target: 'vault',
    access: identityHolders,
    identities: true,
    writes: true,
  }),
} as const
