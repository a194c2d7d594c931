// A disk that is full, read-only, broken or gone, at one file operation after the other: the error says what is the
// matter, nothing is half done, and the vault opens afterwards.
import { rmSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import type { VaultClient } from '../../electron/vault/process/client.ts'
import { GuicangError } from '../../shared/errors.ts'
import { passphrase, present } from '../support/vault.ts'
import { aftermathOf, pictureBefore } from './support/aftermath.ts'
import { operations, placeFor, type WritingOperation } from './support/operations.ts'
import type { Picture } from './support/picture.ts'
import type { Place } from './support/writing-operation.ts'
import { dice, type Dice, publish, Tally, trials } from './support/settings.ts'
import { type Fault, type FileCall, type Met, watchCalls, whyNot, withFault } from './support/strace.ts'
import { startVaultProcess, unlockIn } from './support/vault-at-work.ts'

const names = [
  'take a complaint in by hand',
  'reveal',
  'change the passphrase',
  'import complaints',
  'export',
]
const each = Math.ceil(trials({ short: 25, long: 400 }) / names.length)
const missing = whyNot()
const tallies: [string, Tally][] = []

afterAll(() => {
  publish(
    'disk faults',
    `One file operation after the other is made to fail, once or from then on: disk full (ENOSPC), read-only (EROFS), input/output error (EIO), folder gone (ENOENT). Where an operation has more of them than trials, they are spread evenly. "refused" were answered with a fitting error, "done" succeeded all the same and are there; "not met" did not come to that call this time.`,
    tallies,
  )
})

interface Kind {
  error: string
  /** What the person may be told. */
  codes: readonly string[]
  fits: (call: FileCall) => boolean
}

const changing = ['pwrite64', 'write', 'ftruncate', 'rename', 'mkdir']
const opensToWrite = ({ call, text }: FileCall): boolean =>
  call === 'openat' && /O_RDWR|O_WRONLY|O_CREAT/u.test(text)

const kinds: readonly Kind[] = [
  {
    error: 'ENOSPC',
    // SQLite doesn't say why a journal could not be made.
    codes: ['disk.full', 'vault.unreadable'],
    fits: (at) => ['pwrite64', 'write', 'mkdir'].includes(at.call) || opensToWrite(at),
  },
  {
    error: 'EROFS',
    codes: ['vault.readOnly', 'vault.unreadable', 'disk.failed', 'file.unreadable'],
    fits: (at) => changing.includes(at.call) || opensToWrite(at),
  },
  {
    error: 'EIO',
    codes: ['vault.unreadable', 'disk.failed', 'file.unreadable'],
    fits: (at) => [...changing, 'pread64', 'read', 'fsync', 'fdatasync', 'openat'].includes(at.call),
  },
  {
    error: 'ENOENT',
    codes: [
      'vault.notFound',
      'vault.incomplete',
      'vault.unreadable',
      'disk.failed',
      'file.notFound',
      'file.unreadable',
    ],
    fits: ({ call, text }) => ['openat', 'rename', 'mkdir'].includes(call) && !text.includes('= -1'),
  },
]

/** Calls that the process makes for nothing but its files: they may fail for good without anything else breaking. */
const onlyFiles = ['pwrite64', 'pread64', 'fsync', 'ftruncate', 'rename', 'mkdir']

interface Planned extends Fault {
  kind: Kind
}

function plan(found: readonly FileCall[], random: Dice): Planned[] {
  const all = kinds.flatMap((kind) =>
    found.filter(kind.fits).map((at) => ({
      kind,
      at,
      error: kind.error,
      lasting: onlyFiles.includes(at.call) && random.next() < 0.5,
    })),
  )
  const step = Math.max(1, all.length / each)
  const first = random.next() * step
  return Array.from({ length: Math.min(each, all.length) }, (_, index) =>
    present(all[Math.min(all.length - 1, Math.floor(first + index * step))]),
  )
}

async function callsOf(
  operation: WritingOperation,
): Promise<{ found: FileCall[]; before: Picture | undefined }> {
  const place = await placeFor(operation)
  const before = await pictureBefore(place)
  const process = await startVaultProcess()
  await unlockIn(process, place.vault, passphrase)
  const found = await watchCalls(process.pid, place.root, () => operation.run(process.client, place))
  process.kill()
  await process.gone
  rmSync(place.root, { recursive: true })
  return { found, before }
}

/** How a request was answered: `ok`, or the code of its refusal or of the look that it begins with. */
async function codeOfRun(operation: WritingOperation, client: VaultClient, place: Place): Promise<string> {
  try {
    const result = await operation.run(client, place)
    return result.ok ? 'ok' : result.error.code
  } catch (thrown) {
    if (thrown instanceof GuicangError) return thrown.code
    throw thrown
  }
}

interface Told {
  code: string
  met: Met
  outcome: string
  faults: string[]
}

async function trial(
  operation: WritingOperation,
  fault: Planned,
  before: Picture | undefined,
  locks: boolean,
): Promise<Told> {
  const place = await placeFor(operation)
  const process = await startVaultProcess()
  await unlockIn(process, place.vault, passphrase)
  let code = ''
  const met = await withFault(process.pid, fault, async () => {
    code = await codeOfRun(operation, process.client, place)
  })
  if (locks && code !== 'process.gone') await process.client.call('session.lock', {})
  process.kill()
  await process.gone
  const { outcome, faults } = await aftermathOf(operation, place, before)
  // Not a file that failed but the program's own signal: what is in the vault counts, not how it was told.
  if (met === 'wake-up' && code === 'process.gone') return { code, met, outcome, faults }
  if (code === 'ok' && outcome !== 'after') faults.push(`answered as done, but found ${outcome}`)
  // SQLCipher doesn't tell a page that can't be read from one that reads wrong.
  const unread = fault.error === 'EIO' && fault.at.call === 'pread64' && code === 'vault.damaged'
  if (code !== 'ok' && !unread && !fault.kind.codes.includes(code)) faults.push(`refused with ${code}`)
  // Whether a flush that fails has reached the disk can't be known: that error says so itself.
  const inDoubt = code === 'disk.failed'
  if (code !== 'ok' && outcome === 'after' && operation.toldFirst !== true && !inDoubt)
    faults.push(`refused with ${code}, but found done`)
  rmSync(place.root, { recursive: true })
  return { code, met, outcome, faults }
}

test.for(names)('a failing disk during: %s', { timeout: 60 * 60_000 }, async (name, context) => {
  if (missing !== undefined) {
    console.warn(`skipped: ${missing}`)
    return context.skip(missing)
  }
  const operation = present(operations.find((candidate) => candidate.name === name))
  const tally = new Tally()
  tallies.push([name, tally])
  const random = dice(`disk ${name}`)
  const { found, before } = await callsOf(operation)
  tally.add('file operations', found.length)
  const faults: string[] = []
  for (const fault of plan(found, random)) {
    const told = await trial(operation, fault, before, random.next() < 0.5)
    tally.add('trials')
    if (told.met === 'nothing') tally.add('not met')
    else if (told.met === 'wake-up' && told.code === 'process.gone') tally.add('aborted at its own wake-up')
    else tally.add(told.code === 'ok' ? 'done' : `refused ${told.code}`)
    const { error, lasting, at } = fault
    const what = `${error}${lasting ? ' from then on' : ''} at ${at.thread} ${at.call} ${at.ordinal} (${at.text.slice(0, 160)})`
    if (told.faults.length > 0) faults.push(`${what}: ${told.faults.join('; ')}`)
  }
  expect(faults).toEqual([])
})
