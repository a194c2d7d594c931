// The clocks of real cases: read, paused, kept up with every act, made anew when packs change, held by the verifier.
import { describe, expect, test } from 'vitest'
import { isDuePending, renewAllDue, startDue } from '../../electron/vault/usecases/due.ts'
import type { Request } from '../../shared/contract/index.ts'
import { copyFixture, fixturePassphrase, fixtureVersions } from '../fixtures/vault.ts'
import { complaintRow, csvOf } from '../support/rows.ts'
import {
  aVault,
  callVault,
  codeOf,
  fileWith,
  freshPath,
  openAt,
  present,
  refusal,
  type TestVault,
} from '../support/vault.ts'

const hour = 3_600_000

async function aCase(vault: TestVault, more: Partial<Request<'complaints.add'>> = {}): Promise<string> {
  const { id } = await vault.call('complaints.add', {
    narrative: '没有退款',
    category: '退款',
    receivedAt: '2025-03-03T10:00',
    ...more,
  })
  return id
}

async function dueOf(vault: TestVault, id: string): Promise<string | undefined> {
  const { complaint } = await vault.call('complaints.get', { id })
  return complaint.due === null ? undefined : `${complaint.due.clock} ${complaint.due.at}`
}

const findings = async (vault: TestVault): Promise<string[]> =>
  (await vault.call('vault.verify', {})).findings.map(({ code, where }) => `${code} ${where}`)

describe('the due time of a case', () => {
  test('is there as soon as it is taken in, and follows what is done', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    expect(await dueOf(vault, id)).toBe('acknowledge 2025-03-04T15:59:59.999Z')
    await vault.call('complaints.setStatus', { id, status: 'acknowledged' })
    expect(await dueOf(vault, id)).toBe('first-answer 2025-03-10T15:59:59.999Z')
    await vault.call('complaints.addNote', { id, text: '已致电客户', kind: 'call' })
    expect(await dueOf(vault, id)).toBe('resolve 2025-03-18T15:59:59.999Z')
    await vault.call('complaints.setStatus', { id, status: 'awaiting-customer' })
    expect(await dueOf(vault, id)).toBeUndefined()
    await vault.call('complaints.setStatus', { id, status: 'investigating' })
    await vault.call('complaints.setStatus', { id, status: 'resolved', note: '已退款' })
    expect(await dueOf(vault, id)).toBeUndefined()
    expect(await findings(vault)).toEqual([])
  })

  test('follows the pack that the case was given, and a corrected receipt', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    await vault.call('complaints.work', { id, patch: { clockPack: 'cn-bank-complex' } })
    expect(await dueOf(vault, id)).toBe('resolve 2025-04-02T15:59:59.999Z')
    const { revision } = (await vault.call('complaints.get', { id })).complaint
    await vault.call('complaints.update', { id, revision, patch: { receivedAt: '2025-03-10' } })
    expect(await dueOf(vault, id)).toBe('resolve 2025-04-09T15:59:59.999Z')
    expect(await codeOf(vault.call('complaints.work', { id, patch: { clockPack: 'none-such' } }))).toBe(
      'input.invalid',
    )
  })

  test('comes with an import and goes with its undo', async () => {
    const vault = await aVault()
    const rows = Array.from({ length: 12 }, (_, index) => complaintRow(index + 1))
    const { batchId } = await vault.call('imports.run', { path: fileWith(csvOf(rows)), kind: 'complaints' })
    const { items } = await vault.call('complaints.list', { sort: 'due' })
    expect(items.map(({ due }) => due?.at.slice(0, 10)).slice(0, 3)).toEqual([
      '2025-03-03',
      '2025-03-04',
      '2025-03-05',
    ])
    expect(await findings(vault)).toEqual([])
    await vault.call('imports.undo', { batchId })
    expect(await findings(vault)).toEqual([])
    expect((await vault.call('complaints.summary', {})).queues.overdue).toBe(0)
  })

  test('that somebody changed, took away or made up is named by the verifier', async () => {
    const vault = await aVault()
    await aCase(vault)
    await aCase(vault)
    const { db } = vault.session.store.records
    db.exec(`UPDATE case_due SET due_at = '2031-01-01T00:00:00.000Z' WHERE seq = 1; DELETE FROM case_due WHERE seq = 2;
      INSERT INTO case_due (seq, due_at, clock) VALUES (99, '2025-01-01T00:00:00.000Z', 'resolve')`)
    expect(await findings(vault)).toEqual([
      'due.changed case_due 1',
      'due.changed case_due 2',
      'due.changed case_due 99',
    ])
  })
})

describe('complaints.clocks', () => {
  test('tells each clock at a moment, with its source', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const at = '2025-03-05T02:00:00.000Z'
    const clocks = await vault.call('complaints.clocks', { id, at })
    expect(clocks.map(({ clock, state, left }) => [clock, state, left])).toEqual([
      ['acknowledge', 'overdue', -1],
      ['first-answer', 'running', 3],
      ['resolve', 'running', 13],
    ])
    expect(clocks[0]).toMatchObject({
      startedAt: '2025-03-03T02:00:00.000Z',
      pausedMs: 0,
      provisional: false,
    })
    for (const { source, label } of clocks) expect([source, label.en, label['zh-CN']]).not.toContain('')
  })

  test('a pause is a line of its history, and moves what may stand still by its length', async () => {
    const vault = await aVault()
    const at = new Date(Date.now() - 2 * 24 * hour)
    const id = await aCase(vault, { receivedAt: at.toISOString().slice(0, 16) })
    const before = await vault.call('complaints.clocks', { id })
    const paused = await vault.call('complaints.pauseClock', { id, paused: true, note: '等第三方检测报告' })
    expect(paused.events.at(-1)).toMatchObject({ kind: 'paused', text: '等第三方检测报告' })
    const later = new Date(Date.now() + 30 * hour).toISOString()
    const during = await vault.call('complaints.clocks', { id, at: later })
    expect(during.slice(1).map(({ clock, state }) => `${clock} ${state}`)).toEqual([
      'first-answer paused',
      'resolve paused',
    ])
    expect(during[0]?.state).not.toBe('paused')
    const [, , resolve] = during
    const moved = Date.parse(present(resolve).dueAt) - Date.parse(present(before[2]).dueAt)
    expect(moved).toBe(present(resolve).pausedMs)
    expect(moved).toBeGreaterThan(29 * hour)
    expect((await refusal(vault.call('complaints.pauseClock', { id, paused: true }))).fields?.[0]?.rule).toBe(
      'same',
    )
    const resumed = await vault.call('complaints.pauseClock', { id, paused: false })
    expect(resumed.events.at(-1)).toMatchObject({ kind: 'resumed' })
    expect(resumed.complaint.due).not.toBeNull()
    expect(await findings(vault)).toEqual([])
  })

  test('a case that is over, or whose pack never stands still, cannot be paused', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    await vault.call('complaints.work', { id, patch: { clockPack: 'cfpb' } })
    expect((await refusal(vault.call('complaints.pauseClock', { id, paused: true }))).fields?.[0]?.rule).toBe(
      'noClock',
    )
    await vault.call('complaints.work', { id, status: 'withdrawn', patch: { clockPack: '' } })
    expect((await refusal(vault.call('complaints.pauseClock', { id, paused: true }))).fields?.[0]?.rule).toBe(
      'noClock',
    )
  })
})

describe('packs of a vault', () => {
  const packFile = (resolveDays: number, more: object = {}): string =>
    fileWith(
      JSON.stringify({
        format: 'guicang-clocks-1',
        packs: [
          {
            id: 'iso10002',
            label: { 'zh-CN': '本公司', en: 'House rules' },
            calendar: 'CN',
            source: 'house rules of 2026',
            clocks: [
              {
                id: 'resolve',
                label: { 'zh-CN': '办结', en: 'Resolve' },
                starts: 'received',
                ends: 'resolved',
                length: resolveDays,
                unit: 'calendar',
                pauses: true,
                source: 'house rules of 2026',
              },
            ],
          },
        ],
        ...more,
      }),
      'packs.json',
    )

  test('a change shows its effect before it counts; then every case follows', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    const done = await aCase(vault)
    await vault.call('complaints.setStatus', { id: done, status: 'withdrawn' })
    const path = packFile(3650)
    const effect = { open: 1, changed: 1, overdueBefore: 1, overdueAfter: 0 }
    expect(await vault.call('clocks.preview', { path })).toEqual(effect)
    expect(await dueOf(vault, id)).toBe('acknowledge 2025-03-04T15:59:59.999Z')
    expect(await vault.call('clocks.apply', { path })).toEqual(effect)
    expect(await dueOf(vault, id)).toBe('resolve 2035-03-01T15:59:59.999Z')
    const { packs, pending } = await vault.call('clocks.get', {})
    expect([pending, packs.filter(({ own }) => own).map((pack) => pack.id)]).toEqual([false, ['iso10002']])
    expect(await findings(vault)).toEqual([])
    await vault.reopen()
    expect(await findings(vault)).toEqual([])
    await vault.call('clocks.apply', { reset: true })
    expect(await dueOf(vault, id)).toBe('acknowledge 2025-03-04T15:59:59.999Z')
  })

  test('another default is a change like any other', async () => {
    const vault = await aVault()
    const id = await aCase(vault)
    await vault.call('clocks.apply', { defaultPack: 'cn-bank' })
    expect(await dueOf(vault, id)).toBe('resolve 2025-03-18T15:59:59.999Z')
    expect(await codeOf(vault.call('clocks.apply', { defaultPack: 'none-such' }))).toBe('clocks.invalid')
  })

  test.each([
    ['not JSON', 'x', 'json'],
    ['another format', '{"format":"guicang-clocks-9"}', 'invalid_value'],
    [
      'a year that is missing',
      JSON.stringify({
        format: 'guicang-clocks-1',
        workdays: [{ calendar: 'CN', year: 2029, source: 's', off: [], work: [] }],
      }),
      'yearMissing',
    ],
  ])('a file with %s is refused by name, and nothing changes', async (_, text, rule) => {
    const vault = await aVault()
    const refused = await refusal(vault.call('clocks.apply', { path: fileWith(text, 'packs.json') }))
    expect([refused.code, refused.fields?.[0]?.rule]).toEqual(['clocks.invalid', rule])
    expect((await vault.call('clocks.get', {})).packs.some(({ own }) => own)).toBe(false)
  })
})

test.each(fixtureVersions())(
  'a vault of version %i has its due times made once it is open',
  async (version) => {
    const dir = freshPath('示例.vault')
    copyFixture(version, dir)
    const session = await openAt(dir, { passphrase: fixturePassphrase })
    // They came with step 30: a later vault may have them.
    expect(version >= 30 || isDuePending(session)).toBe(true)
    await renewAllDue(session)
    expect(isDuePending(session)).toBe(false)
    const { findings: found } = await callVault(session, 'vault.verify', {})
    expect(found).toEqual([])
    const lines = session.store.records.db.prepare('SELECT count(*) AS n FROM case_due').get()
    expect(lines).not.toEqual({ n: 0 })
  },
)

test('due times that can’t be made are warned of, and no more once they are', async () => {
  const dir = freshPath('示例.vault')
  copyFixture(present(fixtureVersions()[0]), dir)
  const session = await openAt(dir, { passphrase: fixturePassphrase })
  const { db } = session.store.records
  db.exec('ALTER TABLE case_due RENAME TO elsewhere')
  startDue(session)
  await expect.poll(() => session.warnings).toContain('clocks.pending')
  db.exec('ALTER TABLE elsewhere RENAME TO case_due')
  await renewAllDue(session)
  expect(session.warnings).not.toContain('clocks.pending')
  expect(isDuePending(session)).toBe(false)
})
