// A person leaves: all their open cases go to another in one act, and both confirm it in sessions of their own.
import { describe, expect, test } from 'vitest'
import { sha256Hex } from '../../electron/vault/audit/canonical.ts'
import { removeUser } from '../../electron/vault/usecases/people.ts'
import { addPerson, openAs, reopened, settledPerson } from '../support/people.ts'
import {
  aVault,
  callVault,
  codeOf,
  contextOf,
  lock,
  owner,
  present,
  refusal,
  type TestVault,
} from '../support/vault.ts'

async function aCaseOf(vault: TestVault, assignee: string | null, ends = false): Promise<string> {
  const { id } = await vault.call('complaints.add', { narrative: '没有退款', category: '退款' })
  await vault.call('complaints.work', { id, patch: { assignee, severity: 'high' } })
  if (ends) await vault.call('complaints.work', { id, status: 'resolved', patch: { outcome: '已退款' } })
  return id
}

const everything = async (vault: TestVault) => [
  ...(await vault.call('audit.verify', {})).findings,
  ...(await vault.call('vault.verify', {})).findings,
]

describe('a handover', () => {
  test('gives every open case, and only those, in one commit with one line each, and the log vouches for all of it', async () => {
    const vault = await aVault()
    const from = await addPerson(vault.session, '周航', 'handler')
    const to = await addPerson(vault.session, '吴悦', 'reviewer')
    const open = [await aCaseOf(vault, from), await aCaseOf(vault, from), await aCaseOf(vault, from)]
    const others = [await aCaseOf(vault, from, true), await aCaseOf(vault, to), await aCaseOf(vault, null)]
    const before = await Promise.all(others.map((id) => vault.call('complaints.get', { id })))
    const entries = (await vault.call('audit.list', {})).items.length

    const record = await vault.call('handover.create', { from, to, note: '交接，电话13892483177' })

    expect(record).toMatchObject({
      from: { id: from, name: '周航' },
      to: { id: to, name: '吴悦' },
      user: owner,
      cases: 3,
      digest: sha256Hex(
        open
          .toSorted()
          .map((id) => `${id}\n`)
          .join(''),
      ),
      confirmedFrom: null,
      confirmedTo: null,
    })
    expect(record.note).not.toContain('13892483177')
    for (const id of open) {
      const { complaint, case: facts, events } = await vault.call('complaints.get', { id })
      expect(complaint.assignee).toEqual({ id: to, name: '吴悦' })
      expect(facts.severity).toBe('high')
      expect(present(events.at(-1))).toMatchObject({
        kind: 'assigned',
        user: owner,
        changes: [{ field: 'assignee', before: '周航', after: '吴悦' }],
      })
    }
    expect(await Promise.all(others.map((id) => vault.call('complaints.get', { id })))).toEqual(before)
    const { items } = await vault.call('audit.list', {})
    expect(items.length).toBe(entries + 1)
    expect(items[0]).toMatchObject({
      action: 'handover.created',
      subject: record.id,
      detail: { from, to, cases: 3 },
    })
    expect(await everything(vault)).toEqual([])
    const { openCases } = await vault.call('handover.list', {})
    expect(openCases).toEqual([{ personId: to, count: 4 }])
  })

  test('is confirmed by each of the two in their own session, once, and by nobody else', async () => {
    const vault = await aVault()
    const from = await settledPerson(vault, '周航', 'handler')
    const to = await settledPerson(vault, '吴悦', 'reviewer')
    await aCaseOf(vault, from)
    const { id } = await vault.call('handover.create', { from, to })
    expect(await codeOf(vault.call('handover.confirm', { id }))).toBe('access.denied')
    for (const [name, side] of [
      ['吴悦', 'confirmedTo'],
      ['周航', 'confirmedFrom'],
    ] as const) {
      lock(vault.session)
      const own = await openAs(vault.dir, name)
      const said = await callVault(own, 'handover.confirm', { id })
      expect(said[side]?.by).toBe(name)
      expect(await callVault(own, 'handover.confirm', { id })).toEqual(said)
      lock(own)
      await reopened(vault)
    }
    const { items } = await vault.call('handover.list', {})
    expect(items.map(({ confirmedFrom, confirmedTo }) => [confirmedFrom?.by, confirmedTo?.by])).toEqual([
      ['周航', '吴悦'],
    ])
    const confirmed = (await vault.call('audit.list', {})).items.filter(
      ({ action }) => action === 'handover.confirmed',
    )
    expect(confirmed.map(({ user, detail }) => [user, detail['side']])).toEqual([
      ['周航', 'from'],
      ['吴悦', 'to'],
    ])
    expect(await everything(vault)).toEqual([])
  })

  test('a leaving person does it themselves, which is their confirmation; of others they may not', async () => {
    const vault = await aVault()
    const from = await settledPerson(vault, '周航', 'handler')
    const to = await addPerson(vault.session, '吴悦', 'handler')
    await aCaseOf(vault, from)
    await aCaseOf(vault, to)
    lock(vault.session)
    const own = await openAs(vault.dir, '周航')
    expect(await codeOf(callVault(own, 'handover.create', { from: to, to: from }))).toBe('access.denied')
    expect(await callVault(own, 'handover.create', { from, to })).toMatchObject({
      user: '周航',
      confirmedFrom: { by: '周航' },
      confirmedTo: null,
    })
    lock(own)
  })

  test('is refused without anything to give, to oneself, and to who can have no case; then nothing has changed', async () => {
    const vault = await aVault()
    const from = await addPerson(vault.session, '周航', 'handler')
    const to = await addPerson(vault.session, '吴悦', 'handler')
    const rules = async (input: { from: string; to: string }) =>
      (await refusal(vault.call('handover.create', input))).fields?.map(
        ({ field, rule }) => `${field} ${rule}`,
      )
    expect(await rules({ from, to })).toEqual(['from empty'])
    const id = await aCaseOf(vault, from)
    expect(await rules({ from, to: from })).toEqual(['to self'])
    await vault.call('users.disable', { id: to })
    expect(await rules({ from, to })).toEqual(['to unknown'])
    const { complaint } = await vault.call('complaints.get', { id })
    expect(complaint.assignee?.id).toBe(from)
    expect((await vault.call('handover.list', {})).items).toEqual([])
  })

  test('comes before removing: a person with open cases may be disabled, not removed', async () => {
    const vault = await aVault()
    const from = await addPerson(vault.session, '周航', 'handler')
    const to = await addPerson(vault.session, '吴悦', 'handler')
    await aCaseOf(vault, from)
    const refused = await refusal(removeUser(contextOf(vault.session), { id: from }))
    expect([refused.code, refused.fields?.[0]?.value]).toEqual(['users.openCases', '1'])
    await vault.call('users.disable', { id: from })
    await vault.call('handover.create', { from, to })
    await vault.call('users.remove', { id: from })
    const { items } = await vault.call('handover.list', {})
    expect(items[0]?.from.name).toBe('周航')
    expect(await everything(vault)).toEqual([])
  })
})
