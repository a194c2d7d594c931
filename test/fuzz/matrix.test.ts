// Role × channel: every channel, as every role, locked and unlocked, identities open and closed, against the table in
// matrix.ts; at the gate, and at the vault process behind it.
import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { portRequestSchema, sessionActs } from '../../electron/vault/process/port.ts'
import { type ChannelName, contract, isChannel } from '../../shared/contract/index.ts'
import { type Role, roleSchema, type Session } from '../../shared/types/vault.ts'
import { codeIn, type Door, doorFor, realDoor } from '../support/gate.ts'
import { copiedVault, passphrase, present } from '../support/vault.ts'
import { record, seed } from './support/counts.ts'
import { startServer } from './support/server.ts'
import { validInput } from './support/valid.ts'
import { type Line, matrix } from './matrix.ts'

const channels = Object.keys(contract).filter((name): name is ChannelName => isChannel(name))
const place = mkdtempSync(join(tmpdir(), 'guicang-matrix-'))
afterAll(() => {
  rmSync(place, { recursive: true, force: true })
})

const addLine = (name: string): string =>
  `test/fuzz/matrix.ts has no line for the channel ${name}. Add one, as DESIGN has it and not as the contract does: ` +
  `'${name}': may('owner handler'), …, 'identities' behind it when clear values are needed, or closed() without a vault`

function lineOf(name: ChannelName): Line {
  const line = Object.hasOwn(matrix, name) ? matrix[name] : undefined
  if (line === undefined) throw new Error(addLine(name))
  return line
}

/** What the gate answers to a call whose role and state are all that matters. */
function expected(line: Line, role: Role, open: Session['compartments']): string {
  if (line.who === 'closed') return 'passes'
  if (!line.who.includes(role)) return 'access.denied'
  return line.identities && !open.includes('identities') ? 'identities.closed' : 'passes'
}

function oneValid(name: ChannelName): unknown {
  return present(fc.sample(validInput(name, place), { numRuns: 1, seed })[0])
}

/** The acts that the gate passes on to the vault process from now on. */
function watchPosts(door: Door): string[] {
  const acts: string[] = []
  const { transport } = present(door.started.at(-1))
  const { post } = transport
  transport.post = (message) => {
    const request = portRequestSchema.parse(message)
    acts.push(request.type === 'call' ? request.act : request.type)
    post(message)
  }
  return acts
}

const policyCodes = ['access.denied', 'identities.closed', 'vault.locked', 'input.invalid']

describe('the table', () => {
  test('has a line for every channel, and none for what is no channel', () => {
    for (const name of channels) expect(Object.hasOwn(matrix, name), addLine(name)).toBe(true)
    for (const name of Object.keys(matrix))
      expect(
        isChannel(name),
        `test/fuzz/matrix.ts has a line for ${name}, which is no channel any more`,
      ).toBe(true)
  })

  test('says of each channel what the contract says', () => {
    for (const name of channels) {
      const { access, identities } = contract[name]
      const line = lineOf(name)
      expect([name, access === 'closed' ? access : access.toSorted(), identities === true]).toEqual([
        name,
        line.who === 'closed' ? line.who : line.who.toSorted(),
        line.identities,
      ])
    }
  })

  test('makes inputs that each schema takes', () => {
    for (const name of channels) {
      const parsed = contract[name].input.safeParse(oneValid(name))
      expect([name, parsed.success ? [] : parsed.error.issues]).toEqual([name, []])
    }
  })
})

describe('at the gate', () => {
  test('locked: only what works without a vault', async () => {
    const door = realDoor()
    let count = 0
    for (const name of channels) {
      const code = codeIn(await door.ask(name, 42))
      expect([name, code]).toEqual([name, lineOf(name).who === 'closed' ? 'input.invalid' : 'vault.locked'])
      if (lineOf(name).who === 'closed') continue
      expect([name, codeIn(await door.ask(name, oneValid(name)))]).toEqual([name, 'vault.locked'])
      count += 1
    }
    expect(door.started, 'a locked vault starts no process').toEqual([])
    record('channels refused while locked', count)
  })

  for (const role of roleSchema.options) {
    for (const open of [['records', 'identities'], ['records']] satisfies Session['compartments'][]) {
      test(`as ${role} with ${open.join(' and ')} open`, async () => {
        const outcomes: string[] = []
        for (const name of channels) {
          const outcome = expected(lineOf(name), role, open)
          outcomes.push(outcome)
          const door = await doorFor(role, open)
          const acts = watchPosts(door)
          // The refusal comes before the input is looked at.
          expect([name, codeIn(await door.ask(name, 42))]).toEqual([
            name,
            outcome === 'passes' ? 'input.invalid' : outcome,
          ])
          expect([name, acts]).toEqual([name, []])
          const code = codeIn(await door.ask(name, oneValid(name)))
          if (outcome !== 'passes') {
            expect([name, code, acts]).toEqual([name, outcome, []])
          } else {
            expect([name, policyCodes.includes(code)]).toEqual([name, false])
            if (contract[name].target === 'vault') expect([name, acts]).toEqual([name, [name]])
          }
        }
        record(
          `channels as ${role}, ${open.length === 2 ? 'identities open' : 'identities closed'}`,
          outcomes.length,
        )
      })
    }
  }
})

// Who may ask is main's policy (DESIGN, section 4): the vault process answers main, whatever the role. What it can refuse by
// itself is what it has no key for.
describe('at the vault process', () => {
  const inVault = channels.filter((name) => contract[name].target === 'vault')

  test('without an open vault every channel is refused', async () => {
    const server = startServer()
    for (const name of inVault)
      expect([name, codeIn(await server.ask(name, oneValid(name)))]).toEqual([name, 'vault.locked'])
  })

  test('main’s own channels, and names that are none, are no acts', async () => {
    const server = startServer()
    const names = channels.filter(
      (name) => contract[name].target === 'main' && !Object.hasOwn(sessionActs, name),
    )
    expect(names.length).toBeGreaterThan(10)
    for (const name of [...names, '__proto__', 'constructor', 'toString', '', 'session', 'session.'])
      expect([name, codeIn(await server.ask(name, {}))]).toEqual([name, 'ipc.refused'])
  })

  test('with identities closed, what needs it answers nothing, whoever asks', async () => {
    const { dir } = await copiedVault()
    const server = startServer()
    const opened = await server.ask('session.unlock', { path: dir, passphrase, failedUnlocks: [] })
    expect(codeIn(opened)).toBe('ok')
    const { id } = await server.value('customers.add', { name: '王小明', mobile: '13812345678' })
    const complaint = await server.value('complaints.add', { narrative: '手机13812345678', customerId: id })
    expect(codeIn(await server.ask('session.closeIdentities', {}))).toBe('ok')
    const needing = inVault.filter((name) => lineOf(name).identities)
    expect(needing.length).toBeGreaterThan(5)
    for (const name of needing) {
      const result = await server.ask(name, oneValid(name))
      expect([name, result.ok]).toEqual([name, false])
    }
    for (const [name, input] of [
      ['customers.reveal', { id, fields: ['mobile'], reason: 'x' }],
      ['complaints.reveal', { id: complaint.id, fields: ['narrative'], reason: 'x' }],
      ['customers.add', { name: 'x' }],
    ] as const) {
      expect([name, codeIn(await server.ask(name, input))]).toEqual([name, 'identities.closed'])
    }
    await server.ask('session.lock', {})
  })
})
