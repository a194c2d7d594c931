// A disk that is full, read-only, broken or gone, at one file operation after the other: the error says what is the
// matter, nothing is half done, and the vault opens afterwards.
import { readdirSync, rmSync } from 'node:fs'
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

/** Of a clear file: its name is given, the draft's taken away. */
const naming = ['link', 'unlink']

interface Extent {
  /** Trials in the short run, and in the long one. */
  short: number
  long: number
  /** Calls on files outside of the vault that fail in every run, each of them once: there a clear file gets its name. */
  always?: readonly string[]
}
const tried: readonly (readonly [name: string, extent: Extent])[] = [
  ['take a complaint in by hand', { short: 5, long: 80 }],
  ['reveal', { short: 5, long: 80 }],
  ['change the passphrase', { short: 5, long: 80 }],
  ['import complaints', { short: 5, long: 80 }],
  ['export', { short: 5, long: 80 }],
  // What goes in or out as a clear file: in the long run each fault at each of its file operations.
  ['attach a file', { short: 3, long: Infinity }],
  ['save an attachment', { short: 2, long: Infinity, always: naming }],
  ['write a letter', { short: 2, long: Infinity, always: naming }],
  ['two letters in one batch', { short: 2, long: Infinity, always: ['unlink'] }],
]
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

const changing = ['pwrite64', 'write', 'ftruncate', 'rename', 'mkdir', 'link', 'unlink']
const opensToWrite = ({ call, text }: FileCall): boolean =>
  call === 'openat' && /O_RDWR|O_WRONLY|O_CREAT/u.test(text)

const kinds: readonly Kind[] = [
  {
    error: 'ENOSPC',
    // SQLite doesn't say why a journal could not be made.
    codes: ['disk.full', 'vault.unreadable'],
    fits: (at) => ['pwrite64', 'write', 'mkdir', 'link'].includes(at.call) || opensToWrite(at),
  },
  {
    error: 'EROFS',
    codes: ['vault.readOnly', 'vault.unreadable', 'disk.failed', 'file.unreadable'],
    fits: (at) => changing.includes(at.call) || opensToWrite(at),
  },
  {
    error: 'EIO',
    codes: ['vault.unreadable', 'disk.failed', 'file.unreadable'],
    fits: (at) => [...changing, 'pread64', 'read', 'fsync', 'fdatasync', 'openat', 'statx'].includes(at.call),
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
      // The file of a content is gone.
      'attachment.damaged',
    ],
    fits: ({ call, text }) => ['openat', 'rename', 'mkdir', 'link'].includes(call) && !text.includes('= -1'),
  },
]

/** Calls that the process makes for nothing but its files: they may fail for good without anything else breaking. */
const onlyFiles = ['pwrite64', 'pread64', 'fsync', 'ftruncate', 'rename', 'mkdir', 'link']

interface Planned extends Fault {
  kind: Kind
}

/** So many of them, spread evenly. */
function spread<T>(from: readonly T[], most: number, random: Dice): T[] {
  const step = Math.max(1, from.length / most)
  const first = random.next() * step
  return Array.from({ length: Math.min(most, from.length) }, (_, index) =>
    present(from[Math.min(from.length - 1, Math.floor(first + index * step))]),
  )
}

/**
 * Every fault at every file operation, but for the pages of the databases, which are many and alike: these take the faults in
 * turn. Where that is more than wanted, half of each.
 */
function plan(found: readonly FileCall[], most: number, random: Dice): Planned[] {
  const isPage = ({ call }: FileCall): boolean => call === 'pread64' || call === 'pwrite64'
  const planned = (at: FileCall, kind: Kind): Planned => ({
    kind,
    at,
    error: kind.error,
    lasting: onlyFiles.includes(at.call) && random.next() < 0.5,
  })
  const pages = found.filter(isPage).map((at, index) => {
    const fitting = kinds.filter((kind) => kind.fits(at))
    return planned(at, present(fitting[index % fitting.length]))
  })
  const others = kinds.flatMap((kind) =>
    found.filter((at) => !isPage(at) && kind.fits(at)).map((at) => planned(at, kind)),
  )
  if (pages.length + others.length <= most) return [...others, ...pages]
  const half = Math.ceil(most / 2)
  return [...spread(others, half, random), ...spread(pages, most - half, random)]
}

/** The disk fails once where a clear file gets its name. */
function planNaming(found: readonly FileCall[], { always = [] }: Extent): Planned[] {
  const kind = present(kinds.find(({ error }) => error === 'EIO'))
  return always.flatMap((call) => {
    const at = found.find((one) => one.call === call && !one.text.includes('.vault/'))
    return at === undefined ? [] : [{ kind, at, error: kind.error, lasting: false }]
  })
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
    return result.ok ? (operation.stoppedBy?.(result.value) ?? 'ok') : result.error.code
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
  const drafts = readdirSync(place.root, { recursive: true }).filter((name) =>
    /\.partial-/u.test(String(name)),
  )
  if (drafts.length > 0) faults.push(`left behind: ${drafts.join(', ')}`)
  if (code === 'ok' && outcome !== 'after') faults.push(`answered as done, but found ${outcome}`)
  if (code === 'ok') faults.push(...(operation.made?.(place) ?? []))
  // SQLCipher doesn't tell a page that can't be read from one that reads wrong.
  const unread = fault.error === 'EIO' && fault.at.call === 'pread64' && code === 'vault.damaged'
  // Nor why a journal could not be opened.
  const unopened = fault.at.call === 'openat' && code === 'disk.failed'
  const fits = unread || unopened || fault.kind.codes.includes(code)
  if (code !== 'ok' && !fits) faults.push(`refused with ${code}`)
  // Whether a flush that fails has reached the disk can't be known: that error says so itself.
  const inDoubt = code === 'disk.failed'
  if (code !== 'ok' && outcome === 'after' && operation.toldFirst !== true && !inDoubt)
    faults.push(`refused with ${code}, but found done`)
  rmSync(place.root, { recursive: true })
  return { code, met, outcome, faults }
}

test.for(tried)('a failing disk during: %s', { timeout: 120 * 60_000 }, async ([name, extent], context) => {
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
  for (const fault of [...planNaming(found, extent), ...plan(found, trials(extent), random)]) {
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
