// The one door: who may ask, for what, in which shape; and what happens to keys when the process behind it ends.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { unlockDelayMs } from '../../electron/gate/sessions.ts'
import { type ChannelName, contract, isChannel } from '../../shared/contract/index.ts'
import { errorCodes } from '../../shared/errors.ts'
import { roleSchema } from '../../shared/types/vault.ts'
import { type Door, doorFor, realDoor, window } from '../support/gate.ts'
import { csvOf, customerRows } from '../support/rows.ts'
import { copiedVault, fileWith, freshPath, passphrase, present } from '../support/vault.ts'

const channels = Object.keys(contract).filter((name): name is ChannelName => isChannel(name))

function codeIn(result: Awaited<ReturnType<Door['ask']>>): string {
  return result.ok ? 'ok' : result.error.code
}

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
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'customers', 'Customers.list']
    for (const name of [...names, 'session.unlock', 'session.lock', 'sample.fill', 'bag.verify', 1, null, undefined, {}, ['customers.list']]) {
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

  test.each(roleSchema.options)('as %s: each channel as the contract says, before its input is looked at', async (role) => {
    const whole = await doorFor(role, ['records', 'identities'])
    const masked = await doorFor(role, ['records'])
    for (const name of channels) {
      const { access, identities } = contract[name]
      const allowed = access === 'closed' || access.some((one) => one === role)
      expect([name, codeIn(await whole.ask(name, 42))]).toEqual([name, allowed ? 'input.invalid' : 'access.denied'])
      const needsIdentities = access !== 'closed' && identities === true
      const expected = !allowed ? 'access.denied' : needsIdentities ? 'identities.closed' : 'input.invalid'
      expect([name, codeIn(await masked.ask(name, 42))]).toEqual([name, expected])
    }
  })

  test('an answer with a column too many doesn’t leave', async () => {
    const door = await doorFor('owner', ['records', 'identities'])
    // The process behind this door answers null, which no vault channel declares.
    expect(codeIn(await door.ask('customers.list', {}))).toBe('internal')
  })
})

const marker = '泄漏标记13812345678'
const ids = '0190a0b0-0000-7000-8000-000000000009'
const texts = fc.oneof(fc.string(), fc.constantFrom(marker, '', '\0', '\ud800', '%', 'x'.repeat(600), ids))
const places = fc.constantFrom('', '\0', 'a\0b', '/', '/nowhere/at/all', '/dev/null', '/proc/self/mem', 'x'.repeat(5000), `/tmp/${marker}/none`)
const leaf = fc.oneof(texts, fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined))
const values = fc.oneof(leaf, fc.array(texts, { maxLength: 3 }), fc.dictionary(fc.oneof(texts, fc.constant('__proto__')), leaf, { maxKeys: 3 }))
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
      { numRuns: 300 },
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
      ['customers.reveal', { id: ids, fields: Array.from({ length: 51 }, () => 'name'), reason: 'x' }, 'fields'],
      ['vault.getInfo', { path: 'x'.repeat(4097) }, 'path'],
      ['audit.verify', { checkpoint: 'x'.repeat(10_001) }, 'checkpoint'],
      ['customers.list', { wherever: 1 }, 'input'],
    ]
    for (const [name, input, field] of cases) {
      const result = await door.ask(name, input)
      expect([name, result]).toMatchObject([name, { ok: false, error: { code: 'input.invalid', fields: [{ field }] } }])
    }
  })

  test('a job id is a UUID or the call is refused', async () => {
    const { door } = await openDoor()
    for (const jobId of ['x', '', 1, null, {}, '../..']) {
      expect(codeIn(await door.ask('vault.verify', {}, jobId))).toBe('input.invalid')
    }
    const jobId = crypto.randomUUID()
    await door.call('vault.verify', {}, jobId)
    expect(door.events.some((event) => event.type === 'job.progress' && event.progress.jobId === jobId)).toBe(true)
  })
})

describe('sessions', () => {
  test('delays grow from the eleventh failure on, from 1 s to 60 s', () => {
    expect([0, 9, 10, 11, 12, 13, 14, 15, 16, 17, 1000, 100_000].map(unlockDelayMs)).toEqual([
      0, 0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000,
    ])
  })

  test('failed unlocks wait beside the app and are folded in, unauthenticated, at the next good one', async () => {
    const door = realDoor()
    const { dir } = await copiedVault()
    for (const wrong of ['a', 'b', 'c']) {
      expect(codeIn(await door.ask('vault.unlock', { path: dir, passphrase: wrong }))).toBe('vault.wrongPassphrase')
    }
    const memory = (): string => readFileSync(join(door.appDataDir, 'guicang.json'), 'utf8')
    expect(memory().match(/T\d\d:/g)).toHaveLength(3)
    const session = await door.call('vault.unlock', { path: dir, passphrase })
    expect(session.failedUnlocks).toBe(3)
    const { items } = await door.call('audit.list', { action: 'session.unlockFailed' })
    expect(items).toMatchObject([{ user: '', detail: { count: 3, authenticated: false } }])
    expect(memory()).not.toMatch(/T\d\d:/)
    expect(codeIn(await door.ask('vault.unlock', { path: dir, passphrase }))).toBe('vault.alreadyOpen')
  })

  test('a vault process that is killed locks the window, tells it so, and a new unlock works', async () => {
    const { door, dir } = await openDoor()
    const pending = door.ask('imports.run', { path: fileWith(csvOf(customerRows(3000))), kind: 'customers' })
    present(door.started.at(-1)).transport.kill()
    expect(codeIn(await pending)).toBe('process.gone')
    expect(door.app.isOpen()).toBe(false)
    expect(door.events.at(-1)).toEqual({ type: 'session.locked', reason: 'crash' })
    expect(codeIn(await door.ask('customers.list', {}))).toBe('vault.locked')
    await door.call('vault.unlock', { path: dir, passphrase })
    expect((await door.call('customers.list', {})).total).toBe(0)
    expect((await door.call('vault.verify', {})).findings).toEqual([])
  })

  test.each(['user', 'suspend', 'screen'] as const)('a lock by %s ends the process, and with it every key', async (reason) => {
    const { door, dir } = await openDoor()
    const before = (await door.call('audit.list', {})).total
    await door.app.lock(reason)
    await present(door.started.at(-1)).gone
    expect(door.events.at(-1)).toEqual({ type: 'session.locked', reason })
    expect(codeIn(await door.ask('customers.list', {}))).toBe('vault.locked')
    const session = await door.call('vault.unlock', { path: dir, passphrase })
    expect(session.lastCheckpoint).not.toBeNull()
    expect(session.counts.auditEntries).toBe(before + 1)
    expect(door.started.length).toBeGreaterThan(1)
  })

  test('a job is cancelled through the door and leaves nothing', async () => {
    const { door } = await openDoor()
    const jobId = crypto.randomUUID()
    const path = fileWith(csvOf(customerRows(6000)), 'big.csv')
    const running = door.ask('imports.run', { path, kind: 'customers' }, jobId)
    await expect.poll(() => door.events.some(({ type }) => type === 'job.progress'), { timeout: 10_000 }).toBe(true)
    await door.call('jobs.cancel', { jobId })
    expect(codeIn(await running)).toBe('job.cancelled')
    expect((await door.call('customers.list', {})).total).toBe(0)
    expect((await door.call('imports.list', {})).items).toEqual([])
  })

  test('creating, locking, reopening, recovering: the recents remember places, never secrets', async () => {
    const door = realDoor()
    const path = freshPath('made.vault')
    const company = { name: '示例' }
    const made = await door.call('vault.create', { path, company, owner: '林晓', passphrase, deviceBinding: false })
    expect(made.recoveryCodes).toHaveLength(2)
    await door.call('vault.lock', {})
    const recovered = await door.call('vault.recover', { path, recoveryCode: present(made.recoveryCodes[1]), newPassphrase: 'neu neu neu' })
    expect(recovered.user).toBe('林晓')
    const memory = readFileSync(join(door.appDataDir, 'guicang.json'), 'utf8')
    for (const secret of [passphrase, 'neu neu neu', ...made.recoveryCodes]) expect(memory).not.toContain(secret)
    expect((await door.call('app.listRecents', {})).items).toMatchObject([{ path, name: '示例', exists: true }])
  })
})
