// Pages of lists: every row once, whichever way they are asked for.
import { describe, expect, test } from 'vitest'
import { complaintRow, csvOf, customerRows } from '../support/rows.ts'
import { aVault, callVault, codeOf, fileWith } from '../support/vault.ts'

describe('pages', () => {
  test('keyset pages cover every row once; offsets agree with them', async () => {
    const vault = await aVault()
    await vault.call('imports.run', { path: fileWith(csvOf(customerRows(57))), kind: 'customers' })
    const rows = Array.from({ length: 57 }, (_, index) => ({
      ...complaintRow(index + 1),
      投诉时间: '2025-01-01 10:00',
    }))
    await vault.call('imports.run', { path: fileWith(csvOf(rows)), kind: 'complaints' })
    for (const kind of ['customers', 'complaints'] as const) {
      const channel = kind === 'customers' ? 'customers.list' : 'complaints.list'
      const ids: string[] = []
      let after: string | undefined
      do {
        const page = await callVault(vault.session, channel, {
          limit: 10,
          ...(after === undefined ? {} : { after }),
        })
        expect(page.total).toBe(57)
        ids.push(...page.items.map(({ id }) => id))
        after = page.next ?? undefined
      } while (after !== undefined)
      expect(new Set(ids).size).toBe(57)
      expect(ids).toHaveLength(57)
      const jumped = await callVault(vault.session, channel, { limit: 5, offset: 33 })
      expect(jumped.items.map(({ id }) => id)).toEqual(ids.slice(33, 38))
      for (const bad of ['x', '1.5', '-1', '||', '']) {
        expect(await codeOf(callVault(vault.session, channel, { after: bad }))).toBe('input.invalid')
      }
    }
  })
})
