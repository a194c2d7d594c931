// Malformed messages at the gate, with a real vault open behind it: each is answered in time with a code of the list, never
// with `internal`, and nothing of what was sent comes back in the error.
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type ChannelName, contract, isChannel } from '../../shared/contract/index.ts'
import { errorCodes } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import { codeIn, type Door, realDoor } from '../support/gate.ts'
import { copiedVault, owner, passphrase } from '../support/vault.ts'
import { record, runs, seed, tally } from './support/counts.ts'
import { malformed, marker, nearlyValid, protoObjects } from './support/malformed.ts'

const channels = Object.keys(contract).filter((name): name is ChannelName => isChannel(name))
/** What any call may take with a small vault behind it, on a busy machine. */
const longestMs = 10_000

const place = mkdtempSync(join(tmpdir(), 'guicang-fuzz-'))
afterAll(() => {
  rmSync(place, { recursive: true, force: true })
})

async function openDoor(): Promise<{ door: Door; dir: string }> {
  const door = realDoor()
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase, user: owner })
  return { door, dir }
}

const pristine = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Array.prototype),
]

function expectCleanPrototypes(): void {
  const names = [
    ...Object.getOwnPropertyNames(Object.prototype),
    ...Object.getOwnPropertyNames(Array.prototype),
  ]
  expect(names).toEqual(pristine)
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
}

function expectQuietRefusal(what: unknown, result: Result<unknown>): void {
  if (result.ok) return
  const text = JSON.stringify(result.error)
  expect([what, result.error.code]).not.toEqual([what, 'internal'])
  expect([what, result.error.code]).not.toEqual([what, 'process.gone'])
  expect(errorCodes).toContain(result.error.code)
  expect([what, text.includes(marker.slice(0, 6))]).toEqual([what, false])
  expect(text.length).toBeLessThan(4000)
}

const names: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    'session.unlock',
    'session.lock',
    'sample.fill',
    '',
    null,
    7,
  ),
  fc.constantFrom(...channels).map((name) => `${name}\0`),
  fc.constantFrom(...channels).map((name) => name.toUpperCase()),
  fc.constantFrom(...channels).map((name) => [name]),
  fc.string(),
  malformed,
)
const jobIds: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.uuid() },
  { weight: 2, arbitrary: malformed },
)
const toChannel = fc
  .constantFrom(...channels)
  .chain((channel) =>
    fc.tuple(
      fc.constant<unknown>(channel),
      fc.oneof(
        { weight: 4, arbitrary: nearlyValid(channel, place, malformed) },
        { weight: 1, arbitrary: malformed },
      ),
      jobIds,
    ),
  )
const messages = fc.oneof(
  { weight: 9, arbitrary: toChannel },
  { weight: 1, arbitrary: fc.tuple(names, malformed, jobIds) },
)

describe('malformed messages', () => {
  test(
    `${runs} of them`,
    async () => {
      const { door, dir } = await openDoor()
      const codes: string[] = []
      let slowest = 0
      let unlocks = 1
      await fc.assert(
        fc.asyncProperty(messages, async ([asked, input, jobId]) => {
          // What isn't a name may be an object that throws when it is looked at, also by an assertion.
          const channel = typeof asked === 'string' ? asked : typeof asked
          const start = performance.now()
          const result = await door.ask(asked, input, jobId)
          const tookMs = performance.now() - start
          slowest = Math.max(slowest, tookMs)
          codes.push(codeIn(result))
          expectQuietRefusal(channel, result)
          expect([channel, tookMs < longestMs]).toEqual([channel, true])
          expectCleanPrototypes()
          // A right call among the wrong ones may have locked; nothing else ends the session.
          if (!door.app.isOpen()) {
            expect(channel).toBe('vault.lock')
            await door.call('vault.unlock', { path: dir, passphrase, user: owner })
            unlocks += 1
          }
        }),
        // No smaller example is looked for: what an earlier call left behind would mislead.
        { numRuns: runs, seed, endOnFailure: true },
      )
      expect(new Set(codes).size).toBeGreaterThan(4)
      expect((await door.call('vault.verify', {})).findings).toEqual([])
      expect(door.started).toHaveLength(unlocks)
      record(
        'malformed messages at the gate',
        codes.length,
        `${tally(codes)}; slowest ${Math.round(slowest)} ms`,
      )
    },
    20 * 60_000,
  )

  test('names of prototypes, as JSON brings them, are keys like any other', async () => {
    const { door } = await openDoor()
    for (const text of protoObjects) {
      for (const name of channels.filter((one) => !['vault.lock', 'vault.createSample'].includes(one))) {
        expectQuietRefusal(name, await door.ask(name, JSON.parse(text)))
        expectCleanPrototypes()
      }
    }
    await door.call('customers.add', { name: '王', extra: { constructor: '甲', toString: '乙' } })
    const { items } = await door.call('customers.list', {})
    expect(items[0]?.extraColumns.toSorted()).toEqual(['constructor', 'toString'])
    record('messages with names of prototypes', protoObjects.length * channels.length)
  })
})

describe('too much', () => {
  const megabyte = 1024 * 1024
  const oversized: readonly (readonly [string, () => unknown])[] = [
    ['a text of 64 MB', () => ({ name: 'x'.repeat(64 * megabyte) })],
    ['a text of 64 MB where an id belongs', () => ({ id: '0'.repeat(64 * megabyte) })],
    ['a time zone of 64 MB', () => ({ company: { name: 'x', timeZone: 'x'.repeat(64 * megabyte) } })],
    ['a key of 64 MB', () => ({ ['x'.repeat(64 * megabyte)]: 1 })],
    ['five million entries', () => ({ fields: Array.from({ length: 5_000_000 }, () => 'x') })],
    [
      'a list of four thousand million holes',
      () => {
        const list: unknown[] = []
        list.length = 2 ** 32 - 1
        return { fields: list }
      },
    ],
    [
      'a million columns',
      () => ({ extra: Object.fromEntries(Array.from({ length: 1_000_000 }, (_, at) => [`c${at}`, 'x'])) }),
    ],
    [
      'a million fields',
      () => Object.fromEntries(Array.from({ length: 1_000_000 }, (_, at) => [`f${at}`, 'x'])),
    ],
    ['64 MB of bytes', () => new Uint8Array(64 * megabyte)],
    ['64 MB of bytes in a field', () => ({ name: new Uint8Array(64 * megabyte) })],
    [
      'a hundred long texts',
      () => ({
        extra: Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`c${at}`, 'x'.repeat(100_000)])),
      }),
    ],
    [
      'a million levels',
      () => {
        let value: unknown = 1
        for (let level = 0; level < 1_000_000; level++) value = { extra: value }
        return value
      },
    ],
    [
      'a ring',
      () => {
        const ring: Record<string, unknown> = {}
        ring['extra'] = ring
        return ring
      },
    ],
  ]
  let opened: Promise<{ door: Door }> | undefined
  test.each(oversized)('%s: refused at once', async (_name, make) => {
    opened ??= openDoor()
    const { door } = await opened
    const input = make()
    for (const name of ['customers.add', 'customers.reveal', 'vault.setProfile', 'imports.run'] as const) {
      const result = await door.ask(name, input)
      expect([name, codeIn(result)]).toEqual([name, 'input.invalid'])
      // Before any schema has looked at it: a schema would name a field, or keys that it doesn't know.
      const refused = result.ok
        ? []
        : (result.error.fields ?? []).map(({ field, rule }) => `${field} ${rule}`)
      expect(`${name}: ${refused.join(', ')}`).toMatch(/: input (?:too_big|too_deep|invalid_type)$/u)
      expectQuietRefusal(name, result)
    }
    expect(codeIn(await door.ask('customers.list', {}))).toBe('ok')
  })

  test('the longest complaint that a person may write is not too much', async () => {
    const { door } = await openDoor()
    const text = '字'.repeat(100_000)
    const extra = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`列${at}`, text.slice(0, 50_000)]),
    )
    const result = await door.ask('complaints.add', { narrative: text, outcome: text, extra })
    expect(codeIn(result)).toBe('ok')
  })
})
