// The one door: who may ask, for what, in which shape; and what happens to keys when the process behind it ends.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChannelName, contract, isChannel } from '../../shared/contract/index.ts'
import { errorCodes } from '../../shared/errors.ts'
import { roleSchema } from '../../shared/types/vault.ts'
import { codeIn, type Door, doorFor, realDoor, window } from '../support/gate.ts'
import { copiedVault, passphrase } from '../support/vault.ts'

const channels = Object.keys(contract).filter((name): name is ChannelName => isChannel(name))

async function openDoor(): Promise<{ door: Door; dir: string }> {
  const door = realDoor()
  const { dir } = await copiedVault()
  await door.call('vault.unlock', { path: dir, passphrase })
  return { door, dir }
}

describe('who asks, and for what', () => {
  test('another origin, a frame within the window, look-alikes: refused before anything else', async () => {
    const { app } = realDoor()
    for (const sender of [
      { mainFrame: false, origin: window.origin },
      { mainFrame: true, origin: 'https://example.org' },
      { mainFrame: true, origin: '' },
      { mainFrame: true, origin: 'null' },
      { mainFrame: true, origin: `${window.origin}.example.org` },
      { mainFrame: true, origin: window.origin.toUpperCase() },
    ]) {
      expect(codeIn(await app.invoke(sender, 'app.listRecents', {}))).toBe('ipc.refused')
      expect(codeIn(await app.invoke(sender, 'no.such', {}))).toBe('ipc.refused')
    }
  })

  test('unknown, internal and inherited channels are no channels', async () => {
    const { door } = await openDoor()
    const names = [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '',
      'customers',
      'Customers.list',
    ]
    for (const name of [
      ...names,
      'session.unlock',
      'session.lock',
      'sample.fill',
      'bag.verify',
      1,
      null,
      undefined,
      {},
      ['customers.list'],
    ]) {
      expect([name, codeIn(await door.ask(name, {}))]).toEqual([name, 'ipc.refused'])
    }
  })

  test('with no vault open every channel that needs one answers vault.locked, whatever its input', async () => {
    const door = realDoor()
    const needing = channels.filter((name) => contract[name].access !== 'closed')
    expect(needing.length).toBeGreaterThan(20)
    for (const name of needing) {
      expect([name, codeIn(await door.ask(name, {}))]).toEqual([name, 'vault.locked'])
      expect([name, codeIn(await door.ask(name, null))]).toEqual([name, 'vault.locked'])
    }
    expect(door.started).toEqual([])
  })

  test.each(roleSchema.options)(
    'as %s: each channel as the contract says, before its input is looked at',
    async (role) => {
      const whole = await doorFor(role, ['records', 'identities'])
      const masked = await doorFor(role, ['records'])
      for (const name of channels) {
        const { access, identities } = contract[name]
        const allowed = access === 'closed' || access.some((one) => one === role)
        expect([name, codeIn(await whole.ask(name, 42))]).toEqual([
          name,
          allowed ? 'input.invalid' : 'access.denied',
        ])
        const needsIdentities = access !== 'closed' && identities === true
        const expected = !allowed ? 'access.denied' : needsIdentities ? 'identities.closed' : 'input.invalid'
        expect([name, codeIn(await masked.ask(name, 42))]).toEqual([name, expected])
      }
    },
  )

  test('an answer with a column too many doesn’t leave', async () => {
    const door = await doorFor('owner', ['records', 'identities'])
    // The process behind this door answers null, which no vault channel declares.
    expect(codeIn(await door.ask('customers.list', {}))).toBe('internal')
  })
})

const marker = '泄漏标记13812345678'
const ids = '0190a0b0-0000-7000-8000-000000000009'
const texts = fc.oneof(fc.string(), fc.constantFrom(marker, '', '\0', '\ud800', '%', 'x'.repeat(600), ids))
const places = fc.constantFrom(
  '',
  '\0',
  'a\0b',
  '/',
  '/nowhere/at/all',
  '/dev/null',
  '/proc/self/mem',
  'x'.repeat(5000),
  `/tmp/${marker}/none`,
)
const leaf = fc.oneof(
  texts,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
)
// A column's name may be told in an error; what stands in it may not.
const columns = fc.constantFrom('备注', '', '__proto__', 'constructor', 'x'.repeat(600))
const values = fc.oneof(leaf, fc.array(texts, { maxLength: 3 }), fc.dictionary(columns, leaf, { maxKeys: 3 }))
const shaped = fc.record(
  {
    path: places,
    out: places,
    folder: places,
    rejectsPath: places,
    id: fc.oneof(fc.constant(ids), texts),
    jobId: fc.oneof(fc.constant(ids), texts),
    batchId: fc.oneof(fc.constant(ids), texts),
    fields: fc.oneof(values, fc.array(texts, { minLength: 1, maxLength: 3 })),
    reason: values,
    revision: values,
    patch: values,
    query: texts,
    after: texts,
    limit: values,
    offset: values,
    status: fc.oneof(fc.constant('closed'), texts),
    note: values,
    text: values,
    kind: fc.oneof(fc.constant('customers'), texts),
    format: fc.constant('csv'),
    name: texts,
    mobile: texts,
    narrative: texts,
    category: texts,
    extra: values,
    checkpoint: texts,
    code: texts,
    mapping: values,
    locale: texts,
  },
  { requiredKeys: [] },
)
// Left out: what ends the session or makes a whole vault when asked rightly.
const asked = channels.filter((name) => !['vault.lock', 'vault.createSample', 'app.getInfo'].includes(name))

/** Only the fields that a channel knows, so that many inputs get past the strict schema. */
function knownFields(name: ChannelName, input: object): object {
  const { input: schema } = contract[name]
  const known = 'shape' in schema && typeof schema.shape === 'object' ? Object.keys(schema.shape) : []
  return Object.fromEntries(Object.entries(input).filter(([key]) => known.includes(key)))
}

describe('malformed input', () => {
  test('always a Result with a code of the list, never internal, never a value of the input', async () => {
    const { door } = await openDoor()
    const codes = new Set<string>()
    const inputs = fc.tuple(fc.constantFrom(...asked), fc.oneof(fc.anything(), shaped), fc.boolean())
    await fc.assert(
      fc.asyncProperty(inputs, async ([name, raw, narrowed]) => {
        const input = narrowed && typeof raw === 'object' && raw !== null ? knownFields(name, raw) : raw
        const result = await door.ask(name, input)
        codes.add(codeIn(result))
        if (result.ok) return
        expect([name, result.error.code]).not.toEqual([name, 'internal'])
        expect([name, result.error.code]).not.toEqual([name, 'process.gone'])
        expect(errorCodes).toContain(result.error.code)
        expect(JSON.stringify(result.error)).not.toContain(marker)
        expect(JSON.stringify(result.error).length).toBeLessThan(4000)
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? '300') },
    )
    expect(codes.size).toBeGreaterThan(3)
    expect((await door.call('vault.verify', {})).findings).toEqual([])
  })

  test('values that are too long or too many are refused by their field, not by their content', async () => {
    const { door } = await openDoor()
    const cases: [ChannelName, object, string][] = [
      ['customers.add', { name: 'x'.repeat(501) }, 'name'],
      ['customers.add', { extra: { 备注: 'x'.repeat(100_001) } }, 'extra.备注'],
      ['complaints.add', { narrative: 'x'.repeat(100_001) }, 'narrative'],
      ['customers.list', { limit: 1001 }, 'limit'],
      [
        'customers.reveal',
        { id: ids, fields: Array.from({ length: 51 }, () => 'name'), reason: 'x' },
        'fields',
      ],
      ['vault.getInfo', { path: 'x'.repeat(4097) }, 'path'],
      ['audit.verify', { checkpoint: 'x'.repeat(10_001) }, 'checkpoint'],
      ['customers.list', { wherever: 1 }, 'input'],
    ]
    for (const [name, input, field] of cases) {
      const result = await door.ask(name, input)
      expect([name, result]).toMatchObject([
        name,
        { ok: false, error: { code: 'input.invalid', fields: [{ field }] } },
      ])
    }
  })

  test('a job id is a UUID or the call is refused', async () => {
    const { door } = await openDoor()
    for (const jobId of ['x', '', 1, null, {}, '../..']) {
      expect(codeIn(await door.ask('vault.verify', {}, jobId))).toBe('input.invalid')
    }
    const jobId = crypto.randomUUID()
    await door.call('vault.verify', {}, jobId)
    expect(door.events.some((event) => event.type === 'job.progress' && event.progress.jobId === jobId)).toBe(
      true,
    )
  })
})
