// What a case's history makes of its clocks.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Counting } from '../../../../electron/domain/clocks/count.ts'
import {
  type ClockCase,
  type ClockEvent,
  nextDue,
  readClocks,
} from '../../../../electron/domain/clocks/replay.ts'
import { workdaysOf } from '../../../../electron/domain/clocks/workdays.ts'
import { zoneOf } from '../../../../electron/domain/clocks/zone.ts'
import { type ClockPack, clockFileSchema } from '../../../../shared/types/clock.ts'
import type { ComplaintStatus } from '../../../../shared/types/complaint.ts'

function fileOf(name: string) {
  const path = new URL(`../../../../resources/clock-packs/${name}.json`, import.meta.url)
  return clockFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
}
function packOf(file: string, id = file): ClockPack {
  const pack = fileOf(file).packs.find((one) => one.id === id)
  if (pack === undefined) throw new Error(`no pack ${id}`)
  return pack
}
const counting: Counting = {
  zone: zoneOf('Asia/Shanghai'),
  workdays: workdaysOf(fileOf('workdays-cn').workdays),
}
const at = (text: string): number => Date.parse(`${text}+08:00`)

const step = (when: string, from: ComplaintStatus, to: ComplaintStatus, kind = 'status'): ClockEvent => ({
  at: at(when),
  kind,
  from,
  to,
})
const line = (when: string, kind: string): ClockEvent => ({ at: at(when), kind, from: null, to: null })

function aCase(events: ClockEvent[], more: Partial<ClockCase> = {}): ClockCase {
  const last = events.findLast(({ to }) => to !== null)?.to
  return { receivedAt: '2025-03-03T10:00', status: last ?? 'received', closedAt: '', events, ...more }
}

/** `clock: state due-day` of each, local. */
function read(facts: ClockCase, when: string, pack = packOf('iso10002')): Record<string, string> {
  return Object.fromEntries(
    readClocks(pack, facts, at(when), counting).map(({ clock, state, dueAt }) => [
      clock,
      `${state} ${new Date(Date.parse(dueAt) + 8 * 3_600_000).toISOString().slice(0, 10)}`,
    ]),
  )
}

describe('the general pack', () => {
  test('owes an acknowledgement, an answer and an end', () => {
    expect(read(aCase([]), '2025-03-03T11:00:00')).toEqual({
      acknowledge: 'running 2025-03-04',
      'first-answer': 'running 2025-03-10',
      resolve: 'running 2025-03-18',
    })
    expect(nextDue(packOf('iso10002'), aCase([]), counting)).toEqual({
      clock: 'acknowledge',
      at: '2025-03-04T15:59:59.999Z',
    })
  })

  test('is met by a step, a letter, an end; late ones are missed, open ones overdue', () => {
    const facts = aCase([
      step('2025-03-05T09:00:00', 'received', 'acknowledged'),
      line('2025-03-10T18:00:00', 'email-out'),
    ])
    expect(read(facts, '2025-03-20T09:00:00')).toEqual({
      acknowledge: 'missed 2025-03-04',
      'first-answer': 'met 2025-03-10',
      resolve: 'overdue 2025-03-18',
    })
    expect(nextDue(packOf('iso10002'), facts, counting)?.clock).toBe('resolve')
  })

  test('a call acknowledges; a message that came in does not', () => {
    expect(read(aCase([line('2025-03-03T12:00:00', 'email-in')]), '2025-03-03T13:00:00')['acknowledge']).toBe(
      'running 2025-03-04',
    )
    expect(read(aCase([line('2025-03-03T12:00:00', 'call')]), '2025-03-03T13:00:00')['acknowledge']).toBe(
      'met 2025-03-04',
    )
  })

  test('shows the past as it was', () => {
    const facts = aCase([step('2025-03-05T09:00:00', 'received', 'resolved')])
    expect(read(facts, '2025-03-04T09:00:00')['resolve']).toBe('running 2025-03-18')
    expect(read(facts, '2025-03-01T09:00:00')).toEqual({})
  })

  test('reopening starts the end anew and leaves what was said', () => {
    const facts = aCase([
      step('2025-03-04T09:00:00', 'received', 'resolved'),
      step('2025-04-01T09:00:00', 'resolved', 'reopened'),
    ])
    expect(read(facts, '2025-04-02T09:00:00')).toEqual({
      acknowledge: 'met 2025-03-04',
      'first-answer': 'met 2025-03-10',
      resolve: 'running 2025-04-16',
    })
  })

  test('an act that was taken back never was', () => {
    const facts = aCase([
      step('2025-03-04T09:00:00', 'received', 'closed'),
      step('2025-03-04T09:05:00', 'closed', 'received', 'undone'),
    ])
    expect(read(facts, '2025-03-04T10:00:00')).toEqual(read(aCase([]), '2025-03-04T10:00:00'))
  })
})

describe('waiting', () => {
  test('stops what may stand still, from the step to the next, and says how long', () => {
    const facts = aCase([
      step('2025-03-04T00:00:00', 'received', 'awaiting-customer'),
      step('2025-03-07T00:00:00', 'awaiting-customer', 'investigating'),
    ])
    const [, , resolve] = readClocks(packOf('iso10002'), facts, at('2025-03-10T00:00:00'), counting)
    expect(resolve).toMatchObject({
      pausedMs: 3 * 86_400_000,
      state: 'running',
      dueAt: '2025-03-21T15:59:59.999Z',
    })
  })

  test('a paused clock is due as if it went on at once, and owes nothing meanwhile', () => {
    const facts = aCase([
      step('2025-03-03T11:00:00', 'received', 'acknowledged'),
      line('2025-03-04T00:00:00', 'paused'),
    ])
    expect(read(facts, '2025-03-09T00:00:00')['resolve']).toBe('paused 2025-03-23')
    expect(nextDue(packOf('iso10002'), facts, counting)).toBeUndefined()
  })

  test('two reasons at once are one pause', () => {
    const facts = aCase([
      line('2025-03-04T00:00:00', 'paused'),
      step('2025-03-05T00:00:00', 'received', 'awaiting-customer'),
      line('2025-03-06T00:00:00', 'resumed'),
      step('2025-03-08T00:00:00', 'awaiting-customer', 'investigating'),
    ])
    const [, , resolve] = readClocks(packOf('iso10002'), facts, at('2025-03-10T00:00:00'), counting)
    expect(resolve?.pausedMs).toBe(4 * 86_400_000)
  })

  test('pausing and going on, however often, loses nothing', () => {
    const pack: ClockPack = {
      ...packOf('iso10002'),
      clocks: packOf('iso10002')
        .clocks.filter(({ id }) => id === 'resolve')
        .map((clock) => ({ ...clock, unit: 'hour' as const, length: 200 })),
    }
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000_000 }), { maxLength: 12 }), (gaps) => {
        let when = at('2025-03-03T10:00:00')
        let paused = 0
        const events = gaps.map((gap, index): ClockEvent => {
          when += gap
          if (index % 2 === 1) paused += gap
          return { at: when, kind: index % 2 === 0 ? 'paused' : 'resumed', from: null, to: null }
        })
        // An odd one out at the end stands still until it is looked at.
        const now = when + 1000
        if (gaps.length % 2 === 1) paused += 1000
        const [clock] = readClocks(pack, aCase(events), now, counting)
        const wanted = at('2025-03-03T10:00:00') + 200 * 3_600_000 + paused
        expect(clock?.pausedMs).toBe(paused)
        expect(Date.parse(clock?.dueAt ?? '')).toBe(wanted)
      }),
    )
  })
})

describe('complaints from a file', () => {
  test('closed ones are measured by what the file says, and owe nothing', () => {
    const facts = aCase([], { status: 'closed', closedAt: '2025-03-20' })
    expect(read(facts, '2025-06-01T00:00:00')['resolve']).toBe('missed 2025-03-18')
    expect(nextDue(packOf('iso10002'), facts, counting)).toBeUndefined()
    expect(read(aCase([], { status: 'closed' }), '2025-06-01T00:00:00')['resolve']).toBe('met 2025-03-18')
  })

  test('one that was being worked on is acknowledged, at a time nobody knows', () => {
    const [acknowledge] = readClocks(
      packOf('iso10002'),
      aCase([], { status: 'investigating' }),
      at('2025-03-30T00:00:00'),
      counting,
    )
    expect(acknowledge).toMatchObject({ state: 'met', endedAt: null })
  })

  test('a receipt that cannot be read has no clocks', () => {
    expect(read(aCase([], { receivedAt: '***' }), '2025-03-30T00:00:00')).toEqual({})
    expect(nextDue(packOf('iso10002'), aCase([], { receivedAt: '2025-02-30' }), counting)).toBeUndefined()
  })
})

describe('the other packs', () => {
  test.each([
    ['cn-bank', 'cn-bank', { resolve: 'running 2025-03-18' }],
    ['cn-bank', 'cn-bank-complex', { resolve: 'running 2025-04-02' }],
    ['cn-bank', 'cn-bank-extended', { resolve: 'running 2025-05-02' }],
    ['cfpb', 'cfpb', { respond: 'running 2025-03-18', final: 'running 2025-05-02' }],
    ['gdpr', 'gdpr-rights', { answer: 'running 2025-04-03' }],
    [
      'gdpr',
      'gdpr-rights-extended',
      { 'extension-notice': 'running 2025-04-03', answer: 'running 2025-06-03' },
    ],
    ['pipl', 'pipl-rights', { answer: 'running 2025-03-24' }],
    ['gbt35273', 'gbt35273-rights', { answer: 'running 2025-04-02' }],
    [
      'fca',
      'fca-disp',
      { acknowledge: 'running 2025-03-10', summary: 'running 2025-03-06', final: 'running 2025-04-28' },
    ],
    ['fca', 'fca-payments', { acknowledge: 'running 2025-03-10', final: 'running 2025-03-24' }],
    ['fca', 'fca-payments-exceptional', { holding: 'running 2025-03-24', final: 'running 2025-04-22' }],
  ])('%s: %s', (file, id, expected) => {
    expect(read(aCase([]), '2025-03-03T12:00:00', packOf(file, id))).toEqual(expected)
  })

  test("an authority's clocks begin with the escalation, and are watched only", () => {
    const pack = packOf('cn-market')
    const facts = aCase([step('2025-03-05T09:00:00', 'received', 'escalated')])
    expect(read(facts, '2025-03-06T09:00:00', pack)).toMatchObject({
      'authority-accepts': 'running 2025-03-14',
      'mediation-ends': 'running 2025-05-12',
    })
    expect(nextDue(pack, facts, counting)?.clock).toBe('first-answer')
    expect(Object.keys(read(aCase([]), '2025-03-06T09:00:00', pack))).not.toContain('mediation-ends')
  })
})
